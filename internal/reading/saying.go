package reading

import (
	"time"

	"github.com/sangzi/sangzi/internal/unit"
)

// Verdict is what an office says of a reading.
type Verdict string

// The verdicts.
const (
	Agrees   Verdict = "agree"     // 同意这样理解
	Differs  Verdict = "otherwise" // 另有理解, in its own words
	Retracts Verdict = "retract"   // what was said is taken back
)

// MaxText is the longest text, in characters.
const MaxText = 500

// Saying is one line: what an office said of a reading, against which wording of it.
type Saying struct {
	Unit    unit.Code // the county or city it is said for
	Key     string    // of the reading
	Number  int       // counts the lines of the unit about the reading, from 1
	Verdict Verdict
	Text    string // the office's own words; empty where it agrees without more
	Print   string // the fingerprint of what the pack said then
	Wording string // and its text
	Account int64
	Actor   string
	At      time.Time
}
