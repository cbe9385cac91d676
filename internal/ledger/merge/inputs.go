package merge

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sangzi/sangzi/internal/ledger/workbook"
)

// input is one workbook to be read, and what came of it.
type input struct {
	path  string
	label string // as the report names it: below the folder given, with slashes
	info  fs.FileInfo

	reading *workbook.Reading
	err     error
	taken   int
	drop    map[int]bool // rows of the reading that are not taken
}

// workbooks are the endings under which offices send tables. A file named itself is read
// whatever its ending.
var workbooks = map[string]bool{".xlsx": true, ".xlsm": true, ".xls": true, ".et": true, ".csv": true}

// gather lists the workbooks at the places, folders walked, in the order given and then by
// name, each once. What lies in a folder and is no workbook is ignored and named, for it may be
// a town's ledger packed or pasted into something else; hidden files, the locks of open
// workbooks and the output itself are passed over.
func gather(places []string, out ...string) (inputs []*input, ignored []string, err error) {
	add := func(path, label string, info fs.FileInfo) {
		for _, in := range inputs {
			if os.SameFile(in.info, info) {
				return
			}
		}
		inputs = append(inputs, &input{path: path, label: label, info: info})
	}
	for _, place := range places {
		info, err := os.Stat(place)
		if err != nil {
			return nil, nil, ErrNoPlace.With("path", place).Because(err)
		}
		if !info.IsDir() {
			add(place, filepath.Base(place), info)
			continue
		}
		err = filepath.WalkDir(place, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return ErrNoPlace.With("path", path).Because(err)
			}
			rel, err := filepath.Rel(place, path)
			if err != nil {
				return ErrNoPlace.With("path", path).Because(err)
			}
			label := filepath.ToSlash(rel)
			hidden := path != place && strings.HasPrefix(d.Name(), ".")
			switch {
			case d.IsDir() && hidden:
				return filepath.SkipDir
			case d.IsDir():
				return nil
			}
			info, err := os.Stat(path)
			switch {
			case hidden, isLock(d.Name()), err == nil && isOneOf(info, out):
				return nil
			case err != nil, !info.Mode().IsRegular(), !workbooks[strings.ToLower(filepath.Ext(path))]:
				ignored = append(ignored, label)
				return nil //nolint:nilerr // a dangling link is one more thing that is no workbook
			}
			add(path, label, info)
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return inputs, ignored, nil
}

// isLock tells the files that WPS and Excel leave beside an open workbook.
func isLock(name string) bool {
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".~") || strings.HasPrefix(name, "~")
}

func isOneOf(info fs.FileInfo, paths []string) bool {
	for _, p := range paths {
		if p == "" {
			continue
		}
		if other, err := os.Stat(p); err == nil && os.SameFile(info, other) {
			return true
		}
	}
	return false
}
