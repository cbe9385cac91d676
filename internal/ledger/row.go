package ledger

import (
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// SourceKind is by which door a row came in.
type SourceKind string

// The doors.
const (
	ByForm     SourceKind = "form"     // the village's own page
	ByGrid     SourceKind = "grid"     // the town's table
	ByWorkbook SourceKind = "workbook" // a file
	ByAPI      SourceKind = "api"      // a program
)

// Source is where a version's values came from. Of a workbook it has the line of the sheet and
// its columns, which all rows of a table share.
type Source struct {
	Kind    SourceKind `json:"kind"`
	File    string     `json:"file,omitempty"`
	Upload  string     `json:"upload,omitempty"` // the kept file, when there is one
	Sheet   string     `json:"sheet,omitempty"`
	Row     int        `json:"row,omitempty"`     // the sheet's row, counted from 1; 0 for none
	Columns string     `json:"columns,omitempty"` // the sheet's column of each form column in order: "C D - E"; - where it has none
}

// Cell is the A1 reference of the cell that a form column's value was read from, "" when it was
// read from none.
func (s *Source) Cell(column int) string {
	if s.Row == 0 {
		return ""
	}
	for letters := range strings.SplitSeq(s.Columns, " ") {
		if column == 0 {
			if letters == "" || letters == "-" {
				return ""
			}
			return letters + strconv.Itoa(s.Row)
		}
		column--
	}
	return ""
}

// RowVersion is one version of a village's row of a week. Versions count from 1 and are never
// changed; Seq orders everything that happened in the ledger.
type RowVersion struct {
	Unit      unit.Code
	Week      date.Date // the due day
	Version   int32
	Seq       int64
	Status    Status // Reported, Carried or Returned
	Values    Values
	Derived   Values            // what the records said when it was written; nil when they said nothing
	Unchanged bool              // "nothing changed this week" was declared
	OnBehalf  bool              // entered by somebody above the village
	Notes     map[string]string // by column key: the word of explanation a warning asked for
	Source    Source
	Reason    string    // why it was returned
	ReturnDue time.Time // by when it is wanted again
	Cells     []string  // keys of the columns a return points at
	Account   int64
	Actor     string
	At        time.Time
}

// Member is one part of a submission: a village's row version in a town's, a town's
// submission in a county's. Version 0 is a member that is missing and named.
type Member struct {
	Unit    unit.Code `json:"unit"`
	Version int32     `json:"version"`
	State   State     `json:"state"`
	Carried bool      `json:"carried,omitempty"`
}

// Head is the line above the form: 填报单位, 联系人, 电话, 填表日期.
type Head struct {
	Unit     string    `json:"unit"`
	Contact  string    `json:"contact"`
	Phone    string    `json:"phone"`
	FilledOn date.Date `json:"filled_on"`
	// Witness holds the version once its telephone can be read no more, see Witnesses.
	Witness string `json:"witness,omitempty"`
}

// Submission is a sealed version of a town's or county's week, or its return or reopening.
type Submission struct {
	Unit      unit.Code
	Week      date.Date
	Version   int32
	Seq       int64
	Status    Status // Sealed, Returned or Reopened
	Head      Head
	Members   []Member
	Hash      string // of what was sealed, see Seal
	Source    Source
	Reason    string
	ReturnDue time.Time
	Account   int64
	Actor     string
	At        time.Time
}

// GrantKind is what was granted.
type GrantKind string

// The kinds of grants.
const (
	Extension GrantKind = "extension" // more time, until an instant
	Waiver    GrantKind = "waiver"    // need not report this week
)

// Grant gives a unit and all below it more time for a week, or lets it off.
type Grant struct {
	Unit    unit.Code
	Week    date.Date
	Seq     int64
	Kind    GrantKind
	Until   time.Time
	Reason  string
	Account int64
	Actor   string
	At      time.Time
}

// Event is one thing that happened in the ledger; exactly one of its parts is set.
type Event struct {
	Row        *RowVersion
	Submission *Submission
	Grant      *Grant
}

// Week is the week the event belongs to.
func (e Event) Week() date.Date {
	switch {
	case e.Row != nil:
		return e.Row.Week
	case e.Submission != nil:
		return e.Submission.Week
	}
	return e.Grant.Week
}

// Seq is the event's place in the order of all.
func (e Event) Seq() int64 {
	switch {
	case e.Row != nil:
		return e.Row.Seq
	case e.Submission != nil:
		return e.Submission.Seq
	}
	return e.Grant.Seq
}

// SetSeq gives the event its place; the store does, when it writes it.
func (e Event) SetSeq(n int64) {
	switch {
	case e.Row != nil:
		e.Row.Seq = n
	case e.Submission != nil:
		e.Submission.Seq = n
	default:
		e.Grant.Seq = n
	}
}
