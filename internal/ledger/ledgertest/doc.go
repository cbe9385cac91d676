// Package ledgertest is a ledger in full swing for the tests of pages and workbooks: the real
// units of 揭阳市 and nine weeks of invented rows, most of them of 普宁市. Nothing outside tests
// imports it. What it invents depends on nothing but the village's code and the week, so that
// every run has the same figures.
package ledgertest
