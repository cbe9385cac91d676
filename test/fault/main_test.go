// Package fault tells stories of what goes wrong: the program killed in the middle of writing,
// a full disk, a database that goes away, several processes on one database. It runs the real
// program and looks at it from outside, over HTTP and through its tables.
package fault

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/sangzi/sangzi/internal/testkit"
)

// program is the program under test.
var program string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "sangzi-fault-")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(dir, "sangzi")
	build := exec.Command("go", "build", "-o", program, "github.com/sangzi/sangzi/cmd/sangzi")
	code := 1
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building the program: %v\n%s", err, out)
	} else {
		code = testkit.Run(m)
	}
	if err := os.RemoveAll(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}
