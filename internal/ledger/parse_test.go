package ledger

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
)

// column gives a column of the notice's form.
func column(t testing.TB, key string) *campaign.Column {
	t.Helper()
	form := campaign.Default().Ledger
	i, ok := form.ColumnIndex(key)
	if !ok {
		t.Fatalf("the form has no column %q", key)
	}
	return &form.Columns[i]
}

// typed is a table of what people type into cells: one line per value or code, then the texts
// between bars.
type typed struct {
	want  Value
	code  string
	texts string
}

func (c typed) check(t *testing.T, col *campaign.Column) {
	t.Helper()
	for _, text := range strings.Split(c.texts, "|") {
		got, f := Parse(col, text)
		code := ""
		if f != nil {
			code = f.Code
		}
		if got != c.want || code != c.code {
			t.Errorf("%s %q: got %v %q, want %v %q", col.Key, text, got, code, c.want, c.code)
		}
		if f != nil && (f.Severity != Error || f.Params["column"] != col.Title || f.Value != strings.TrimSpace(text)) {
			t.Errorf("%s %q: finding %+v", col.Key, text, *f)
		}
	}
}

// blanks are what stands for an empty cell in every column.
const blanks = "| |　|\u00a0|\u200b|\ufeff|\t\r\n|-|－|--|—|——|―|─|–|−|_|/|／|\\"

func TestParseCount(t *testing.T) {
	trees := column(t, "planted_trees")
	for _, c := range []typed{
		{1318, "", "1318|１３１８|1,318|1，318|１，３１８| 1318 |　1318　|1 318|1\u00a0318|1318株|1318 株|１３１８株|1318棵|1318颗|1318棵树|1318株树|01318|+1318|1318.0|1318.|1318。|1318.00|1318\u200b|1318\n|0.1318万|0.1318万株"},
		{12000, "", "12000|1.2万|1.2万株|１．２万株|1.2 万 株|12,000|12，000株"},
		{0, "", "0|０|-0|0.0|0株|无|没有|暂无|00|.0"},
		{2_000_000, "", "2000000|200万|2,000,000|200万株"},
		{Empty, "", blanks},
		{Empty, Negative, "-5|－5|−5|-1.5|-0.5|-1,318|–3|- 5株"},
		{Empty, Fraction, "1.5|3.14|0.5株|1.00001|0.00001万|.5|2000000.5"},
		{Empty, Absurd, "2000001|9999999|99999999999999999999999999|201万株|2000001.5|9223372036854775808|100000万"},
		{Empty, WrongUnit, "12元|12万元|12人|12人次|1亿|5场|5户"},
		{Empty, NotANumber, "一|三十|十五株|两千|约100|100左右|100多|100+|80%|1e3|1.2E+5|1E3|0x10|1/2|½|1½|5²|①|⑴|12;13|12、13|12-13|(5)|（5）|++5|--5|5-|1.2.3|.|,|1,2|1,23|12,34|1,2345|1234,567|,123|123,|1,,234|0,123|00,123|株|万|万株|是|abc|2024-03-29|2024/3/5|3月5日|#DIV/0!|#N/A|=1+1|3\n5|3\r\n5|12\t13|1318株1318株|٣|NaN|Inf|null|1_000"},
	} {
		c.check(t, trees)
	}
}

func TestParseCountOfPeople(t *testing.T) {
	members, trained := column(t, "party_members"), column(t, "training_attendances")
	for _, c := range []typed{{5, "", "5|5人|5名|5位|5个|5个人|５ 人"}, {Empty, WrongUnit, "5株|5人次|5次|5元"}, {Empty, Absurd, "5001人"}} {
		c.check(t, members)
	}
	for _, c := range []typed{{5, "", "5|5人次|5人|5次|5名"}, {Empty, WrongUnit, "5株|5个|5场"}} {
		c.check(t, trained)
	}
}

