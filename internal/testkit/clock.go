package testkit

import (
	"sync"
	"time"
)

// Shanghai is the campaign's zone.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Clock stands still until it is set. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a clock that shows a time written as 2024-03-29 16:30, in Shanghai.
func NewClock(at string) *Clock {
	t, err := time.ParseInLocation("2006-01-02 15:04", at, Shanghai)
	if err != nil {
		panic(err)
	}
	return &Clock{now: t}
}

// Now is what the clock shows; pass it as the now function.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set shows another time.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
