package workbook

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

const (
	puning   unit.Code = 445281000000
	jieyang  unit.Code = 445200000000
	liushaD  unit.Code = 445281001000 // 流沙东街道
	firstDay           = "2024-03-29"
)

var form = campaign.Default().Ledger

type fataler interface {
	Helper()
	Fatal(...any)
}

// realTree is 揭阳市 with all its villages.
func realTree(t testing.TB) *unit.Tree {
	t.Helper()
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	return registry.At(date.MustParse(firstDay))
}

// someValues are figures a village could report, checked sums and all.
func someValues(r *rand.Rand) ledger.Values {
	v := ledger.NewValues(len(form.Columns))
	for i := range form.Columns {
		switch form.Columns[i].Type {
		case campaign.YesNo:
			v[i] = ledger.Value(r.IntN(2))
		case campaign.Count:
			v[i] = ledger.Value(r.IntN(500))
		case campaign.Money:
			v[i] = ledger.Value(r.Int64N(5_000)) * 10_000
		}
	}
	at := func(key string) *ledger.Value {
		i, ok := form.ColumnIndex(key)
		if !ok {
			panic(key)
		}
		return &v[i]
	}
	*at("planned_trees") += 600
	*at("secured_seedlings") = *at("planned_trees") - 100
	*at("planted_trees") = *at("secured_seedlings") - 50
	*at("five_leads_members") = *at("party_members") / 2
	*at("invested_funds") = *at("fiscal_funds") + *at("collective_funds") + *at("social_funds")
	return v
}

// filled is the ledger of all ordinary villages of a unit.
func filled(tree *unit.Tree, of unit.Code, seed uint64) Consolidated {
	r := rand.New(rand.NewPCG(seed, 1))
	c := Consolidated{Paper: PaperFor(of)}
	if u, ok := tree.Unit(of); ok {
		c.Head = ledger.Head{Unit: u.Name, Contact: "黄志明", Phone: "0663-2900000", FilledOn: date.MustParse(firstDay)}
	}
	for _, v := range tree.Villages(of) {
		if v.Kind == unit.Virtual {
			continue
		}
		c.Lines = append(c.Lines, Line{Village: v.Code, Name: tree.FullName(v.Code), Values: someValues(r)})
	}
	return c
}

func written(t fataler, c Consolidated) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, form, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
