package notifydb

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/unit"
)

const outboxColumns = `id, message, channel, robot_id, unit_code, week, reminder, units, body, state, attempts, next_at, expires_at, outcome, created_at, done_at`

const (
	// What is due, the longest waiting first.
	selectWaiting = `SELECT ` + outboxColumns + ` FROM outbox_messages WHERE state = 'waiting' AND next_at <= $1 ORDER BY next_at, id LIMIT $2`
	// An attempt, as long as nobody has made another since it was read.
	claimWaiting  = `UPDATE outbox_messages SET attempts = attempts + 1, next_at = $1 WHERE id = $2 AND state = 'waiting' AND attempts = $3 AND next_at = $4`
	noteWaiting   = `UPDATE outbox_messages SET outcome = $1 WHERE id = $2 AND state = 'waiting'`
	finishWaiting = `UPDATE outbox_messages SET state = $1, outcome = $2, body = $3, done_at = $4 WHERE id = $5 AND state = 'waiting'`
	// The newest of a range of codes about a week.
	selectDeliveries = `SELECT ` + outboxColumns + ` FROM outbox_messages WHERE unit_code >= $1 AND unit_code < $2 AND week = $3 ORDER BY id DESC LIMIT $4`
)

func scanDelivery(row scanner) (d notify.Delivery, err error) {
	var week, next, expires, created, done int64
	var units string
	if err = row.Scan(&d.ID, &d.Message, (*string)(&d.Channel), &d.Robot, (*int64)(&d.Unit), &week, &d.Reminder, &units, &d.Body, (*string)(&d.State),
		&d.Attempts, &next, &expires, &d.Outcome, &created, &done); err != nil {
		return d, err
	}
	d.Next, d.Expires, d.Created, d.Done = instant(next), instant(expires), instant(created), instant(done)
	if d.Week, err = day(week); err != nil {
		return d, err
	}
	return d, json.Unmarshal([]byte(units), &d.Units)
}

// Waiting reads what is due.
func (s *Store) Waiting(ctx context.Context, now time.Time, limit int) ([]notify.Delivery, error) {
	rows, err := s.db.Reader().QueryContext(ctx, selectWaiting, now.UnixMilli(), limit)
	all, err := list(rows, err, scanDelivery)
	return all, wrap("outbox", err)
}

// Claim counts an attempt, for one of all who try.
func (s *Store) Claim(ctx context.Context, d notify.Delivery, next time.Time) (mine bool, err error) {
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, claimWaiting, next.UnixMilli(), d.ID, d.Attempts, d.Next.UnixMilli())
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		mine = n == 1
		return err
	})
	return mine && err == nil, wrap("claim", err)
}

// Note keeps why an attempt failed.
func (s *Store) Note(ctx context.Context, id int64, outcome string) error {
	return s.change(ctx, noteWaiting, outcome, id)
}

// Finish ends a delivery.
func (s *Store) Finish(ctx context.Context, d notify.Delivery) error {
	return s.change(ctx, finishWaiting, string(d.State), d.Outcome, d.Body, d.Done.UnixMilli(), d.ID)
}

func (s *Store) change(ctx context.Context, query string, args ...any) error {
	return wrap("outbox", s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	}))
}

// Deliveries reads the newest of a unit and all below it about a week.
func (s *Store) Deliveries(ctx context.Context, of unit.Code, due date.Date, limit int) ([]notify.Delivery, error) {
	lo, hi := of.Range()
	rows, err := s.db.Reader().QueryContext(ctx, selectDeliveries, int64(lo), int64(hi), due.Int(), limit)
	all, err := list(rows, err, scanDelivery)
	return all, wrap("deliveries", err)
}
