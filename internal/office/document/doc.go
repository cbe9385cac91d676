// Package document is an official Chinese document as a value: what stands in it, in the order
// and by the names of GB/T 9704—2012, and the measures of its page.
//
// It owns the parts, their numbering, the wording the standard prescribes around them and the
// geometry both writers (office/docx, office/pdf) keep to. It must not know how a file is
// written, nor what the figures in a text mean: a figure is a key and the text shown for it.
package document
