package ledgerdb

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Reseal hands the sealed telephone of every submission's head to change and keeps what it gives.
// Submissions are otherwise never written to again; this leaves what they say as it is, and their
// hashes, which are over the number in the clear (ledger.Seal), agree as before. A number that
// can be read no more is missing to its hash: see Witness.
func Reseal(ctx context.Context, tx *sql.Tx, change func(sealed string) (string, error)) error {
	return rewriteHeads(ctx, tx, func(_ version, head *ledger.Head) (err error) {
		head.Phone, err = change(head.Phone)
		return err
	})
}

// version is a version of a submission.
type version struct {
	unit   unit.Code
	week   date.Date
	number int32
}

// rewriteHeads hands every head that has a telephone, sealed as it is, to change.
func rewriteHeads(ctx context.Context, tx *sql.Tx, change func(of version, head *ledger.Head) error) error {
	column := database.Column{Table: "submissions", Name: "head", Key: []string{"county", "week", "unit_code", "version"}}
	return database.Rewrite(ctx, tx, column, func(key []int64, text string) (string, error) {
		var head ledger.Head
		if err := json.Unmarshal([]byte(text), &head); err != nil || head.Phone == "" {
			return text, err
		}
		week, err := date.FromInt(int(key[1]))
		if err != nil {
			return "", err
		}
		before := head
		if err := change(version{unit.Code(key[2]), week, int32(key[3])}, &head); err != nil || head == before {
			return text, err
		}
		out, err := json.Marshal(head)
		return string(out), err
	})
}

// The weeks of units that have been sealed.
const selectSealedWeeks = `SELECT DISTINCT week, unit_code FROM submissions WHERE status = 'sealed' ORDER BY week, unit_code`

// Witnessed is what all sealed submissions can be held against when their telephones are lost.
type Witnessed map[version]string

// Witnesses works them out, before the key that sealed the telephones is given up.
func Witnesses(ctx context.Context, db *database.DB) (Witnessed, error) {
	s := &Store{db: db, seal: lost{}}
	rows, err := db.Reader().QueryContext(ctx, selectSealedWeeks)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var weeks []version
	for rows.Next() {
		var week, code int64
		if err := rows.Scan(&week, &code); err != nil {
			return nil, err
		}
		due, err := date.FromInt(int(week))
		if err != nil {
			return nil, err
		}
		weeks = append(weeks, version{unit.Code(code), due, 0})
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	all := Witnessed{}
	for _, w := range weeks {
		found, err := ledger.Witnesses(ctx, s, w.unit, w.week)
		if err != nil {
			return nil, err
		}
		for number, text := range found {
			all[version{w.unit, w.week, number}] = text
		}
	}
	return all, nil
}

// Witness adds to the heads whose sealed telephone is given up what they can be held against.
func (all Witnessed) Witness(ctx context.Context, tx *sql.Tx, givenUp func(sealed string) bool) error {
	return rewriteHeads(ctx, tx, func(of version, head *ledger.Head) error {
		if givenUp(head.Phone) {
			head.Witness = all[of]
		}
		return nil
	})
}

// lost is the Sealer of a key that is not at hand.
type lost struct{}

func (lost) Seal(string) (string, error) { return "", nil }
func (lost) Open(string) (string, error) { return "", nil }
