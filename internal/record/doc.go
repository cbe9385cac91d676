// Package record is what is done on the ground, recorded once, where it is done (记录/实绩): its
// kinds and their fields stand in the campaign pack. It owns the rules of entering, correcting,
// withdrawing and approving a record, and the book in memory from which every column of the
// ledger that follows from records is read for any village and week. A record is its versions;
// none is ever changed or deleted.
//
// What counts for a week is what had happened by its due day and was known by its deadline; what
// is entered later counts in the next week. So a week's derived figures never change after its
// deadline. DESIGN.md says how the book keeps them.
//
// It knows no SQL, no HTTP and no clock of its own. From the ledger it has the reading of figures
// as people type them, and the values of a row.
package record
