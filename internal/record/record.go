package record

import (
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/unit"
)

// Status is where a record stands.
type Status string

// The statuses. Of a kind that needs approval only the approved count.
const (
	Standing  Status = "standing"
	Approved  Status = "approved"
	Withdrawn Status = "withdrawn"
)

// Facts is what a record says beside where and when, by the keys of its kind's fields.
type Facts struct {
	Numbers map[string]int64    `json:"numbers,omitempty"` // counts, yes/no as 1 and 0, money in 分
	Answers map[string]string   `json:"answers,omitempty"` // the key of the choice
	Texts   map[string]string   `json:"texts,omitempty"`
	Names   map[string][]string `json:"names,omitempty"`   // each once
	Species []Species           `json:"species,omitempty"` // kinds of trees with their counts
	People  map[string]int64    `json:"people,omitempty"`  // who took part, by category
	Rows    map[string][]Row    `json:"rows,omitempty"`    // tables, line by line
	Unnamed map[string]int      `json:"-"`                 // how many names, for who is not shown them
}

// Species is a kind of tree and how many.
type Species struct {
	Name  string `json:"name"`
	Count int64  `json:"count"`
}

// Version is one version of a record. ID is the record's, the place of its first version in the
// order of all; versions count from 1.
type Version struct {
	ID       int64
	Number   int32
	Seq      int64 // orders everything recorded
	Kind     string
	Unit     unit.Code // where it was done
	With     []string  // departments and bodies that took part; it counts once and shows under all
	Day      date.Date
	Until    date.Date // of a kind with a span: the last day it holds; zero: no end
	Facts    Facts
	Status   Status
	Pointed  []string // what was pointed out when it was entered: catalogue codes
	Reason   string   // of a correction or a withdrawal
	Dispute  string   // the village's objection to what was entered for it; empty: none
	Answer   string   // to the objection, by who entered the record; empty: none yet
	Check    *Checked // by the county, of a kind that it checks; nil: not yet
	Looked   string   // what was found when somebody looked at what was pointed out; empty: nobody has
	Photos   []PhotoRef
	Position *picture.Place // where, by WGS-84; nil: not said
	From     unit.Code      // the unit of who wrote this version
	Source   ledger.Source
	Account  int64
	Actor    string
	At       time.Time
	Key      string // of the form it was entered with, on the first version; empty: none
	Entered  Entry  // who entered the record; given where records are read, not among events
}

// Entry is who entered a record, and when.
type Entry struct {
	From    unit.Code
	Account int64
	Actor   string
	At      time.Time
}

// Entry is who wrote the version.
func (v *Version) Entry() Entry { return Entry{v.From, v.Account, v.Actor, v.At} }

// OnBehalf tells whether the record was entered by another unit than its own.
func (v *Version) OnBehalf() bool { return v.Entered.From != v.Unit }

// clone is a version that shares nothing with v.
func (v *Version) clone() *Version {
	c := *v
	c.With, c.Pointed = slices.Clone(v.With), slices.Clone(v.Pointed)
	c.Facts, c.Photos = v.Facts.clone(), slices.Clone(v.Photos)
	if v.Position != nil {
		at := *v.Position
		c.Position = &at
	}
	if v.Check != nil {
		check := *v.Check
		c.Check = &check
	}
	return &c
}
