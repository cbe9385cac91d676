package auditdb_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func write(t *testing.T, db *database.DB, events ...audit.Event) {
	t.Helper()
	err := db.Write(context.Background(), func(tx *sql.Tx) error {
		for _, e := range events {
			if err := auditdb.Write(context.Background(), tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A county's office reads what happened in its county, newest first, page by page, and
// nothing of the county next to it.
func TestEvents(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		at := time.Date(2024, 3, 29, 16, 30, 0, 0, testkit.Shanghai)
		event := func(subject string, where unit.Code) audit.Event {
			e := audit.By(testkit.Head, "account.edit", where, at)
			e.Subject, e.Before, e.After = subject, "黄志明", "黄志强"
			return e
		}
		write(t, db, event("first", testkit.Xintan), event("second", testkit.LihuTown), event("elsewhere", testkit.Huicheng), event("third", testkit.Puning))

		service := audit.New(auditdb.Open(db))
		page, err := service.Events(context.Background(), testkit.County, audit.Query{Of: testkit.Puning, Limit: 2})
		if err != nil || len(page) != 2 || page[0].Subject != "third" || page[1].Subject != "second" {
			t.Fatalf("first page %+v, %v", page, err)
		}
		got := page[1]
		got.ID = 0
		if want := event("second", testkit.LihuTown); !got.At.Equal(want.At) || got.Actor != want.Actor || got.Account != want.Account ||
			got.Action != want.Action || got.Unit != want.Unit || got.Before != want.Before || got.After != want.After {
			t.Errorf("read %+v, want %+v", got, want)
		}
		page, err = service.Events(context.Background(), testkit.County, audit.Query{Of: testkit.Puning, Limit: 2, Before: page[1].ID})
		if err != nil || len(page) != 1 || page[0].Subject != "first" {
			t.Errorf("second page %+v, %v", page, err)
		}
		if _, err = service.Events(context.Background(), testkit.County, audit.Query{Of: testkit.Huilai}); !errors.Is(err, access.ErrOutside) {
			t.Errorf("outside: %v", err)
		}
		if _, err = service.Events(context.Background(), testkit.Town, audit.Query{Of: testkit.LihuTown}); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a town clerk: %v", err)
		}
	})
}

// What is rolled back leaves no event.
func TestEventGoesWithItsTransaction(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		refused := errors.New("refused")
		err := db.Write(context.Background(), func(tx *sql.Tx) error {
			if err := auditdb.Write(context.Background(), tx, audit.By(testkit.Head, "account.edit", testkit.Puning, time.Unix(0, 0))); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		events, err := auditdb.Open(db).Events(context.Background(), audit.Query{Of: testkit.Jieyang, Limit: 10})
		if err != nil || len(events) != 0 {
			t.Errorf("%d events, %v", len(events), err)
		}
	})
}
