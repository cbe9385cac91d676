package api_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/test/house"
)

// at once sends all requests at the same moment.
func atOnce(n int, send func(i int) house.Reply) []house.Reply {
	replies := make([]house.Reply, n)
	var gate, done sync.WaitGroup
	gate.Add(1)
	for i := range n {
		done.Go(func() {
			gate.Wait()
			replies[i] = send(i)
		})
	}
	gate.Done()
	done.Wait()
	return replies
}

// Two, and more, report the same row on what they have read: one is stored, the others are told.
// That holds for a row that nobody has reported yet, too, whose version is 0.
func TestOneOfManyReportsOnTheSameBase(t *testing.T) {
	on(t, func(s *stage) {
		village := s.say("{v0}")
		clients := []*house.Client{s.as("lihu"), s.as("puning")}
		for base := range 3 {
			replies := atOnce(8, func(i int) house.Reply {
				return clients[i%2].JSON(http.MethodPut, "/api/v1/ledger/"+village+"/2024-03-29/row",
					`{"base":`+itoa(base)+`,"values":{"training_attendances":`+itoa(500+100*base+i)+`},"notes":{"training_attendances":"并发"}}`)
			})
			stored := 0
			for _, r := range replies {
				if r.Status == 200 {
					stored++
				} else if p := refused(s.t, r, 409, "ledger.moved"); int(p.Version) != base+1 {
					s.t.Errorf("told that version %d stands", p.Version)
				}
			}
			if stored != 1 {
				s.t.Errorf("on base %d %d were stored", base, stored)
			}
		}
	})
}

// Many send one cell each without a base: each is laid over what the others have written, and
// none is lost.
func TestPartsOfOneRowAreNotLost(t *testing.T) {
	on(t, func(s *stage) {
		keys := []string{"training_attendances", "patrons_visited", "five_leads_members", "secured_seedlings"}
		client := s.as("lihu")
		path := s.say("/api/v1/ledger/{v1}/{week}/row")
		if r := client.JSON(http.MethodPut, path, `{"unchanged":true}`); r.Status != 200 {
			s.t.Fatal(r.Body)
		}
		last := decode[struct {
			Values map[string]int `json:"-"`
			Last   map[string]any
		}](s.t, client.Get(path), 200)
		replies := atOnce(len(keys), func(i int) house.Reply {
			more := int(last.Last[keys[i]].(float64)) + 1
			return client.JSON(http.MethodPut, path, `{"values":{"`+keys[i]+`":`+itoa(more)+`},"notes":{"`+keys[i]+`":"新增"}}`)
		})
		for i, r := range replies {
			if r.Status != 200 {
				s.t.Errorf("%s: %d %s", keys[i], r.Status, r.Body)
			}
		}
		now := decode[struct {
			Version int
			Values  map[string]any
		}](s.t, client.Get(path), 200)
		if now.Version != 1+len(keys) {
			s.t.Errorf("version %d", now.Version)
		}
		for _, key := range keys {
			if now.Values[key].(float64) != last.Last[key].(float64)+1 {
				s.t.Errorf("%s is %v, was %v", key, now.Values[key], last.Last[key])
			}
		}
	})
}

// Towns that are submitted twice at one moment on one base are submitted once.
func TestOneOfManySubmits(t *testing.T) {
	on(t, func(s *stage) {
		if r := s.as("lihu").JSON(http.MethodPut, s.say("/api/v1/ledger/{v0}/{week}/row"), `{"unchanged":true}`); r.Status != 200 {
			s.t.Fatal(r.Body)
		}
		replies := atOnce(6, func(int) house.Reply {
			return s.as("lihu").JSON(http.MethodPost, s.say("/api/v1/ledger/{town}/{week}/submissions"), `{"base":0,"head":`+headJSON+`}`)
		})
		stored := 0
		for _, r := range replies {
			if r.Status == 200 {
				stored++
			} else {
				refused(s.t, r, 409, "ledger.moved")
			}
		}
		if stored != 1 {
			s.t.Errorf("submitted %d times", stored)
		}
	})
}
