package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// requests keeps the template of each village's request.
type requests struct {
	mu   sync.RWMutex
	kept map[unit.Code]template
}

func (r *requests) of(village unit.Code, n int, make func() (template, error)) []byte {
	r.mu.RLock()
	t, ok := r.kept[village]
	r.mu.RUnlock()
	if !ok {
		var err error
		if t, err = make(); err != nil {
			panic(err) // a row that is no JSON
		}
		r.mu.Lock()
		if r.kept == nil {
			r.kept = map[unit.Code]template{}
		}
		r.kept[village] = t
		r.mu.Unlock()
	}
	return t.with(figure(n))
}

// sangziDoor reports rows of villages, each a new version of the village's row of the week.
type sangziDoor struct {
	host, token string
	form        *campaign.Form
	requests    requests
}

func (d *sangziDoor) request(village unit.Code, n int) []byte {
	return d.requests.of(village, n, func() (template, error) {
		cells := rowOf(d.form, village, 0)
		cells[told] = mark
		return newTemplate("PUT", d.host, "/api/v1/ledger/"+village.String()+"/"+due+"/row", "Bearer "+d.token, map[string]any{"values": cells})
	})
}

func (d *sangziDoor) accepted(body []byte) (r receipt, err error) {
	if err = json.Unmarshal(body, &r); err == nil && r.Version == 0 {
		err = fmt.Errorf("no version in %s", body)
	}
	return r, err
}

func (d *sangziDoor) check(ctx context.Context, village unit.Code, sent []receipt) error {
	var versions []struct {
		Version int
		Values  map[string]any
	}
	if err := get(ctx, "http://"+d.host+"/api/v1/ledger/"+village.String()+"/"+due+"/versions", "Bearer "+d.token, &versions); err != nil {
		return err
	}
	for _, s := range sent {
		if s.Version > len(versions) || versions[s.Version-1].Version != s.Version || versions[s.Version-1].Values[told] != float64(s.figure) {
			return fmt.Errorf("%s version %d with %d", village, s.Version, s.figure)
		}
	}
	return nil
}

// pocketbaseDoor creates records of a collection with the same columns.
type pocketbaseDoor struct {
	host, token string
	form        *campaign.Form
	requests    requests
}

const records = "/api/collections/rows/records"

func (d *pocketbaseDoor) request(village unit.Code, n int) []byte {
	return d.requests.of(village, n, func() (template, error) {
		cells := rowOf(d.form, village, 0)
		cells[told], cells["unit"], cells["week"] = mark, village.String(), due
		return newTemplate("POST", d.host, records, d.token, cells)
	})
}

func (d *pocketbaseDoor) accepted(body []byte) (r receipt, err error) {
	if err = json.Unmarshal(body, &r); err == nil && r.ID == "" {
		err = fmt.Errorf("no id in %s", body)
	}
	return r, err
}

func (d *pocketbaseDoor) check(ctx context.Context, village unit.Code, sent []receipt) error {
	for _, s := range sent {
		var record map[string]any
		if err := get(ctx, "http://"+d.host+records+"/"+s.ID, d.token, &record); err != nil {
			return err
		}
		if record[told] != float64(s.figure) || record["unit"] != village.String() {
			return fmt.Errorf("%s record %s with %d", village, s.ID, s.figure)
		}
	}
	return nil
}
