package ledger

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// nationVillages is how many villages and communities the statistical codes of 2022 list.
const nationVillages = 620_573

// nation is as many villages in 41,300 towns, 2,950 counties and 30 provinces, made up.
func nation(b *testing.B) *unit.Registry {
	b.Helper()
	var units []unit.Unit
	add := func(c unit.Code) { units = append(units, unit.Unit{Code: c, Name: "某地"}) }
	villages := 0
	for p := unit.Code(11); villages < nationVillages; p++ {
		add(p * 10_000_000_000)
		for city := range unit.Code(10) {
			c := p*10_000_000_000 + (city+1)*100_000_000
			add(c)
			for county := range unit.Code(10) {
				c := c + (county+1)*1_000_000
				add(c)
				for town := range unit.Code(14) {
					t := c + (town+100)*1_000
					add(t)
					for v := 0; v < 15 && villages < nationVillages; v++ {
						add(t + unit.Code(201+v))
						villages++
					}
				}
			}
		}
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// nationShelf hands over a week of the nation in which every town has sealed all its villages.
type nationShelf struct {
	Store
	tree *unit.Tree
	form *campaign.Form
}

func (s *nationShelf) LoadWeek(_ context.Context, week date.Date, begin func([]Submission, []Grant), row func(*RowVersion) error) error {
	at := time.UnixMilli(1)
	var subs []Submission
	for _, town := range s.tree.Towns(unit.Nation) {
		sub := Submission{Unit: town.Code, Week: week, Version: 1, Status: Sealed, At: at}
		for _, v := range s.tree.Villages(town.Code) {
			sub.Members = append(sub.Members, Member{Unit: v.Code, Version: 1, State: OnTime})
		}
		subs = append(subs, sub)
	}
	begin(subs, nil)
	r := RowVersion{Week: week, Version: 1, Status: Reported, Values: make(Values, len(s.form.Columns)), At: at}
	for i, v := range s.tree.Villages(unit.Nation) {
		r.Unit = v.Code
		for c := range r.Values {
			r.Values[c] = Value(i % (c + 7))
		}
		if err := row(&r); err != nil {
			return err
		}
	}
	return nil
}

func nationBook(b *testing.B) (*Book, *Sheet) {
	b.Helper()
	pack := campaign.Default()
	r := nation(b)
	book := newBook(pack.Ledger, pack.Calendar(), shanghai, r.At, &nationShelf{tree: r.At(bookWeek), form: pack.Ledger})
	s, err := book.Sheet(context.Background(), bookWeek)
	if err != nil {
		b.Fatal(err)
	}
	return book, s
}

// BenchmarkFiguresAnyUnit reads all figures of a unit drawn from all of the nation's, of every
// level alike.
func BenchmarkFiguresAnyUnit(b *testing.B) {
	_, s := nationBook(b)
	random := rand.New(rand.NewPCG(1, 2))
	villages := s.Tree.Villages(unit.Nation)
	units := make([]unit.Code, 1<<12)
	for i := range units {
		v := villages[random.IntN(len(villages))].Code
		units[i] = v.At(unit.Level(random.IntN(int(unit.LevelVillage) + 1)))
	}
	if f := s.Figures(unit.Nation); f.Villages != nationVillages || f.OnTime != nationVillages {
		b.Fatalf("%+v", f)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		s.Figures(units[i%len(units)])
	}
}

// BenchmarkSealTown takes in one more submission of a town of the nation.
func BenchmarkSealTown(b *testing.B) {
	book, s := nationBook(b)
	towns := s.Tree.Towns(unit.Nation)
	b.ResetTimer()
	for i := range b.N {
		town := towns[i*7919%len(towns)]
		sub := Submission{Unit: town.Code, Week: bookWeek, Version: int32(2 + i/len(towns)), Status: Sealed, At: time.UnixMilli(1)}
		for k, v := range s.Tree.Villages(town.Code) {
			if k != i%15 {
				sub.Members = append(sub.Members, Member{Unit: v.Code, Version: 1, State: Late})
			}
		}
		book.apply([]Event{{Submission: &sub}})
	}
}

// BenchmarkReadWeek builds a week of the nation in memory from its rows as they come.
func BenchmarkReadWeek(b *testing.B) {
	book, _ := nationBook(b)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		book.forget()
		if _, err := book.Sheet(context.Background(), bookWeek); err != nil {
			b.Fatal(err)
		}
	}
}
