// Package reading is 口径: what the offices of counties and cities say of how the pack reads the
// notices' words — 同意这样理解, or 另有理解 in words of their own. Lines are only added. Nothing
// computed changes with them: the pack is what is computed by, and changing it asks again. It
// knows no SQL and no pages.
package reading
