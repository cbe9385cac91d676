package ledger

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
)

// The short way through for cells as the form prints them says what the long one says.
func TestPlainAgreesWithParse(t *testing.T) {
	columns := campaign.Default().Ledger.Columns
	texts := rapid.OneOf(rapid.StringMatching(`[0-9.]{0,20}`), rapid.StringMatching(`[0-9]{1,12}(\.[0-9]{0,8})?`), rapid.SampledFrom([]string{"是", "否", "", "0", "00", ".", "0.0", "1.", ".5", "是的", "1e3"}))
	rapid.Check(t, func(t *rapid.T) {
		col := &columns[rapid.IntRange(0, len(columns)-1).Draw(t, "column")]
		text := texts.Draw(t, "text")
		got, found := Parse(col, text)
		want, wantFound := parse(col, text)
		if got != want || (found == nil) != (wantFound == nil) {
			t.Fatalf("%s %q: %d %v, at length %d %v", col.Key, text, got, found, want, wantFound)
		}
	})
}
