// Package ledgertest is a ledger on a database of its own for the tests of pages and workbooks:
// empty, or with the demonstration's nine weeks behind it. Each is made once in a test binary;
// every test gets a copy. Nothing outside tests imports it.
package ledgertest
