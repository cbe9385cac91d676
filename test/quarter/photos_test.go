package quarter

import (
	"slices"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// told is what is to be found about a photo, where the demonstration tells of one.
type told struct {
	at      unit.Code
	day     string
	same    unit.Code // whose photo it is
	pointed []string
	open    record.Points
	said    bool // the town has looked, or answered
}

var tales = []told{
	{445281119204, "2024-03-22", 445281119204, []string{record.SamePhoto, record.PhotoDay}, record.PointSamePhoto | record.PointPhotoDay, false},
	{445281119202, "2024-03-19", 445281119201, []string{record.SamePhoto}, record.PointSamePhoto, false},
	{445281119002, "2024-03-10", 0, []string{record.PhotoDay}, 0, true},
	{445281001002, "2024-03-07", 445281001003, []string{record.SamePhoto}, record.PointSamePhoto, true},
}

// photographed wants photos in every week, none of towns that keep to workbooks, and nothing
// pointed out about any photo but what the demonstration tells of.
func photographed(t *testing.T, a *app.App, weeks []week.Week) {
	t.Helper()
	found := 0
	of := map[unit.Code]int{} // by town
	for _, w := range weeks {
		n := 0
		for _, v := range ofWeek(t, a, w) {
			if len(v.Photos) == 0 {
				continue
			}
			n++
			of[v.Unit.At(unit.LevelTown)]++
			if v.Day.After(date.MustParse(demo.Today[:10])) {
				t.Errorf("a photo of %s", v.Day)
			}
			i := slices.IndexFunc(tales, func(x told) bool { return x.at == v.Unit && x.day == v.Day.String() && x.pointed != nil })
			if i >= 0 && len(v.Pointed) > 0 {
				found++
				tales[i].check(t, a, &v)
			} else if about := photoPoints(v.Pointed); len(about) > 0 {
				t.Errorf("%d, %s of %s: %v", v.ID, v.Unit, v.Day, about)
			}
		}
		if n < 3 {
			t.Errorf("week %d: photos of %d records", w.No, n)
		}
	}
	if found != len(tales) {
		t.Errorf("%d of %d tales are told", found, len(tales))
	}
	if of[demo.Town] < 50 || len(of) < 20 || of[445281113000]+of[445281115000] > 0 {
		t.Errorf("records with photos by town: %v", of)
	}
}

// ofWeek lists the records of the days of a week.
func ofWeek(t *testing.T, a *app.App, w week.Week) (list []record.Version) {
	t.Helper()
	q := record.Query{Of: demo.County, From: w.Opens, To: w.Due, Limit: 500}
	if w.No == 1 {
		q.From = date.MustParse("2024-01-01")
	}
	for {
		page, err := a.Records.List(ctx, testkit.County, q)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, page...)
		if len(page) < q.Limit {
			return list
		}
		q.Offset += q.Limit
	}
}

func photoPoints(codes []string) (about []string) {
	for _, code := range codes {
		if code == record.SamePhoto || code == record.PhotoDay || code == record.PhotoFar || code == record.PositionOutside {
			about = append(about, code)
		}
	}
	return about
}

func (x told) check(t *testing.T, a *app.App, v *record.Version) {
	t.Helper()
	if !slices.Equal(photoPoints(v.Pointed), x.pointed) || v.Open() != x.open || (v.Looked != "" || v.Answer != "") != x.said {
		t.Errorf("%s of %s: %v, open %d, %q %q", v.Unit, v.Day, v.Pointed, v.Open(), v.Looked, v.Answer)
	}
	same := v.Photos[0].Same
	switch {
	case x.same == 0:
		if same != nil {
			t.Errorf("%s of %s: the same as %d", v.Unit, v.Day, same.Record)
		}
	case same == nil:
		t.Errorf("%s of %s: the same as none", v.Unit, v.Day)
	default:
		other, err := a.Records.Show(ctx, testkit.County, same.Record)
		if err != nil || other[0].Unit != x.same {
			t.Errorf("%s of %s: the same as %v, %v", v.Unit, v.Day, other, err)
		}
	}
	// What is open stands in the town's list.
	clerk := access.Actor{Account: 1, Role: access.TownClerk, Unit: v.Unit.At(unit.LevelTown)}
	list, err := a.Records.List(ctx, clerk, record.Query{Of: clerk.Unit, Open: record.PointSamePhoto | record.PointPhotoDay, Limit: 50})
	stands := slices.ContainsFunc(list, func(o record.Version) bool { return o.ID == v.ID })
	if err != nil || stands != (x.open != 0) {
		t.Errorf("%s of %s in its town's list: %v, %v", v.Unit, v.Day, stands, err)
	}
}
