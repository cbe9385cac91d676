package document

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/date"
)

// A paragraph that is cut for the signature loses nothing, keeps its figures whole, and its second part
// has its place on the page; a short one is not cut.
func TestCutParagraphs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var text Text
		for range rapid.IntRange(1, 60).Draw(t, "spans") {
			if rapid.Bool().Draw(t, "figure") {
				text = append(text, Figure("k", rapid.StringMatching(`[1-9][0-9]{0,6}(\.[0-9]{2})?`).Draw(t, "number"))...)
			} else {
				text = append(text, Words(rapid.StringOfN(rapid.RuneFrom([]rune("植树造林乡村，。、（）“”")), 1, 40, -1).Draw(t, "words"))...)
			}
		}
		d := Document{Body: []Block{Paragraph{Text: text}}, Signers: []string{"普宁市林业局"}, Date: date.MustParse("2024-04-02")}
		body, together := d.Held()
		whole := ParagraphLines(text.String(), 2, 0)
		if len(body) == 1 {
			if together != 1 || whole > Lines-5 {
				t.Fatalf("%d lines are held whole", whole)
			}
			return
		}
		first, rest := body[0].(Paragraph), body[1].(Paragraph)
		if together != 1 || first.Text.String()+rest.Text.String() != text.String() || !rest.GoesOn() || first.GoesOn() {
			t.Fatalf("%q and %q of %q", first.Text.String(), rest.Text.String(), text.String())
		}
		if n := len(breaks([]rune(rest.Text.String()), false)); n < WithSignature || n > Lines-5 {
			t.Fatalf("the second part has %d lines", n)
		}
		figures := 0
		for _, s := range append(append(Text{}, first.Text...), rest.Text...) {
			if s.Figure != "" {
				figures++
			}
		}
		if figures != len(Document{Body: d.Body}.Figures()) {
			t.Fatalf("%d figures", figures)
		}
	})
}

// The first part ends with a full line.
func TestCutAtAFullLine(t *testing.T) {
	text := strings.Repeat("植树造林人人有责，要抓住雨水前后的时机种下，种一株活一株，", 20)
	d := Document{Body: []Block{Paragraph{Text: Words(text)}}, Signers: []string{"普宁市林业局"}, Date: date.MustParse("2024-04-02")}
	body, _ := d.Held()
	if len(body) != 2 {
		t.Fatal("it is not cut")
	}
	r := []rune(body[0].(Paragraph).Text.String())
	for _, loose := range []bool{false, true} {
		if n := filled(r, breaks(r, loose), len(r)); n < Chars-2 {
			t.Errorf("loose %v: the last line has %g characters", loose, n)
		}
	}
}

// Signers stand in rows as their names allow, in their order, the date below the last.
func TestSignerRows(t *testing.T) {
	long := strings.Repeat("长", 15)
	for _, c := range []struct {
		signers []string
		want    string
	}{
		{nil, ""},
		{[]string{"甲局", " ", "\x00"}, "甲局"},
		{[]string{"中共普宁市委组织部", "普宁市农业农村局"}, "中共普宁市委组织部+普宁市农业农村局"},
		{[]string{"中共普宁市委组织部", "普宁市农业农村局", "普宁市林业局"}, "中共普宁市委组织部+普宁市农业农村局+普宁市林业局"},
		{[]string{"甲局", "乙局", "丙局", "丁局"}, "甲局+乙局|丙局+丁局"},
		{[]string{"甲局", "乙局", "丙局", "丁局", "戊局"}, "甲局+乙局+丙局|丁局+戊局"},
		{[]string{"揭阳市自然资源和城乡建设局", "甲局", "乙局"}, "揭阳市自然资源和城乡建设局+甲局|乙局"},
		{[]string{long, "甲局", long}, long + "|甲局|" + long},
	} {
		var rows []string
		for _, row := range SignerRows(c.signers) {
			rows = append(rows, strings.Join(row, "+"))
		}
		if got := strings.Join(rows, "|"); got != c.want {
			t.Errorf("%q stand as %s", c.signers, got)
		}
	}
}

// Rows of signers keep room for seals, and nothing leaves the type area or stands on another.
func TestClosingOfSeveral(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Document{Date: date.MustParse("2024-12-31")}
		for range rapid.IntRange(1, 10).Draw(t, "signers") {
			d.Signers = append(d.Signers, rapid.StringOfN(rapid.RuneFrom([]rune("普宁市林业局")), 2, 28, -1).Draw(t, "name"))
		}
		for range rapid.IntRange(0, 6).Draw(t, "annexes") {
			d.Annexes = append(d.Annexes, Annex{Title: "情况表"})
		}
		lines := d.Closing()
		if n := len(lines); n+d.tailLines()-len(d.Closing())+WithSignature > Lines && len(d.Signers) < 8 && n > len(d.Signers)+1 {
			t.Fatalf("%d lines leave no text on the page", n)
		}
		var seen []string
		for _, l := range lines {
			if len(l.Row) == 0 {
				if l.Text != "" {
					seen = append(seen, l.Text)
				}
				continue
			}
			end := 0.0
			for _, p := range l.Row {
				seen = append(seen, p.Text)
				half := max(squaresOf(p.Text), sealChars) / 2
				if p.Middle-half < end-0.001 || p.Middle+half > Chars+0.001 {
					t.Fatalf("%s stands around %g behind %g", p.Text, p.Middle, end)
				}
				end = p.Middle + half
			}
		}
		if got, want := strings.Join(seen, "|"), strings.Join(append(d.Signers, "2024年12月31日"), "|"); got != want {
			t.Fatalf("it reads %s, want %s", got, want)
		}
	})
}
