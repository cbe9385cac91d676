// Package picture reads the photographs people hand in: bytes in, value out. What comes out is a
// JPEG of at most 1600 pixels with a thumbnail, turned upright, with nothing of the file's own
// data left in it; when and where it was taken, as the camera wrote it; and a hash that stays
// nearly the same when a messenger has made the picture smaller.
//
// It trusts nothing: size, pixels, passes and time are bounded before anything is decoded. It
// knows no records, no database and no language; the words for its problems are in the catalogue.
package picture
