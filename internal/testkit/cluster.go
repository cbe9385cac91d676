package testkit

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// Cluster is a PostgreSQL of one's own, reached over a socket in its folder only. It ends with
// the process that started it.
type Cluster struct {
	dir      string
	program  string
	account  *syscall.Credential
	settings []string
	process  *os.Process
	ended    chan error
}

// Hasty are settings of a server that is asked for its SQL, not for its disk.
func Hasty() []string { return []string{"fsync=off", "full_page_writes=off", "shared_buffers=64MB"} }

// StartCluster makes a cluster in a temporary folder and waits until it takes connections.
// settings are laid over those that initdb chose (fsync=off); without any it writes as durably
// as PostgreSQL does by itself.
func StartCluster(settings ...string) (*Cluster, error) {
	initdb, err := program("initdb")
	if err != nil {
		return nil, err
	}
	c := &Cluster{settings: settings}
	if c.program, err = program("postgres"); err != nil {
		return nil, err
	}
	if c.account, err = account(); err != nil {
		return nil, err
	}
	if c.dir, err = os.MkdirTemp("", "sangzi-pg-"); err != nil {
		return nil, err
	}
	if err = c.initialize(initdb); err == nil {
		err = c.start()
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(c.dir))
	}
	return c, nil
}

func (c *Cluster) initialize(initdb string) error {
	if who := c.account; who != nil {
		if err := os.Chown(c.dir, int(who.Uid), int(who.Gid)); err != nil {
			return err
		}
	}
	cmd := exec.Command(initdb, "--pgdata="+c.data(), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	cmd.Dir, cmd.SysProcAttr = c.dir, &syscall.SysProcAttr{Credential: c.account}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

func (c *Cluster) start() error {
	args := []string{"-D", c.data(), "-k", c.dir, "-h", "", "-c", "max_connections=300", "-c", "lc_messages=C"}
	for _, setting := range c.settings {
		args = append(args, "-c", setting)
	}
	cmd := exec.Command(c.program, args...)
	cmd.Dir, cmd.SysProcAttr = c.dir, &syscall.SysProcAttr{Credential: c.account}
	dieWithParent(cmd.SysProcAttr)
	log, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	started, ended := make(chan error, 1), make(chan error, 1)
	go func() {
		// The thread that starts the server must live as long as the server: the kernel ends
		// the child of a thread that is gone.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			ended <- cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	c.process, c.ended = cmd.Process, ended
	return waitReady(log)
}

// waitReady reads the server's log until it is ready, and goes on reading so that the server
// never waits for its reader.
func waitReady(log io.Reader) error {
	lines := bufio.NewScanner(log)
	var seen strings.Builder
	for lines.Scan() {
		if strings.Contains(lines.Text(), "ready to accept connections") {
			go io.Copy(io.Discard, log) //nolint:errcheck // ends with the server
			return nil
		}
		seen.WriteString(lines.Text() + "\n")
	}
	return fmt.Errorf("postgres ended:\n%s", seen.String())
}

// Halt ends the server at once, as when its machine fails; what it acknowledged stays.
func (c *Cluster) Halt() error {
	err := c.process.Signal(syscall.SIGQUIT)
	<-c.ended //nolint:errcheck // that it was ended by a signal is what was asked for
	return err
}

// Resume starts the halted server again and waits until it takes connections.
func (c *Cluster) Resume() error { return c.start() }

// Stop ends the server and removes its folder.
func (c *Cluster) Stop() error { return errors.Join(c.Halt(), os.RemoveAll(c.dir)) }

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// URL is the address of its database postgres.
func (c *Cluster) URL() string {
	return (&url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/postgres", RawQuery: url.Values{"host": {c.dir}}.Encode()}).String()
}

// program finds a program of PostgreSQL: on the PATH, else the newest where Debian keeps them.
func program(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("%s is neither on the PATH nor in /usr/lib/postgresql", name)
	}
	newest, best := "", -1
	for _, path := range found {
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		if err == nil && version > best {
			newest, best = path, version
		}
	}
	if newest == "" {
		newest = found[0]
	}
	return newest, nil
}

// account is whom to run the server as: PostgreSQL refuses to run as root.
func account() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uerr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gerr := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(uerr, gerr); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no account postgres or nobody")
}
