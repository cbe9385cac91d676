package record

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Change is one version to be written. Prepare is called when the change's turn has come, with
// the latest version of the record, nil for a new one; it decides, and gives the version, or nil
// when nothing is to be written, or the reason why not. It may be called again, and after who
// asked has gone.
//
// Of a new record with a key, Once says what is entered: if the same account has entered with
// that key a record of the same unit, kind and day that is not withdrawn, Prepare is given the
// first version of it.
type Change struct {
	ID      int64 // of the record; 0: a new one
	Once    *Version
	Prepare func(before *Version) (*Version, error)
}

// Query asks for records, the latest day first.
type Query struct {
	Of        unit.Code // the unit and all below it
	Own       bool      // only what was done at the unit itself
	Kind      string    // empty: all
	From, To  date.Date // days, both included; zero: open
	Withdrawn bool      // also those withdrawn
	Pointed   bool      // only those in which something pointed out or objected to is open
	Open      Points    // only those in which any of these is open; 0: all
	Awaiting  []string  // only those standing of these kinds: they wait for approval
	With      string    // only those in which this department or body took part; empty: all
	Offset    int
	Limit     int
}

// Store is what the records need of their tables.
type Store interface {
	// Commit writes changes, all or none, durably and in the order of all changes of all
	// servers; it returns when they are on disk and in the book.
	Commit(ctx context.Context, changes []Change) error
	// Follow names the function that is told every event in order, this server's and others'.
	Follow(apply func([]Event))
	// Refresh takes in what other servers have written.
	Refresh(ctx context.Context) error
	// Load gives every version of every record, by record and version.
	Load(ctx context.Context, each func(Event) error) error

	// Versions reads every version of a record, oldest first; ErrNone.
	Versions(ctx context.Context, id int64) ([]Version, error)
	// Records reads the latest version of each record asked for, with who entered it.
	Records(ctx context.Context, q Query) ([]Version, error)
	// Histories reads every version of a unit's own records of a kind, by record and version.
	Histories(ctx context.Context, of unit.Code, kind string) ([]Version, error)
	// OpenPoints counts the records of a unit and all below it by what is open in them.
	OpenPoints(ctx context.Context, of unit.Code) (map[Points]int, error)
	PhotoStore
}

// Waiting bounds the photos that wait for their record: how many of one account, and since when.
type Waiting struct {
	Most  int
	Since time.Time // those handed in before it are forgotten
}

// PhotoStore is what the photos need of their tables. Photos that have a record are never changed
// or deleted.
type PhotoStore interface {
	// AddPhoto keeps a photo and forgets those that have waited too long. The same file handed in
	// before by the account with the same key is given instead. ErrWaiting.
	AddPhoto(ctx context.Context, p Photo, b Bytes, w Waiting) (Photo, error)
	// Photos reads those there are of the photos asked for, in any order.
	Photos(ctx context.Context, ids []int64) ([]Photo, error)
	// PhotoBytes reads a photo as it is kept; ErrNoPhoto.
	PhotoBytes(ctx context.Context, id int64, size PhotoSize) ([]byte, error)
	// Alike lists photos of records that look like one, the newest first, of each record with its
	// latest version.
	Alike(ctx context.Context, q Alike) ([]Use, error)
}
