// Package web is the shell all pages stand in: routes, middleware, the layout, errors as
// pages, fragments or JSON, static files and the server itself. It knows who acts and which
// action a route needs, and nothing of what the pages show. Reusable pieces of pages are in
// package ui; how to write a page stands in DESIGN.md.
package web

//go:generate go tool -modfile=../../tools/go.mod templ generate -path .
//go:generate go tool -modfile=../../tools/go.mod esbuild ts/*.ts --bundle --minify --target=es2018,chrome70,ios12 --charset=utf8 --legal-comments=none --log-level=warning --outdir=static/dist
//go:generate go tool -modfile=../../tools/go.mod esbuild static/vendor/htmx-2.0.11.min.js --minify --target=es2018,chrome70,ios12 --legal-comments=none --log-level=warning --outfile=static/dist/htmx.js
