package main

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

type ledgerCheckCmd struct {
	dbFlags
	unitWeek
}

// Run works out the hashes of a unit's sealed submissions anew, its own and those of all towns
// and counties below it.
func (c *ledgerCheckCmd) Run(w *world) error {
	of, due, err := c.parse()
	if err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	actor := access.Operator("命令行", of)
	sheet, err := a.Ledger.Sheet(w.ctx, actor, of, due)
	if err != nil {
		return err
	}
	units := []unit.Unit{}
	if of.Level() == unit.LevelTown {
		u, _ := sheet.Tree.Unit(of)
		units = append(units, u)
	}
	for _, level := range []unit.Level{unit.LevelCounty, unit.LevelTown} {
		if of.Level() < unit.LevelTown {
			units = append(units, sheet.Tree.Descendants(of, level)...)
		}
	}
	flaws, lost := map[ledger.Flaw]bool{}, map[ledger.Flaw]bool{}
	for _, u := range units {
		found, err := a.Ledger.Verify(w.ctx, actor, u.Code, due)
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.Lost {
				lost[f] = true
			} else if !flaws[f] {
				flaws[f] = true
				fmt.Fprintf(w.stderr, "%s 第 %d 版与封存时不符\n", sheet.Tree.FullName(f.Unit), f.Version)
			}
		}
	}
	fmt.Fprintf(w.stdout, "核对了 %d 个单位的报送，%d 份不符\n", len(units), len(flaws))
	if len(lost) > 0 {
		fmt.Fprintf(w.stdout, "另有 %d 份的联系电话已无法读取（密钥已更换），其余内容按换密钥时留下的校验值核对\n", len(lost))
	}
	if len(flaws) > 0 {
		return partial{}
	}
	return nil
}
