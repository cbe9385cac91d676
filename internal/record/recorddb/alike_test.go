package recorddb_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
)

// manyPhotos lays photos of one record into the tables, with hashes as they come.
func manyPhotos(t testing.TB, db *database.DB, rec int64, hashes []picture.Hash) {
	t.Helper()
	err := db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO photo_images (hash, full_jpeg, thumb_jpeg) VALUES ('x', $1, $1)`, []byte{1}); err != nil {
			return err
		}
		for i, h := range hashes {
			b := h.Bands()
			if _, err := tx.ExecContext(ctx, `INSERT INTO photos (id, county, unit_code, kind, form_key, file_hash, image, width, height, dhash, band0, band1, band2, band3, taken, taken_minute,
				latitude, longitude, account_id, actor, at) VALUES ($1, $2, $3, 'planting', '', $4, 'x', 1, 1, $5, $6, $7, $8, $9, 0, 0, 0, 0, 1, '', 0)`,
				i+1, int64(testkit.Puning), int64(testkit.Xintan), fmt.Sprint("file", i), int64(h), int64(b[0]), int64(b[1]), int64(b[2]), int64(b[3])); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO record_photos (photo_id, record_id) VALUES ($1, $2)`, i+1, rec); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What differs in at most seven places is found among many, and what is the same file; in the
// county only, and not of the record itself.
func TestAlike(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		id := s.enter(t, planting(testkit.Xintan, day, 1))
		r := rand.New(rand.NewPCG(3, 4))
		hashes := make([]picture.Hash, 500)
		for i := range hashes {
			hashes[i] = picture.Hash(r.Uint64())
		}
		manyPhotos(t, db, id, hashes)
		find := func(q record.Alike) (list []int64) {
			t.Helper()
			uses, err := s.Alike(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range uses {
				if u.Version.ID != id || u.Photo.Record != id {
					t.Fatalf("of record %d: %+v", u.Version.ID, u.Photo)
				}
				list = append(list, u.Photo.ID)
			}
			return list
		}
		for range 60 {
			i := r.IntN(len(hashes))
			h := hashes[i]
			for range 7 {
				h ^= 1 << r.IntN(64)
			}
			q := record.Alike{County: testkit.Puning, File: "none", Hash: h}
			if !h.Telling() {
				continue
			}
			if got := find(q); !slices.Contains(got, int64(i+1)) {
				t.Fatalf("%d places from photo %d: found %v", h.Distance(hashes[i]), i+1, got)
			}
			q.County = testkit.Huilai
			if got := find(q); got != nil {
				t.Fatalf("in another county: %v", got)
			}
			q.County, q.Except = testkit.Puning, id
			if got := find(q); got != nil {
				t.Fatalf("of the record itself: %v", got)
			}
		}
		if got := find(record.Alike{County: testkit.Puning, File: "file7"}); !slices.Equal(got, []int64{8}) {
			t.Errorf("of the same file: %v", got)
		}
	})
}

func BenchmarkAlike(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			db := testkit.SQLite(b)
			s := open(b, db)
			id := s.enter(b, planting(testkit.Xintan, day, 1))
			r := rand.New(rand.NewPCG(3, 4))
			hashes := make([]picture.Hash, n)
			for i := range hashes {
				hashes[i] = picture.Hash(r.Uint64())
			}
			manyPhotos(b, db, id, hashes)
			for b.Loop() {
				if _, err := s.Alike(ctx, record.Alike{County: testkit.Puning, File: "none", Hash: picture.Hash(r.Uint64())}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
