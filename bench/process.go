package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// ended is what a program came to.
type ended struct {
	took   time.Duration // from exec to exit
	memory int64         // largest resident set, bytes
	stdout []byte
}

// execute runs a program to its end.
func execute(ctx context.Context, program string, args ...string) (ended, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	began := time.Now()
	err := cmd.Run()
	e := ended{took: time.Since(began), stdout: stdout.Bytes()}
	if cmd.ProcessState != nil {
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			e.memory = usage.Maxrss * 1024
		}
	}
	if err != nil {
		said := stderr.String()
		err = fmt.Errorf("%s %s: %w\n%s", program, strings.Join(args, " "), err, said[max(0, len(said)-2000):])
	}
	return e, err
}

// part runs a part of this program in a process of its own and reads its JSON.
func (b *bench) part(ctx context.Context, into any, args ...string) (ended, error) {
	e, err := execute(ctx, b.self, args...)
	if err == nil && into != nil {
		if err = json.Unmarshal(e.stdout, into); err != nil {
			err = fmt.Errorf("%s said %q: %w", args[0], e.stdout, err)
		}
	}
	return e, err
}

// tell prints what a part found, for part to read.
func tell(v any) error { return json.NewEncoder(os.Stdout).Encode(v) }

// server is a program that answers HTTP.
type server struct {
	cmd    *exec.Cmd
	base   string // http://127.0.0.1:port
	said   string // the line that told it
	listen time.Duration
	stderr *tail
}

// address is what a server prints once it listens.
var address = regexp.MustCompile(`http://(127\.0\.0\.1:[1-9]\d*)`)

// serve starts a program and waits until it prints its address.
func serve(ctx context.Context, program string, args ...string) (*server, error) {
	s := &server{cmd: exec.CommandContext(ctx, program, args...), stderr: &tail{}}
	s.cmd.Stderr = s.stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := address.FindStringSubmatch(lines.Text()); found != nil {
			s.base, s.said, s.listen = "http://"+found[1], lines.Text(), time.Since(began)
			go io.Copy(io.Discard, out) //nolint:errcheck // ends with the program
			return s, nil
		}
	}
	err = s.cmd.Wait()
	return nil, fmt.Errorf("%s %s: never listened: %w\n%s", program, strings.Join(args, " "), err, s.stderr)
}

// stop asks the server to end and gives the largest memory it had.
func (s *server) stop() (memory int64, err error) {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, err
	}
	err = s.cmd.Wait()
	if ours := (*exec.ExitError)(nil); errors.As(err, &ours) && ours.ExitCode() < 0 {
		err = nil // it ended by the signal
	}
	if usage, ok := s.cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		memory = usage.Maxrss * 1024
	}
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, s.stderr)
	}
	return memory, err
}

// kill ends a server that is of no more use.
func (s *server) kill() error {
	err := s.cmd.Process.Kill()
	s.cmd.Wait() //nolint:errcheck // it was killed
	return err
}

// plain asks for what is said, and undoes nothing on the way.
var plain = &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 4}}

// fetch gets a page and gives its body as it came over the line.
func fetch(ctx context.Context, url, token, encoding string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if encoding != "" {
		req.Header.Set("Accept-Encoding", encoding)
	}
	res, err := plain.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %.300s", url, res.Status, body)
	}
	return body, err
}

// tail keeps the last words of a program.
type tail struct{ bytes.Buffer }

func (t *tail) Write(p []byte) (int, error) {
	if t.Len() > 64<<10 {
		t.Reset()
	}
	return t.Buffer.Write(p)
}
