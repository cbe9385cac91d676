package fault

import (
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// How often the server is killed, and by how many clients it is kept busy.
const (
	kills   = 50
	clients = 6
)

// The server is killed at random moments while villages report and a town submits. Whatever was
// acknowledged is there afterwards as it was sent, versions have no gaps, what was sealed agrees
// with its hashes, and the sums are those of the rows.
func TestSubmitKilled(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, db string) {
		random := chance(t)
		token := newLedger(t, db)
		acknowledged := newBook()
		for range kills {
			s := serve(t, db)
			c := call(t, s, token)
			if err := acknowledged.check(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			if err := agree(t.Context(), c, testkit.LihuTown); err != nil {
				t.Fatal(err)
			}
			busyUntilKilled(t, s, c, acknowledged, random)
		}
		if acknowledged.count < kills {
			t.Errorf("only %d writes were acknowledged between %d kills", acknowledged.count, kills)
		}
		s := serve(t, db)
		c := call(t, s, token)
		if err := errors.Join(acknowledged.check(t.Context(), c), agree(t.Context(), c, testkit.LihuTown)); err != nil {
			t.Error(err)
		}
		s.stop()
		a := open(t, db)
		defer a.Close() //nolint:errcheck // nothing is written
		flaws, err := a.Ledger.Verify(t.Context(), operator, testkit.LihuTown, due)
		if err != nil || len(flaws) > 0 {
			t.Errorf("flaws %v, %v", flaws, err)
		}
		t.Logf("%d writes acknowledged, %d kills", acknowledged.count, kills)
	})
}

// busyUntilKilled keeps a server busy and kills it: a random number of requests on, and a random
// moment after.
func busyUntilKilled(t *testing.T, s *server, c *caller, acknowledged *book, random *rand.Rand) {
	t.Helper()
	fatal := int64(1 + random.IntN(120))
	after := time.Duration(random.IntN(4000)) * time.Microsecond
	var sent atomic.Int64
	tick := func() {
		if sent.Add(1) == fatal {
			time.AfterFunc(after, func() { s.cmd.Process.Kill() }) //nolint:errcheck // this test alone ends it
		}
	}
	villages := lihuVillages(t)
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			mine := villages[i*len(villages)/clients : (i+1)*len(villages)/clients]
			for n := 0; ; n++ {
				village, figure := mine[n%len(mine)], figureOf(i, n)
				tick()
				version, err := c.report(t.Context(), village, figure)
				if over(t, s, err) {
					return
				}
				acknowledged.row(village, version, figure)
			}
		})
	}
	wg.Go(func() {
		for {
			tick()
			sub, err := c.submit(t.Context(), testkit.LihuTown)
			if nothing := (*refused)(nil); errors.As(err, &nothing) && nothing.Code == "ledger.nothing" {
				continue // no village of it has reported yet
			}
			if over(t, s, err) {
				return
			}
			acknowledged.town(testkit.LihuTown, sub)
		}
	})
	wg.Wait()
	s.kill()
}

// figureOf is a figure that tells the n-th row of a client from its others.
func figureOf(client, n int) int { return 100 + client*1000 + n%1000 }

// over tells whether the server is gone; an answer that is no success is a failure of the test.
func over(t *testing.T, s *server, err error) bool {
	if err == nil {
		return false
	}
	if answer := (*refused)(nil); errors.As(err, &answer) {
		t.Errorf("refused: %v\n%s", err, s.said)
	}
	return true
}

// lihuVillages are the villages that report: those of 里湖镇.
func lihuVillages(t testing.TB) []unit.Code {
	t.Helper()
	var list []unit.Code
	for _, v := range treeOf(t).Villages(testkit.LihuTown) {
		if v.Kind == unit.Ordinary {
			list = append(list, v.Code)
		}
	}
	return list
}
