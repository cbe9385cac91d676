// Package workbook writes the statistics (附件3 乡村绿化工作统计表) as a workbook: the form to be
// printed, and a second sheet with the plain sums of the ledger's columns it is made of. Totals
// and shares are live formulas; beside each stands its result, so that a reader that does not
// calculate shows the same figures.
//
// It owns what the table looks like on a sheet and nothing of how figures come about; it knows
// no database and no page. Names are written as text cells and never become formulas.
package workbook
