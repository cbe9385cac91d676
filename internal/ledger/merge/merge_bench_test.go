package merge

import (
	"path/filepath"
	"runtime"
	"testing"
)

// A county's Friday with the week before: two folders of town workbooks to the marked ledger
// and the report on disk. The tree stands ready, as it does once the program has started.
func BenchmarkMergeCounty(b *testing.B) {
	last := newFriday(b, 1).write()
	this, _ := last.next(2)
	this.write()
	dir := b.TempDir()
	o := Options{Tree: last.tree, Inputs: []string{this.dir}, Previous: []string{last.dir},
		Out: filepath.Join(dir, "o.xlsx"), Report: filepath.Join(dir, "r.json")}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	b.ReportAllocs()
	for b.Loop() {
		if r := run(b, o); r.ExitCode() != 0 || r.Rows != len(this.values) {
			b.Fatal(r.ExitCode(), r.Rows)
		}
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.Sys)/(1<<20), "MiB_sys")
	b.ReportMetric(float64(2*len(this.towns())), "files")
}
