// Package statisticsweb is the pages of the statistics (附件3): the table of a unit by the units
// below it, sorted and drilled into, with charts, and its workbook. It owns how the table is
// laid out and what each figure leads to; the figures come ready from package statistics.
package statisticsweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
