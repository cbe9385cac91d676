package record

import (
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// full is a book with a million records of 580 villages over a quarter.
func full(b *testing.B) (*Book, func(i int) Event) {
	b.Helper()
	book := newBook(pack.Records, pack.Ledger, pack.Calendar())
	first := date.MustParse("2024-01-01")
	kinds := []string{"planting", "seedlings", "training", "visit", "funding", "five_leads"}
	names := []string{"陈木清", "黄秀英", "方锐钦", "许汉生", "林少华", "王海"}
	event := func(i int) Event {
		day := first.Add(i % 90)
		return Event{Version: &Version{ID: int64(i + 1), Number: 1, Seq: int64(i + 1), Kind: kinds[i%len(kinds)],
			Unit: unit.Code(445281000000 + 1000*(i%33) + 200 + i%580), Day: day, At: day.In(shanghai).Add(15 * time.Hour), Status: Standing,
			Facts: Facts{Numbers: map[string]int64{"trees": 40, "attendances": 12, "amount": 1_000_000, "members": 2},
				Answers: map[string]string{"work": "new", "stage": "spent", "source": "fiscal"}, Names: map[string][]string{"patrons": names[i%6 : i%6+1]}}}}
	}
	for i := range 1_000_000 {
		book.apply([]Event{event(i)})
	}
	return book, event
}

// What one more record costs the book, and what reading a village's row from it costs, when a
// million are there.
func BenchmarkMillionRecords(b *testing.B) {
	book, event := full(b)
	b.Run("one more", func(b *testing.B) {
		i := 1_000_000
		for b.Loop() {
			book.apply([]Event{event(i)})
			i++
		}
	})
	b.Run("a village's row", func(b *testing.B) {
		for b.Loop() {
			book.Derived(445281000200, book.weeks.due[8])
		}
	})
	b.Run("the county's week", func(b *testing.B) {
		for b.Loop() {
			for code := range book.units {
				book.Derived(code, book.weeks.due[8])
			}
		}
	})
}
