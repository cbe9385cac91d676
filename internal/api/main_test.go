package api_test

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/test/house"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// stage is a house with the places and people that scenarios speak of.
type stage struct {
	*house.House
	t       *testing.T
	clients map[string]*house.Client
	ids     map[string]string // uploads by the name a scenario gave them
	message int               // 新坛村's reminder, once remind has been called
}

func newStage(t *testing.T, url string) *stage {
	return &stage{House: house.Open(t, url), t: t, clients: map[string]*house.Client{}, ids: map[string]string{}}
}

// on runs a test on a house on each engine.
func on(t *testing.T, test func(s *stage)) {
	testkit.URLs(t, func(t *testing.T, url string) { test(newStage(t, url)) })
}

func (s *stage) as(login string) *house.Client {
	if s.clients[login] == nil {
		s.clients[login] = s.As(login)
	}
	return s.clients[login]
}

var full = regexp.MustCompile(`"\{full ([^} ]+)( [^}]+)?\}"`)

// say fills the places of a path or a body: {town}, {v3} the fourth village of the town, {e1}
// the second of 流沙东街道, {n0} one in a town that has never reported, {full CODE} a village's whole row, {full CODE {...}} with other cells.
func (s *stage) say(text string) string {
	r := []string{"{town}", testkit.LihuTown.String(), "{east}", testkit.EastTown.String(), "{xintan}", testkit.Xintan.String(),
		"{county}", testkit.Puning.String(), "{huilai}", testkit.Huilai.String(), "{city}", testkit.Jieyang.String(), "{outside}", testkit.Huicheng.String(),
		"{week}", house.ThisWeek.String(), "{last}", house.LastWeek.String()}
	for name, of := range map[string]unit.Code{"v": testkit.LihuTown, "e": testkit.EastTown, "n": s.silent()} {
		for i, v := range s.Villages(of) {
			r = append(r, "{"+name+itoa(i)+"}", v.Code.String())
		}
	}
	r = append(r, "{message}", itoa(s.message))
	if strings.Contains(text, "{record}") {
		r = append(r, "{record}", s.newest())
	}
	for _, q := range s.App.Pack.Questions() {
		if strings.Contains(text, "{print "+q.Key+"}") {
			r = append(r, "{print "+q.Key+"}", q.Print)
		}
	}
	for name, id := range s.ids {
		r = append(r, "{upload "+name+"}", id)
	}
	text = strings.NewReplacer(r...).Replace(text)
	return full.ReplaceAllStringFunc(text, func(m string) string {
		parts := full.FindStringSubmatch(m)
		code, err := unit.ParseCode(parts[1])
		if err != nil {
			s.t.Fatal(err)
		}
		row := s.Full(code, 9)
		for pair := range strings.FieldsSeq(parts[2]) {
			key, value, _ := strings.Cut(pair, "=")
			row[key] = value
		}
		return marshal(row)
	})
}

// newest is the record that was entered last, or 1 while there is none.
func (s *stage) newest() string {
	list, err := s.App.Records.List(context.Background(), access.Operator("test", unit.Nation), record.Query{Of: testkit.Jieyang, Withdrawn: true})
	if err != nil {
		s.t.Fatal(err)
	}
	id := int64(1)
	for _, v := range list {
		id = max(id, v.ID)
	}
	return marshal(id)
}

// silent is a town of the county that has never reported.
func (s *stage) silent() unit.Code {
	for _, town := range s.App.Units.Tree(house.ThisWeek).Towns(testkit.Puning) {
		if town.Code != testkit.LihuTown && town.Code != testkit.EastTown && len(s.Villages(town.Code)) > 0 {
			return town.Code
		}
	}
	s.t.Fatal("all towns have reported")
	return 0
}

func itoa(i int) string { return marshal(i) }

func marshal(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// problem is an error as a program sees it.
type problem struct {
	Status    int      `json:"status"`
	Title     string   `json:"title"`
	Code      string   `json:"code"`
	RequestID string   `json:"request_id"`
	Details   []string `json:"details"`
	Version   int32    `json:"version"`
	Faults    []struct{ Field, Code, Message string }
	Findings  []struct {
		Column, Severity, Code, Message, Value string
	} `json:"findings"`
}

// refused holds an answer against what an error must look like, and gives it.
func refused(t *testing.T, r house.Reply, status int, code string) problem {
	t.Helper()
	var p problem
	if err := json.Unmarshal([]byte(r.Body), &p); err != nil {
		t.Fatalf("%d, not a problem: %v\n%.300s", r.Status, err, r.Body)
	}
	if r.Status != status || p.Code != code || p.Status != status {
		t.Errorf("got %d %s %q %v, want %d %s", r.Status, p.Code, p.Title, p.Details, status, code)
	}
	if got := r.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("content type %q", got)
	}
	if p.RequestID == "" || p.RequestID != r.Header.Get("X-Request-Id") {
		t.Errorf("request id %q, header %q", p.RequestID, r.Header.Get("X-Request-Id"))
	}
	if p.Title == "" || p.Title == p.Code || !hasChinese(p.Title) {
		t.Errorf("title %q says nothing to people", p.Title)
	}
	if len(r.Body) > 64<<10 {
		t.Errorf("%d bytes of error", len(r.Body))
	}
	return p
}

func hasChinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}

// decode reads an answer, which must be of this status, into v, refusing nothing.
func decode[T any](t *testing.T, r house.Reply, status int) (v T) {
	t.Helper()
	if r.Status != status {
		t.Fatalf("got %d, want %d: %.500s", r.Status, status, r.Body)
	}
	if err := json.Unmarshal([]byte(r.Body), &v); err != nil {
		t.Fatalf("%v: %.300s", err, r.Body)
	}
	return v
}
