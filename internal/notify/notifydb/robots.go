package notifydb

import (
	"context"
	"database/sql"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/unit"
)

const robotColumns = `id, unit_code, platform, name, url, secret, mention, account_id, actor, created_at`

const (
	selectRobots = `SELECT ` + robotColumns + ` FROM robots WHERE unit_code = $1 AND removed_at = 0 ORDER BY id`
	selectRobot  = `SELECT ` + robotColumns + ` FROM robots WHERE id = $1 AND removed_at = 0`
	countRobots  = `SELECT COUNT(*) FROM robots WHERE unit_code = $1 AND removed_at = 0`
	insertRobot  = `INSERT INTO robots (unit_code, platform, name, url, secret, mention, account_id, actor, created_at, removed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0) RETURNING id`
	// A robot taken away; its address and secret are of no more use to anybody.
	removeRobot = `UPDATE robots SET removed_at = $1, url = '', secret = '' WHERE id = $2 AND removed_at = 0`
)

// scan reads a robot and opens what is sealed.
func (s *Store) scan(row scanner) (r notify.Robot, err error) {
	var address, secret string
	var mention, at int64
	if err = row.Scan(&r.ID, (*int64)(&r.Unit), (*string)(&r.Platform), &r.Name, &address, &secret, &mention, &r.Account, &r.Actor, &at); err != nil {
		return r, err
	}
	r.Mention, r.At = mention == 1, instant(at)
	if r.Address, err = s.seal.Open(address); err != nil {
		return r, err
	}
	r.Secret, err = s.seal.Open(secret)
	r.Lost = !access.Readable(r.Address) || !access.Readable(r.Secret)
	return r, err
}

// Robots reads a unit's robots.
func (s *Store) Robots(ctx context.Context, of unit.Code) ([]notify.Robot, error) {
	rows, err := s.db.Reader().QueryContext(ctx, selectRobots, int64(of))
	all, err := list(rows, err, s.scan)
	return all, wrap("robots", err)
}

// Robot reads one.
func (s *Store) Robot(ctx context.Context, id int64) (notify.Robot, error) {
	r, err := s.scan(s.db.Reader().QueryRowContext(ctx, selectRobot, id))
	return r, missing(err, notify.ErrNoRobot)
}

// AddRobot keeps a robot.
func (s *Store) AddRobot(ctx context.Context, r notify.Robot, most int, event audit.Event) (notify.Robot, error) {
	address, err := s.seal.Seal(r.Address)
	if err != nil {
		return r, wrap("robot", err)
	}
	secret, err := s.seal.Seal(r.Secret)
	if err != nil {
		return r, wrap("robot", err)
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, countRobots, int64(r.Unit)).Scan(&n); err != nil {
			return wrap("robot", err)
		}
		if n >= most {
			return notify.ErrTooManyRobots.With("max", most)
		}
		err := tx.QueryRowContext(ctx, insertRobot, int64(r.Unit), string(r.Platform), r.Name, address, secret, flag(r.Mention), r.Account, r.Actor, r.At.UnixMilli()).Scan(&r.ID)
		if err != nil {
			return wrap("robot", err)
		}
		return auditdb.Write(ctx, tx, event)
	})
	return r, err
}

// RemoveRobot takes one away.
func (s *Store) RemoveRobot(ctx context.Context, id int64, at time.Time, event audit.Event) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, removeRobot, at.UnixMilli(), id)
		if err != nil {
			return wrap("robot", err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return wrap("robot", err)
		}
		if n == 0 {
			return notify.ErrNoRobot
		}
		return auditdb.Write(ctx, tx, event)
	})
}
