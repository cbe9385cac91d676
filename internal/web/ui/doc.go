// Package ui has the reusable pieces of pages: each takes typed parameters and draws HTML or
// SVG on the server. It knows no wing, no route and no request. Nothing here uses inline
// styles or scripts, which the site's policy forbids: lengths are SVG attributes.
package ui
