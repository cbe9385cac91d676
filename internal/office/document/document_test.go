package document

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/office/linebreak"
)

func TestNumbering(t *testing.T) {
	var n Numbering
	var got []string
	for _, level := range []int{1, 2, 2, 3, 4, 4, 3, 2, 3, 1, 2, 0, 9} {
		got = append(got, n.Next(level))
	}
	want := "一、 （一） （二） 1. （1） （2） 2. （三） 1. 二、 （一） 三、 （1）"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("%s, want %s", s, want)
	}
}

func TestChinese(t *testing.T) {
	for n, want := range map[int]string{0: "0", 1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九", 100: "100", -3: "-3"} {
		if got := Chinese(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"植树\r\n造林\t1": "植树 造林 1", "a\x00\x1bb": "ab", "\xff坏\xc3": "\ufffd坏\ufffd", "\u202e反\u2069向\ufeff": "反向", "好\ufffe\U0001ffff": "好",
		"\xed\xa0\x80": "\ufffd", "<w:p>&": "<w:p>&", "": "",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q is cleaned to %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.OneOf(rapid.SliceOf(rapid.Byte()), rapid.SliceOfN(rapid.Byte(), 20, 80)).Draw(t, "bytes"))
		out := Clean(in)
		if !utf8.ValidString(out) || strings.ContainsFunc(out, unicode.IsControl) {
			t.Fatalf("%q is cleaned to %q", in, out)
		}
		if again := Clean(out); again != out {
			t.Fatalf("%q, cleaned again %q", out, again)
		}
	})
}

func TestTitleLines(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"通报", "通报"},
		{"关于2024年3月“绿美党旗红”专项行动推进情况的通报", "关于2024年3月“绿美党旗红”|专项行动推进情况的通报"},
		{"关于推进乡村绿化\n美化工作的通知", "关于推进乡村绿化|美化工作的通知"},
		{"关于报送第一季度全市义务植树尽责情况登记表2024份的通知", "关于报送第一季度全市义务植树|尽责情况登记表2024份的通知"},
		{" \n ", ""},
	} {
		if got := strings.Join(TitleLines(c.in), "|"); got != c.want && c.want != "" || c.want == "" && got != "" {
			t.Errorf("%q is cut %s, want %s", c.in, got, c.want)
		}
	}
}

func TestTitleLinesProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// rapid prefers short lists, and those make one line.
		of := rapid.SampledFrom([]rune("关于推进绿化工作的通知“”《》，、2024A"))
		in := string(rapid.OneOf(rapid.SliceOfN(of, 1, 20), rapid.SliceOfN(of, 22, 60), rapid.SliceOfN(of, 41, 120)).Draw(t, "title"))
		cut := TitleLines(in)
		if strings.Join(cut, "") != in {
			t.Fatalf("%q is cut %q", in, cut)
		}
		for i, l := range cut {
			if squaresOf(l) > titleRoom {
				t.Fatalf("line %q is %g characters wide", l, squaresOf(l))
			}
			if i == 0 {
				continue
			}
			before := []rune(cut[i-1])
			if a, b := before[len(before)-1], []rune(l)[0]; !linebreak.Allowed(a, b) && !tight(in) {
				t.Fatalf("%q is cut between %q and %q", in, a, b)
			}
		}
	})
}

// tight tells a text with a piece so long that a line must be cut inside it.
func tight(s string) bool {
	runes := []rune(s)
	start := 0
	for i := 1; i <= len(runes); i++ {
		if i == len(runes) || linebreak.Allowed(runes[i-1], runes[i]) {
			if i-start > 8 {
				return true
			}
			start = i
		}
	}
	return false
}

