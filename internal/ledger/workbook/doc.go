// Package workbook reads and writes the ledger (附件2) as a workbook: it is the gate through
// which offices' own files come in, and the exact form that goes out.
//
// It owns what a ledger looks like on a sheet: where its head stands and under which words,
// which rows are villages, whose file it is, and the printed form. Forgiving in form, strict
// in substance: whatever cannot be read beyond doubt is a finding at its cell and stays Empty.
//
// It must not know file formats (package office/sheet reads bytes), what a value means
// (package ledger parses and checks), how villages are named (package unit), nor weeks,
// databases, pages and the clock.
package workbook
