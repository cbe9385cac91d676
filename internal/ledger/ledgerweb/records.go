package ledgerweb

import "github.com/sangzi/sangzi/internal/unit"

// Tile leads to where one kind of thing that was done is recorded.
type Tile struct {
	Sign  string // one character
	Title string
	Href  string
}

// tilesShown is how many tiles stand on a village's page; the rest is one touch further.
const tilesShown = 3

// shownTiles are the commonest.
func shownTiles(tiles []Tile) []Tile { return tiles[:min(tilesShown, len(tiles))] }

func recordsURL(of unit.Code) string { return "/records/" + of.String() }
