// Package task is the key tasks (重点任务) and the orders of the notices as they stand on a day:
// the state of every demand of every responsible unit in every period, what is missing, and the
// records that show it. A state is computed from what is now known, from records by day, the
// weekly ledger, and the reports of what no record can show; none is kept.
//
// It owns those reports with their confirmation, what was declared not to apply, and what the
// office presses for (督办) with the answers. It knows no SQL, no HTTP and no clock of its own.
package task
