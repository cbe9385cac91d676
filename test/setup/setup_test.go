// Package setup holds scripts/test-setup.sh to what it says: on a machine that has none of what
// the tests need and cannot install it, it names each of them and what is left out; in CI that
// is a failure.
package setup

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// bare is a PATH with what a shell script stands on and nothing else.
func bare(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, tool := range []string{"sh", "id", "grep", "head", "env", "true"} {
		at, err := exec.LookPath(tool)
		if err == nil {
			err = os.Symlink(at, filepath.Join(dir, tool))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestNothingIsTakenForThere(t *testing.T) {
	for _, ci := range []bool{false, true} {
		cmd := exec.Command("sh", "../../scripts/test-setup.sh")
		cmd.Env = []string{"PATH=" + bare(t)}
		if ci {
			cmd.Env = append(cmd.Env, "CI=true")
		}
		var out, said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &said
		err := cmd.Run()
		if (err != nil) != ci {
			t.Errorf("CI %v: %v\n%s", ci, err, said.String())
		}
		for _, want := range []string{"Chromium", "LibreOffice"} {
			if !strings.Contains(said.String(), "no "+want) && !strings.Contains(said.String(), want+": not here") {
				t.Errorf("CI %v: %s is taken for there:\n%s", ci, want, said.String())
			}
		}
		for _, want := range []string{"SANGZI_SKIP_BROWSER=1", "SANGZI_SKIP_LIBREOFFICE=1"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("CI %v: printed %q, want %s in it", ci, out.String(), want)
			}
		}
	}
}
