package record

import (
	"slices"
	"sync"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Liaisons holds who answers for which place (包抓), and what at that place can show that they
// have done what they owe; of each record only what is now known of it. It is safe for concurrent
// use.
type Liaisons struct {
	rules  *campaign.Liaisons
	levels campaign.Field             // the choice of who answers
	owed   map[string][]*campaign.Owe // by the kind of record that shows it

	mu      sync.RWMutex
	holding map[unit.Code][]*Version
	deeds   map[unit.Code][]deed // by day
}

// deed is what a record can show.
type deed struct {
	day     date.Date
	id      int64
	kind    string
	answers map[string]string
	with    []string
}

// NewLiaisons makes an empty index; a campaign may have no rules for it.
func NewLiaisons(pack *campaign.Pack) *Liaisons {
	rules := pack.Liaisons
	l := &Liaisons{rules: rules, owed: map[string][]*campaign.Owe{}, holding: map[unit.Code][]*Version{}, deeds: map[unit.Code][]deed{}}
	if rules != nil {
		if kind, ok := pack.Records.Kind(rules.Record); ok {
			if f, ok := kind.Field(rules.Level); ok {
				l.levels = *f
			}
		}
		for i := range rules.Owes {
			o := &rules.Owes[i]
			l.owed[o.Record] = append(l.owed[o.Record], o)
		}
	}
	return l
}

// Take takes in events, in any order but that of the versions of one record.
func (l *Liaisons) Take(events []Event) {
	if l.rules == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range events {
		v := e.Version
		if v.Kind == l.rules.Record {
			l.hold(v)
		}
		if len(l.owed[v.Kind]) > 0 {
			l.note(v)
		}
	}
}

func (l *Liaisons) hold(v *Version) {
	list := slices.DeleteFunc(l.holding[v.Unit], func(o *Version) bool { return o.ID == v.ID })
	if v.Status != Withdrawn {
		list = append(list, v.clone())
	}
	slices.SortFunc(list, func(a, b *Version) int {
		if c := a.Day.Compare(b.Day); c != 0 {
			return c
		}
		return int(a.ID - b.ID)
	})
	l.holding[v.Unit] = list
}

// note keeps what a record can show; what can show nothing, the most by far, is not kept.
func (l *Liaisons) note(v *Version) {
	list := slices.DeleteFunc(l.deeds[v.Unit], func(d deed) bool { return d.id == v.ID })
	shows := len(v.With) > 0 || slices.ContainsFunc(l.owed[v.Kind], func(o *campaign.Owe) bool {
		for level := range o.Levels {
			if o.Takes(level, v.Facts.Answers) {
				return true
			}
		}
		return false
	})
	if v.Status != Withdrawn && shows {
		list = append(list, deed{v.Day, v.ID, v.Kind, v.Facts.clone().Answers, slices.Clone(v.With)})
	}
	if len(list) == 0 {
		delete(l.deeds, v.Unit)
		return
	}
	slices.SortFunc(list, func(a, b deed) int {
		if c := a.day.Compare(b.day); c != 0 {
			return c
		}
		return int(a.id - b.id)
	})
	l.deeds[v.Unit] = list
}
