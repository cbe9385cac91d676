// Package workbook takes many records of one kind at once by workbook: it writes the empty table
// of a kind, and reads a filled one row by row, with everything that is wrong at its cell.
//
// It owns what such a table looks like: under which words its columns stand and which rows are
// records. It must not know file formats (package office/sheet reads bytes), what a record may
// say (package record), how villages are named (package unit), nor databases, pages and the clock.
package workbook
