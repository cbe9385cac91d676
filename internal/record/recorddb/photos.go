package recorddb

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/record"
)

// A photo, and the record it belongs to.
const photoColumns = `p.id, p.unit_code, p.kind, p.form_key, p.file_hash, p.width, p.height, p.dhash, p.taken, p.taken_minute, p.latitude, p.longitude,
	p.account_id, p.actor, p.at, COALESCE(rp.record_id, 0)`

const (
	fromPhotos = ` FROM photos p LEFT JOIN record_photos rp ON rp.photo_id = p.id `
	// What an account has handed in with a form's key of the same file.
	selectHandedIn = `SELECT ` + photoColumns + fromPhotos + `WHERE p.account_id = $1 AND p.form_key = $2 AND p.file_hash = $3 AND p.kind = $4 ORDER BY p.id`
	countWaiting   = `SELECT COUNT(*) FROM photos_waiting WHERE account_id = $1`
	// Those that have waited too long.
	deleteWaiting = `DELETE FROM photos_waiting WHERE at < $1 RETURNING photo_id`
	deletePhoto   = `DELETE FROM photos WHERE id = $1 RETURNING image`
	// The picture of a photo that is gone, unless another photo is the same picture.
	deleteImage = `DELETE FROM photo_images WHERE hash = $1 AND NOT EXISTS (SELECT 1 FROM photos WHERE image = $1)`
	insertImage = `INSERT INTO photo_images (hash, full_jpeg, thumb_jpeg) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING`
	insertPhoto = `INSERT INTO photos (id, county, unit_code, kind, form_key, file_hash, image, width, height, dhash, band0, band1, band2, band3, taken, taken_minute,
		latitude, longitude, account_id, actor, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`
	insertWaiting = `INSERT INTO photos_waiting (photo_id, account_id, at) VALUES ($1, $2, $3)`
	selectFull    = `SELECT i.full_jpeg FROM photos p JOIN photo_images i ON i.hash = p.image WHERE p.id = $1`
	selectThumb   = `SELECT i.thumb_jpeg FROM photos p JOIN photo_images i ON i.hash = p.image WHERE p.id = $1`
	// A photo that waits is taken by a record: whoever deletes the line first has it.
	takeWaiting    = `DELETE FROM photos_waiting WHERE photo_id = $1`
	insertTaken    = `INSERT INTO record_photos (photo_id, record_id) VALUES ($1, $2)`
	selectTakenFor = `SELECT record_id FROM record_photos WHERE photo_id = $1`
)

// AddPhoto keeps a photo that waits for its record. Photos are handed in one after another, so
// that the same file handed in twice at once is one.
func (s *Store) AddPhoto(ctx context.Context, p record.Photo, b record.Bytes, w record.Waiting) (record.Photo, error) {
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		id, err := database.NextID(ctx, tx, "photos", 1)
		if err != nil {
			return err
		}
		if p.Key != "" {
			before, err := photos(ctx, tx, selectHandedIn, p.Account, p.Key, p.File, p.Kind)
			if err != nil || len(before) > 0 {
				if err == nil {
					p = before[0]
				}
				return err
			}
		}
		if err := forget(ctx, tx, w.Since); err != nil {
			return err
		}
		var waiting int
		if err := tx.QueryRowContext(ctx, countWaiting, p.Account).Scan(&waiting); err != nil {
			return err
		}
		if waiting >= w.Most {
			return record.ErrWaiting.With("max", w.Most)
		}
		p.ID = id
		return addPhoto(ctx, tx, &p, b)
	})
	return p, err
}

func addPhoto(ctx context.Context, tx *sql.Tx, p *record.Photo, b record.Bytes) error {
	sum := sha256.Sum256(b.Full)
	image := hex.EncodeToString(sum[:])
	if _, err := tx.ExecContext(ctx, insertImage, image, b.Full, b.Thumb); err != nil {
		return fmt.Errorf("picture: %w", err)
	}
	var at picture.Place
	if p.Place != nil {
		at = *p.Place
	}
	bands := p.Hash.Bands()
	if _, err := tx.ExecContext(ctx, insertPhoto, p.ID, county(p.Unit), int64(p.Unit), p.Kind, p.Key, p.File, image, p.Width, p.Height, int64(p.Hash),
		int64(bands[0]), int64(bands[1]), int64(bands[2]), int64(bands[3]), p.Taken.Day.Int(), p.Taken.Minute,
		int64(at.Latitude), int64(at.Longitude), p.Account, p.Actor, p.At.UnixMilli()); err != nil {
		return fmt.Errorf("photo: %w", err)
	}
	_, err := tx.ExecContext(ctx, insertWaiting, p.ID, p.Account, p.At.UnixMilli())
	return err
}

