package ledger

import "testing"

func TestSourceCell(t *testing.T) {
	s := Source{Kind: ByWorkbook, Row: 12, Columns: "C - AA"}
	for column, want := range []string{"C12", "", "AA12", ""} {
		if got := s.Cell(column); got != want {
			t.Errorf("column %d: %q, want %q", column, got, want)
		}
	}
	for name, s := range map[string]Source{"no row": {Columns: "C D"}, "no columns": {Row: 12}} {
		if got := s.Cell(0); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}
