package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// reference is a stylesheet or script a page loads.
var reference = regexp.MustCompile(`(?:src|href)="(/static/[^"]+\.(?:css|js))"`)

// measurePage starts the program on a new database and gets the first page with all it loads.
func measurePage(ctx context.Context, b *bench) error {
	var start, again, page, all spread
	var bytes, files float64
	for i := range b.runs {
		db := "sqlite:" + filepath.Join(b.dir, fmt.Sprintf("page%d.db", i))
		for _, into := range []*spread{&start, &again} {
			began := time.Now()
			s, err := serve(ctx, b.sangzi, "serve", "--db", db, "--listen", "127.0.0.1:0", "--quiet")
			if err != nil {
				return err
			}
			if _, err := fetch(ctx, s.base+"/login", "", "gzip"); err != nil {
				return errors.Join(err, s.kill())
			}
			into.took(time.Since(began))
			if into == &again {
				err = b.walk(ctx, s, &page, &all, &bytes, &files)
			}
			if _, serr := s.stop(); err != nil || serr != nil {
				return errors.Join(err, serr)
			}
		}
	}
	b.table("The first page", "sangzi serve --db sqlite:new.db; curl --compressed http://127.0.0.1:8080/login",
		"On loopback, one after another over one connection; a browser keeps the styles and scripts for a year.",
		[]row{
			{"exec to the first page, on a new database (schema, 1,769 units, key)", start.show(duration), "< 2 s", ""},
			{"exec to the first page, on that database again", again.show(duration), "", ""},
			{"GET /login", page.show(duration), "< 100 ms", ""},
			{fmt.Sprintf("GET /login and the %.0f styles and scripts it loads", files), all.show(duration), "< 100 ms", ""},
			{"all of them, compressed", kilobytes(bytes), "< 100 KB", ""},
		})
	return nil
}

func (b *bench) walk(ctx context.Context, s *server, page, all *spread, bytes, files *float64) error {
	text, err := fetch(ctx, s.base+"/login", "", "")
	if err != nil {
		return err
	}
	var urls []string
	for _, found := range reference.FindAllSubmatch(text, -1) {
		if url := string(found[1]); !slices.Contains(urls, url) {
			urls = append(urls, url)
		}
	}
	if len(urls) == 0 {
		return fmt.Errorf("the page loads no styles: %.500s", text)
	}
	var alone, together spread
	for range 20 {
		began := time.Now()
		body, err := fetch(ctx, s.base+"/login", "", "gzip")
		if err != nil {
			return err
		}
		alone.took(time.Since(began))
		*bytes, *files = float64(len(body)), float64(len(urls))
		for _, url := range urls {
			if body, err = fetch(ctx, s.base+url, "", "gzip"); err != nil {
				return err
			}
			*bytes += float64(len(body))
		}
		together.took(time.Since(began))
	}
	*page, *all = append(*page, alone.median()), append(*all, together.median())
	return nil
}
