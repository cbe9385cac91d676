package record

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Points is a set of what is still to be looked at in a record. The values are kept in the tables.
type Points int64

// The points.
const (
	PointFuture Points = 1 << iota
	PointUnusual
	PointAgain
	PointSamePhoto
	PointPhotoDay
	PointPhotoFar
	PointOutside
	PointObjected // the village objects, and nobody has answered
)

// pointOf is the point of each code.
var pointOf = map[string]Points{FutureDay: PointFuture, Unusual: PointUnusual, Again: PointAgain,
	SamePhoto: PointSamePhoto, PhotoDay: PointPhotoDay, PhotoFar: PointPhotoFar, PositionOutside: PointOutside}

// Pointables lists every point, the gravest first, as pages group them.
func Pointables() []Points {
	return []Points{PointObjected, PointSamePhoto, PointUnusual, PointAgain, PointPhotoDay, PointPhotoFar, PointOutside, PointFuture}
}

// Code is the code of one point, as versions have it; empty for an objection.
func (p Points) Code() string {
	for code, one := range pointOf {
		if one == p {
			return code
		}
	}
	return ""
}

// Open is what is still to be looked at in a version.
func (v *Version) Open() Points {
	if v.Status == Withdrawn {
		return 0
	}
	var open Points
	if v.Looked == "" {
		for _, code := range v.Pointed {
			open |= pointOf[code]
		}
	}
	if v.Unanswered() {
		open |= PointObjected
	}
	return open
}

// OpenPoints counts the records of a unit and all below it in which each point is open; All is how
// many records have any.
type OpenPoints struct {
	By  map[Points]int
	All int
}

// OpenPoints counts what is to be looked at.
func (s *Service) OpenPoints(ctx context.Context, a access.Actor, of unit.Code) (OpenPoints, error) {
	out := OpenPoints{By: map[Points]int{}}
	if err := a.Can(access.ReadRecords, of); err != nil {
		return out, err
	}
	sets, err := s.store.OpenPoints(ctx, of)
	for set, n := range sets {
		out.All += n
		for _, one := range Pointables() {
			if set&one != 0 {
				out.By[one] += n
			}
		}
	}
	return out, err
}

// Outlier is a figure far from what its unit usually records.
type Outlier struct {
	Title   string
	Value   string
	Usual   string // the average of the unit's other records of the kind; empty: there are too few
	Records int64  // of which
}

// Outliers are the figures for which a version is pointed out as unusual, beside what the unit
// records otherwise.
func (s *Service) Outliers(v *Version) []Outlier {
	kind, ok := s.records.Kind(v.Kind)
	if !ok || !slices.Contains(v.Pointed, Unusual) {
		return nil
	}
	var list, rest []Outlier
	for i := range kind.Fields {
		f := &kind.Fields[i]
		n, said := v.Facts.Numbers[f.Key]
		if !said || f.Type == campaign.FieldYesNo {
			continue
		}
		others := s.book.others(v, f.Key)
		o := Outlier{Title: f.Title, Value: figure(f, n)}
		if others.records > 0 {
			o.Usual, o.Records = figure(f, (others.sum+others.records/2)/others.records), others.records
		}
		if f.Large > 0 && n > f.Large || others.records > 0 && n*others.records > far*others.sum {
			list = append(list, o)
		} else {
			rest = append(rest, o)
		}
	}
	if list == nil {
		return rest // others like it have been recorded since; it was pointed out all the same
	}
	return list
}

func figure(f *campaign.Field, n int64) string {
	col := campaign.Column{Type: campaign.ColumnType(f.Type), Unit: f.Unit}
	text := ledger.Format(&col, ledger.Value(n))
	if f.Unit != "" {
		text += " " + f.Unit
	}
	return text
}

// others is what a unit has recorded of a figure besides a version that stands.
func (b *Book) others(v *Version, field string) past {
	b.mu.RLock()
	defer b.mu.RUnlock()
	p := b.usual[usually{v.Unit, v.Kind, field}]
	if p == nil {
		return past{}
	}
	out := *p
	if v.Status != Withdrawn && out.records > 0 {
		out.records--
		out.sum -= v.Facts.Numbers[field]
	}
	return out
}
