package web

import (
	"cmp"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// keptBytes bounds what is kept of a form that came from somebody whose session had ended.
const keptBytes = 256 << 10

// Kept is a form that arrived when its sender's session had ended. It goes along through
// signing in, so that nothing has to be typed again.
type Kept struct {
	To    string // the path it was sent to
	Form  url.Values
	Files bool // there were files with it, which cannot be kept
}

// IsZero tells whether there is nothing to be kept.
func (k Kept) IsZero() bool { return k.To == "" }

// Text is the form as one hidden field.
func (k Kept) Text() string { return k.Form.Encode() }

// keptField is one name and value of the form.
type keptField struct{ name, value string }

// fields lists the form, by name; values of one name stay in their order.
func (k Kept) fields() []keptField {
	var list []keptField
	for name, values := range k.Form {
		for _, v := range values {
			list = append(list, keptField{name, v})
		}
	}
	slices.SortStableFunc(list, func(a, b keptField) int { return cmp.Compare(a.name, b.name) })
	return list
}

// KeptFrom reads what the sign-in page carried along; nothing when it leads elsewhere.
func KeptFrom(r *http.Request) Kept {
	k := Kept{To: SafeNext(r.PostFormValue("kept_to")), Files: r.PostFormValue("kept_files") != ""}
	form, err := url.ParseQuery(r.PostFormValue("kept"))
	if err != nil || !keeps(k.To) {
		return Kept{}
	}
	k.Form = form
	return k
}

// keeps tells whether a form sent to the path is worth keeping: signing out is over with the
// session, and a password is not written into a page.
func keeps(path string) bool {
	return path != "/" && path != "/password" && path != "/login" && !strings.HasPrefix(path, "/logout")
}

// keep reads the form of a request that nobody signed in has sent. The small ones only: who is
// not signed in does not make the server hold much.
func keep(r *http.Request) Kept {
	path := r.URL.RequestURI()
	if r.Method != http.MethodPost || !keeps(r.URL.Path) || SafeNext(path) != path || r.ContentLength > keptBytes {
		return Kept{}
	}
	k := Kept{To: path, Form: url.Values{}}
	body := http.MaxBytesReader(nil, r.Body, keptBytes)
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.ContentLength == 0: // a button is all of the form
		err = nil
	case err != nil:
	case kind == "application/x-www-form-urlencoded":
		var text []byte
		if text, err = io.ReadAll(body); err == nil {
			k.Form, err = url.ParseQuery(string(text))
		}
	case kind == "multipart/form-data":
		err = k.read(multipart.NewReader(body, params["boundary"]))
	}
	if err != nil || len(k.Form) == 0 && (k.Files || r.ContentLength != 0) || k.Form.Get("secret") != "" { // a robot's key is not written into a page either
		return Kept{}
	}
	return k
}

func (k *Kept) read(m *multipart.Reader) error {
	for {
		p, err := m.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if p.FileName() != "" {
			k.Files = true
			continue
		}
		text, err := io.ReadAll(p)
		if err != nil {
			return err
		}
		if p.FormName() != "" && !isFileField(p) {
			k.Form.Add(p.FormName(), string(text))
		}
	}
}

// isFileField tells an empty file field, which a browser sends with an empty file name.
func isFileField(p *multipart.Part) bool {
	_, params, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
	_, file := params["filename"]
	return err == nil && file
}
