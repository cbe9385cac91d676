// Package merge is the clerk's Friday without a server: a folder of town workbooks becomes the
// consolidated ledger with what changed since the week before marked, and a list of everything
// that is wrong, file by file and cell by cell.
//
// It owns the order of that work, the rules between files and the form of the report. How a
// workbook is read, checked and written belongs to package workbook; it knows no database and
// no clock, so the same input always gives the same bytes.
package merge
