package recordweb

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

const (
	// formLimit is the most a form with photos may have: as many as a record takes, and some
	// that are too large, so that it can be said of them and nothing typed is lost.
	formLimit = (record.MaxPhotos + 2) * picture.MaxBytes
	// uploadLimit is one photo and a little around it.
	uploadLimit = picture.MaxBytes + 1<<20

	maxField  = 64 << 10 // bytes of a field
	maxParts  = 300      // fields and files of a form
	fileInput = "file"
)

// readForm reads a form with photos piece by piece and keeps each photo as it comes, for the
// account that sends the form: so one that is wrong elsewhere loses none of them. The form's key
// stands before its files.
func (p *Pages) readForm(r *http.Request, f *form) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		r.Body = http.MaxBytesReader(nil, r.Body, 1<<20)
		if err := web.ParseForm(r); err != nil {
			return err
		}
		f.read(r.PostForm)
		return p.showPhotos(r.Context(), f)
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return web.ErrForm.Because(err)
	}
	values := url.Values{}
	var came []int64
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || n == maxParts {
			return unreadable(err)
		}
		if part.FormName() != fileInput {
			if err := readField(part, values); err != nil {
				return err
			}
			continue
		}
		if len(came) == 0 {
			f.takeKey(values)
		}
		id, err := p.readPhoto(r.Context(), f, part)
		if err != nil {
			return err
		}
		if id != 0 && !slices.Contains(came, id) {
			came = append(came, id)
		}
	}
	for _, id := range came {
		if text := strconv.FormatInt(id, 10); !slices.Contains(values[inPhoto], text) {
			values.Add(inPhoto, text)
		}
	}
	f.read(values)
	r.PostForm, r.Form = values, values
	return p.showPhotos(r.Context(), f)
}

func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return web.ErrForm.Because(err)
}

func readField(part *multipart.Part, values url.Values) error {
	text, err := io.ReadAll(io.LimitReader(part, maxField+1))
	if err != nil || len(text) > maxField {
		return unreadable(err)
	}
	values.Add(part.FormName(), string(text))
	return nil
}

// readPhoto keeps one photo of a form. What is wrong with it is noted at its place; 0 then, and
// for a place where no file was chosen.
func (p *Pages) readPhoto(ctx context.Context, f *form, part *multipart.Part) (int64, error) {
	name := part.FileName()
	data, err := io.ReadAll(io.LimitReader(part, picture.MaxBytes+1))
	if err == nil && len(data) > picture.MaxBytes {
		_, err = io.Copy(io.Discard, part)
	}
	switch {
	case err != nil:
		return 0, unreadable(err)
	case name == "" && len(data) == 0:
		return 0, nil
	}
	photo, err := p.records.AddPhoto(ctx, f.actor, record.PhotoInput{Kind: f.kind.Key, Unit: f.unit.Code, Key: f.key, Data: data})
	if err == nil {
		return photo.ID, nil
	}
	found, ok := problem.Of(err)
	if !ok || found.Kind == problem.Forbidden || found.Kind == problem.NotFound {
		return 0, err
	}
	f.wrong(inPhotos, "“"+fileName(name)+"”没有加上："+words.Text(found.Code, found.Params))
	return 0, nil
}

// fileName is a file's name as it is read out: not longer than fits.
func fileName(name string) string {
	const most = 24
	if r := []rune(name); len(r) > most {
		return "…" + string(r[len(r)-most:])
	}
	return name
}

// photoView is a photo as pages show it.
type photoView struct {
	record.Photo
	alt   string
	taken string // when it was taken
	said  string // that, and whether it says where
}

func (pl *place) photoView(p record.Photo, n int) photoView {
	v := photoView{Photo: p, alt: "照片 " + strconv.Itoa(n)}
	if !p.Taken.Day.IsZero() {
		day := p.Taken.Day.ShortChinese()
		if p.Taken.Day.Year() != pl.today.Year() {
			day = p.Taken.Day.Chinese()
		}
		v.taken = day + " " + clockOf(p.Taken.Minute) + " 拍"
		v.said = v.taken
		v.alt += "，" + v.taken
	}
	if p.Place != nil {
		if v.said != "" {
			v.said += "，"
		}
		v.said += "带位置"
	}
	return v
}

