package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/testkit"
)

// word is an event of the line these tests write.
type word struct {
	place int64
	text  string
}

func (w *word) SetSeq(place int64) { w.place = place }

// saying is a change: the words it becomes, given how many words have been told before it.
type saying struct {
	alone bool
	words func(told int) ([]*word, error)
}

// book is a server: it writes words on a line and is told them.
type book struct {
	*database.Line[saying, *word]
	mu   sync.Mutex
	told []word
}

// Together lets a saying that stands alone have a transaction of its own.
func (b *book) Together(sayings []saying) int {
	if i := slices.IndexFunc(sayings, func(s saying) bool { return s.alone }); i >= 0 {
		return max(1, i)
	}
	return len(sayings)
}

func (b *book) Expect(saying) int { return 1 }

func (b *book) Prepare(_ context.Context, _ *sql.Tx, s saying) ([]*word, error) {
	return s.words(b.count())
}

func (b *book) Insert(ctx context.Context, tx *sql.Tx, after int64, words []*word, _ []saying) error {
	if len(words) == 0 {
		return database.ErrNothing
	}
	for i, w := range words {
		if w.place != after+int64(i)+1 {
			return fmt.Errorf("the word after %d+%d stands at %d", after, i, w.place)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO words (place, text) VALUES ($1, $2)`, w.place, w.text); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) Between(ctx context.Context, tx *sql.Tx, after, upto int64) ([]*word, error) {
	rows, err := tx.QueryContext(ctx, `SELECT place, text FROM words WHERE place > $1 AND place <= $2 ORDER BY place`, after, upto)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*word
	for rows.Next() {
		var w word
		if err := rows.Scan(&w.place, &w.text); err != nil {
			return nil, err
		}
		out = append(out, &w)
	}
	return out, rows.Err()
}

func (b *book) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.told)
}

// say writes one word whatever it is.
func (b *book) say(text string) error {
	return b.Commit(context.Background(), saying{words: func(int) ([]*word, error) { return []*word{{text: text}}, nil }})
}

// written is what stands in the table.
func written(t *testing.T, db *database.DB) (words []word) {
	t.Helper()
	err := db.View(context.Background(), func(tx *sql.Tx) error {
		found, err := (&book{}).Between(context.Background(), tx, 0, 1<<40)
		for _, w := range found {
			words = append(words, *w)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// wordLines gives servers that write words on one database; no word may be “spoilt”.
func wordLines(t *testing.T, db *database.DB, n int) []*book {
	t.Helper()
	ctx := context.Background()
	for _, q := range []string{`CREATE TABLE words (place BIGINT PRIMARY KEY, text TEXT NOT NULL CHECK (text <> 'spoilt'))`, `INSERT INTO counters (name, value) VALUES ('words', 0)`} {
		if _, err := db.Writer().ExecContext(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	books := make([]*book, n)
	for i := range books {
		books[i] = wordServer(t, db)
	}
	return books
}

func wordServer(t *testing.T, db *database.DB) *book {
	t.Helper()
	b := &book{}
	var err error
	if b.Line, err = database.NewLine(context.Background(), db, "words", b); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	b.Follow(func(words []*word) {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, w := range words {
			b.told = append(b.told, *w)
		}
	})
	return b
}

// Clients of two servers say words, several or none, are refused, panic, and say what no table
// takes: each learns how its own ended, nobody's end is another's, and both servers are told the
// same words at the same places, the first before it decides on the second.
func TestLineIsOneOrder(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		servers := wordLines(t, db, 2)
		var wait sync.WaitGroup
		for c := range 12 {
			b := servers[c%2]
			wait.Go(func() {
				for k := range 20 {
					kind := (c*7 + k) % 6
					var told int
					err := b.Commit(context.Background(), saying{alone: (c+k)%5 == 0, words: func(n int) ([]*word, error) {
						told = n
						switch kind {
						case 0:
							return nil, nil
						case 1:
							return nil, errRefused
						case 2:
							panic("fell over")
						case 3:
							return []*word{{text: "first"}, {text: "spoilt"}}, nil
						case 4:
							return []*word{{text: fmt.Sprint("two ", c, " ", k)}, {text: fmt.Sprint("two ", c, " ", k)}}, nil
						}
						return []*word{{text: fmt.Sprint("one ", c, " ", k)}}, nil
					}})
					switch {
					case kind == 1 && !errors.Is(err, errRefused), kind == 2 && (err == nil || !strings.Contains(err.Error(), "fell over")),
						kind == 3 && err == nil, (kind == 0 || kind > 3) && err != nil:
						t.Errorf("kind %d ended with %v", kind, err)
					case kind > 3 && b.count() <= told:
						t.Errorf("acknowledged before it was told")
					}
				}
			})
		}
		wait.Wait()
		table := written(t, db)
		counts := map[string]int{}
		for i, w := range table {
			if w.place != int64(i+1) {
				t.Errorf("the %dth word stands at %d", i+1, w.place)
			}
			counts[strings.Fields(w.text)[0]]++
		}
		if counts["one"] != 40 || counts["two"] != 80 || len(counts) != 2 {
			t.Errorf("written: %v", counts)
		}
		for i, b := range servers {
			if err := b.Refresh(context.Background()); err != nil {
				t.Error(err)
			}
			if !slices.Equal(b.told, table) {
				t.Errorf("server %d was told %d words of %d, or others", i, len(b.told), len(table))
			}
		}
	})
}

// What another server has written is told before a change is decided on.
func TestLineDecidesOverAllBefore(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		servers := wordLines(t, db, 2)
		for i := range 6 {
			err := servers[i%2].Commit(context.Background(), saying{words: func(told int) ([]*word, error) {
				return []*word{{text: fmt.Sprint(told)}}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
		for i, w := range written(t, db) {
			if w.text != fmt.Sprint(i) {
				t.Errorf("the %dth change was decided over %s words", i, w.text)
			}
		}
	})
}

// What is refused takes no place, and neither does a transaction that cannot be written.
func TestLineLeavesNoGap(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		b := wordLines(t, db, 1)[0]
		if err := b.say("a"); err != nil {
			t.Fatal(err)
		}
		refuse := saying{words: func(int) ([]*word, error) { return nil, errRefused }}
		if err := b.Commit(context.Background(), refuse); !errors.Is(err, errRefused) {
			t.Error(err)
		}
		if err := b.say("spoilt"); err == nil {
			t.Error("taken")
		}
		if err := b.say("b"); err != nil {
			t.Error(err)
		}
		if got := written(t, db); !slices.Equal(got, []word{{1, "a"}, {2, "b"}}) || !slices.Equal(got, b.told) {
			t.Errorf("written %v, told %v", got, b.told)
		}
	})
}

// A follower that begins late reads one state and is told what comes after it, nothing twice.
func TestLineStart(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		early := wordLines(t, db, 1)[0]
		late := wordServer(t, db)
		for _, text := range []string{"a", "b"} {
			if err := early.say(text); err != nil {
				t.Fatal(err)
			}
		}
		err := late.Start(context.Background(), func(tx *sql.Tx) error {
			words, err := late.Between(context.Background(), tx, 0, 1<<40)
			for _, w := range words {
				late.told = append(late.told, *w)
			}
			return err
		})
		if err != nil || len(late.told) != 2 {
			t.Fatalf("%v, %v", late.told, err)
		}
		if err := errors.Join(early.say("c"), late.Refresh(context.Background()), late.say("d"), early.Refresh(context.Background())); err != nil {
			t.Fatal(err)
		}
		if want := written(t, db); len(want) != 4 || !slices.Equal(late.told, want) || !slices.Equal(early.told, want) {
			t.Errorf("written %v, told %v and %v", want, early.told, late.told)
		}
	})
}

// A line that the database does not have, and one that was closed, say so.
func TestLineUnknownAndClosed(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		b := wordLines(t, db, 1)[0]
		if _, err := database.NewLine(context.Background(), db, "none", b); !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("a line of no name: %v", err)
		}
		b.Close()
		if err := b.say("a"); !errors.Is(err, database.ErrClosed) || len(written(t, db)) != 0 {
			t.Errorf("after closing: %v", err)
		}
	})
}
