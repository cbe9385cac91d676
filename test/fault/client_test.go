package fault

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

// form is the ledger's.
var form = campaign.Default().Ledger

// refused is an answer that is no success.
type refused struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Title  string `json:"title"`
}

func (r *refused) Error() string { return fmt.Sprintf("%d %s %s", r.Status, r.Code, r.Title) }

// caller talks to one server.
type caller struct {
	base, token string
	http        *http.Client
}

// call calls a server with connections of its own, closed with the test.
func call(t testing.TB, s *server, token string) *caller {
	transport := &http.Transport{MaxIdleConnsPerHost: 16}
	t.Cleanup(transport.CloseIdleConnections)
	return &caller{base: s.base + "/api/v1", token: token, http: &http.Client{Transport: transport, Timeout: patience}}
}

// do sends a request and reads the answer; what is no success is a refused, or an error of the
// connection.
func (c *caller) do(ctx context.Context, method, path string, body, into any) error {
	var sent io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		sent = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, sent)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Content-Type", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		r := &refused{}
		if err := json.Unmarshal(text, r); err != nil {
			return fmt.Errorf("%s: %.300s", res.Status, text)
		}
		return r
	}
	return json.Unmarshal(text, into)
}

func pathOf(of unit.Code, what string) string {
	return "/ledger/" + of.String() + "/" + week + "/" + what
}

// told is the column that tells one row of a village from another.
const told = "training_attendances"

// rowWith is a village's row with a figure in the column that tells rows apart.
func rowWith(village unit.Code, figure int) map[string]any {
	cells := map[string]any{}
	for i, v := range demo.Figures(form, village, 9) {
		switch col := &form.Columns[i]; col.Type {
		case campaign.YesNo:
			cells[col.Key] = v == 1
		case campaign.Money:
			cells[col.Key] = float64(v) / campaign.FenPerWan
		default:
			cells[col.Key] = int64(v)
		}
	}
	cells[told] = figure
	return cells
}

// report reports a village's row and gives its version.
func (c *caller) report(ctx context.Context, village unit.Code, figure int) (version int, err error) {
	var got struct{ Version int }
	err = c.do(ctx, http.MethodPut, pathOf(village, "row"), map[string]any{"values": rowWith(village, figure)}, &got)
	return got.Version, err
}

// rowVersion is a version of a village's row, as it is read back.
type rowVersion struct {
	Version int
	Status  string
	Values  map[string]any
}

func (c *caller) versions(ctx context.Context, village unit.Code) (list []rowVersion, err error) {
	err = c.do(ctx, http.MethodGet, pathOf(village, "versions"), nil, &list)
	return list, err
}

// submission is a version of a town's submission.
type submission struct {
	Version int
	Hash    string
}

// submit seals a town's week.
func (c *caller) submit(ctx context.Context, town unit.Code) (s submission, err error) {
	head := map[string]any{"unit": "里湖镇", "contact": "黄志明", "phone": "0663-2900000", "filled_on": week}
	err = c.do(ctx, http.MethodPost, pathOf(town, "submissions"), map[string]any{"head": head}, &s)
	return s, err
}

func (c *caller) submissions(ctx context.Context, town unit.Code) (list []submission, err error) {
	err = c.do(ctx, http.MethodGet, pathOf(town, "submissions"), nil, &list)
	return list, err
}

// book is what servers have acknowledged.
type book struct {
	mu    sync.Mutex
	rows  map[unit.Code]map[int]int // village, version, figure
	towns map[unit.Code]map[int]string
	count int
}

func newBook() *book {
	return &book{rows: map[unit.Code]map[int]int{}, towns: map[unit.Code]map[int]string{}}
}

func (b *book) row(village unit.Code, version, figure int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rows[village] == nil {
		b.rows[village] = map[int]int{}
	}
	b.rows[village][version] = figure
	b.count++
}

func (b *book) town(town unit.Code, s submission) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.towns[town] == nil {
		b.towns[town] = map[int]string{}
	}
	b.towns[town][s.Version] = s.Hash
	b.count++
}

// check finds everything that was acknowledged on a server, with versions that have no gaps.
func (b *book) check(ctx context.Context, c *caller) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	var wrong []error
	for village, sent := range b.rows {
		list, err := c.versions(ctx, village)
		if err != nil {
			return err
		}
		for i, v := range list {
			if v.Version != i+1 {
				wrong = append(wrong, fmt.Errorf("%s: version %d stands at place %d", village, v.Version, i+1))
			}
		}
		for version, figure := range sent {
			switch {
			case version > len(list):
				wrong = append(wrong, fmt.Errorf("%s: version %d was acknowledged and is lost", village, version))
			case !same(list[version-1].Values, rowWith(village, figure)):
				wrong = append(wrong, fmt.Errorf("%s: version %d was acknowledged with %d and is %v", village, version, figure, list[version-1].Values))
			}
		}
	}
	for town, sent := range b.towns {
		list, err := c.submissions(ctx, town)
		if err != nil {
			return err
		}
		for version, hash := range sent {
			if version > len(list) || list[version-1].Version != version || list[version-1].Hash != hash {
				wrong = append(wrong, fmt.Errorf("%s: submission %d was acknowledged with hash %s and is lost or another", town, version, hash))
			}
		}
	}
	return errors.Join(wrong...)
}

// same compares cells as JSON has them.
func same(got, sent map[string]any) bool {
	a, errA := json.Marshal(got)
	b, errB := json.Marshal(sent)
	return errA == nil && errB == nil && bytes.Equal(normal(a), normal(b))
}

// normal writes numbers alike: 2.50 and 2.5.
func normal(text []byte) []byte {
	var v any
	if json.Unmarshal(text, &v) != nil {
		return nil
	}
	text, _ = json.Marshal(v) // what was just read
	return text
}

// agree holds a town's statistics on a server against what its submissions hold.
func agree(ctx context.Context, c *caller, town unit.Code) error {
	var subs []struct {
		Version int
		Status  string
		Members []struct {
			Unit    string
			Version int
		}
	}
	if err := c.do(ctx, http.MethodGet, pathOf(town, "submissions"), nil, &subs); err != nil {
		return err
	}
	if len(subs) == 0 {
		return nil
	}
	at := -1
	for i, col := range form.Columns {
		if col.Key == told {
			at = i
		}
	}
	sum, reported := 0.0, 0
	for _, m := range subs[len(subs)-1].Members {
		if m.Version == 0 {
			continue
		}
		code, err := unit.ParseCode(m.Unit)
		if err != nil {
			return err
		}
		list, err := c.versions(ctx, code)
		if err != nil {
			return err
		}
		if m.Version > len(list) {
			return fmt.Errorf("%s is sealed with version %d and has %d", m.Unit, m.Version, len(list))
		}
		figure, _ := list[m.Version-1].Values[told].(float64)
		sum, reported = sum+figure, reported+1
	}
	var stats struct {
		Total struct {
			Reported int
			Values   []float64
		}
	}
	if err := c.do(ctx, http.MethodGet, "/statistics/"+town.String()+"/"+week, nil, &stats); err != nil {
		return err
	}
	if stats.Total.Reported != reported || stats.Total.Values[at] != sum {
		return fmt.Errorf("%s: the statistics say %d villages, %v; counted anew %d, %v", town, stats.Total.Reported, stats.Total.Values[at], reported, sum)
	}
	return nil
}

// soon is what a change may take to be seen by another process.
const soon = time.Second

// treeOf is the units of the week.
func treeOf(t testing.TB) *unit.Tree {
	t.Helper()
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	return registry.At(due)
}
