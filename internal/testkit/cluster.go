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

// cluster is a PostgreSQL of the test binary's own, reached over a socket in its folder only.
type cluster struct {
	dir     string
	process *os.Process
	ended   chan error
}

// startCluster makes a cluster in a temporary folder and waits until it takes connections.
// fsync is off: what these tests ask of the server is its SQL, not its disk.
func startCluster() (*cluster, error) {
	initdb, err := program("initdb")
	if err != nil {
		return nil, err
	}
	server, err := program("postgres")
	if err != nil {
		return nil, err
	}
	who, err := account()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "sangzi-pg-")
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir, ended: make(chan error, 1)}
	if err = c.initialize(initdb, who); err == nil {
		err = c.start(server, who)
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return c, nil
}

func (c *cluster) initialize(initdb string, who *syscall.Credential) error {
	if who != nil {
		if err := os.Chown(c.dir, int(who.Uid), int(who.Gid)); err != nil {
			return err
		}
	}
	cmd := exec.Command(initdb, "--pgdata="+c.data(), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	cmd.Dir, cmd.SysProcAttr = c.dir, &syscall.SysProcAttr{Credential: who}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

func (c *cluster) start(server string, who *syscall.Credential) error {
	cmd := exec.Command(server, "-D", c.data(), "-k", c.dir, "-h", "", "-c", "max_connections=300",
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB", "-c", "lc_messages=C")
	cmd.Dir, cmd.SysProcAttr = c.dir, &syscall.SysProcAttr{Credential: who}
	dieWithParent(cmd.SysProcAttr)
	log, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	started := make(chan error, 1)
	go func() {
		// The thread that starts the server must live as long as the server: the kernel ends
		// the child of a thread that is gone.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			c.ended <- cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	c.process = cmd.Process
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

// stop ends the server and removes its folder.
func (c *cluster) stop() error {
	err := c.process.Signal(syscall.SIGQUIT) // at once: nothing in it is wanted any more
	<-c.ended
	return errors.Join(err, os.RemoveAll(c.dir))
}

func (c *cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *cluster) url() string {
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
