package database

import (
	"database/sql"
	"sync"
	"sync/atomic"
)

// checkpointEvery is after how many commits the log of a SQLite database is copied into its
// file: some 4,000 pages, 16 MB, when villages report.
const checkpointEvery = 256

// checkpointer copies the log beside the commits. SQLite does it within the commit that finds
// the log too long, which then waits some 20 ms, and all who share it. Here most of the log is
// copied by a connection of its own while commits go on; the writing connection then copies only
// what has come since, after which the log begins anew. Commits so large that they overtake it
// still do it themselves (wal_autocheckpoint in openSQLite).
type checkpointer struct {
	writer, own *sql.DB
	commits     atomic.Int64
	due         chan struct{} // holds one
	end, ended  chan struct{}
	once        sync.Once
}

func newCheckpointer(writer, own *sql.DB) *checkpointer {
	c := &checkpointer{writer: writer, own: own, due: make(chan struct{}, 1), end: make(chan struct{}), ended: make(chan struct{})}
	go c.run()
	return c
}

// committed counts a commit and never waits.
func (c *checkpointer) committed() {
	if c == nil || c.commits.Add(1)%checkpointEvery != 0 {
		return
	}
	select {
	case c.due <- struct{}{}:
	default: // one is under way and will be followed by another
	}
}

func (c *checkpointer) run() {
	defer close(c.ended)
	for {
		select {
		case <-c.end:
			return
		case <-c.due:
		}
		for _, db := range []*sql.DB{c.own, c.writer} {
			// What cannot be copied now stays in the log, where it is as safe; whoever commits
			// next meets the same trouble and says it.
			if _, err := db.Exec(`PRAGMA wal_checkpoint(PASSIVE)`); err != nil {
				break
			}
		}
	}
}

// close waits for the checkpoint under way.
func (c *checkpointer) close() error {
	if c == nil {
		return nil
	}
	c.once.Do(func() { close(c.end) })
	<-c.ended
	return c.own.Close()
}
