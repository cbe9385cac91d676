package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed static/*.css static/*.svg static/dist
var embedded embed.FS

// Static has the files browsers load, each under a URL with the hash of its content, so that
// it may be kept for a year.
type Static struct {
	urls   map[string]string // app.css → /static/app.1f2e3d4c5b6a.css
	assets map[string]asset  // by URL
}

type asset struct {
	name        string
	contentType string
	etag        string
	plain, gzip []byte
}

// Embedded is the program's own Static.
var Embedded = sync.OnceValue(func() *Static {
	root, err := fs.Sub(embedded, "static")
	if err != nil {
		panic("web: " + err.Error())
	}
	s, err := newStatic(root)
	if err != nil {
		panic("web: " + err.Error())
	}
	return s
})

func newStatic(root fs.FS) (*Static, error) {
	s := &Static{urls: map[string]string{}, assets: map[string]asset{}}
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		var packed bytes.Buffer
		z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		if err != nil {
			return err
		}
		if _, err := z.Write(content); err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		hash := hex.EncodeToString(sum[:6])
		name, ext := path.Base(file), path.Ext(file)
		url := "/static/" + strings.TrimSuffix(name, ext) + "." + hash + ext
		if _, twice := s.urls[name]; twice {
			return fmt.Errorf("two static files named %s", name)
		}
		s.urls[name] = url
		s.assets[url] = asset{name: name, contentType: contentType(ext), etag: `"` + hash + `"`, plain: content, gzip: packed.Bytes()}
		return nil
	})
	return s, err
}

func contentType(ext string) string {
	switch ext {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	}
	return mime.TypeByExtension(ext)
}

// URL is where a file is served; it panics on a file that does not exist, so that a template
// naming one fails its first test.
func (s *Static) URL(name string) string {
	url, ok := s.urls[name]
	if !ok {
		panic("web: no static file " + name)
	}
	return url
}

// serve answers GET /static/….
func (s *Static) serve(w http.ResponseWriter, r *http.Request) error {
	a, ok := s.assets[r.URL.Path]
	if !ok {
		return ErrNotFound
	}
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", a.etag)
	h.Set("Vary", "Accept-Encoding")
	if matches(r.Header.Get("If-None-Match"), a.etag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	body := a.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && len(a.gzip) < len(a.plain) {
		body = a.gzip
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, err := w.Write(body)
	return err
}

// matches holds an If-None-Match list against a tag; weak and strong compare alike for GET.
func matches(list, etag string) bool {
	for _, tag := range strings.Split(list, ",") {
		if tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/"); tag == etag || tag == "*" {
			return true
		}
	}
	return false
}
