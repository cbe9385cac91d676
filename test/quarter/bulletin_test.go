package quarter

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
)

var (
	lastWeek = date.MustParse("2024-03-22")
	thisWeek = date.MustParse("2024-03-29")
	march    = bulletin.Period{Year: 2024, Month: time.March}
)

// story is a county in which one village records and reports in two weeks and another, in the next
// town, in the first of them only; a rule of ranking is in force.
func story(t *testing.T) (s *stage, late unit.Unit, plantings []record.Version) {
	s = open(t, "sqlite:"+t.TempDir()+"/a.db", testkit.NewClock("2024-03-04 10:00"))
	late = s.Units.Tree(thisWeek).Villages(testkit.LihuTown)[3]
	_, err := s.Bulletin.AdoptRule(ctx, testkit.County, bulletin.RuleInput{Unit: testkit.Puning, From: march, Name: "完成率排名办法", Of: []string{"planted_trees/planned_trees%"}, Tie: bulletin.TieSkip, Reason: "比进展"})
	if err != nil {
		t.Fatal(err)
	}
	s.prepared()
	s.note("grid", map[string]string{"areas": "4", "responsible": "4"})
	other := access.Actor{Account: 41, Name: "里湖村填报员", Role: access.VillageReporter, Unit: late.Code}
	enter := func(kind string, fields map[string]string) {
		t.Helper()
		v, err := s.Records.Enter(ctx, other, record.Input{Kind: kind, Unit: late.Code, Day: s.Records.Today(), Fields: fields, Source: ledger.Source{Kind: ledger.ByForm}})
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if kind == "plan" {
			if _, err := s.Records.Approve(ctx, testkit.County, record.At{ID: v.ID, Base: 1}); err != nil {
				t.Fatal(err)
			}
		}
	}
	enter("profile", map[string]string{"typical": "否", "members": "60"})
	enter("plan", map[string]string{"where": "村道", "trees": "500"})
	enter("seedlings", map[string]string{"trees": "500"})
	enter("planting", map[string]string{"work": "new", "trees": "120"})
	plantings = append(plantings, s.note("planting", map[string]string{"work": "new", "trees": "100"}))
	s.on(lastWeek, 15)
	s.tap(lastWeek)
	report := func(due date.Date) {
		t.Helper()
		if _, err := s.Ledger.Report(ctx, other, ledger.ReportInput{Unit: late.Code, Week: due, Base: ledger.AnyBase, Unchanged: true, Source: ledger.Source{Kind: ledger.ByForm}}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Ledger.Submit(ctx, testkit.Town, ledger.SubmitInput{Unit: testkit.LihuTown, Week: due, Base: ledger.AnyBase, Head: ledger.Head{Unit: "里湖镇", Contact: "黄志明", Phone: "1", FilledOn: due}}); err != nil {
			t.Fatal(err)
		}
	}
	report(lastWeek)
	week, _ := s.Ledger.Calendar().Week(lastWeek)
	s.submit(week)
	s.on(thisWeek.Add(-1), 10)
	plantings = append(plantings, s.note("planting", map[string]string{"work": "new", "trees": "60"}))
	s.on(thisWeek, 15)
	s.tap(thisWeek)
	week, _ = s.Ledger.Calendar().Week(thisWeek)
	s.submit(week)
	return s, late, plantings
}

// issued draws up, approves and issues the county's bulletin of a period.
func (s *stage) issued(p bulletin.Period, number string) bulletin.Version {
	s.t.Helper()
	on := bulletin.On{Unit: testkit.Puning, Period: p}
	v, err := s.Bulletin.Begin(ctx, testkit.County, on.Unit, p)
	for _, step := range []func() (bulletin.Version, error){
		func() (bulletin.Version, error) { return s.Bulletin.Submit(ctx, testkit.County, on) },
		func() (bulletin.Version, error) { return s.Bulletin.Approve(ctx, testkit.City, on) },
		func() (bulletin.Version, error) {
			return s.Bulletin.Issue(ctx, testkit.County, on, bulletin.Issuing{DocNumber: number, Day: s.Records.Today()})
		},
	} {
		if err == nil {
			on.Base = v.Number
			v, err = step()
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

// From a figure of each kind in an issued bulletin down to the town, the village, the cell, the
// record, and from the record back up to the figure.
func TestFromAnIssuedFigureToTheRecord(t *testing.T) {
	s, late, plantings := story(t)
	v := s.issued(march, "普组通〔2024〕3号")
	d, form := &v.Draft, s.Pack.Ledger
	by := map[string]bulletin.Figure{}
	for _, f := range d.Figures(form) {
		by[f.Key()] = f
	}
	figure := func(of unit.Code, ref string) bulletin.Figure {
		t.Helper()
		f, ok := by[of.String()+":"+ref]
		if !ok {
			t.Fatalf("%s of %s is not in the bulletin", ref, of)
		}
		return f
	}
	// down: the county's sum is its towns', a town's is its villages' cells, a cell is its records'
	sealed := func(village unit.Code, key string, due date.Date) int64 {
		t.Helper()
		i, _ := form.ColumnIndex(key)
		view, err := s.Ledger.Row(ctx, testkit.County, village, due)
		row := view.Sealed
		if err == nil && row == nil {
			row, _, err = s.Ledger.LastSealed(ctx, village, due)
		}
		if err != nil || row == nil || row[i] == ledger.Empty {
			return 0
		}
		return int64(row[i])
	}
	records := func(village unit.Code, key string, due date.Date) (n int64) {
		t.Helper()
		i, _ := form.ColumnIndex(key)
		behind, err := s.Records.Behind(ctx, testkit.County, village, due, i)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range behind {
			if n += b.Version.Facts.Numbers["trees"]; !slices.Contains(s.Records.Columns(&b.Version), i) {
				t.Errorf("record %d does not lead back to %s", b.Version.ID, key)
			}
		}
		return n
	}
	towns := []unit.Code{testkit.EastTown, testkit.LihuTown}
	villages := map[unit.Code]unit.Code{testkit.EastTown: village, testkit.LihuTown: late.Code}
	weekOf := map[unit.Code]date.Date{testkit.EastTown: thisWeek, testkit.LihuTown: lastWeek}
	walk := func(key string, ref func(of unit.Code) int64, want int64) {
		t.Helper()
		sum := int64(0)
		for _, town := range towns {
			cell := sealed(villages[town], key, thisWeek)
			if got := records(villages[town], key, weekOf[town]); got != cell {
				t.Errorf("%s of %s: the cell says %d, its records %d", key, town, cell, got)
			}
			if ref(town) != cell {
				t.Errorf("%s of %s: the bulletin says %d, its villages' cells %d", key, town, ref(town), cell)
			}
			sum += cell
		}
		if county := ref(testkit.Puning); county != sum || county != want {
			t.Errorf("%s: the bulletin says %d, its towns %d, want %d", key, county, sum, want)
		}
	}
	part := func(suffix string) func(string) func(unit.Code) int64 {
		return func(key string) func(unit.Code) int64 {
			return func(of unit.Code) int64 { return figure(of, key+suffix).Cell.Part }
		}
	}
	walk("planted_trees", part("")("planted_trees"), 280)  // a sum
	walk("planted_trees", part("+")("planted_trees"), 280) // an increase: there was nothing before March
	walk("secured_seedlings", part("")("secured_seedlings"), 1400)

	if f := figure(testkit.Puning, "planted_trees/planned_trees%"); f.Text != "20.0%" || f.Cell.Part != 280 || f.Cell.Whole != 1400 { // a ratio
		t.Errorf("the ratio is %s, %d of %d", f.Text, f.Cell.Part, f.Cell.Whole)
	}
	if f := figure(testkit.Puning, "grid_tending%"); f.Cell.Part != sealed(village, "grid_tending", thisWeek) { // a share
		t.Errorf("the share is %d of %d", f.Cell.Part, f.Cell.Whole)
	}
	if f := figure(testkit.Puning, "late"); f.Cell.Part != 0 { // a count
		t.Errorf("%s late", f.Text)
	}
	if got := d.Snapshot.Villages["carried"]; len(got) != 1 || got[0].Code != late.Code || d.Snapshot.Total.Carried != 1 { // carried, by name
		t.Errorf("carried are %+v of %d", got, d.Snapshot.Total.Carried)
	}
	// a chart: what stood in a week, with what was then sealed
	for due, want := range map[date.Date]int64{lastWeek: 220, thisWeek: 280} {
		f := figure(testkit.Puning, "planted_trees@"+due.String())
		if f.Cell.Part != want || sealed(village, "planted_trees", due)+sealed(late.Code, "planted_trees", due) != want {
			t.Errorf("as of %s the chart says %s", due, f.Text)
		}
	}
	// a rank: 24.0 % before 17.8 %, nobody else has planned anything
	if a, b := figure(testkit.LihuTown, "rank"), figure(testkit.EastTown, "rank"); a.Text != "1" || b.Text != "2" || d.Snapshot.Rule.Version != 1 {
		t.Errorf("the places are %s and %s by version %d", a.Text, b.Text, d.Snapshot.Rule.Version)
	}
	// a list names whom its figure names
	text := reading(s, d)
	if want := "植树完成率不到50%的有流沙东街道、里湖镇等2个乡镇场街道。"; !strings.Contains(text, want) {
		t.Errorf("%q is not in\n%s", want, text)
	}
	if want := late.Name + "本期没有报送"; !strings.Contains(text, want) {
		t.Errorf("%q is not in\n%s", want, text)
	}
	// and back: from a record to the cell, the town's and the county's figure
	i := s.Records.Columns(&plantings[1])[0]
	if form.Columns[i].Key != "planted_trees" || sealed(plantings[1].Unit, form.Columns[i].Key, thisWeek) != 160 || !testkit.EastTown.Contains(plantings[1].Unit) {
		t.Errorf("the record leads to %s", form.Columns[i].Key)
	}
}

// reading is a bulletin's words as they are read.
func reading(s *stage, d *bulletin.Draft) string {
	var b strings.Builder
	for _, section := range d.Sections {
		for _, p := range section.Paragraphs {
			for _, r := range d.Runs(s.Pack.Ledger, p) {
				b.WriteString(r.Text)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// An old bulletin made again, after units were merged and renamed, records corrected and withdrawn,
// a week sealed anew and the rule of ranking ended, has the same bytes: its text, its figures, its
// documents. A new one has others.
func TestOldBulletinMadeAgain(t *testing.T) {
	s, late, plantings := story(t)
	first := s.issued(march, "普组通〔2024〕3号")
	form := s.Pack.Ledger
	papers := app.Papers{App: s.App}
	docx, err := papers.Docx(first.Draft)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := papers.PDF(first.Draft)
	if err != nil {
		t.Fatal(err)
	}
	figures := keyed(first.Draft.Figures(form))

	// records corrected and withdrawn, the week reported and sealed anew
	if _, err := s.Records.Withdraw(ctx, testkit.Village, record.At{ID: plantings[0].ID, Base: 1}, "不是这个村种的"); err != nil {
		t.Fatal(err)
	}
	in := record.Input{Kind: "planting", Unit: village, Day: plantings[1].Day, Fields: map[string]string{"work": "new", "trees": "77"}, Source: ledger.Source{Kind: ledger.ByForm}}
	if _, err := s.Records.Correct(ctx, testkit.Village, record.At{ID: plantings[1].ID, Base: 1}, in, "数错了"); err != nil {
		t.Fatal(err)
	}
	row, err := s.Ledger.Row(ctx, testkit.Village, village, thisWeek)
	if err != nil {
		t.Fatal(err)
	}
	notes := map[string]string{}
	for _, c := range form.Columns {
		notes[c.Key] = "记录已更正"
	}
	values := slices.Clone(row.Filled)
	i, _ := form.ColumnIndex("planted_trees")
	values[i] = row.Says[i]
	if _, err := s.Ledger.Report(ctx, testkit.Village, ledger.ReportInput{Unit: village, Week: thisWeek, Base: ledger.AnyBase, Values: values, Notes: notes, Source: ledger.Source{Kind: ledger.ByForm}}); err != nil {
		var f *ledger.Findings
		if errors.As(err, &f) {
			t.Errorf("%+v", f.List)
		}
		t.Fatal(err)
	}
	week, _ := s.Ledger.Calendar().Week(thisWeek)
	s.submit(week)
	// towns merged, a village renamed, ranking ended
	day := thisWeek.Add(1)
	if _, err := s.Register.Merge(ctx, testkit.Head, register.MergeInput{On: register.On{Day: day}, Units: []unit.Code{testkit.EastTown, testkit.LihuTown}, Into: testkit.LihuTown, Name: "里沙镇"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Register.Rename(ctx, testkit.Head, register.RenameInput{On: register.On{Day: day}, Unit: late.Code, Name: "新名村委会"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Bulletin.AdoptRule(ctx, testkit.County, bulletin.RuleInput{Unit: testkit.Puning, Base: 1, From: march, Neutral: true, Reason: "不再排名"}); err != nil {
		t.Fatal(err)
	}
	s.clock.Set(testkit.NewClock("2024-04-08 09:00").Now())

	again := open(t, s.DB.URL, s.clock)
	b, err := again.Bulletin.Show(ctx, testkit.Leader, testkit.Puning, march, 0)
	if err != nil {
		t.Fatal(err)
	}
	kept := b.Version
	text, err := bulletin.Canonical(kept.Draft)
	if err != nil || text != first.Text || kept.Text != first.Text || !kept.Intact() {
		t.Errorf("the text is another: %v", err)
	}
	if got := keyed(kept.Draft.Figures(form)); !slices.Equal(got, figures) {
		t.Errorf("the figures are others")
	}
	papers = app.Papers{App: again.App}
	if got, err := papers.Docx(kept.Draft); err != nil || !bytes.Equal(got, docx) {
		t.Errorf("the .docx is another: %v", err)
	}
	if got, err := papers.PDF(kept.Draft); err != nil || !bytes.Equal(got, pdf) {
		t.Errorf("the PDF is another: %v", err)
	}
	// the files are those that were issued, whatever the layout is by then
	again.Bulletin.UsePress(otherLayout{})
	for kind, want := range map[bulletin.FileKind][]byte{bulletin.Docx: docx, bulletin.PDF: pdf} {
		f, err := again.Bulletin.File(ctx, testkit.Leader, testkit.Puning, march, 0, kind)
		if err != nil || !f.Kept || !bytes.Equal(f.Content, want) || f.Hash != bulletin.Seal(string(want)) {
			t.Errorf("the %s that was issued is another: kept %v, %v", kind, f.Kept, err)
		}
	}
	now, err := again.Bulletin.Draft(ctx, testkit.County, testkit.Puning, march)
	if err != nil || slices.Equal(keyed(now.Figures(form)), figures) || now.Snapshot.Rule != nil {
		t.Errorf("a new draft has the old figures: nothing has been tested; %v", err)
	}
	if f, ok := now.Snapshot.Figure(form, testkit.Puning, campaign.Ref{Kind: campaign.RefSum, Column: "planted_trees"}); !ok || f.Text != "197" {
		t.Errorf("it now says %s", f.Text)
	}
	if april, err := again.Bulletin.Draft(ctx, testkit.County, testkit.Puning, bulletin.Period{Year: 2024, Month: time.April}); err != nil || !slices.ContainsFunc(april.Snapshot.Units, func(u bulletin.Standing) bool { return u.Name == "里沙镇" }) || april.Issuers[0] != first.Draft.Issuers[0] {
		t.Errorf("April's is of the old towns: %v", err)
	}
}

// otherLayout is the layout of another day.
type otherLayout struct{}

func (otherLayout) Docx(bulletin.Draft) ([]byte, error) { return []byte("docx"), nil }
func (otherLayout) PDF(bulletin.Draft) ([]byte, error)  { return []byte("pdf"), nil }

func keyed(list []bulletin.Figure) []string {
	out := make([]string, len(list))
	for i, f := range list {
		out[i] = f.Key() + "=" + f.Text
	}
	return out
}

// The quarter's summary is of the whole quarter, lives beside the month's and has its own number;
// the key tasks stand in it as the board has them.
func TestQuarterSummary(t *testing.T) {
	s, _, _ := story(t)
	month := s.issued(march, "普组通〔2024〕3号")
	q := s.issued(bulletin.Period{Year: 2024, Quarter: 1}, "普组通〔2024〕4号")
	snap := &q.Draft.Snapshot
	if snap.Period != "2024-Q1" || !snap.Base.IsZero() || len(snap.Weeks) != 9 || len(month.Draft.Snapshot.Weeks) != 5 || q.Draft.Title != "普宁市2024年第一季度乡村绿化工作小结" {
		t.Errorf("%s: %d weeks from %s, %s", snap.Period, len(snap.Weeks), snap.Base, q.Draft.Title)
	}
	if snap.Rule != nil || month.Draft.Snapshot.Rule == nil {
		t.Error("a rule of March ranks the quarter, or not March")
	}
	if tasks := snap.Tasks; tasks == nil || tasks.Total != 31 || tasks.Overdue == 0 || int(tasks.Overdue) != len(tasks.Late) {
		t.Errorf("the tasks are %+v", tasks)
	}
	text := reading(s, &q.Draft)
	for _, want := range []string{"本季度新植树280株", "31项重点任务中，已完成", "2024年第二季度到完成时限的任务有"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if _, err := s.Bulletin.Show(ctx, testkit.Village, testkit.Puning, march, 0); err != nil {
		t.Errorf("the month's is gone: %v", err)
	}
}
