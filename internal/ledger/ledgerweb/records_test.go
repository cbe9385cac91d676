package ledgerweb_test

import (
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/ledger/ledgerweb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// A village's page leads to its records by the commonest forms; for who has none there is nothing.
func TestTilesToTheRecords(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-29 16:18")
	s := newSiteWith(t, w, testkit.Village, func(a access.Actor, of unit.Code) []ledgerweb.Tile {
		if a.Role != access.VillageReporter {
			return nil
		}
		var tiles []ledgerweb.Tile
		for _, kind := range []string{"树", "苗", "谈", "访"} {
			tiles = append(tiles, ledgerweb.Tile{Sign: kind, Title: kind + "了", Href: "/records/" + of.String() + "/new/" + kind})
		}
		return tiles
	})
	p := s.get(path(testkit.Xintan, ledgertest.ThisWeek, "")).want(200)
	p.count(".to-records li", 4).has(".to-records li:first-child", "树 树了").count(".to-records a[href='/records/445281001202']", 1)
	s.as(testkit.Leader).get(path(testkit.Xintan, ledgertest.ThisWeek, "")).want(200).hasNot(".to-records")
}
