package task

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

const (
	puning unit.Code = 445281000000
	lihu   unit.Code = 445281119000 // 里湖镇, 25 villages
	lihu1  unit.Code = 445281119001
	lihu3  unit.Code = 445281119201
	east   unit.Code = 445281001000 // 流沙东街道
	xintan unit.Code = 445281001202
	empty  unit.Code = 445281405000 // 三坑农场: a virtual area only
)

var pack = campaign.Default()

var tree = sync.OnceValue(func() *unit.Tree {
	all, err := divisions.Jieyang()
	if err != nil {
		panic(err)
	}
	r, err := unit.NewRegistry(all, nil)
	if err != nil {
		panic(err)
	}
	return r.At(date.MustParse("2024-03-01"))
})

// facts are the facts of a day with some records and nothing else.
func facts(day string, versions ...record.Version) *Facts {
	done := record.NewDays(pack)
	for i := range versions {
		done.Take([]record.Event{{Version: &versions[i]}})
	}
	return &Facts{Pack: pack, Duties: pack.Duties(), Tree: tree(), Day: date.MustParse(day), Done: done}
}

// rec reads a record written as "445281119201 2024-03-12 planting work=new trees=20 occasion=weekly
// +市林业局", names separated by commas. The number of the version orders what is of one day.
func rec(t testing.TB, text string) record.Version {
	t.Helper()
	words := strings.Fields(text)
	if len(words) < 3 {
		t.Fatalf("not a record: %q", text)
	}
	code, err := unit.ParseCode(words[0])
	if err != nil {
		t.Fatal(err)
	}
	kind, ok := pack.Records.Kind(words[2])
	if !ok {
		t.Fatalf("%q: no kind %s", text, words[2])
	}
	if !kind.MayBeAt(code.Level().String()) {
		t.Fatalf("%q: %s is not done at a %s", text, kind.Key, code.Level())
	}
	v := record.Version{Kind: kind.Key, Unit: code, Day: date.MustParse(words[1]), Status: record.Standing, Number: 1,
		Facts: record.Facts{Numbers: map[string]int64{}, Answers: map[string]string{}, Names: map[string][]string{}}}
	if kind.Approval {
		v.Status = record.Approved
	}
	for _, w := range words[3:] {
		if name, dep := strings.CutPrefix(w, "+"); dep {
			v.With = append(v.With, name)
			continue
		}
		key, value, _ := strings.Cut(w, "=")
		if key == "until" {
			v.Until = date.MustParse(value)
			continue
		}
		if key == "status" {
			v.Status = record.Status(value)
			continue
		}
		field, ok := kind.Field(key)
		if !ok {
			t.Fatalf("%q: no field %s", text, key)
		}
		switch field.Type {
		case campaign.FieldChoice:
			if _, ok := field.Choice(value); !ok {
				t.Fatalf("%q: no answer %s", text, value)
			}
			v.Facts.Answers[key] = value
		case campaign.FieldNames:
			v.Facts.Names[key] = strings.Split(value, ",")
		default:
			n, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			v.Facts.Numbers[key] = n
		}
	}
	return v
}

func recs(t testing.TB, texts ...string) []record.Version {
	t.Helper()
	var all []record.Version
	for _, text := range texts {
		all = append(all, rec(t, text))
	}
	return all
}

// demand finds a demand by its task and key, with one of its periods by the first day.
func demand(t testing.TB, f *Facts, key, name, from string) (*campaign.Duty, *campaign.Demand, Period) {
	t.Helper()
	for i := range f.Duties {
		d := &f.Duties[i]
		if d.Key != key {
			continue
		}
		x, ok := d.Demand(name)
		if !ok {
			t.Fatalf("%s has no rule %s", key, name)
		}
		for _, p := range Periods(x, pack.Calendar(), date.MustParse("2025-12-31")) {
			if p.From.String() == from {
				return d, x, p
			}
		}
		t.Fatalf("%s %s has no period from %s", key, name, from)
	}
	t.Fatalf("no task %s", key)
	return nil, nil, Period{}
}
