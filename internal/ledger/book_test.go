package ledger

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// shelf is tables that hold one village's rows, for what happens between reading and writing.
type shelf struct {
	Store
	rows    []RowVersion
	err     error
	loads   int
	reading func() // called after the tables were read and before the rows are handed over
}

func (s *shelf) LoadWeek(ctx context.Context, week date.Date, begin func([]Submission, []Grant), row func(*RowVersion) error) error {
	s.loads++
	rows := append([]RowVersion(nil), s.rows...)
	if s.reading != nil {
		s.reading()
	}
	if err := errors.Join(s.err, ctx.Err()); err != nil {
		return err
	}
	begin(nil, nil)
	for i := range rows {
		if rows[i].Week == week {
			if err := row(&rows[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

const onlyVillage unit.Code = 445281119201

func oneVillage(t *testing.T) func(date.Date) *unit.Tree {
	t.Helper()
	r, err := unit.NewRegistry([]unit.Unit{{Code: 445281119000, Name: "里湖镇"}, {Code: onlyVillage, Name: "新池内村委会"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.At
}

func bookOn(t *testing.T, s *shelf) *Book {
	t.Helper()
	pack := campaign.Default()
	return newBook(pack.Ledger, pack.Calendar(), shanghai, oneVillage(t), s)
}

var bookWeek = date.MustParse("2024-03-29")

func version(n int32) RowVersion {
	return RowVersion{Unit: onlyVillage, Week: bookWeek, Version: n, Seq: int64(n), Status: Reported,
		Values: make(Values, len(campaign.Default().Ledger.Columns)), At: time.UnixMilli(1)}
}

func versionIn(t *testing.T, b *Book) int32 {
	t.Helper()
	s, err := b.Sheet(context.Background(), bookWeek)
	if err != nil {
		t.Fatal(err)
	}
	return s.chain(onlyVillage).Version
}

// What is written while a week is being read is in it, whether or not the reading saw it.
func TestWrittenWhileWeekIsRead(t *testing.T) {
	s := &shelf{rows: []RowVersion{version(1)}}
	b := bookOn(t, s)
	s.reading = func() {
		two, three := version(2), version(3)
		b.apply([]Event{{Row: &two}})
		b.apply([]Event{{Row: &three}})
	}
	if v := versionIn(t, b); v != 3 {
		t.Errorf("the week has version %d", v)
	}
	four := version(4)
	b.apply([]Event{{Row: &four}})
	if v := versionIn(t, b); v != 4 || s.loads != 1 {
		t.Errorf("the week has version %d after %d readings", v, s.loads)
	}
}

// A week that could not be read is read again by the next who asks.
func TestWeekThatCouldNotBeRead(t *testing.T) {
	s := &shelf{err: errors.New("no connection")}
	b := bookOn(t, s)
	if _, err := b.Sheet(context.Background(), bookWeek); !errors.Is(err, s.err) {
		t.Fatalf("got %v", err)
	}
	s.err, s.rows = nil, []RowVersion{version(1)}
	if v := versionIn(t, b); v != 1 {
		t.Errorf("the week has version %d", v)
	}
	s.rows[0].Values = append(s.rows[0].Values, 1)
	b.forget()
	if _, err := b.Sheet(context.Background(), bookWeek); err == nil {
		t.Error("a row with more cells than the form was taken")
	}
}

// Who has gone does not spoil the reading for those who wait, and who waits may go.
func TestReadersWhoGo(t *testing.T) {
	s := &shelf{rows: []RowVersion{version(1)}}
	b := bookOn(t, s)
	gone, cancel := context.WithCancel(context.Background())
	begun, release := make(chan bool), make(chan bool)
	s.reading = func() { close(begun); cancel(); <-release }
	first := make(chan error)
	go func() { _, err := b.Sheet(gone, bookWeek); first <- err }()
	<-begun
	if _, err := b.Sheet(gone, bookWeek); !errors.Is(err, context.Canceled) {
		t.Errorf("who goes while waiting: %v", err)
	}
	second := make(chan error)
	go func() { _, err := b.Sheet(context.Background(), bookWeek); second <- err }()
	close(release)
	if err := <-first; err != nil {
		t.Errorf("who asked first: %v", err)
	}
	if err := <-second; err != nil || s.loads != 1 {
		t.Errorf("who waited: %v, %d readings", err, s.loads)
	}
}

// A panic while reading does not leave the others waiting.
func TestPanicWhileWeekIsRead(t *testing.T) {
	s := &shelf{reading: func() { panic("broken") }}
	b := bookOn(t, s)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_, _ = b.Sheet(context.Background(), bookWeek)
	}()
	s.reading = nil
	if v := versionIn(t, b); v != 0 || s.loads != 2 {
		t.Errorf("version %d after %d readings", v, s.loads)
	}
}

// Weeks changed by units while one is read: what was being read is given to those who waited for
// it, and read anew by the next.
func TestUnitsChangeWhileWeekIsRead(t *testing.T) {
	s := &shelf{rows: []RowVersion{version(1)}}
	b := bookOn(t, s)
	s.reading = func() { s.reading = nil; b.forget() }
	versionIn(t, b)
	if versionIn(t, b); s.loads != 2 {
		t.Errorf("%d readings", s.loads)
	}
}

// Beyond what is kept the week longest not asked for goes, never the one just read.
func TestWeeksLeaveMemory(t *testing.T) {
	s := &shelf{}
	b := bookOn(t, s)
	b.rows = keptWeeks + 1 // of one village each
	weeks := campaign.Default().Calendar().Until(date.MustParse("2024-12-31"))[:keptWeeks+3]
	ask := func(i int) {
		t.Helper()
		if _, err := b.Sheet(context.Background(), weeks[i].Due); err != nil {
			t.Fatal(err)
		}
	}
	for i := range keptWeeks + 1 {
		ask(i)
	}
	ask(0)
	ask(keptWeeks + 1) // 1 goes
	ask(keptWeeks + 2) // 2 goes
	if len(b.pages) != keptWeeks+1 || s.loads != keptWeeks+3 {
		t.Errorf("%d weeks are kept after %d readings", len(b.pages), s.loads)
	}
	kept := ""
	for i := range 5 {
		if b.pages[weeks[i].Due] != nil {
			kept += fmt.Sprint(i)
		}
	}
	if kept != "034" {
		t.Errorf("of the first five are kept: %s", kept)
	}
}
