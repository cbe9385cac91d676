package database

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// kept describes a table to a backup.
type kept struct {
	name     string
	order    string // its key
	text     bool   // which is text, compared by its bytes
	identity bool   // the database numbers its rows
	passing  bool   // of no use elsewhere: sign-ins end with a restore
}

// keptTables are all tables, those referred to before those that refer.
var keptTables = []kept{
	{name: "counters", order: "name", text: true},
	{name: "settings", order: "name", text: true},
	{name: "units", order: "code, valid_from"},
	{name: "unit_names", order: "unit_code, valid_from"},
	{name: "departments", order: "id", identity: true},
	{name: "accounts", order: "id", identity: true},
	{name: "sessions", order: "token_hash", passing: true},
	{name: "login_failures", order: "subject", passing: true},
	{name: "tokens", order: "id", identity: true},
	{name: "audit_events", order: "id", identity: true},
	{name: "row_versions", order: "county, week, unit_code, version"},
	{name: "submissions", order: "county, week, unit_code, version"},
	{name: "grants", order: "county, week, unit_code, seq"},
	{name: "drafts", order: "unit_code, week"},
	{name: "uploads", order: "id", text: true},
	{name: "feedback", order: "id", identity: true},
	{name: "record_versions", order: "county, id, version"},
	{name: "records", order: "id"},
	{name: "photo_images", order: "hash", text: true},
	{name: "photos", order: "id"},
	{name: "photos_waiting", order: "photo_id"},
	{name: "record_photos", order: "photo_id"},
	{name: "record_parties", order: "id, name", text: true},
	{name: "reminders_sent", order: "county, week, unit_code, reminder"},
	{name: "inbox_messages", order: "id", identity: true},
	{name: "inbox_reads", order: "message_id, account_id"},
	{name: "robots", order: "id", identity: true},
	{name: "outbox_messages", order: "id", identity: true},
	{name: "task_events", order: "id", identity: true},
	{name: "patrons", order: "id", identity: true},
	{name: "bulletin_versions", order: "unit_code, period, version"},
	{name: "bulletin_files", order: "unit_code, period, version, kind", text: true},
	{name: "bulletin_rules", order: "unit_code, version"},
	{name: "dispatch_events", order: "id", identity: true},
	{name: "reading_sayings", order: "unit_code, number, reading", text: true},
}

// Tables lists all tables, those referred to before those that refer.
func Tables() []string {
	names := make([]string, len(keptTables))
	for i, t := range keptTables {
		names[i] = t.name
	}
	return names
}

// inOrder is the query of a whole table, in an order that both engines agree on.
func (t kept) inOrder(d Dialect) string {
	order := t.order
	if d == Postgres && t.text {
		order += ` COLLATE "C"`
	}
	return `SELECT * FROM ` + t.name + ` ORDER BY ` + order
}

// present lists the tables there are.
func present(ctx context.Context, tx *sql.Tx, d Dialect) (map[string]bool, error) {
	q := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`
	if d == Postgres {
		q = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`
	}
	rows, err := tx.QueryContext(ctx, q)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names[name] = true
	}
	return names, rows.Err()
}

// schemaOf is the schema's version, 0 when the database is not one of this program.
func schemaOf(ctx context.Context, tx *sql.Tx, tables map[string]bool) (version int64, err error) {
	const q = `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version`
	if !tables["goose_db_version"] {
		return 0, nil
	}
	err = tx.QueryRowContext(ctx, q).Scan(&version)
	return version, err
}

// isEmpty tells whether nothing has been put into the tables, as after a restore that failed.
func isEmpty(ctx context.Context, tx *sql.Tx, tables map[string]bool) (bool, error) {
	for name := range tables {
		ours := false
		for _, t := range keptTables {
			ours = ours || t.name == name
		}
		if name == "goose_db_version" || name == "counters" {
			continue
		}
		if !ours {
			return false, nil
		}
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM `+name+` LIMIT 1) AS any_row`).Scan(&n); err != nil || n > 0 {
			return false, err
		}
	}
	return true, nil
}

// columnName tells whether a text from a backup can be a column's name.
func columnName(s string) error {
	if s == "" || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return fmt.Errorf("column %q", s)
	}
	return nil
}
