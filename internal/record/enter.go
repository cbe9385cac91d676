package record

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// Input is what somebody enters.
type Input struct {
	Kind   string
	Unit   unit.Code // where it was done
	With   []string  // who took part beside the unit: names of departments and bodies
	Day    date.Date
	Until  date.Date         // of a kind with a span
	Typed  TypedDays         // instead of Day and Until: as people type them
	Fields map[string]string // as typed, by field key, and people.CATEGORY
	Source ledger.Source
	Key    string // of the form: what is sent twice with one key is recorded once; empty: none

	Photos   []int64 // handed in with AddPhoto, in order
	Position TypedPosition
	before   *Version // which is corrected
}

// Enter records what was done, durably, before it returns. Faults are ErrFaults with the list in
// Faults; what is only unusual is pointed out in the version and never refused.
func (s *Service) Enter(ctx context.Context, a access.Actor, in Input) (Version, error) {
	list, err := s.EnterAll(ctx, a, []Input{in})
	if err != nil {
		return Version{}, err
	}
	return list[0], nil
}

// EnterAll records several at once, all or none. The faults of the first that has any are
// returned; Ready finds those of all.
func (s *Service) EnterAll(ctx context.Context, a access.Actor, inputs []Input) ([]Version, error) {
	versions := make([]*Version, len(inputs))
	changes := make([]Change, len(inputs))
	for i, in := range inputs {
		v, err := s.Ready(ctx, a, in)
		if err != nil {
			return nil, err
		}
		versions[i] = v
		if v.Key != "" {
			changes[i].Once = v
		}
		changes[i].Prepare = func(sent *Version) (*Version, error) {
			if sent != nil {
				if !sent.says(v) {
					return nil, ErrSent.With("id", sent.ID).With("said", s.Says(sent))
				}
				versions[i] = sent
				return nil, nil
			}
			v := v.clone()
			v.Number = 1
			versions[i] = v
			return v, nil
		}
	}
	if err := s.store.Commit(ctx, changes); err != nil {
		return nil, err // versions may still be written to
	}
	out := make([]Version, len(versions))
	for i, v := range versions {
		out[i] = *v
		out[i].Entered = v.Entry()
		s.show(a, &out[i])
	}
	s.tellEntered(ctx, versions)
	return out, nil
}

// tellEntered tells the units that versions were entered for. What cannot be told now is later.
func (s *Service) tellEntered(ctx context.Context, versions []*Version) {
	var steps []step
	for _, v := range versions {
		if v.From != v.Unit {
			steps = append(steps, step{v: *v})
		}
	}
	_ = s.tell(ctx, steps...)
}

// says tells whether two versions say the same of the same day, texts included.
func (v *Version) says(other *Version) bool {
	return slices.Equal(v.PhotoIDs(), other.PhotoIDs()) && samePlace(v.Position, other.Position) && v.Until == other.Until && slices.Equal(v.With, other.With) && sameFacts(v.Facts, other.Facts) && maps.Equal(v.Facts.Texts, other.Facts.Texts)
}

// Ready checks an input without recording it, and gives the version that would be written.
func (s *Service) Ready(ctx context.Context, a access.Actor, in Input) (*Version, error) {
	if err := a.Can(access.EnterRecord, in.Unit); err != nil {
		return nil, err
	}
	kind, ok := s.records.Kind(in.Kind)
	if !ok {
		return nil, ErrKind.With("kind", in.Kind)
	}
	days := s.readDays(&in)
	if err := s.placed(kind, in); err != nil {
		return nil, err
	}
	facts, faults := readFacts(s.records, kind, in.Fields)
	faults = append(faults, s.checkDays(kind, in, days)...)
	with, fault := readWith(in.With)
	if fault != nil {
		faults = append(faults, *fault)
	}
	photos, fault, err := s.readPhotos(ctx, a, kind, &in)
	if err != nil {
		return nil, err
	}
	if fault != nil {
		faults = append(faults, *fault)
	}
	position, fault := s.readPosition(a, kind, &in, photos)
	if fault != nil {
		faults = append(faults, *fault)
	}
	if len(faults) > 0 {
		return nil, newFaults(faults)
	}
	v := &Version{Photos: refs(photos), Position: position, Kind: in.Kind, Unit: in.Unit, With: with, Day: in.Day, Until: in.Until, Facts: facts, Status: Standing, Source: in.Source, Key: clean(in.Key)}
	s.sign(a, v)
	if v.Pointed, err = s.pointOut(ctx, kind, v, in.corrected()); err != nil {
		return nil, err
	}
	also, err := s.pointPhotos(ctx, kind, v, photos, in.corrected())
	v.Pointed = append(v.Pointed, also...)
	return v, err
}

