package record

import (
	"maps"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// SeesNames tells whether an actor is shown the names of people in the records of a unit: only
// those of the village itself and of its own town are. All others are told how many.
func SeesNames(a access.Actor, of unit.Code) bool {
	return a.Unit.Level() >= unit.LevelTown && a.Unit.Contains(of)
}

// show makes a version that was read ready for an actor: times in the campaign's zone, names as
// the actor may see them.
func (s *Service) show(a access.Actor, v *Version) {
	zone := s.pack.Spec().Location
	v.At, v.Entered.At = v.At.In(zone), v.Entered.At.In(zone)
	if v.Check != nil {
		check := *v.Check
		check.At = check.At.In(zone)
		v.Check = &check
	}
	if !SeesNames(a, v.Unit) {
		v.Facts = v.Facts.unnamed()
	}
	if kind, _ := s.records.Kind(v.Kind); !seesPosition(a, kind, v.Unit) {
		v.Position = nil
	}
}

// unnamed are the facts with the number of names instead of the names.
func (facts Facts) unnamed() Facts {
	facts.Rows = unnamedRows(facts.Rows)
	if len(facts.Names) == 0 {
		return facts
	}
	facts.Unnamed = map[string]int{}
	for key, names := range facts.Names {
		facts.Unnamed[key] = len(names)
	}
	facts.Names = nil
	return facts
}

// keepNames puts the names a version has where somebody who is not shown them left their field
// blank.
func (s *Service) keepNames(before *Version, inputs map[string]string) map[string]string {
	kind, ok := s.records.Kind(before.Kind)
	if !ok {
		return inputs
	}
	kept := before.Facts.Inputs(kind)
	out := maps.Clone(inputs)
	if out == nil {
		out = map[string]string{}
	}
	for _, f := range kind.Fields {
		if f.Type == campaign.FieldRows {
			if text, sent := out[f.Key]; sent && strings.TrimSpace(text) != "" {
				out[f.Key] = keepRowNames(&f, &before.Facts, text)
			} else if kept[f.Key] != "" && f.Rows.Named() {
				out[f.Key] = kept[f.Key]
			}
			continue
		}
		if f.Type == campaign.FieldNames && strings.TrimSpace(out[f.Key]) == "" && kept[f.Key] != "" {
			out[f.Key] = kept[f.Key]
		}
	}
	return out
}