func clockOf(minute int) string {
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return two(minute/60) + ":" + two(minute%60)
}

// showPhotos puts into the form what is known of the photos it holds; those that are gone are told.
func (p *Pages) showPhotos(ctx context.Context, f *form) error {
	var list []record.Photo
	ids := f.photoIDs()
	if v := f.corrects; v != nil {
		had, err := p.records.PhotosOf(ctx, f.actor, v)
		if err != nil {
			return err
		}
		list = had
	}
	waiting, err := p.records.Waiting(ctx, f.actor, ids)
	if err != nil {
		return err
	}
	list = append(list, waiting...)
	f.photos, f.unticked = nil, nil
	for _, one := range list {
		if !slices.ContainsFunc(f.photos, func(v photoView) bool { return v.ID == one.ID }) {
			f.photos = append(f.photos, f.photoView(one, len(f.photos)+1))
		}
		if !slices.Contains(ids, one.ID) {
			f.unticked = append(f.unticked, one.ID)
		}
	}
	return nil
}

// photoIDs are the photos ticked in the form, those that are numbers.
func (f *form) photoIDs() (ids []int64) {
	for _, text := range f.typed[inPhoto] {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil && id > 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// addPhoto is POST /records/{unit}/photos/{kind}: one photo ahead of its form, for the script. The
// answer is the piece of the page with it, or a sentence why not.
func (p *Pages) addPhoto(w http.ResponseWriter, r *http.Request) error {
	f, err := p.formOf(r)
	if err != nil {
		return err
	}
	if err := p.readForm(r, f); err != nil {
		return err
	}
	if text := f.errors[inPhotos]; text != "" || len(f.photos) == 0 {
		if text == "" {
			text = words.Text(errNoFile.Code, nil)
		}
		return web.Fragment(w, r, http.StatusUnprocessableEntity, photoRefused(text))
	}
	return web.Fragment(w, r, http.StatusOK, photoItem(f.photos[len(f.photos)-1], true))
}

// photo is GET /photos/{id}, thumbnail GET /photos/{id}/thumb.
func (p *Pages) photo(w http.ResponseWriter, r *http.Request) error {
	return p.givePhoto(w, r, record.Full)
}

func (p *Pages) thumbnail(w http.ResponseWriter, r *http.Request) error {
	return p.givePhoto(w, r, record.Thumb)
}

// givePhoto gives a photo as a picture and nothing else. It never changes, so the browser may keep
// it; nobody between may.
func (p *Pages) givePhoto(w http.ResponseWriter, r *http.Request, size record.PhotoSize) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return web.ErrNotFound.Because(err)
	}
	b, err := p.records.PhotoBytes(r.Context(), web.ActorOf(r.Context()), id, size)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Length", strconv.Itoa(len(b)))
	h.Set("Content-Disposition", `inline; filename="`+strconv.FormatInt(id, 10)+`.jpg"`)
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	_, err = w.Write(b)
	return err
}

func photoURL(id int64) string { return "/photos/" + strconv.FormatInt(id, 10) }

func thumbURL(id int64) string { return photoURL(id) + "/thumb" }

// positioned lets a page ask the browser where it is, when somebody taps for it.
func positioned(w http.ResponseWriter, f *form) {
	if f.kind.Position {
		w.Header().Set("Permissions-Policy", "camera=(), geolocation=(self), microphone=(), payment=()")
	}
}

// photoField is what the place for photos shows.
func photoField(f *form) ui.FieldData {
	d := ui.FieldData{Name: inPhotos, Label: "照片（选填）", Error: f.errors[inPhotos]}
	most := "最多 " + strconv.Itoa(record.MaxPhotos) + " 张。"
	switch use := f.kind.Photos; {
	case use.KeepsPlace():
		d.Help = most + "照片里带的拍摄时间和地点会留下，证明树在哪里；别的都去掉。"
	case use.KeepsTime():
		d.Help = most + "照片里带的拍摄时间会留下，别的都去掉。"
	default:
		d.Label, d.Help = "示意图照片（选填）", "手画在纸上的，拍一张就行。"+most+"照片里带的时间和地点都不留。"
	}
	return d
}
