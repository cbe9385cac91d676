package bulletin_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

var ctx = context.Background()

func month(t *testing.T, text string) bulletin.Period {
	t.Helper()
	m, err := bulletin.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func draft(t *testing.T, w *ledgertest.World, of unit.Code, text string) bulletin.Draft {
	t.Helper()
	d, err := bulletin.New(w.Ledger, nil).Draft(ctx, testkit.City, of, month(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every figure of a bulletin is the sum of what its villages' sealed rows hold, and the villages
// are found from it: down from the bulletin and back up.
func TestEveryFigureWalksDown(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	form := w.Pack.Ledger
	for _, text := range []string{"2024-02", "2024-03"} {
		d := draft(t, w, testkit.Puning, text)
		figures := d.Figures(form)
		if len(figures) < 300 {
			t.Fatalf("%s: only %d figures", text, len(figures))
		}
		seen := map[campaign.RefKind]int{}
		for _, f := range figures {
			r, err := campaign.ParseRef(form, f.Ref)
			if err != nil {
				t.Fatalf("%s: %v", f.Ref, err)
			}
			seen[r.Kind]++
			if want := fromVillages(t, w, &d.Snapshot, f.Unit, r).String(); f.Text != want {
				t.Errorf("%s, %s of %s: %s, its villages' rows say %s", text, f.Ref, f.Unit, f.Text, want)
			}
		}
		for _, kind := range []campaign.RefKind{campaign.RefSum, campaign.RefIncrease, campaign.RefShare, campaign.RefRatio, campaign.RefCount, campaign.RefPunctual, campaign.RefWeek} {
			if seen[kind] == 0 {
				t.Errorf("%s: no figure of kind %s", text, kind)
			}
		}
	}
}

// fromVillages reckons a reference from the rows, one by one.
func fromVillages(t *testing.T, w *ledgertest.World, snap *bulletin.Snapshot, of unit.Code, r campaign.Ref) statistics.Cell {
	t.Helper()
	rows := func(due date.Date) []ledger.RowView {
		if due.IsZero() {
			return nil
		}
		views, err := w.Ledger.Rows(ctx, testkit.City, of, due)
		if err != nil {
			t.Fatal(err)
		}
		return views
	}
	sum := func(due date.Date, key string) (n int64) {
		i, _ := w.Pack.Ledger.ColumnIndex(key)
		for _, v := range rows(due) {
			row := v.Sealed
			if row == nil {
				var err error
				if row, _, err = w.Ledger.LastSealed(ctx, v.Village.Code, due); err != nil {
					t.Fatal(err)
				}
			}
			if row != nil && row[i] != ledger.Empty {
				n += int64(row[i])
			}
		}
		return n
	}
	counted := func(name string) (n int64) {
		if name == "units" {
			return int64(len(snap.Units))
		}
		for _, due := range snap.Weeks {
			if name == "carried" && due == snap.Week {
				for _, v := range rows(due) {
					last, _, err := w.Ledger.LastSealed(ctx, v.Village.Code, due)
					if err != nil {
						t.Fatal(err)
					}
					n += one(v.Sealed == nil && last != nil)
				}
				return n
			}
			if name == "carried" || name == "villages" && due != snap.Week {
				continue
			}
			for _, v := range rows(due) {
				ordinary := v.Village.Kind == unit.Ordinary && !v.Due.Waived
				reported := v.Sealed != nil && !v.Carried
				switch {
				case name == "villages" || name == "expected":
					n += one(ordinary || reported)
				case name == "missing":
					n += one(ordinary && !reported)
				default:
					n += one(reported && (v.State == ledger.Late) == (name == "late"))
				}
			}
		}
		return n
	}
	col, _ := w.Pack.Ledger.Column(r.Column)
	c := statistics.Cell{}
	if col.Type == campaign.Money {
		c.Kind = statistics.Money
	}
	switch r.Kind {
	case campaign.RefWeek:
		c.Part = sum(r.Week, r.Column)
	case campaign.RefIncrease:
		c.Part = sum(snap.Week, r.Column) - sum(snap.Base, r.Column)
	case campaign.RefShare:
		return statistics.Cell{Kind: statistics.Share, Part: sum(snap.Week, r.Column), Whole: counted("villages")}
	case campaign.RefRatio:
		return statistics.Cell{Kind: statistics.Share, Part: sum(snap.Week, r.Column), Whole: sum(snap.Week, r.Per)}
	case campaign.RefCount:
		c.Part = counted(r.Column)
	case campaign.RefPunctual:
		return statistics.Cell{Kind: statistics.Share, Part: counted(r.Column), Whole: counted(r.Per)}
	default:
		c.Part = sum(snap.Week, r.Column)
	}
	return c
}

func one(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// A bulletin that was kept gives the same figures, byte for byte, whatever is reported since.
func TestRemadeFromItsSnapshot(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	d := draft(t, w, testkit.Puning, "2024-03")
	kept, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	before := d.Figures(w.Pack.Ledger)
	// A town submits again with other figures, in the same week.
	views, err := w.Ledger.Rows(ctx, testkit.Town, testkit.LihuTown, ledgertest.ThisWeek)
	if err != nil {
		t.Fatal(err)
	}
	i, _ := w.Pack.Ledger.ColumnIndex("planted_trees")
	row := slices.Clone(views[0].Filled)
	row[i] += 5
	in := ledger.ReportInput{Unit: views[0].Village.Code, Week: ledgertest.ThisWeek, Base: ledger.AnyBase, Values: row, Notes: map[string]string{}, Source: ledger.Source{Kind: ledger.ByGrid}}
	for _, c := range w.Pack.Ledger.Columns {
		in.Notes[c.Key] = "已核对"
	}
	if _, err := w.Ledger.Report(ctx, testkit.Town, in); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Ledger.Submit(ctx, testkit.Town, ledger.SubmitInput{Unit: testkit.LihuTown, Week: ledgertest.ThisWeek, Base: ledger.AnyBase,
		Head: ledger.Head{Unit: "里湖镇", Contact: "黄志明", Phone: "1", FilledOn: ledgertest.ThisWeek}}); err != nil {
		t.Fatal(err)
	}
	now := draft(t, w, testkit.Puning, "2024-03")
	if reflect.DeepEqual(now.Figures(w.Pack.Ledger), before) {
		t.Error("the new draft has the old figures: nothing has been tested")
	}
	var again bulletin.Draft
	if err := json.Unmarshal(kept, &again); err != nil {
		t.Fatal(err)
	}
	if got := again.Figures(w.Pack.Ledger); !reflect.DeepEqual(got, before) {
		t.Error("the bulletin re-made from what was kept has other figures")
	}
}

// The words read as such bulletins read: nothing is left in braces, lists stand in the order of
// codes and name just those that meet their condition, a list of nobody is not there.
func TestWords(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	form := w.Pack.Ledger
	d := draft(t, w, testkit.Puning, "2024-03")
	if d.Title != "关于2024年3月乡村绿化工作进展情况的通报" || d.Number != "普组通〔2024〕　号" || d.Date != date.MustParse("2024-03-30") {
		t.Errorf("%q, %q, %s", d.Title, d.Number, d.Date)
	}
	text := ""
	for _, s := range d.Sections {
		for _, p := range s.Paragraphs {
			for _, r := range d.Runs(form, p) {
				text += r.Text
			}
			text += "\n"
			if !slices.IsSorted(p.List) || p.Pick != nil && p.Pick.Kind == campaign.ListUnits && len(p.List) == 0 {
				t.Errorf("a list of %v", p.List)
			}
		}
	}
	if strings.ContainsAny(text, "{}") || !strings.Contains(text, "截至2024年3月29日，普宁市33个乡镇场街道") {
		t.Errorf("it reads:\n%s", text)
	}
	ratio := campaign.Ref{Kind: campaign.RefRatio, Column: "planted_trees", Per: "planned_trees"}
	for _, p := range w.Pack.Bulletin.Month.Sections[3].Paragraphs {
		if p.List.Of != ratio {
			continue
		}
		var want []unit.Code
		for _, st := range d.Snapshot.Units {
			f, _ := d.Snapshot.Figure(form, st.Code, ratio)
			if f.Cell.Whole > 0 && f.Cell.Part*100 >= p.List.AtLeast*f.Cell.Whole {
				want = append(want, st.Code)
			}
		}
		at := slices.IndexFunc(d.Sections[3].Paragraphs, func(q bulletin.Paragraph) bool { return q.Text == p.Text })
		if at < 0 != (len(want) == 0) || at >= 0 && !slices.Equal(d.Sections[3].Paragraphs[at].List, want) {
			t.Errorf("ahead are %v", want)
		}
	}
}

// Units of whose last week nothing is sealed are named, and no others.
func TestSilent(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	d := draft(t, w, testkit.Puning, "2024-03")
	var want []string
	for _, st := range d.Snapshot.Units {
		views, err := w.Ledger.Rows(ctx, testkit.City, st.Code, d.Snapshot.Week)
		if err != nil {
			t.Fatal(err)
		}
		if st.Villages > 0 && !slices.ContainsFunc(views, func(v ledger.RowView) bool { return v.Sealed != nil }) {
			want = append(want, st.Name)
		}
	}
	if got := d.Snapshot.Silent(); len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("silent are %v, want %v", got, want)
	}
}

func TestRefused(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	s := bulletin.New(w.Ledger, nil)
	for _, c := range []struct {
		who   access.Actor
		of    unit.Code
		month string
		want  error
	}{
		{testkit.County, testkit.LihuTown, "2024-03", bulletin.ErrUnit},
		{testkit.County, testkit.Puning, "2024-04", bulletin.ErrPeriod},
		{testkit.County, testkit.Puning, "2023-12", bulletin.ErrPeriod},
		{testkit.County, testkit.Huilai, "2024-03", access.ErrOutside},
		{testkit.Outsider, testkit.Puning, "2024-03", access.ErrOutside},
	} {
		if _, err := s.Draft(ctx, c.who, c.of, month(t, c.month)); !errors.Is(err, c.want) {
			t.Errorf("%s, %s, %s: %v, want %v", c.who.Name, c.of, c.month, err, c.want)
		}
	}
	for _, bad := range []string{"", "2024-13", "24-03", "2024-3-1"} {
		if _, err := bulletin.ParsePeriod(bad); !errors.Is(err, bulletin.ErrPeriod) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
