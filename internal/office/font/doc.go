// Package font holds the typefaces that documents of this program embed, cut down to the
// characters such documents are written with: Noto Serif SC and Noto Sans SC (VENDOR.md).
//
// It owns the font files and what a character is worth in width. It must not know about lines,
// pages or documents. A file is unpacked and parsed once, when it is first asked for.
package font
