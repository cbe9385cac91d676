package quarter

import (
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/testkit"
)

// A city tells of the key tasks of those counties that record, with each one's own figures, names
// them and the others; a county of which nothing was recorded tells nothing of its tasks.
func TestCityTellsOfCountiesThatRecord(t *testing.T) {
	s, _, _ := story(t)
	form := s.Pack.Ledger
	for _, period := range []bulletin.Period{march, {Year: 2024, Quarter: 1}} {
		city, err := s.Bulletin.Draft(ctx, testkit.City, testkit.Jieyang, period)
		if err != nil {
			t.Fatal(err)
		}
		county, err := s.Bulletin.Draft(ctx, testkit.County, testkit.Puning, period)
		if err != nil {
			t.Fatal(err)
		}
		text := reading(s, &city)
		for _, want := range []string{"按系统中已有的记录，普宁市31项重点任务中，已完成", "其余榕城区、揭东区、揭西县、惠来县等4个县（市、区）未在系统中记录，未列入。"} {
			if strings.Count(text, want) != 1 {
				t.Errorf("%s: %q is not in\n%s", period, want, text)
			}
		}
		own := map[string]string{}
		for _, f := range county.Figures(form) {
			own[f.Key()] = f.Text
		}
		told := 0
		for _, f := range city.Figures(form) {
			if !strings.HasPrefix(f.Ref, "tasks") {
				continue
			}
			if told++; f.Unit != testkit.Puning || own[f.Key()] != f.Text {
				t.Errorf("%s: %s is %s in the city's, %s in the county's", period, f.Key(), f.Text, own[f.Key()])
			}
		}
		if told != 4 {
			t.Errorf("%s: %d figures of tasks", period, told)
		}
		silent, err := s.Bulletin.Draft(ctx, testkit.City, testkit.Huilai, period)
		if err != nil {
			t.Fatal(err)
		}
		if text := reading(s, &silent); silent.Snapshot.Tasks != nil || strings.Contains(text, "项重点任务") || strings.Contains(text, "已到完成时限仍未完成") {
			t.Errorf("%s: 惠来 has recorded nothing and says\n%s", period, text)
		}
	}
}

// A report of a task is a record too, from its day on; a city whose counties all record names no
// others.
func TestRecordedFromTheFirstReport(t *testing.T) {
	s, _, _ := story(t)
	s.on(date.MustParse("2024-04-08"), 9)
	office := testkit.City
	office.Role, office.Unit = testkit.County.Role, testkit.Huilai
	points := task.Point{Duty: "training_course", Demand: "done", Party: record.Party{Unit: testkit.Huilai}, From: date.MustParse("2024-01-01")}
	if _, err := s.Tasks.Report(ctx, office, task.ReportInput{Point: points, Day: date.MustParse("2024-03-20"), Proof: "已举办"}); err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]bool{"2024-03-31": false, "2024-04-07": false, "2024-04-08": true} {
		if got, err := s.Tasks.Recorded(ctx, testkit.City, testkit.Huilai, date.MustParse(day)); err != nil || got != want {
			t.Errorf("on %s recorded is %v, %v", day, got, err)
		}
	}
	if got, err := s.Tasks.Recorded(ctx, testkit.City, testkit.Puning, date.MustParse("2024-03-03")); err != nil || got {
		t.Errorf("普宁 recorded before its first record: %v, %v", got, err)
	}
	april, err := s.Bulletin.Draft(ctx, testkit.City, testkit.Jieyang, bulletin.Period{Year: 2024, Month: 4})
	if err != nil {
		t.Fatal(err)
	}
	if text := reading(s, &april); !strings.Contains(text, "；普宁市31项中，已完成") || !strings.Contains(text, "其余榕城区、揭东区、揭西县等3个县（市、区）未在系统中记录") {
		t.Errorf("%s", text)
	}
	for i := range april.Snapshot.Units {
		if u := &april.Snapshot.Units[i]; u.Tasks == nil {
			u.Tasks = &bulletin.Tasks{Total: 31}
		}
	}
	for _, section := range april.Sections {
		for _, p := range section.Paragraphs {
			if strings.Contains(p.Text, "{unrecorded}") {
				for _, r := range april.Runs(s.Pack.Ledger, p) {
					if strings.Contains(r.Text, "榕城区、") {
						t.Errorf("%s is named though all record", r.Text)
					}
				}
			}
		}
	}
}
