// Package patron is a village's or town's register of patrons (乡贤名册): who they are, where they
// live now, whom to talk to, and that they have agreed to be written down. It owns the rules of
// consent: a telephone number is kept only with it, and when it is withdrawn everything personal
// is erased; that somebody was erased remains. Names and numbers are for the village itself and
// its own town; all others are told how many.
//
// It knows no SQL, no HTTP and no clock of its own.
package patron
