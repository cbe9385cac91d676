// Package ledger is the weekly ledger (附件2 乡村绿化工作台账): a village's row of the week, its
// checks, the chain from village to town to county as sealed versions, the state of every
// (unit, week), and the figures of a week held ready in memory. It owns those rules and
// nothing else: it knows no SQL, no HTTP, no workbook format and no clock of its own. What it
// needs of its tables is the interface Store.
package ledger
