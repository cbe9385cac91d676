package feedback_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/feedback"
	"github.com/sangzi/sangzi/internal/feedback/feedbackdb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx    = context.Background()
	nobody access.Actor
)

func tree(t testing.TB) *unit.Tree {
	t.Helper()
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.At(date.Of(2024, 3, 29))
}

func open(t testing.TB, db *database.DB) (*feedback.Service, *testkit.Clock) {
	t.Helper()
	box, err := account.NewBox([]byte(strings.Repeat("k", account.KeyBytes)))
	if err != nil {
		t.Fatal(err)
	}
	clock := testkit.NewClock("2024-03-29 16:30")
	units := tree(t)
	return feedback.New(feedbackdb.Open(db, box), func() *unit.Tree { return units }, clock.Now), clock
}

// Somebody without an account complains, the county answers, the answer is looked up by the
// number; a second answer stands below the first; the contact lies sealed.
func TestComplaint(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s, clock := open(t, db)
		sent, err := s.Send(ctx, nobody, feedback.Input{Content: " 村口的树苗\r\n死了三棵\u202e\x00 ", Contact: "13800138000", Place: "流沙东街道新坛村"})
		if err != nil {
			t.Fatal(err)
		}
		if sent.Unit != testkit.Xintan || sent.Content != "村口的树苗\n死了三棵" {
			t.Errorf("kept %+v", sent)
		}
		var sealed string
		if err := db.Reader().QueryRowContext(ctx, `SELECT contact FROM feedback`).Scan(&sealed); err != nil || sealed == "" || strings.Contains(sealed, "138") {
			t.Errorf("in the table: %q, %v", sealed, err)
		}
		spoken := feedback.Spoken(sent.Reference)
		for _, typed := range []string{sent.Reference, spoken, strings.ToLower(spoken), " " + strings.ReplaceAll(spoken, "-", " "), strings.ReplaceAll(spoken, "-", "－")} {
			e, err := s.Lookup(ctx, typed)
			if err != nil || e.Content != sent.Content || e.Answered() || e.Contact != "" {
				t.Errorf("%q: %+v, %v", typed, e, err)
			}
		}
		p, err := s.List(ctx, testkit.County, feedback.Query{Of: testkit.Puning, Limit: 10})
		if err != nil || len(p.Entries) != 1 || p.Open != 1 || p.Done != 0 || p.Entries[0].Contact != "" {
			t.Fatalf("list %+v, %v", p, err)
		}
		e, err := s.Entry(ctx, testkit.County, sent.ID)
		if err != nil || e.Contact != "13800138000" {
			t.Errorf("the answerer sees %q, %v", e.Contact, err)
		}
		clock.Advance(time.Hour)
		first, err := s.Answer(ctx, testkit.County, feedback.AnswerInput{ID: sent.ID, Text: "本周内补种。"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Answer(ctx, testkit.City, feedback.AnswerInput{ID: sent.ID, Text: "同时答复"}); !errors.Is(err, feedback.ErrMoved) {
			t.Errorf("at the same time: %v", err)
		}
		clock.Advance(24 * time.Hour)
		if _, err := s.Answer(ctx, testkit.City, feedback.AnswerInput{ID: sent.ID, Text: "已补种。", Before: first.AnsweredAt}); err != nil {
			t.Fatal(err)
		}
		e, err = s.Lookup(ctx, spoken)
		if err != nil || e.Answer != "本周内补种。\n\n2024年3月30日补充：已补种。" || e.AnsweredUnit != testkit.Jieyang || !e.AnsweredAt.Equal(clock.Now()) {
			t.Errorf("answered %+v, %v", e, err)
		}
		p, err = s.List(ctx, testkit.County, feedback.Query{Of: testkit.Puning, Answered: true, Limit: 10})
		if err != nil || len(p.Entries) != 1 || p.Open != 0 || p.Done != 1 {
			t.Errorf("list %+v, %v", p, err)
		}
		events, err := auditdb.Open(db).Events(ctx, audit.Query{Of: testkit.Xintan, Limit: 10})
		if err != nil || len(events) != 2 || events[1].Action != "feedback.answer" || events[1].Actor != testkit.County.Name {
			t.Errorf("events %+v, %v", events, err)
		}
		again, _ := open(t, db)
		if e2, err := again.Lookup(ctx, spoken); err != nil || e2 != e {
			t.Errorf("after a restart %+v, %v", e2, err)
		}
	})
}

