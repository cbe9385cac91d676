package feedbackweb

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// throttle lets everybody do something a few times at once and then once in a while.
type throttle struct {
	every rate.Limit
	burst int
	most  int // how many senders are told apart

	mu     sync.Mutex
	by     map[string]*rate.Limiter
	others *rate.Limiter // for all that come when most is reached
}

func newThrottle(every time.Duration, burst int) *throttle {
	limit := rate.Every(every)
	return &throttle{every: limit, burst: burst, most: 10_000, by: map[string]*rate.Limiter{}, others: rate.NewLimiter(limit, burst)}
}

// wait counts one attempt; it is zero when the attempt is allowed, else how long to wait.
func (t *throttle) wait(who string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.limiter(who, now).ReserveN(now, 1)
	if d := r.DelayFrom(now); d > 0 {
		r.CancelAt(now)
		return d
	}
	return 0
}

func (t *throttle) limiter(who string, now time.Time) *rate.Limiter {
	if l := t.by[who]; l != nil {
		return l
	}
	if len(t.by) >= t.most {
		for k, l := range t.by {
			if l.TokensAt(now) >= float64(t.burst) {
				delete(t.by, k)
			}
		}
	}
	if len(t.by) >= t.most {
		return t.others
	}
	l := rate.NewLimiter(t.every, t.burst)
	t.by[who] = l
	return l
}

// network is the part of an address that one sender has: all of IPv4's, the first 64 bits of
// IPv6's.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	p, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return p.String()
}
