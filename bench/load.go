package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/unit"
)

// loadFound is what a load came to; times in seconds.
type loadFound struct {
	Acknowledged int
	PerSecond    float64
	P50, P99     float64
	Checked      int // acknowledged rows that were read back and found as they were sent
}

// door is how a server takes rows and gives them back.
type door interface {
	// request is one submission: the n-th of a village.
	request(village unit.Code, n int) []byte
	// accepted reads the answer to it.
	accepted(body []byte) (receipt, error)
	// check reads rows back and says which are not there as they were sent.
	check(ctx context.Context, village unit.Code, sent []receipt) error
}

// receipt is what a server said about a row, and the figure that tells it from the others.
type receipt struct {
	Version int    `json:"version"`
	ID      string `json:"id"`
	figure  int
}

// loadPart sends submissions to args: kind, address, token, clients, seconds. Each client has
// one connection that stays open, villages of its own, and sends the next row when the one
// before is acknowledged.
func loadPart(ctx context.Context, args []string) error {
	if len(args) != 5 {
		return errors.New("kind, address, token, clients, duration")
	}
	var clients int
	if _, err := fmt.Sscan(args[3], &clients); err != nil {
		return err
	}
	span, err := time.ParseDuration(args[4])
	if err != nil {
		return err
	}
	tree, err := treeOf("")
	if err != nil {
		return err
	}
	base := strings.TrimPrefix(args[1], "http://")
	form := campaign.Default().Ledger
	var d door = &sangziDoor{host: base, token: args[2], form: form}
	if args[0] == "pocketbase" {
		d = &pocketbaseDoor{host: base, token: args[2], form: form}
	}
	villages := tree.Villages(puning)
	all := make([]*client, clients)
	for i := range all {
		all[i] = &client{door: d, villages: villages[i*len(villages)/clients : (i+1)*len(villages)/clients], kept: map[unit.Code][]receipt{}}
		if all[i].conn, err = net.Dial("tcp", base); err != nil {
			return err
		}
		defer all[i].conn.Close()
	}
	began := time.Now()
	stop := began.Add(span)
	var wg sync.WaitGroup
	for _, c := range all {
		wg.Go(func() { c.err = c.run(stop) })
	}
	wg.Wait()
	took := time.Since(began)
	var found loadFound
	var times []float64
	for _, c := range all {
		if c.err != nil {
			return c.err
		}
		times = append(times, c.times...)
	}
	slices.Sort(times)
	found.Acknowledged, found.PerSecond = len(times), float64(len(times))/took.Seconds()
	found.P50, found.P99 = times[len(times)/2], times[len(times)*99/100]
	for _, c := range all {
		for village, sent := range c.kept {
			if err := d.check(ctx, village, sent); err != nil {
				return fmt.Errorf("acknowledged and not found: %w", err)
			}
			found.Checked += len(sent)
		}
	}
	return tell(found)
}

// client is one who submits.
type client struct {
	door     door
	conn     net.Conn
	villages []unit.Unit
	times    []float64
	kept     map[unit.Code][]receipt // a sample of what was acknowledged
	err      error
}

// sampled is how many acknowledged rows stand for one that is read back.
const sampled = 50

func (c *client) run(stop time.Time) error {
	in := bufio.NewReaderSize(c.conn, 16<<10)
	var body []byte
	for n := 0; ; n++ {
		village := c.villages[n%len(c.villages)].Code
		request := c.door.request(village, n)
		began := time.Now()
		if began.After(stop) {
			return nil
		}
		_, err := c.conn.Write(request)
		if err != nil {
			return err
		}
		var status string
		if status, body, err = readAnswer(in, body); err != nil {
			return err
		}
		c.times = append(c.times, time.Since(began).Seconds())
		if !strings.HasPrefix(status, "HTTP/1.1 200") {
			return fmt.Errorf("%s: %.500s", status, body)
		}
		if n%sampled == 0 {
			r, err := c.door.accepted(body)
			if err != nil {
				return err
			}
			r.figure = figure(n)
			c.kept[village] = append(c.kept[village], r)
		}
	}
}

// readAnswer reads an answer of known length into body. It looks at no more of it than it must:
// what the sender spends is missing to the server on the same machine.
func readAnswer(in *bufio.Reader, body []byte) (status string, _ []byte, err error) {
	length := -1
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return "", nil, err
		}
		if len(line) <= len("\r\n") {
			break
		}
		if first {
			status = string(line)
		} else if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return "", nil, err
			}
		}
	}
	if length < 0 {
		return "", nil, errors.New("an answer of unknown length")
	}
	body = slices.Grow(body[:0], length)[:length]
	_, err = io.ReadFull(in, body)
	return strings.TrimSpace(status), body, err
}

// figure is what the n-th row of a client says in the column that tells rows apart.
func figure(n int) int { return 1000 + n%5000 }

const told = "training_attendances"

// rowOf is a village's row as JSON cells.
func rowOf(form *campaign.Form, village unit.Code, n int) map[string]any {
	cells := map[string]any{}
	for i, v := range demo.Figures(form, village, thisWeek) {
		switch col := &form.Columns[i]; col.Type {
		case campaign.YesNo:
			cells[col.Key] = v == 1
		case campaign.Money:
			cells[col.Key] = float64(v) / campaign.FenPerWan
		default:
			cells[col.Key] = int64(v)
		}
	}
	cells[told] = figure(n)
	return cells
}

// template is a request of which only one figure changes, so that making it costs the sender
// nothing; the figure is written with four digits.
type template struct{ before, after []byte }

const mark = 987654

func newTemplate(method, host, path, token string, body map[string]any) (template, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return template{}, err
	}
	left, right, ok := bytes.Cut(text, fmt.Append(nil, mark))
	if !ok {
		return template{}, fmt.Errorf("no figure to change in %s", text)
	}
	head := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n",
		method, path, host, token, len(left)+4+len(right))
	return template{append([]byte(head), left...), right}, nil
}

// with is the request with a figure, which is at least 1000.
func (t template) with(n int) []byte {
	b := make([]byte, 0, len(t.before)+4+len(t.after))
	return append(fmt.Appendf(append(b, t.before...), "%04d", n), t.after...)
}

// get reads JSON from the server, for checking.
func get(ctx context.Context, url, token string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", token)
	res, err := plain.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s: %.300s", url, res.Status, body)
	}
	return json.Unmarshal(body, into)
}