// Who may read and answer what is said about where.
func TestWhoMay(t *testing.T) {
	s, _ := open(t, testkit.SQLite(t))
	sent := map[unit.Code]int64{}
	for place, code := range map[string]unit.Code{"新坛村": testkit.Xintan, "惠来": testkit.Huilai, "": testkit.Jieyang, "里湖": testkit.LihuTown} {
		e, err := s.Send(ctx, nobody, feedback.Input{Content: "建议", Place: place})
		if err != nil || e.Unit != code {
			t.Fatalf("%q is about %s, %v", place, e.Unit, err)
		}
		sent[code] = e.ID
	}
	for _, a := range append(testkit.Cast(), nobody) {
		for code, id := range sent {
			_, err := s.Entry(ctx, a, id)
			_, aerr := s.Answer(ctx, a, feedback.AnswerInput{ID: id})
			want := feedback.ErrNone
			switch {
			case a.Role != "" && a.Unit.Contains(code) && (a.Role == access.CountyOffice || a.Role == access.CityOffice || a.Role == access.Administrator):
				if err != nil || !errors.Is(aerr, feedback.ErrAnswer) {
					t.Errorf("%s at %s: %v, %v", a.Name, code, err, aerr)
				}
				continue
			case a.Role == "":
				want = access.ErrOutside
			case a.Unit.Contains(code):
				want = access.ErrForbidden
			}
			if !errors.Is(err, want) || !errors.Is(aerr, want) {
				t.Errorf("%s at %s: %v, %v, want %v", a.Name, code, err, aerr, want)
			}
		}
		_, err := s.List(ctx, a, feedback.Query{Of: testkit.Puning, Limit: 1})
		if may := a.May(access.AnswerFeedback, testkit.Puning); may != (err == nil) {
			t.Errorf("%s lists: %v", a.Name, err)
		}
	}
	if e, err := s.Send(ctx, testkit.Village, feedback.Input{Content: "表格太长"}); err != nil || e.Unit != testkit.Xintan || e.Account != testkit.Village.Account {
		t.Errorf("a reporter's is about %s, %v", e.Unit, err)
	}
}

func TestRefused(t *testing.T) {
	s, _ := open(t, testkit.SQLite(t))
	for _, c := range []struct {
		in   feedback.Input
		want error
	}{
		{feedback.Input{Content: " \n\x00"}, feedback.ErrContent}, {feedback.Input{Content: strings.Repeat("字", feedback.MaxContent+1)}, feedback.ErrContent},
		{feedback.Input{Content: "好", Contact: strings.Repeat("1", feedback.MaxContact+1)}, feedback.ErrContact},
		{feedback.Input{Content: "好", Place: "没有的村"}, feedback.ErrPlace}, {feedback.Input{Content: "好", Place: strings.Repeat("村", 100)}, feedback.ErrPlace},
		{feedback.Input{Content: "好", Place: "大坪"}, feedback.ErrPlaces},
	} {
		if _, err := s.Send(ctx, nobody, c.in); !errors.Is(err, c.want) {
			t.Errorf("%+.40v: %v, want %v", c.in, err, c.want)
		}
	}
	for _, typed := range []string{"", "2", "222222222222", "OOOOOOOOOOOO", "2222222222222", "'; DROP TABLE feedback"} {
		if _, err := s.Lookup(ctx, typed); !errors.Is(err, feedback.ErrReference) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// Whatever is typed, what is kept is valid text within its length, or refused.
func TestAnyContent(t *testing.T) {
	s, _ := open(t, testkit.SQLite(t))
	seen := map[string]bool{}
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("树\n\r\t\x00\u202e 苗<>&'")), 0, 60, -1).Draw(rt, "text")
		e, err := s.Send(ctx, nobody, feedback.Input{Content: text})
		empty := strings.Trim(text, " \n\r\t\x00\u202e") == ""
		if empty != errors.Is(err, feedback.ErrContent) || !empty && err != nil {
			rt.Fatalf("%q: %v", text, err)
		}
		if empty {
			return
		}
		if strings.ContainsAny(e.Content, "\x00\r\t\u202e") || seen[e.Reference] {
			rt.Fatalf("kept %q as %s", e.Content, e.Reference)
		}
		seen[e.Reference] = true
		if got, err := s.Lookup(ctx, e.Reference); err != nil || got.Content != e.Content {
			rt.Fatalf("read %q, %v", got.Content, err)
		}
	})
}
