package roster

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Secret is one line of the list of first passwords.
type Secret struct {
	Unit, Name, Role, Login, Password string
}

// Passwords writes the list of first passwords.
func Passwords(list []Secret) ([]byte, error) {
	rows := [][]string{{"单位", "姓名", "角色", "登录名", "首次密码"}}
	for _, s := range list {
		rows = append(rows, []string{s.Unit, s.Name, s.Role, s.Login, s.Password})
	}
	return write("首次密码", rows, []float64{36, 12, 14, 20, 20})
}

// Template writes the empty list to fill in, its roles as words.
func Template() ([]byte, error) {
	return write("账号", [][]string{{"登录名", "姓名", "角色", "单位", "部门", "电话"}}, []float64{18, 12, 16, 36, 20, 18})
}

// write makes a sheet of texts only: a number stays as it was written, and nothing that a
// name holds is ever a formula.
func write(name string, rows [][]string, widths []float64) (_ []byte, err error) {
	f := excelize.NewFile()
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
		return nil, err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return nil, err
	}
	bold, err := f.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	for i, w := range widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		if err := f.SetColWidth(name, column, column, w); err != nil {
			return nil, err
		}
		if err := f.SetColStyle(name, column, text); err != nil {
			return nil, err
		}
	}
	for r, row := range rows {
		for c, value := range row {
			cell, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return nil, err
			}
			if err := f.SetCellStr(name, cell, value); err != nil {
				return nil, fmt.Errorf("%s: %w", cell, err)
			}
			style := text
			if r == 0 {
				style = bold
			}
			if err := f.SetCellStyle(name, cell, cell, style); err != nil {
				return nil, err
			}
		}
	}
	var b bytes.Buffer
	err = f.Write(&b)
	return b.Bytes(), err
}
