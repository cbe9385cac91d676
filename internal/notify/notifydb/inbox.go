package notifydb

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/unit"
)

// A message, and whether account $1 has read it.
const messageColumns = `m.id, m.unit_code, m.department, m.week, m.reminder, m.title, m.body, m.link, m.at,
	CASE WHEN EXISTS (SELECT 1 FROM inbox_reads r WHERE r.message_id = m.id AND r.account_id = $1) THEN 1 ELSE 0 END`

const (
	selectInbox   = `SELECT ` + messageColumns + ` FROM inbox_messages m WHERE m.unit_code = $2 AND m.department = $3 ORDER BY m.id DESC LIMIT $4 OFFSET $5`
	countInbox    = `SELECT COUNT(*) FROM inbox_messages WHERE unit_code = $1 AND department = $2`
	selectMessage = `SELECT ` + messageColumns + ` FROM inbox_messages m WHERE m.id = $2`
	// What an account has not read of a reader's messages since a time, by week.
	countUnread = `SELECT m.week, COUNT(*) FROM inbox_messages m WHERE m.unit_code = $1 AND m.department = $2 AND m.at >= $3
		AND NOT EXISTS (SELECT 1 FROM inbox_reads r WHERE r.message_id = m.id AND r.account_id = $4) GROUP BY m.week`
	// A note: a message of no week and no reminder.
	insertNote = `INSERT INTO inbox_messages (message, unit_code, department, week, reminder, title, body, link, at)
		VALUES ($1, $2, $3, 0, '', $4, $5, $6, $7) ON CONFLICT DO NOTHING`
	insertRead = `INSERT INTO inbox_reads (message_id, account_id, at) SELECT m.id, $1, $2 FROM inbox_messages m
		WHERE m.unit_code = $3 AND m.department = $4 AND m.id >= $5 AND m.id <= $6 ON CONFLICT DO NOTHING`
	// What went to a range of codes about a week, newest first.
	selectMessages = `SELECT ` + messageColumns + ` FROM inbox_messages m WHERE m.unit_code >= $2 AND m.unit_code < $3 AND m.week = $4
		ORDER BY m.at DESC, m.unit_code, m.id LIMIT $5 OFFSET $6`
	countMessages = `SELECT COUNT(*) FROM inbox_messages WHERE unit_code >= $1 AND unit_code < $2 AND week = $3`
)

func scanMessage(row scanner) (m notify.Message, err error) {
	var week, at, read int64
	if err = row.Scan(&m.ID, (*int64)(&m.Unit), &m.Department, &week, &m.Reminder, &m.Title, &m.Body, &m.Link, &at, &read); err != nil {
		return m, err
	}
	m.At, m.Read = instant(at), read == 1
	m.Week, err = day(week)
	return m, err
}

// Tell keeps notes.
func (s *Store) Tell(ctx context.Context, notes []notify.Note) error {
	// The same order everywhere, so that two servers wait for each other and do not lock each other out.
	notes = slices.SortedFunc(slices.Values(notes), func(x, y notify.Note) int { return strings.Compare(x.Name, y.Name) })
	return wrap("notes", s.db.Write(ctx, func(tx *sql.Tx) error {
		for i := range notes {
			n := &notes[i]
			if _, err := tx.ExecContext(ctx, insertNote, n.Name, int64(n.To), n.Department, n.Title, n.Body, n.Link, n.At.UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Inbox reads a part of a reader's messages, newest first.
func (s *Store) Inbox(ctx context.Context, of notify.Reader, offset, limit int) (all []notify.Message, total int, err error) {
	if err = s.db.Reader().QueryRowContext(ctx, countInbox, int64(of.Unit), of.Department).Scan(&total); err != nil {
		return nil, 0, wrap("inbox", err)
	}
	rows, err := s.db.Reader().QueryContext(ctx, selectInbox, of.Account, int64(of.Unit), of.Department, limit, offset)
	all, err = list(rows, err, scanMessage)
	return all, total, wrap("inbox", err)
}

// UnreadWeeks counts what a reader has not read, by week.
func (s *Store) UnreadWeeks(ctx context.Context, of notify.Reader, since time.Time) (map[date.Date]int, error) {
	type count struct {
		due date.Date
		n   int
	}
	rows, err := s.db.Reader().QueryContext(ctx, countUnread, int64(of.Unit), of.Department, since.UnixMilli(), of.Account)
	all, err := list(rows, err, func(row scanner) (c count, err error) {
		var week int64
		if err = row.Scan(&week, &c.n); err != nil {
			return c, err
		}
		c.due, err = day(week)
		return c, err
	})
	weeks := map[date.Date]int{}
	for _, c := range all {
		weeks[c.due] = c.n
	}
	return weeks, wrap("unread", err)
}

// Message reads one.
func (s *Store) Message(ctx context.Context, id, account int64) (notify.Message, error) {
	m, err := scanMessage(s.db.Reader().QueryRowContext(ctx, selectMessage, account, id))
	return m, missing(err, notify.ErrNoMessage)
}

// MarkRead notes that a reader has read one, or all up to it.
func (s *Store) MarkRead(ctx context.Context, of notify.Reader, id int64, all bool, at time.Time) error {
	from := id
	if all {
		from = 0
	}
	return wrap("read", s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, insertRead, of.Account, at.UnixMilli(), int64(of.Unit), of.Department, from, id)
		return err
	}))
}

// Messages reads a part of what went to a unit and all below it about a week.
func (s *Store) Messages(ctx context.Context, of unit.Code, due date.Date, offset, limit int) (all []notify.Message, total int, err error) {
	lo, hi := of.Range()
	if err = s.db.Reader().QueryRowContext(ctx, countMessages, int64(lo), int64(hi), due.Int()).Scan(&total); err != nil {
		return nil, 0, wrap("messages", err)
	}
	rows, err := s.db.Reader().QueryContext(ctx, selectMessages, 0, int64(lo), int64(hi), due.Int(), limit, offset)
	all, err = list(rows, err, scanMessage)
	return all, total, wrap("messages", err)
}