func TestHeadLines(t *testing.T) {
	lines, suffix, size := Head{Issuers: []string{"普宁市林业局"}, Suffix: "文件"}.HeadLines()
	if len(lines) != 1 || lines[0] != "普宁市林业局文件" || suffix != "" || size != 880 {
		t.Errorf("%q, %q, %d", lines, suffix, size)
	}
	lines, suffix, size = Head{Issuers: []string{"中共普宁市委组织部", "普宁市林业局"}, Suffix: "文件"}.HeadLines()
	if len(lines) != 2 || suffix != "文件" || size*12 > TextTwips {
		t.Errorf("%q, %q, %d", lines, suffix, size)
	}
	if _, _, size := (Head{Issuers: []string{strings.Repeat("很长", 40)}}).HeadLines(); size != TitleSize {
		t.Errorf("a long name is set in %d", size)
	}
	if lines, _, _ := (Head{Suffix: "文件"}).HeadLines(); lines != nil {
		t.Errorf("without issuers: %q", lines)
	}
}

func TestWording(t *testing.T) {
	d := Document{Addressee: "各镇：", Annexes: []Annex{{Title: "汇总表"}, {Title: "说明"}}, Signers: []string{"普宁市林业局"}, Date: date.MustParse("2024-03-31")}
	if got := d.AddresseeLine(); got != "各镇：" {
		t.Errorf("addressee %s", got)
	}
	if got := strings.Join(d.AnnexNote(), "|"); got != "附件：1.汇总表|2.说明" {
		t.Errorf("annexes %s", got)
	}
	if got := (Document{Annexes: d.Annexes[:1]}).AnnexNote()[0]; got != "附件：汇总表" {
		t.Errorf("one annex %s", got)
	}
	// The date is 6.5 characters wide, the signer 6: centred above it.
	c := d.Closing()
	if len(c) != 2 || c[1].Text != "2024年3月31日" || c[1].Right != 4 || c[0].Right != 4+(6.5-6)/2 {
		t.Errorf("closing %+v", c)
	}
	d.Signers = []string{strings.Repeat("长", 18)}
	if c = d.Closing(); c[0].Right != 0 || c[1].Right != (18-6.5)/2 {
		t.Errorf("under a long signer %+v", c)
	}
	m := Imprint{CopyTo: "市委办公室。", Printer: "办公室", Printed: d.Date}
	if office, day := m.PrintedLine(); m.CopyLine() != "抄送：市委办公室。" || office != "办公室" || day != "2024年3月31日印发" || !m.OneLine() || m.Empty() {
		t.Errorf("imprint %s, %s, %s", m.CopyLine(), office, day)
	}
	if got := PageNumber(3); got != "— 3 —" {
		t.Errorf("page number %s", got)
	}
}

func TestFigures(t *testing.T) {
	d := Document{
		Body: []Block{
			Heading{Level: 1, Text: Figure("a", "1")},
			Paragraph{Text: Text{{Text: "共"}, {Text: "2", Figure: "b"}, {Text: "株"}}},
			Table{Columns: []Column{{}}, Rows: []Row{{Cells: []Text{Figure("c", "3")}}}},
		},
		Annexes: []Annex{{Body: []Block{Paragraph{Text: Figure("d", "4")}}}},
	}
	var got strings.Builder
	for _, f := range d.Figures() {
		got.WriteString(f.Figure + f.Text + " ")
	}
	if got.String() != "a1 b2 c3 d4 " {
		t.Errorf("figures %s", got.String())
	}
}

func TestWidths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 24).Draw(t, "columns")
		var tb Table
		row := Row{}
		for range n {
			tb.Columns = append(tb.Columns, Column{Title: rapid.StringOfN(rapid.RuneFrom([]rune("种植株数1")), 0, 30, -1).Draw(t, "title")})
			row.Cells = append(row.Cells, Words(rapid.StringOfN(rapid.RuneFrom([]rune("里湖镇123")), 0, 60, -1).Draw(t, "cell")))
		}
		tb.Rows = []Row{row}
		sum := 0
		for i, w := range tb.Widths(TextTwips) {
			if w < 2*CellPadding+tb.TableSize() {
				t.Fatalf("column %d of %d is %d twips wide", i, n, w)
			}
			if got := strings.Join(tb.HeadLines(i, w), ""); got != tb.Columns[i].Title {
				t.Fatalf("title %q is cut to %q", tb.Columns[i].Title, got)
			}
			sum += w
		}
		if sum != TextTwips {
			t.Fatalf("the columns are %d twips wide", sum)
		}
	})
}
