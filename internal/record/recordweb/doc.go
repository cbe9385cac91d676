// Package recordweb is the pages of the records: what was done at a unit, the form with which it
// is entered on a phone, one record with its versions, and many at once by workbook. The rules
// are in package record.
package recordweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
