// Package register is the verbs on the register of units: renaming, adding, abolishing,
// merging, splitting and moving with a date, looking first at what a change would come to, and
// finding units and what has become of them. The rules of the tree itself are in package unit;
// here is who may change what, which reported weeks and accounts a change touches, and the one
// transaction it is stored in. It knows no SQL and no pages.
package register
