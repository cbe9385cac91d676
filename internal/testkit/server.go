package testkit

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
)

// server is a running PostgreSQL on which each test gets a database of its own.
type server struct {
	address  *url.URL // of a database to give orders from
	admin    *sql.DB
	prefix   string // of the databases of this test binary
	count    atomic.Int64
	template func() error // makes the migrated template once
	stop     func() error
}

var (
	running  sync.Mutex
	theOne   *server
	theErr   error
	asked    bool
	underway bool // Main has been called
)

// Main runs a package's tests and stops the server they started. Call it from TestMain.
func Main(m *testing.M) { os.Exit(Run(m)) }

// Run is Main for a package whose TestMain has more to do: it gives the exit code.
func Run(m interface{ Run() int }) int {
	underway = true
	code := m.Run()
	running.Lock()
	if theOne != nil {
		if err := theOne.close(); err != nil {
			fmt.Fprintln(os.Stderr, "testkit: stopping PostgreSQL:", err)
			code = max(code, 1)
		}
	}
	running.Unlock()
	return code
}

// postgres is the server, started when it is first asked for.
func postgres(t testing.TB) *server {
	t.Helper()
	if os.Getenv("SANGZI_SKIP_POSTGRES") == "1" {
		t.Skip("SANGZI_SKIP_POSTGRES=1: not tested on PostgreSQL")
	}
	if !underway {
		t.Fatal("testkit: this package needs func TestMain(m *testing.M) { testkit.Main(m) }")
	}
	running.Lock()
	defer running.Unlock()
	if !asked {
		asked = true
		theOne, theErr = connect()
	}
	if theErr != nil {
		t.Fatalf("testkit: no PostgreSQL (SANGZI_TEST_POSTGRES=postgres://… names a server, SANGZI_SKIP_POSTGRES=1 leaves these tests out): %v", theErr)
	}
	return theOne
}

func connect() (*server, error) {
	s := &server{stop: func() error { return nil }}
	raw := os.Getenv("SANGZI_TEST_POSTGRES")
	if raw == "" {
		c, err := StartCluster(Hasty()...)
		if err != nil {
			return nil, err
		}
		raw, s.stop = c.URL(), c.Stop
	}
	err := s.open(raw)
	if err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

func (s *server) open(raw string) (err error) {
	if s.address, err = url.Parse(raw); err != nil {
		return err
	}
	if s.admin, err = sql.Open("pgx", raw); err != nil {
		return err
	}
	random := make([]byte, 4)
	if _, err := rand.Read(random); err != nil {
		return err
	}
	s.prefix = fmt.Sprintf("sangzi_test_%d_%s", os.Getpid(), hex.EncodeToString(random))
	s.template = sync.OnceValue(func() error {
		if err := s.order(`CREATE DATABASE ` + s.prefix); err != nil {
			return err
		}
		return migrate(s.urlOf(s.prefix))
	})
	return s.admin.Ping()
}

// create makes a database for one test and drops it after the test.
func (s *server) create(t testing.TB, migrated bool) string {
	t.Helper()
	name := fmt.Sprintf("%s_%d", s.prefix, s.count.Add(1))
	order := `CREATE DATABASE ` + name
	if migrated {
		if err := s.template(); err != nil {
			t.Fatalf("testkit: template: %v", err)
		}
		order += ` TEMPLATE ` + s.prefix
	}
	if err := s.order(order); err != nil {
		t.Fatalf("testkit: %v", err)
	}
	t.Cleanup(func() {
		if err := s.order(`DROP DATABASE ` + name + ` WITH (FORCE)`); err != nil {
			t.Errorf("testkit: %v", err)
		}
	})
	return s.urlOf(name)
}

func (s *server) order(q string) error {
	_, err := s.admin.ExecContext(context.Background(), q)
	if err != nil {
		return fmt.Errorf("%s: %w", q, err)
	}
	return nil
}

func (s *server) urlOf(name string) string {
	u := *s.address
	u.Path = "/" + name
	return u.String()
}

func (s *server) close() error {
	return errors.Join(s.order(`DROP DATABASE IF EXISTS `+s.prefix+` WITH (FORCE)`), s.admin.Close(), s.stop())
}
