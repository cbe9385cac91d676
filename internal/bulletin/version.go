package bulletin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/unit"
)

// Status is where a version of a bulletin stands.
type Status string

// The statuses.
const (
	Drafted   Status = "drafted"   // 起草
	Submitted Status = "submitted" // 送审
	Returned  Status = "returned"  // 退回修改
	Approved  Status = "approved"  // 审定
	Issued    Status = "issued"    // 已印发: sealed
)

// Verb is what can be done to a bulletin.
type Verb string

// The verbs.
const (
	ToBegin   Verb = "begin"
	ToRedraft Verb = "redraft"
	ToEdit    Verb = "edit"
	ToSubmit  Verb = "submit"
	ToReturn  Verb = "return"
	ToApprove Verb = "approve"
	ToIssue   Verb = "issue"
	ToCorrect Verb = "erratum"
)

// Allows tells whether the status allows the verb; begin is allowed by none.
func (s Status) Allows(v Verb) bool {
	switch v {
	case ToRedraft, ToEdit, ToSubmit:
		return s == Drafted || s == Returned
	case ToReturn:
		return s == Submitted || s == Approved
	case ToApprove:
		return s == Submitted
	case ToIssue:
		return s == Approved
	case ToCorrect:
		return s == Issued
	}
	return false
}

// Version is one version of a bulletin. Versions are only added, never changed: each verb
// makes the next one.
type Version struct {
	Unit      unit.Code
	Period    Period
	Number    int32 // counts from 1
	Status    Status
	Draft     Draft
	Text      string // the draft's canonical JSON, as it is kept
	DocNumber string // 发文字号; of a version after an erratum, that of the issued one
	Reason    string // why it was returned, or what is to be corrected
	Erratum   string // what a version after an issued one corrects, kept until the next is issued
	Hash      string // of an issued version: SHA-256 of Text
	Files     []File // kept with an issued version; without their contents where a version is shown
	Account   int64  // who made this version
	Actor     string
	At        time.Time
}

// Canonical is a draft as JSON: the same bytes for the same draft.
func Canonical(d Draft) (string, error) {
	b, err := json.Marshal(d)
	return string(b), err
}

// Seal is the hash under which a text is issued.
func Seal(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Intact tells whether an issued version is what was sealed.
func (v *Version) Intact() bool { return v.Status == Issued && Seal(v.Text) == v.Hash }

// Store is what the verbs need of the table.
type Store interface {
	// Add keeps a version and its files with its event; ErrMoved when its place is taken.
	Add(ctx context.Context, v Version, event audit.Event) error
	// Heads are the versions of a unit's bulletins, of one period or of all, by period and number,
	// without their drafts.
	Heads(ctx context.Context, of unit.Code, periods ...Period) ([]Version, error)
	// Version is one whole version; ErrNoVersion.
	Version(ctx context.Context, of unit.Code, m Period, number int32) (Version, error)
	// Files are the files kept with a version, by kind, without their contents.
	Files(ctx context.Context, of unit.Code, m Period, number int32) ([]File, error)
	// File is one of them, whole; ErrNoFile.
	File(ctx context.Context, of unit.Code, m Period, number int32, kind FileKind) (File, error)
	// Issued tells whether the unit has issued any.
	Issued(ctx context.Context, of unit.Code) (bool, error)
	// AddRule keeps a version of a rule of ranking with its event; ErrRuleMoved when its place is taken.
	AddRule(ctx context.Context, r Rule, event audit.Event) error
	// Rules are the versions of a unit's rule, oldest first.
	Rules(ctx context.Context, of unit.Code) ([]Rule, error)
}

// latest is the last of some heads that has one of the statuses, or of any.
func latest(heads []Version, of ...Status) (Version, bool) {
	for i := len(heads) - 1; i >= 0; i-- {
		if len(of) == 0 || slices.Contains(of, heads[i].Status) {
			return heads[i], true
		}
	}
	return Version{}, false
}
