package ledger

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Change is one thing to be written. Prepare is called when the change's turn has come and
// everything written before it is in the book: it decides, and gives the events to write, or
// the reason why not. It is called again when the transaction it was called for could not be
// written, and it may be called when who asked has gone: it touches nothing but its own result.
// Changes of single rows share a commit with others; Alone ones do not.
type Change struct {
	Unit    unit.Code
	Week    date.Date
	Alone   bool
	Prepare func() ([]Event, error)
	// Also is written in the same transaction after the events: files kept, audit notes.
	Also []Aside
}

// Aside is something written beside the events, in the same transaction.
type Aside struct {
	TakeUpload string    // id of the upload whose content the events came from; ErrNoUpload
	At         time.Time // when it was taken
	Audit      *AuditNote
}

// DraftKey names a draft.
type DraftKey struct {
	Unit unit.Code
	Week date.Date
}

// AuditNote is a line for the audit of the unit.
type AuditNote struct {
	Account int64
	Actor   string
	Action  string
	Unit    unit.Code
	Subject string
	Detail  string
	At      time.Time
}

// Draft is what has been typed for a village's week and not reported yet, as typed.
type Draft struct {
	Unit     unit.Code
	Week     date.Date
	Base     int32             // the row version it was typed over
	Revision int64             // counts from 1; saving over another revision is a conflict
	Inputs   map[string]string // by column key, what was typed
	Notes    map[string]string // by column key
	Account  int64
	Actor    string
	At       time.Time
}

// Upload is a workbook handed in for a preview.
type Upload struct {
	ID      string
	Unit    unit.Code
	Week    date.Date
	File    string
	SHA256  string
	Content []byte
	Account int64
	Actor   string
	At      time.Time
	TakenAt time.Time // zero while it is only a preview
}

// Store is what the ledger needs of its tables.
type Store interface {
	// Commit writes a change durably, in the order of all changes of all servers, and returns
	// when it is on disk and in the book. A row version that is reported takes its draft away.
	Commit(ctx context.Context, c Change) error
	// Follow names the function that is told every event in order, this server's and others'. It
	// is named once, before anything is written.
	Follow(apply func([]Event))
	// Refresh takes in what other servers have written.
	Refresh(ctx context.Context) error
	// LoadWeek reads one state of a week: begin gets submissions (by unit and version) and
	// grants, then row every version of every row, by unit and version.
	LoadWeek(ctx context.Context, week date.Date, begin func([]Submission, []Grant), row func(*RowVersion) error) error

	// Rows reads the latest version of each row of a unit's week.
	Rows(ctx context.Context, of unit.Code, week date.Date) ([]RowVersion, error)
	// RowHistory reads every version of a village's row in one week.
	RowHistory(ctx context.Context, village unit.Code, week date.Date) ([]RowVersion, error)
	// Submissions reads every version of a town's or county's week.
	Submissions(ctx context.Context, of unit.Code, week date.Date) ([]Submission, error)
	// SealedRows reads the rows that a town's submission sealed.
	SealedRows(ctx context.Context, s *Submission) ([]RowVersion, error)
	// Weeks lists the weeks for which a unit has anything, oldest first.
	Weeks(ctx context.Context, of unit.Code) ([]date.Date, error)

	Draft(ctx context.Context, key DraftKey) (Draft, error) // ErrNoDraft
	Drafts(ctx context.Context, of unit.Code, week date.Date) ([]Draft, error)
	SaveDraft(ctx context.Context, d Draft) (Draft, error) // ErrDraftMoved when Revision is not the stored one
	DropDraft(ctx context.Context, key DraftKey) error

	SaveUpload(ctx context.Context, u Upload) error
	Upload(ctx context.Context, id string) (Upload, error) // ErrNoUpload
}
