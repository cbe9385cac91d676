package record

import (
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// Place finds the unit inside another where something of a kind was done, by the name people
// write: a village, and where the kind is done there a town or the county. A village that stands
// for itself need not be named.
func (s *Service) Place(within unit.Code, kind *campaign.RecordKind, text string) (unit.Code, *Fault) {
	text = clean(text)
	if text == "" {
		if within.Level() == unit.LevelVillage {
			return within, nil
		}
		return 0, &Fault{PlaceField, PlaceMissing, problem.Params{}}
	}
	tree := s.tree(s.Today())
	found := s.places(tree, within, kind, text)
	switch len(found) {
	case 1:
		return found[0].Code, nil
	case 0:
		return 0, &Fault{PlaceField, PlaceUnknown, problem.Params{"name": beginning(text), "within": tree.ShortName(within)}}
	}
	const most = 5
	var names []string
	for _, u := range found[:min(most, len(found))] {
		names = append(names, tree.FullName(u.Code))
	}
	return 0, &Fault{PlaceField, PlaceUnclear, problem.Params{"name": beginning(text), "candidates": strings.Join(names, "、")}}
}

func (s *Service) places(tree *unit.Tree, within unit.Code, kind *campaign.RecordKind, text string) []unit.Unit {
	if u, ok := tree.Unit(within); ok && within.Level() == unit.LevelCounty && kind.MayBeAt("county") && (text == u.Name || text == tree.FullName(within)) {
		return []unit.Unit{u}
	}
	found := tree.Resolve(within, text)
	if len(found) == 0 && kind.MayBeAt("town") && within.Level() <= unit.LevelTown {
		found = tree.ResolveTown(within, text)
	}
	return slices.DeleteFunc(slices.Clone(found), func(u unit.Unit) bool { return !within.Contains(u.Code) })
}
