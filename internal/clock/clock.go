// Package clock is where the time comes from. Rules take instants as arguments; only what puts
// the program together asks a clock.
package clock

import (
	"fmt"
	"time"
)

// Clock tells the time.
type Clock func() time.Time

// System is the machine's own clock.
func System() Clock { return time.Now }

// From is a clock that stood at start when it was made and runs on from there, for a
// demonstration set in the past.
func From(start time.Time) Clock {
	began := time.Now()
	return func() time.Time { return start.Add(time.Since(began)) }
}

// Parse reads what --today takes: 2024-03-29, which begins at nine in the morning, or
// 2024-03-29T16:18. The empty text is the machine's clock.
func Parse(text string, zone *time.Location) (Clock, error) {
	if text == "" {
		return System(), nil
	}
	if t, err := time.ParseInLocation("2006-01-02T15:04", text, zone); err == nil {
		return From(t), nil
	}
	t, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil {
		return nil, fmt.Errorf("日期应写作 2024-03-29 或 2024-03-29T16:18：%q (want 2024-03-29 or 2024-03-29T16:18)", text)
	}
	return From(t.Add(9 * time.Hour)), nil
}