// forget deletes photos that have waited since before a time, and their pictures.
func forget(ctx context.Context, tx *sql.Tx, since time.Time) error {
	ids, err := numbers(ctx, tx, deleteWaiting, since.UnixMilli())
	if err != nil {
		return fmt.Errorf("photos that wait: %w", err)
	}
	for _, id := range ids {
		var image string
		if err := tx.QueryRowContext(ctx, deletePhoto, id).Scan(&image); err != nil {
			return fmt.Errorf("photo %d: %w", id, err)
		}
		if _, err := tx.ExecContext(ctx, deleteImage, image); err != nil {
			return fmt.Errorf("picture of photo %d: %w", id, err)
		}
	}
	return nil
}

func numbers(ctx context.Context, q queryer, query string, args ...any) (list []int64, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// takePhotos gives the photos of a version to its record: those that are new in it.
func takePhotos(ctx context.Context, tx *sql.Tx, e record.Event) error {
	var had []int64
	if e.Before != nil {
		had = e.Before.PhotoIDs()
	}
	for _, id := range e.Version.PhotoIDs() {
		if slices.Contains(had, id) {
			continue
		}
		done, err := tx.ExecContext(ctx, takeWaiting, id)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		if err != nil {
			return err
		}
		if n == 1 {
			if _, err := tx.ExecContext(ctx, insertTaken, id, e.Version.ID); err != nil {
				return fmt.Errorf("photo %d: %w", id, err)
			}
			continue
		}
		owner, err := numbers(ctx, tx, selectTakenFor, id)
		if err != nil {
			return err
		}
		if len(owner) != 1 || owner[0] != e.Version.ID { // an older version of this record may have had it
			return record.ErrPhotoTaken
		}
	}
	return nil
}

// photoRow is photoColumns as they are read.
type photoRow struct {
	p            record.Photo
	at           picture.Place
	day          int
	hash, handed int64
}

func (r *photoRow) into() []any {
	p := &r.p
	return []any{&p.ID, (*int64)(&p.Unit), &p.Kind, &p.Key, &p.File, &p.Width, &p.Height, &r.hash, &r.day, &p.Taken.Minute, &r.at.Latitude, &r.at.Longitude,
		&p.Account, &p.Actor, &r.handed, &p.Record}
}

func (r *photoRow) photo() (p record.Photo, err error) {
	p = r.p
	p.Hash, p.At = picture.Hash(r.hash), time.UnixMilli(r.handed).UTC()
	if r.at != (picture.Place{}) {
		p.Place = &r.at
	}
	if r.day != 0 {
		p.Taken.Day, err = date.FromInt(r.day)
	}
	return p, err
}

func photos(ctx context.Context, q queryer, query string, args ...any) (list []record.Photo, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r photoRow
		if err := rows.Scan(r.into()...); err != nil {
			return nil, err
		}
		p, err := r.photo()
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// Photos reads those there are of the photos asked for.
func (s *Store) Photos(ctx context.Context, ids []int64) ([]record.Photo, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var args arguments
	return photos(ctx, s.db.Reader(), `SELECT `+photoColumns+fromPhotos+`WHERE p.id IN (`+args.list(ids)+`)`, args...)
}

// PhotoBytes reads a photo as it is kept.
func (s *Store) PhotoBytes(ctx context.Context, id int64, size record.PhotoSize) (b []byte, err error) {
	query := selectFull
	if size == record.Thumb {
		query = selectThumb
	}
	if err = s.db.Reader().QueryRowContext(ctx, query, id).Scan(&b); errors.Is(err, sql.ErrNoRows) {
		return nil, record.ErrNoPhoto
	}
	return b, err
}
