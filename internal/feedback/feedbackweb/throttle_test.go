package feedbackweb

import (
	"strconv"
	"testing"
	"time"
)

// A flood of senders does not grow the memory, and does not free the one who is held back.
func TestThrottleIsBounded(t *testing.T) {
	now := time.Date(2024, 3, 29, 16, 30, 0, 0, time.UTC)
	th := newThrottle(time.Minute, 2)
	th.most = 100
	for range 2 {
		if d := th.wait("a", now); d != 0 {
			t.Fatalf("held back for %s", d)
		}
	}
	held := 0
	for i := range 1000 {
		if th.wait(strconv.Itoa(i), now) > 0 {
			held++
		}
	}
	if len(th.by) > th.most || held != 1000-99-2 {
		t.Errorf("%d told apart, %d held back", len(th.by), held)
	}
	if d := th.wait("a", now); d <= 0 || d > time.Minute {
		t.Errorf("after the flood it waits %s", d)
	}
	now = now.Add(3 * time.Minute)
	if d := th.wait("new", now); d != 0 || len(th.by) != 1 {
		t.Errorf("later: %s, %d told apart", d, len(th.by))
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{"203.0.113.5": "203.0.113.5", "::ffff:203.0.113.5": "203.0.113.5", "2001:db8::1": "2001:db8::/64", "2001:db8:0:0:9::1": "2001:db8::/64", "fe80::1%eth0": "fe80::/64", "pipe": "pipe"} {
		if got := network(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
