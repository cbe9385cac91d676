package bulletin_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/bulletin"
)

func TestPeriods(t *testing.T) {
	for text, want := range map[string]struct{ first, last, next, chinese string }{
		"2024-02": {"2024-02-01", "2024-02-29", "2024-03", "2024年2月"}, "2024-12": {"2024-12-01", "2024-12-31", "2025-01", "2024年12月"},
		"2024-Q1": {"2024-01-01", "2024-03-31", "2024-Q2", "2024年第一季度"}, "2024-Q4": {"2024-10-01", "2024-12-31", "2025-Q1", "2024年第四季度"},
	} {
		p, err := bulletin.ParsePeriod(text)
		if err != nil || p.First().String() != want.first || p.Last().String() != want.last || p.Next().String() != want.next || p.Chinese() != want.chinese || p.String() != text {
			t.Errorf("%s: %s to %s, then %s, %s, %v", text, p.First(), p.Last(), p.Next(), p.Chinese(), err)
		}
	}
	for _, bad := range []string{"2024-Q0", "2024-Q5", "2024-Q", "24-Q1", "2024-q1", "-Q1", "2024-Q11", "2024-00"} {
		if p, err := bulletin.ParsePeriod(bad); err == nil {
			t.Errorf("%s is read %s", bad, p)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2000, 2100).Draw(rt, "year")*100 + rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(21, 24)).Draw(rt, "part")
		p := bulletin.PeriodOf(n)
		again, err := bulletin.ParsePeriod(p.String())
		if err != nil || again != p || p.Int() != n || p.Next().First() != p.Last().Add(1) {
			rt.Fatalf("%d is %s, %v", n, p, err)
		}
	})
}
