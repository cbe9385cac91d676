// Package dispatch is the weekly dispatch (周调度): what stands out in a week (调度点), the items
// (调度事项) that are made of it with a responsible unit and a day and are followed until closed,
// and what villages ask for (村里所求).
//
// Points are reckoned from the sealed ledger and the key tasks by the rules of the campaign pack;
// none is kept. Items and requests are a log of what was said, by county, which is only added to:
// what a page of a week said is the log up to that week's end. The package knows no SQL, no HTTP
// and no clock of its own.
package dispatch