func TestParseMoney(t *testing.T) {
	const wan = campaign.FenPerWan
	funds := column(t, "invested_funds")
	for _, c := range []typed{
		{576 * wan / 100, "", "5.76|５．７６|5。76|5.76万元|5.76万|5.76 万元|5.760000|57600元|57,600元|57600元整|57600块|57600块钱|57.6千元|576百元|￥5.76|¥5.76万元|人民币5.76万元|5.76万元人民币|0.000576亿元|05.76|+5.76"},
		{5 * wan, "", "5|5.0|5.|5万|5万元|50000元|50，000元"},
		{1, "", "0.000001|0.000001万元|0.01元|.000001"},
		{123456, "", "0.123456|1234.56元|1,234.56元"},
		{100_000 * wan, "", "100000|100,000万元|10亿|10亿元|1000000000元"},
		{0, "", "0|0.00|无|没有|暂无|-0|0元"},
		{Empty, "", blanks},
		{Empty, Negative, "-5.76|-0.01|－5.76万元|-5元"},
		{Empty, TooFine, "0.0000001|5.1234567|0.005元|1.001元|0.0000001万元"},
		{Empty, Absurd, "100000.000001|100001|11亿|1000000001元|123456789012345678"},
		{Empty, WrongUnit, "5株|5人|5万株"},
		{Empty, NotANumber, "五万元|约5万|5.76.1|5,76|80%|1e3|万元|元|$5|5USD|5万8|5.76万元5|½万元|5²|2024-03-29|5\n6|是"},
	} {
		c.check(t, funds)
	}
}

func TestParseYesNo(t *testing.T) {
	yesno := column(t, "plan_made")
	for _, c := range []typed{
		{Yes, "", "是|有|已|对|√|✓|✔|✔️|☑|☑️|✅|Y|y|Ｙ|yes|YES|1|１|true|TRUE|T|是的|已有| 是 |　是|是\n"},
		{No, "", "否|无|未|不|不是|没有|没|×|✕|✖️|✗|✘|☒|❌|N|n|Ｎ|no|No|0|０|false|x|X|Ｘ|暂无| 否 "},
		{Empty, "", blanks},
		{Empty, Neither, "是/否|是否|有/无|2|10|-1|○|〇|●|一|可能|基本是|部分|否定|√×|是，县级|80%|①|¹|1.0|yesno|2024-03-29|1\n0"},
	} {
		c.check(t, yesno)
	}
}

// A long text is shown clipped and kept whole.
func TestParseClipsWhatItShows(t *testing.T) {
	long := strings.Repeat("村", 100)
	_, f := Parse(column(t, "planted_trees"), long)
	if f == nil || f.Params["value"] != strings.Repeat("村", 40)+"…" || f.Value != long {
		t.Fatalf("finding %+v", f)
	}
}

// value draws a value that the column allows.
func value(t *rapid.T, col *campaign.Column) Value {
	switch {
	case col.Type == campaign.YesNo:
		return Value(rapid.Int64Range(0, 1).Draw(t, "yes"))
	case rapid.Bool().Draw(t, "small"):
		return Value(rapid.Int64Range(0, min(col.Max, 200)).Draw(t, "value"))
	}
	return Value(rapid.Int64Range(0, col.Max).Draw(t, "value"))
}

func TestParseReadsWhatExactWrites(t *testing.T) {
	form := campaign.Default().Ledger
	rapid.Check(t, func(t *rapid.T) {
		col := &form.Columns[rapid.IntRange(0, len(form.Columns)-1).Draw(t, "column")]
		v := value(t, col)
		got, f := Parse(col, Exact(col, v))
		if f != nil || got != v {
			t.Fatalf("%s: %d is written %q and read %d, %v", col.Key, v, Exact(col, v), got, f)
		}
		if again := Exact(col, got); again != Exact(col, v) {
			t.Fatalf("%s: written %q, then %q", col.Key, Exact(col, v), again)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range strings.Split(blanks+"|1,318|1.2万株|57600元整|５．７６万元|-5|½|是|√|1e3|3\n5|￥5.76|99999999999999999999|0.0000001", "|") {
		f.Add(s)
	}
	form := campaign.Default().Ledger
	f.Fuzz(func(t *testing.T, text string) {
		for i := range form.Columns {
			col := &form.Columns[i]
			v, finding := Parse(col, text)
			switch {
			case finding != nil && (v != Empty || finding.Code == "" || finding.Severity != Error):
				t.Fatalf("%s %q: %d with finding %+v", col.Key, text, v, *finding)
			case finding != nil || v == Empty:
			case v < 0 || col.Type == campaign.YesNo && v > Yes || col.Type != campaign.YesNo && int64(v) > col.Max:
				t.Fatalf("%s %q: %d is beyond the column", col.Key, text, v)
			default:
				if back, f := Parse(col, Exact(col, v)); f != nil || back != v {
					t.Fatalf("%s %q: %d, written %q, read %d", col.Key, text, v, Exact(col, v), back)
				}
			}
		}
	})
}
