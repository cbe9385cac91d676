package fault

import (
	"bufio"
	"context"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// The week that is reported, and the time the programs are told it is.
const (
	week  = "2024-03-29"
	today = week + "T10:00"
)

var due = date.MustParse(week)

// patience bounds everything that is waited for.
const patience = 30 * time.Second

// operator is the one at the machine.
var operator = access.Operator("故障测试", unit.Nation)

// open opens the program on a database within the test.
func open(t testing.TB, db string) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), app.Options{DB: db, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// newLedger makes a database with a token for the office of 普宁.
func newLedger(t testing.TB, db string) (token string) {
	t.Helper()
	a := open(t, db)
	defer a.Close() //nolint:errcheck // the writes are committed
	made, err := a.Accounts.Provide(t.Context(), operator, []account.Given{{
		Input: account.Input{Login: "fault", Name: "林晓燕", Role: access.CountyOffice, Unit: testkit.Puning}, Password: "fault-2024-03-29"}})
	if err != nil {
		t.Fatal(err)
	}
	_, token, err = a.Accounts.CreateToken(t.Context(), made[0].Actor(), account.TokenInput{
		Name: "fault", Role: access.CountyOffice, Unit: testkit.Puning, ExpiresAt: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// server is the program serving in a process of its own.
type server struct {
	t    testing.TB
	cmd  *exec.Cmd
	base string
	said *words
	gone chan struct{} // closed when the process has ended
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:[1-9]\d*`)

// serve starts the program and waits until it says where it listens.
func serve(t testing.TB, db string) *server {
	t.Helper()
	s := &server{t: t, cmd: exec.Command(program, "serve", "--db", db, "--today", today, "--listen", "127.0.0.1:0", "--quiet"), said: &words{}, gone: make(chan struct{})}
	s.cmd.Stderr = s.said
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	silence := time.AfterFunc(patience, func() { s.cmd.Process.Kill() }) //nolint:errcheck // it may have ended
	defer silence.Stop()
	lines := bufio.NewScanner(out)
	for lines.Scan() && s.base == "" {
		s.base = address.FindString(lines.Text())
		if s.base != "" {
			break
		}
	}
	go func() {
		io.Copy(io.Discard, out) //nolint:errcheck // ends with the program
		s.cmd.Wait()             //nolint:errcheck // how it ended is the test's doing
		close(s.gone)
	}()
	if s.base == "" {
		t.Fatalf("the server did not come up:\n%s", s.said)
	}
	return s
}

// kill ends the server as a power cut would, and waits until it is gone.
func (s *server) kill() {
	s.cmd.Process.Kill() //nolint:errcheck // it may be gone already
	<-s.gone
}

// stop ends the server as an operator would.
func (s *server) stop() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	select {
	case <-s.gone:
	case <-time.After(patience):
		s.t.Fatalf("the server does not end:\n%s", s.said)
	}
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		s.t.Errorf("ended with %d:\n%s", code, s.said)
	}
}

// words is what a process writes to stderr.
type words struct {
	mu   sync.Mutex
	text strings.Builder
}

func (w *words) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *words) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// eventually tries until it works, for at most so long.
func eventually(t testing.TB, within time.Duration, try func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		err := try()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("still after %s: %v", within, err)
		case <-tick.C:
		}
	}
}

// chance is the randomness of a test; SANGZI_FAULT_SEED repeats a run.
func chance(t testing.TB) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	if text := os.Getenv("SANGZI_FAULT_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("SANGZI_FAULT_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 1))
}
