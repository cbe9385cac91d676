package fault

import (
	"errors"
	"net/http"
	"testing"

	"github.com/sangzi/sangzi/internal/testkit"
)

// PostgreSQL goes away under a running server and comes back: meanwhile reporting fails with
// an answer that says so, afterwards it works again without anybody doing anything.
func TestDatabaseHalted(t *testing.T) {
	cluster := ownCluster(t)
	token := newLedger(t, cluster.URL())
	s := serve(t, cluster.URL())
	c := call(t, s, token)
	acknowledged := newBook()
	villages := lihuVillages(t)
	report := func(n int) error {
		village := villages[n%len(villages)]
		version, err := c.report(t.Context(), village, n)
		if err == nil {
			acknowledged.row(village, version, n)
		}
		return err
	}
	for round := range 3 {
		for n := range 30 {
			if err := report(100*round + n); err != nil {
				t.Fatalf("round %d: %v\n%s", round, err, s.said)
			}
		}
		if _, err := c.submit(t.Context(), testkit.LihuTown); err != nil {
			t.Fatal(err)
		}
		if err := cluster.Halt(); err != nil {
			t.Fatal(err)
		}
		for n := range 10 {
			err := report(100*round + 50 + n)
			if answer := (*refused)(nil); !errors.As(err, &answer) || answer.Status < 500 || answer.Code == "" || answer.Title == "" {
				t.Errorf("without the database: %v", err)
			}
		}
		if res, err := http.Get(s.base + "/healthz"); err != nil || res.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("healthy without the database: %v %v", res, err)
		}
		if err := cluster.Resume(); err != nil {
			t.Fatal(err)
		}
		eventually(t, patience, func() error { return report(100*round + 99) })
		if err := errors.Join(acknowledged.check(t.Context(), c), agree(t.Context(), c, testkit.LihuTown)); err != nil {
			t.Fatal(err)
		}
	}
	s.kill()
	s = serve(t, cluster.URL())
	c = call(t, s, token)
	if err := errors.Join(acknowledged.check(t.Context(), c), agree(t.Context(), c, testkit.LihuTown)); err != nil {
		t.Error(err)
	}
}

// ownCluster is a PostgreSQL of this test's own, to be halted.
func ownCluster(t testing.TB) *testkit.Cluster {
	t.Helper()
	testkit.PostgresURL(t) // skips, or fails, where there is none
	cluster, err := testkit.StartCluster(testkit.Hasty()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	return cluster
}
