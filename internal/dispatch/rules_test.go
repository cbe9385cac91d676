package dispatch

import (
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// one is one week of a village in a table: p… a row with so many planted trees.
type one struct {
	planted int64 // -1: nothing sealed
	own     bool
	over    bool
	waived  bool
	carried bool
}

func sent(planted int64) one    { return one{planted: planted, own: true, over: true} }
func carried(planted int64) one { return one{planted: planted, over: true, carried: true} }

var (
	absent = one{planted: -1, over: true}
	still  = one{planted: -1}
	waived = one{planted: -1, over: true, waived: true}
)

// values is a row of the form with some of its columns.
func values(form *campaign.Form, cells map[string]int64) ledger.Values {
	v := ledger.NewValues(len(form.Columns))
	for key, n := range cells {
		i, ok := form.ColumnIndex(key)
		if !ok {
			panic(key)
		}
		v[i] = ledger.Value(n)
	}
	return v
}

// walked is a village after its weeks, the page's own first, with a plan for so many trees.
func walked(pack *campaign.Pack, plan int64, weeks ...one) *Village {
	v := &Village{Unit: unit.Unit{Code: 445281001202, Kind: unit.Ordinary}}
	w := newWalk(pack.Ledger, pack.Dispatch, v)
	for i, at := range weeks {
		e := Entry{Week: date.Of(2024, 6, 28).Add(-7 * i), Own: at.own, Over: at.over, Waived: at.waived}
		if at.planted >= 0 {
			e.Sealed = values(pack.Ledger, map[string]int64{"planned_trees": plan, "planted_trees": at.planted})
		}
		if !w.take(e, at.carried) {
			break
		}
	}
	w.done()
	return v
}

func found(pack *campaign.Pack, v *Village, rule string) (Point, bool) {
	for _, p := range v.points(pack.Ledger, pack.Dispatch) {
		if p.Rule.Key == rule {
			return p, true
		}
	}
	return Point{}, false
}

// Stuck from three weeks without growth on, below the plan; weeks are those sealed or over.
func TestStuck(t *testing.T) {
	pack := campaign.Default()
	for _, c := range []struct {
		what  string
		plan  int64
		weeks []one
		stuck int64 // 0: no point
	}{
		{"two weeks without growth", 100, []one{sent(50), sent(50), sent(50), sent(40)}, 0},
		{"three weeks", 100, []one{sent(50), sent(50), sent(50), sent(50), sent(40)}, 3},
		{"three weeks, of which this one has still time", 100, []one{still, sent(50), sent(50), sent(50), sent(50), sent(40)}, 3},
		{"this one has still time, two before it", 100, []one{still, sent(50), sent(50), sent(50), sent(40)}, 0},
		{"missing weeks count", 100, []one{absent, absent, sent(50), sent(50), sent(40)}, 3},
		{"carried along counts", 100, []one{carried(50), carried(50), carried(50), sent(50), sent(40)}, 3},
		{"a waived week counts neither way", 100, []one{sent(50), waived, sent(50), waived, sent(50), sent(40)}, 0},
		{"one tree more", 100, []one{sent(51), sent(50), sent(50), sent(50), sent(50)}, 0},
		{"a correction downward is no growth", 100, []one{sent(45), sent(50), sent(50), sent(50), sent(40)}, 3},
		{"the plan is met", 50, []one{sent(50), sent(50), sent(50), sent(50), sent(40)}, 0},
		{"one tree below the plan", 51, []one{sent(50), sent(50), sent(50), sent(50), sent(40)}, 3},
		{"nothing planted, nothing planned", 0, []one{sent(0), sent(0), sent(0), sent(0)}, 0},
		{"nothing planted since the first week", 100, []one{sent(0), sent(0), sent(0), sent(0)}, 3},
		{"never sealed", 100, []one{absent, absent, absent, absent, absent}, 0},
		{"a gap before the value arose", 100, []one{sent(50), absent, absent, sent(40)}, 0},
	} {
		p, ok := found(pack, walked(pack, c.plan, c.weeks...), "stuck")
		if ok != (c.stuck > 0) || p.Figure.Amount != c.stuck {
			t.Errorf("%s: %t %d weeks, want %d", c.what, ok, p.Figure.Amount, c.stuck)
		}
	}
}

// Silent from two weeks on; what the town carries along is no report of the village's own.
func TestSilent(t *testing.T) {
	pack := campaign.Default()
	for _, c := range []struct {
		what   string
		weeks  []one
		silent int64
	}{
		{"one week", []one{absent, sent(50)}, 0},
		{"two weeks", []one{absent, absent, sent(50)}, 2},
		{"this one has still time", []one{still, absent, sent(50)}, 0},
		{"this one has still time, two before", []one{still, absent, absent, sent(50)}, 2},
		{"carried along", []one{carried(50), carried(50), sent(50)}, 2},
		{"a waived one between", []one{absent, waived, absent, sent(50)}, 2},
		{"it has reported in between", []one{absent, sent(50), absent, absent}, 0},
		{"never", []one{absent, absent, absent}, 3},
	} {
		p, ok := found(pack, walked(pack, 10, c.weeks...), "silent")
		if ok != (c.silent > 0) || p.Figure.Amount != c.silent {
			t.Errorf("%s: %t %d weeks, want %d", c.what, ok, p.Figure.Amount, c.silent)
		}
	}
}

// A gap wants an amount and a share, both.
func TestGaps(t *testing.T) {
	pack, wan := campaign.Default(), int64(campaign.FenPerWan)
	for _, c := range []struct {
		what string
		rule string
		row  map[string]int64
		want int64
	}{
		{"50 of 500 seedlings", "unplanted", map[string]int64{"secured_seedlings": 500, "planted_trees": 450}, 50},
		{"49 of 400", "unplanted", map[string]int64{"secured_seedlings": 400, "planted_trees": 351}, 0},
		{"50 of 501, less than a tenth", "unplanted", map[string]int64{"secured_seedlings": 501, "planted_trees": 451}, 0},
		{"none planted", "unplanted", map[string]int64{"secured_seedlings": 60}, 60},
		{"more planted than secured", "unplanted", map[string]int64{"secured_seedlings": 100, "planted_trees": 300}, 0},
		{"nothing filled", "unplanted", map[string]int64{}, 0},
		{"5 of 10 万元 not there", "unfunded", map[string]int64{"planned_funds": 10 * wan, "fiscal_funds": 2 * wan, "collective_funds": wan, "social_funds": 2 * wan}, 5 * wan},
		{"a 分 less", "unfunded", map[string]int64{"planned_funds": 10 * wan, "fiscal_funds": 2 * wan, "collective_funds": wan + 1, "social_funds": 2 * wan}, 0},
		{"6 of 20, exactly three tenths", "unfunded", map[string]int64{"planned_funds": 20 * wan, "fiscal_funds": 14 * wan}, 6 * wan},
		{"6 of 20 and a 分", "unfunded", map[string]int64{"planned_funds": 20*wan + 1, "fiscal_funds": 14*wan + 1}, 0},
	} {
		v := &Village{Unit: unit.Unit{Code: 445281001202, Kind: unit.Ordinary}, Values: values(pack.Ledger, c.row)}
		p, ok := found(pack, v, c.rule)
		if ok != (c.want > 0) || p.Figure.Amount != c.want {
			t.Errorf("%s: %t %d, want %d", c.what, ok, p.Figure.Amount, c.want)
		}
		if ok && p.Of-p.Have != p.Figure.Amount {
			t.Errorf("%s: %d - %d", c.what, p.Of, p.Have)
		}
	}
	v := &Village{Unit: unit.Unit{Code: 445281001498, Kind: unit.Virtual}, Values: values(pack.Ledger, map[string]int64{"secured_seedlings": 500})}
	if list := v.points(pack.Ledger, pack.Dispatch); len(list) > 0 {
		t.Errorf("a virtual area has points: %v", list)
	}
}

// What is written of each kind, at a village and over several.
func TestFigureText(t *testing.T) {
	pack := campaign.Default()
	for _, c := range []struct {
		rule string
		f    Figure
		want string
	}{
		{"stuck", Figure{4, 1}, "连续 4 周"},
		{"stuck", Figure{6, 8}, "8 村（最长 6 周）"},
		{"unplanted", Figure{1240, 1}, "1,240 株"},
		{"unplanted", Figure{1240, 8}, "1,240 株（8 村）"},
		{"unfunded", Figure{12_300_000, 1}, "12.30 万元"},
		{"overdue", Figure{5, 1}, "5 项"},
		{"asked", Figure{2, 1}, "2 件"},
	} {
		r, _ := pack.Dispatch.Rule(c.rule)
		if got := FigureText(pack.Ledger, r, c.f); got != c.want {
			t.Errorf("%s: %q, want %q", c.rule, got, c.want)
		}
	}
	r, _ := pack.Dispatch.Rule("unfunded")
	if got := PointText(pack.Ledger, &Point{Rule: r, Of: 10_000_000, Have: 4_000_000}); got != "计划投入 10.00，财政、村集体、社会共 4.00" {
		t.Errorf("%q", got)
	}
}
