package notifydb

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/unit"
)

const (
	selectSent = `SELECT unit_code FROM reminders_sent WHERE week = $1 AND reminder = $2`
	// That a reminder goes to a unit, unless it has: of any number of servers one inserts the row.
	insertSent = `INSERT INTO reminders_sent (county, week, unit_code, reminder, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`
	// Its message to those who answer for the unit.
	insertMessage = `INSERT INTO inbox_messages (message, unit_code, week, reminder, title, body, link, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	// What has to go out for it.
	insertOutbox = `INSERT INTO outbox_messages (message, channel, robot_id, unit_code, week, reminder, units, body, state, attempts, next_at, expires_at,
		outcome, created_at, done_at) VALUES ($1, $2, $3, $4, $5, $6, $7, '', 'waiting', 0, $8, $9, '', $10, 0)`
	selectRobotIDs = `SELECT id FROM robots WHERE unit_code = $1 AND removed_at = 0 ORDER BY id`
)

// Sent is the units a reminder of a week has gone to.
func (s *Store) Sent(ctx context.Context, due date.Date, reminder string) (map[unit.Code]bool, error) {
	rows, err := s.db.Reader().QueryContext(ctx, selectSent, due.Int(), reminder)
	codes, err := list(rows, err, func(r scanner) (code int64, err error) { return code, r.Scan(&code) })
	if err != nil {
		return nil, wrap("reminders sent", err)
	}
	sent := make(map[unit.Code]bool, len(codes))
	for _, c := range codes {
		sent[unit.Code(c)] = true
	}
	return sent, nil
}

// group is those of a decision that the same groups are told about, until the same instant.
type group struct {
	above   unit.Code
	expires time.Time
}

// Decide writes a decision down, without the units it has been taken for before.
func (s *Store) Decide(ctx context.Context, d notify.Decision) (int, error) {
	taken := 0
	// The same order everywhere, so that two servers wait for each other and do not lock each other out.
	slices.SortFunc(d.Told, func(x, y notify.Told) int { return int(x.Unit - y.Unit) })
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		taken = 0
		var order []group
		groups := map[group][]unit.Code{}
		for i := range d.Told {
			t := &d.Told[i]
			fresh, err := decideOne(ctx, tx, d, t)
			if err != nil {
				return err
			}
			if !fresh {
				continue
			}
			taken++
			g := group{t.Above, t.Expires}
			if _, known := groups[g]; !known {
				order = append(order, g)
			}
			groups[g] = append(groups[g], t.Unit)
		}
		if !d.Robots {
			return nil
		}
		for _, g := range order {
			if err := groupOut(ctx, tx, d, g, groups[g]); err != nil {
				return err
			}
		}
		return nil
	})
	return taken, wrap("decide", err)
}

// decideOne writes down one unit's part; fresh is false when it has been before.
func decideOne(ctx context.Context, tx *sql.Tx, d notify.Decision, t *notify.Told) (fresh bool, err error) {
	done, err := tx.ExecContext(ctx, insertSent, int64(t.Unit.At(unit.LevelCounty)), d.Week.Int(), int64(t.Unit), d.Reminder, d.At.UnixMilli())
	if err != nil {
		return false, err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	message := name(d, t.Unit)
	if _, err := tx.ExecContext(ctx, insertMessage, message, int64(t.Unit), d.Week.Int(), d.Reminder, t.Title, t.Body, t.Link, d.At.UnixMilli()); err != nil {
		return false, err
	}
	if d.SMS {
		err = out(ctx, tx, d, notify.Delivery{Message: message + ".sms", Channel: campaign.BySMS, Unit: t.Unit, Units: []unit.Code{t.Unit}, Expires: t.Expires})
	}
	return true, err
}

// groupOut writes down a message for each robot of the unit above. A unit is decided once for a
// reminder, so the first of a group names the message for good.
func groupOut(ctx context.Context, tx *sql.Tx, d notify.Decision, g group, units []unit.Code) error {
	if g.above == 0 {
		return nil
	}
	rows, err := tx.QueryContext(ctx, selectRobotIDs, int64(g.above))
	robots, err := list(rows, err, func(r scanner) (id int64, err error) { return id, r.Scan(&id) })
	if err != nil {
		return err
	}
	for _, id := range robots {
		message := fmt.Sprintf("%s.robot%d", name(d, units[0]), id)
		if err := out(ctx, tx, d, notify.Delivery{Message: message, Channel: campaign.ByRobot, Robot: id, Unit: g.above, Units: units, Expires: g.expires}); err != nil {
			return err
		}
	}
	return nil
}

// name is the message of a reminder to a unit about a week: 2024-03-29.due_day.445281119201.
func name(d notify.Decision, of unit.Code) string {
	return d.Week.String() + "." + d.Reminder + "." + of.String()
}

func out(ctx context.Context, tx *sql.Tx, d notify.Decision, o notify.Delivery) error {
	units, err := json.Marshal(o.Units)
	if err != nil {
		return err
	}
	at := d.At.UnixMilli()
	_, err = tx.ExecContext(ctx, insertOutbox, o.Message, string(o.Channel), o.Robot, int64(o.Unit), d.Week.Int(), d.Reminder, string(units), at, o.Expires.UnixMilli(), at)
	return err
}
