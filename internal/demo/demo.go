// Package demo is the demonstration: the cast by name, and weeks of invented figures for the
// real villages of 揭阳市. What it invents depends on nothing but the village's code and the
// week, so every run has the same figures; every page that shows them says they are invented.
// Tests of pages stand on the same figures. It uses the wings' own verbs, at the times set on
// its clock, and writes nothing beside them.
package demo

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/clock"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// The places of the demonstration.
const (
	City     unit.Code = 445200000000 // 揭阳市
	County   unit.Code = 445281000000 // 普宁市
	Huilai   unit.Code = 445224000000 // 惠来县
	Town     unit.Code = 445281119000 // 里湖镇
	EastTown unit.Code = 445281001000 // 流沙东街道
	Village  unit.Code = 445281001202 // 新坛村
	Outside  unit.Code = 445224100000 // 惠城镇
)

// Today is the moment the demonstration is set at when nothing else is asked for: the Friday of
// week 9, an hour and twelve minutes before the deadline.
const Today = "2024-03-29T16:18"

// Clock is a clock that can be set; the weeks are filled with it.
type Clock struct{ now atomic.Pointer[clock.Clock] }

// NewClock is a clock that stands nowhere until it is set.
func NewClock() *Clock {
	c := &Clock{}
	c.Set(time.Time{})
	return c
}

// Now tells the time.
func (c *Clock) Now() time.Time { return (*c.now.Load())() }

// Set stops the clock at an instant.
func (c *Clock) Set(t time.Time) {
	still := clock.Clock(func() time.Time { return t })
	c.now.Store(&still)
}

// Run lets it go on as another clock.
func (c *Clock) Run(as clock.Clock) { c.now.Store(&as) }

// Happening is something done at a moment.
type Happening struct {
	At time.Time
	Do func(context.Context) error
}

// Stage is what the demonstration plays on.
type Stage struct {
	Pack   *campaign.Pack
	Tree   func(date.Date) *unit.Tree
	Ledger *ledger.Service
	// Records is where what 普宁市 does is recorded; nil: every town keeps to workbooks.
	Records *record.Service
	// Photos tells whether photos are handed in with some of the records.
	Photos bool
	// Doing is what offices do beside the ledger, in order.
	Doing []Happening
	// Workbooks are the towns of 普宁市 that keep to workbooks.
	Workbooks []unit.Code
	// Progress is told how far it is; nil: nobody is.
	Progress func(week, of int)
	// Set sets the clock of the ledger.
	Set func(time.Time)
	// Counties report beside 普宁市, whole.
	Counties []unit.Code
	// Open are towns that have not submitted the last week yet: some of their villages have
	// reported, some have begun, some not.
	Open []unit.Code
	// Clerk is who hands in for a town.
	Clerk func(town unit.Unit) Person

	now     time.Time // nothing after it is played
	pending []entry   // what is still to be recorded, in order
	drawn   int       // of how many of these the photos are being drawn
}
