// Package bulletin is the monthly bulletin (月通报): a snapshot of the month's sealed figures, the
// draft that the pack's plan makes of it, and the official document it is printed as. A figure in
// a bulletin is a reference into its snapshot, never typed text, so that it can be walked down and
// cannot be changed by editing the words around it; a bulletin re-made from its snapshot is the
// same whatever has happened to units and rows since.
//
// It knows no SQL, no HTTP and no clock. Rankings it does not make: lists and tables stand in the
// order of the units' codes.
package bulletin
