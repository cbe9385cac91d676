package unit_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/unit"
)

// In a large place names are looked up in an index, in a small one scanned: both find the same.
func TestTheIndexAgreesWithScanning(t *testing.T) {
	tree := jieyangTree()
	villages := tree.Villages(unit.Nation)
	both := func(of unit.Code, text string) (scan, index []unit.Code) {
		unit.Scanned(1<<30, func() { scan = codesOf(tree.Resolve(of, text)) })
		unit.Scanned(0, func() { index = codesOf(tree.Resolve(of, text)) })
		return scan, index
	}
	for _, v := range villages {
		for _, form := range usualForms(v.Name) {
			for _, text := range []string{form, "广东省" + tree.FullName(v.Code.At(unit.LevelTown)) + form, "普宁" + form} {
				if scan, index := both(jieyang, text); !slices.Equal(scan, index) {
					t.Fatalf("%q: %v by scanning, %v by the index", text, scan, index)
				}
			}
		}
	}
	piece := rapid.OneOf(rapid.SampledFrom([]string{"村", "社区", "居委会", "党支部", "新", "大", "(", "1", "广东省", "揭阳", "普宁市", "里湖镇", "里湖", "办事处", "农场"}),
		rapid.Map(rapid.SampledFrom(villages), func(v unit.Unit) string { return v.Name }))
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, p := range rapid.SliceOfN(piece, 1, 5).Draw(t, "pieces") {
			text += p
		}
		of := rapid.SampledFrom([]unit.Code{unit.Nation, jieyang, puning, 445281119000}).Draw(t, "within")
		if scan, index := both(of, text); !slices.Equal(scan, index) {
			t.Fatalf("%q within %s: %v by scanning, %v by the index", text, of, scan, index)
		}
	})
}
