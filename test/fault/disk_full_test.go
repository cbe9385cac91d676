package fault

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// The disk is full: reporting says so and stores nothing, reading goes on, nothing that was
// acknowledged is lost, and when there is room again reporting goes on too.
func TestDiskFull(t *testing.T) {
	disk := smallDisk(t, 24<<20)
	db := "sqlite:" + filepath.Join(disk, "sangzi.db")
	token := newLedger(t, db)
	acknowledged := newBook()
	s := serve(t, db)
	c := call(t, s, token)
	villages := lihuVillages(t)
	for n := range 200 {
		village := villages[n%len(villages)]
		version, err := c.report(t.Context(), village, n)
		if err != nil {
			t.Fatal(err)
		}
		acknowledged.row(village, version, n)
	}
	filler := fill(t, disk)

	// What room there is in the files already is used up first.
	full := 0
	for n := 200; full < 20; n++ {
		if n == 5000 {
			t.Fatal("reporting goes on for ever on a full disk")
		}
		village := villages[n%len(villages)]
		version, err := c.report(t.Context(), village, n)
		if answer := (*refused)(nil); errors.As(err, &answer) {
			if full++; answer.Status < 500 || answer.Code == "" || answer.Title == "" {
				t.Fatalf("on a full disk: %v", err)
			}
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		acknowledged.row(village, version, n)
	}
	if err := acknowledged.check(t.Context(), c); err != nil {
		t.Error(err)
	}

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	for i, village := range villages {
		version, err := c.report(t.Context(), village, 5000+i)
		if err != nil {
			t.Fatalf("with room again: %v\n%s", err, s.said)
		}
		acknowledged.row(village, version, 5000+i)
	}
	s.kill()
	s = serve(t, db)
	if err := acknowledged.check(t.Context(), call(t, s, token)); err != nil {
		t.Error(err)
	}
}

// smallDisk mounts a disk of so many bytes, which only root may.
func smallDisk(t testing.TB, bytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("sangzi-fault", dir, "tmpfs", 0, "size="+strconv.Itoa(bytes)); err != nil {
		if errors.Is(err, syscall.EPERM) && os.Getenv("CI") == "" {
			t.Skipf("not tested: only root may mount a small disk: %v", err)
		}
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return dir
}

// fill uses up what is left of a disk.
func fill(t testing.TB, disk string) (file string) {
	t.Helper()
	file = filepath.Join(disk, "filler")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1 << 20, 4096, 1} {
		for block := make([]byte, size); err == nil; {
			_, err = f.Write(block)
		}
		if !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, io.ErrShortWrite) {
			t.Fatal(err)
		}
		err = nil
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}
