package sheet

import "github.com/sangzi/sangzi/internal/problem"

// The reasons a file cannot be read. Read returns nothing else.
var (
	// ErrEmpty: the file has no bytes, or a workbook has no filled cell.
	ErrEmpty = problem.New(problem.Invalid, "sheet.empty")
	// ErrTruncated: the file is cut short or damaged inside.
	ErrTruncated = problem.New(problem.Invalid, "sheet.truncated")
	// ErrEncrypted: the file asks for a password.
	ErrEncrypted = problem.New(problem.Invalid, "sheet.encrypted")
	// ErrBomb: the zip would unfold far beyond the limits.
	ErrBomb = problem.New(problem.Invalid, "sheet.bomb")
	// ErrWebpage: a web page under a workbook's name.
	ErrWebpage = problem.New(problem.Invalid, "sheet.webpage")
	// ErrXML2003: an "XML Spreadsheet 2003" file.
	ErrXML2003 = problem.New(problem.Invalid, "sheet.xml2003")
	// ErrTooLarge: more bytes than Limits.Bytes; parameter mib, the limit in MiB.
	ErrTooLarge = problem.New(problem.Invalid, "sheet.too_large")
	// ErrNotWorkbook: something else altogether; parameter kind names it where it was
	// recognised ("pdf", "docx", "ods", "xlsb" …), else "".
	ErrNotWorkbook = problem.New(problem.Invalid, "sheet.not_workbook")
	// ErrOldFormat: an Excel 95 file or older.
	ErrOldFormat = problem.New(problem.Invalid, "sheet.old_format")
	// ErrTooManyCells: more sheets, rows, columns or cells than the limits; parameters what
	// ("sheets", "rows", "columns", "cells", "merges") and max.
	ErrTooManyCells = problem.New(problem.Invalid, "sheet.too_many_cells")
)

func tooMany(what string, limit int) error {
	return ErrTooManyCells.With("what", what).With("max", limit)
}

func notWorkbook(kind string) error { return ErrNotWorkbook.With("kind", kind) }
