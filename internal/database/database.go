// Package database opens the database, SQLite or PostgreSQL, and gives what every wing's
// tables need: one way to read, one way to write in a transaction, migrations, and the
// grouping of many small writes into one durable commit. It knows no tables of the wings.
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	"modernc.org/sqlite"               // driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/sangzi/sangzi/internal/problem"
)

// Dialect is which of the two engines is behind a DB.
type Dialect string

// The two engines.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

var (
	// ErrURL: the --db value is neither sqlite:PATH nor postgres://….
	ErrURL = problem.New(problem.Invalid, "database.url")
	// ErrOpen: the database cannot be reached or its file cannot be opened.
	ErrOpen = problem.New(problem.Unavailable, "database.open")
	// ErrNewer: a newer program has already migrated this database.
	ErrNewer = problem.New(problem.Conflict, "database.newer")
	// ErrExists: restore does not overwrite.
	ErrExists = problem.New(problem.Conflict, "database.exists")
)

// DB is one open database. It is safe for concurrent use.
type DB struct {
	Dialect Dialect
	// Path is the file of a SQLite database, empty for PostgreSQL.
	Path string
	// URL is what it was opened with.
	URL    string
	reader *sql.DB
	writer *sql.DB
	log    *checkpointer // of SQLite
}

// Open opens sqlite:PATH (made when it does not exist) or postgres://…, without migrating.
// SQLite is opened with one writing connection and several reading ones, in WAL mode with
// synchronous=FULL, so that a commit that has returned is on disk.
func Open(ctx context.Context, rawURL string) (*DB, error) {
	switch {
	case strings.HasPrefix(rawURL, "sqlite:"):
		return openSQLite(ctx, rawURL)
	case strings.HasPrefix(rawURL, "postgres://"), strings.HasPrefix(rawURL, "postgresql://"):
		return openPostgres(ctx, rawURL)
	}
	return nil, ErrURL.With("url", Redact(rawURL))
}

func openSQLite(ctx context.Context, rawURL string) (*DB, error) {
	path := strings.TrimPrefix(strings.TrimPrefix(rawURL, "sqlite:"), "//")
	if path == "" || path == ":memory:" { // every connection would have a memory of its own
		return nil, ErrURL.With("url", rawURL)
	}
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o750); err != nil {
			return nil, ErrOpen.With("url", rawURL).Because(err)
		}
	}
	dsn := func(extra string) string {
		// The log is copied beside the commits (checkpointer); a commit does it itself only
		// when large ones have made it 64 MB long.
		return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() +
			"?_pragma=busy_timeout(15000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(16000)" +
			"&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)" + extra
	}
	writer, err := sql.Open("sqlite", dsn("&_pragma=cache_size(-64000)&_txlock=immediate"))
	if err != nil {
		return nil, ErrOpen.With("url", rawURL).Because(err)
	}
	writer.SetMaxOpenConns(1)
	if err := turnToWAL(ctx, writer); err != nil {
		return nil, ErrOpen.With("url", rawURL).Because(errJoinClose(err, writer))
	}
	reader, err := sql.Open("sqlite", dsn("&_pragma=cache_size(-32000)&_pragma=query_only(ON)"))
	if err != nil {
		return nil, ErrOpen.With("url", rawURL).Because(errJoinClose(err, writer))
	}
	reader.SetMaxOpenConns(max(4, 2*runtime.NumCPU()))
	reader.SetMaxIdleConns(max(4, 2*runtime.NumCPU()))
	own, err := sql.Open("sqlite", dsn(""))
	if err != nil {
		return nil, ErrOpen.With("url", rawURL).Because(errJoinClose(errJoinClose(err, reader), writer))
	}
	own.SetMaxOpenConns(1)
	return &DB{Dialect: SQLite, Path: path, URL: rawURL, reader: reader, writer: writer, log: newCheckpointer(writer, own)}, nil
}

// turnToWAL makes the first connection, which turns a new file to the write-ahead log. While
// another process does the same SQLite does not wait but says at once that the file is locked.
func turnToWAL(ctx context.Context, writer *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	for {
		err := writer.PingContext(ctx)
		if !busy(err) {
			return err
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return err
		}
	}
}

// busy tells whether an error says that another connection holds a SQLite file.
func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

func openPostgres(ctx context.Context, rawURL string) (*DB, error) {
	pool, err := sql.Open("pgx", rawURL)
	if err != nil {
		return nil, ErrURL.With("url", Redact(rawURL)).Because(err)
	}
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(16)
	if err := pool.PingContext(ctx); err != nil {
		return nil, ErrOpen.With("url", Redact(rawURL)).Because(errJoinClose(err, pool))
	}
	return &DB{Dialect: Postgres, URL: rawURL, reader: pool, writer: pool}, nil
}

func errJoinClose(err error, db *sql.DB) error {
	if cerr := db.Close(); cerr != nil {
		return fmt.Errorf("%w (closing: %w)", err, cerr)
	}
	return err
}

// Redact drops the password of a database address before it is shown.
func Redact(raw string) string {
	if u, err := url.Parse(raw); err == nil {
		return u.Redacted()
	}
	return "?"
}

// Close closes all connections.
func (db *DB) Close() error {
	err := errors.Join(db.log.close(), db.writer.Close())
	if db.reader != db.writer {
		if rerr := db.reader.Close(); err == nil {
			err = rerr
		}
	}
	return err
}

// Reader is for queries outside a transaction.
func (db *DB) Reader() *sql.DB { return db.reader }

// Writer is for preparing statements that run inside Write.
func (db *DB) Writer() *sql.DB { return db.writer }

// Write runs fn in one transaction and commits it; when fn or the commit fails nothing is kept.
// In SQLite writers take turns; in PostgreSQL the transaction is READ COMMITTED, so what must
// not change underneath is locked by fn itself.
func (db *DB) Write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit this does nothing
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	db.log.committed()
	return nil
}

// View runs fn in one read-only transaction that sees one state of the database.
func (db *DB) View(ctx context.Context, fn func(tx *sql.Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if db.Dialect == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	} else {
		opts.ReadOnly = false // the connection itself is query_only
	}
	tx, err := db.reader.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // read only
	return fn(tx)
}
