// Package sheet reads the workbooks that offices really send (.xlsx, .xls, .csv, whatever
// their names claim) into plain values.
//
// It owns the file formats: telling them apart by content, reading them within limits, and
// saying plainly why a file cannot be read. Every input is taken for hostile: no length, count
// or offset in a file is believed before it is checked.
//
// It must not know what the cells mean: no ledgers, columns, villages or rules, and no words
// for people beyond the codes of its problems. It never writes a workbook and never computes
// a formula; it gives the value the last program left in the cell.
package sheet
