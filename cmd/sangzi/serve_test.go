package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/testkit"
)

// server is the program serving, in a process of its own.
type server struct {
	t       *testing.T
	address string
	cmd     *exec.Cmd
	stderr  bytes.Buffer
}

// command is the program as the scripts call it.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("sangzi") // put there for the scripts, and only while the tests run
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+t.TempDir())
	return cmd
}

func serve(t *testing.T, db, key string) *server {
	t.Helper()
	s := &server{t: t, cmd: command(t, "serve", "--db", db, "--key-file", key, "--today", "2024-03-29T16:00", "--listen", "127.0.0.1:0", "--quiet")}
	s.cmd.Stderr = &s.stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.cmd.Process.Kill() }) //nolint:errcheck // it has ended already when all went well
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %s", err, s.stderr.String())
	}
	if _, err := fmt.Sscanf(line, "桑梓在 http://%s", &s.address); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return s
}

// stop ends the server as an operator does.
func (s *server) stop() {
	s.t.Helper()
	if err := errors.Join(s.cmd.Process.Signal(os.Interrupt), s.cmd.Wait()); err != nil {
		s.t.Errorf("ended with %v: %s", err, s.stderr.String())
	}
}

func (s *server) put(token, village string) (int, error) {
	req, err := http.NewRequest(http.MethodPut, "http://"+s.address+"/api/v1/ledger/"+village+"/2024-03-29/row", strings.NewReader(`{"unchanged":true}`))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

// output runs a command to its end.
func output(t *testing.T, args ...string) string {
	t.Helper()
	var out, wrong bytes.Buffer
	if code := run(context.Background(), args, &out, &wrong); code != 0 {
		t.Fatalf("%v: %d %s", args, code, wrong.String())
	}
	return out.String()
}

// book writes 里湖镇's workbook of the week no.
func book(t *testing.T, path string, no int) {
	t.Helper()
	_, b, err := bookOf(testkit.LihuTown, no, nil)
	if err == nil {
		err = os.WriteFile(path, b, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// signedIn makes an account whose first password has been changed, and a token for it.
func signedIn(t *testing.T, db, key string) string {
	t.Helper()
	ctx := context.Background()
	a, err := app.Open(ctx, app.Options{DB: db, KeyFile: key, Today: "2024-03-29T16:00"})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in := account.Input{Login: "lihu", Name: "黄志明", Role: access.TownClerk, Unit: testkit.LihuTown}
	if _, err := a.Accounts.Provide(ctx, operator, []account.Given{{Input: in, Password: "里湖镇的桑梓2024"}}); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(output(t, "token", "create", "--db", db, "--key-file", key, "--login", "lihu"))
}

// A server that is being reported to is backed up from beside it. The backup, restored into the
// other engine, has every report that was answered before the backup began, and works on.
func TestBackupOfARunningServer(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, db string) {
		dir := t.TempDir()
		key := filepath.Join(dir, "a.key")
		more := []string{"--db", db, "--key-file", key, "--today", "2024-03-29T16:00"}
		file := filepath.Join(dir, "里湖镇.xlsx")
		book(t, file, 8)
		output(t, append([]string{"ledger", "import", "--unit", "445281119", "--week", "2024-03-22", file}, more...)...)
		token := signedIn(t, db, key)
		s := serve(t, db, key)
		villages := theTree().Villages(445281119000)
		answered := make([]int, 4)
		stop, began := make(chan struct{}), make(chan struct{}, len(answered))
		var clients sync.WaitGroup
		var mu sync.Mutex
		for i := range answered {
			clients.Go(func() {
				for n := 0; ; n++ {
					select {
					case <-stop:
						return
					default:
					}
					status, err := s.put(token, villages[i].Code.String())
					if err != nil || status != http.StatusOK {
						t.Errorf("%d %v", status, err)
						return
					}
					mu.Lock()
					answered[i]++
					mu.Unlock()
					if n == 0 {
						began <- struct{}{}
					}
				}
			})
		}
		for range answered {
			<-began
		}
		mu.Lock()
		before := append([]int(nil), answered...)
		mu.Unlock()
		backup := filepath.Join(dir, "备份.zip")
		output(t, "backup", "--db", db, "--key-file", key, "-o", backup)
		close(stop)
		clients.Wait()
		s.stop()

		into := "sqlite:" + filepath.Join(dir, "copy.db")
		if strings.HasPrefix(db, "sqlite:") {
			into = testkit.PostgresURL(t)
		}
		output(t, "restore", "--db", into, backup)
		copied := serve(t, into, key)
		for i, want := range before {
			if got := copied.versions(token, villages[i].Code.String()); got < want || got > answered[i] {
				t.Errorf("%s: %d versions in the copy, %d were answered before the backup, %d at last", villages[i].Name, got, want, answered[i])
			}
		}
		if status, err := copied.put(token, villages[0].Code.String()); err != nil || status != http.StatusOK {
			t.Errorf("reporting to the copy: %d %v", status, err)
		}
		copied.stop()
	})
}

func (s *server) versions(token, village string) int {
	s.t.Helper()
	req, err := http.NewRequest(http.MethodGet, "http://"+s.address+"/api/v1/ledger/"+village+"/2024-03-29/versions", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		s.t.Fatalf("%d %v %s", resp.StatusCode, err, b)
	}
	return strings.Count(string(b), `"version":`)
}

// Progress is shown on a terminal, and nowhere else.
func TestProgressOnATerminalOnly(t *testing.T) {
	dir := t.TempDir()
	book(t, filepath.Join(dir, "里湖镇.xlsx"), 9)
	args := []string{"ledger", "merge", "--unit", "445281119", "-o", filepath.Join(dir, "out.xlsx"), filepath.Join(dir, "里湖镇.xlsx")}
	var plain bytes.Buffer
	cmd := command(t, args...)
	cmd.Stderr = &plain
	if err := cmd.Run(); err != nil || plain.Len() > 0 {
		t.Errorf("%v, on a pipe: %q", err, plain.String())
	}
	program := command(t, args...)
	quoted := make([]string, len(program.Args))
	for i, a := range program.Args {
		quoted[i] = "'" + a + "'"
	}
	terminal := exec.Command("script", "-qec", strings.Join(quoted, " "), "/dev/null") // of Debian's essential packages
	shown, err := terminal.CombinedOutput()
	if err != nil || !strings.Contains(string(shown), "1/1 里湖镇.xlsx") || !strings.Contains(string(shown), "25 村，变更 0 格") {
		t.Errorf("%v, on a terminal: %q", err, shown)
	}
}