// sign puts who writes the version, and when, into it.
func (s *Service) sign(a access.Actor, v *Version) {
	v.From, v.Account, v.Actor, v.At = a.Unit, a.Account, a.Name, s.Now().Truncate(time.Millisecond)
	if a.Department != "" && !slices.Contains(v.With, a.Department) && v.Number <= 1 {
		v.With = append(slices.Clone(v.With), a.Department)
	}
}

// placed wants the unit to exist, on that day or now, and the kind to be done at its level.
func (s *Service) placed(kind *campaign.RecordKind, in Input) error {
	_, then := s.tree(in.Day).Unit(in.Unit)
	_, now := s.tree(s.Today()).Unit(in.Unit)
	if !then && !now || !kind.MayBeAt(in.Unit.Level().String()) {
		return ErrPlace.With("kind", kind.Title).With("unit", in.Unit.String())
	}
	return nil
}

// ahead is how many days before its time something may be recorded.
const ahead = 366

// checkDays adds to what could not be read of the days what is wrong with them.
func (s *Service) checkDays(kind *campaign.RecordKind, in Input, faults []Fault) []Fault {
	unread := func(field string) bool {
		return slices.ContainsFunc(faults, func(f Fault) bool { return f.Field == field })
	}
	add := func(field, code string, params problem.Params) { faults = append(faults, Fault{field, code, params}) }
	switch today := s.Today(); {
	case unread(DayField):
	case in.Day.IsZero():
		add(DayField, FieldMissing, problem.Params{"field": "日期"})
	case in.Day.Before(s.pack.Since) && !kind.Span:
		add(DayField, DayEarly, problem.Params{"since": s.pack.Since.Chinese()})
	case in.Day.Sub(today) > ahead:
		add(DayField, DayFar, problem.Params{"day": in.Day.Chinese()})
	}
	switch {
	case in.Until.IsZero():
	case !kind.Span:
		add(UntilField, UntilNone, problem.Params{})
	case in.Until.Before(in.Day):
		add(UntilField, UntilEarly, problem.Params{})
	}
	return faults
}

func readWith(names []string) ([]string, *Fault) {
	var out []string
	for _, name := range names {
		if name = clean(name); name == "" || slices.Contains(out, name) {
			continue
		}
		if long(name, maxName*2) || len(out) == maxEntries {
			return nil, &Fault{WithField, FieldLong, problem.Params{"field": "会同单位", "max": maxName * 2}}
		}
		out = append(out, strings.ReplaceAll(name, "\n", " "))
	}
	return out, nil
}

// pointOut lists what should be looked at about a version; own is the record it corrects.
func (s *Service) pointOut(ctx context.Context, kind *campaign.RecordKind, v *Version, own int64) ([]string, error) {
	var codes []string
	if v.Day.After(s.Today()) && !kind.Span {
		codes = append(codes, FutureDay)
	}
	if s.book.unusual(v.Unit, kind, &v.Facts) {
		codes = append(codes, Unusual)
	}
	same, err := s.store.Records(ctx, Query{Of: v.Unit, Own: true, Kind: v.Kind, From: v.Day, To: v.Day, Limit: most})
	if err != nil {
		return nil, err
	}
	for i := range same {
		if o := &same[i]; o.ID != own && o.Status != Withdrawn && sameFacts(o.Facts, v.Facts) {
			codes = append(codes, Again)
			break
		}
	}
	return codes, nil
}

// Same tells whether another version says the same in figures, answers and names of the same
// unit and day.
func (v *Version) Same(other *Version) bool {
	return v.Kind == other.Kind && v.Unit == other.Unit && v.Day == other.Day && sameFacts(v.Facts, other.Facts)
}

// sameFacts tells whether two records say the same in figures, answers and names.
func sameFacts(a, b Facts) bool {
	a, b = a.figures(), b.figures()
	return reflect.DeepEqual(a, b)
}

// figures are the facts without texts, empty maps as none.
func (facts Facts) figures() Facts {
	out := Facts{Species: facts.Species}
	if len(facts.Species) == 0 {
		out.Species = nil
	}
	if len(facts.Numbers) > 0 {
		out.Numbers = facts.Numbers
	}
	if len(facts.Answers) > 0 {
		out.Answers = facts.Answers
	}
	if len(facts.Names) > 0 {
		out.Names = facts.Names
	}
	if len(facts.People) > 0 {
		out.People = facts.People
	}
	if len(facts.Rows) > 0 {
		out.Rows = facts.Rows
	}
	return out
}
