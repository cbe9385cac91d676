package ledger

import "time"

// What comes out of the tables is brought to one shape before anybody sees it: instants on the
// campaign's clock, and rows as long as the form. Rows stored before a column was added at the
// end of the form are shorter.

// local shows an instant on the campaign's clock; no instant stays none.
func (s *Service) local(t time.Time) time.Time { return onClock(t, s.pack.Spec().Location) }

func onClock(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(zone)
}

func (r *RowVersion) adopt(columns int, zone *time.Location) {
	r.Values = r.Values.padded(columns)
	if r.Derived != nil {
		r.Derived = r.Derived.padded(columns)
	}
	r.ReturnDue, r.At = onClock(r.ReturnDue, zone), onClock(r.At, zone)
}

func (sub *Submission) adopt(zone *time.Location) {
	sub.ReturnDue, sub.At = onClock(sub.ReturnDue, zone), onClock(sub.At, zone)
}

func (g *Grant) adopt(zone *time.Location) {
	g.Until, g.At = onClock(g.Until, zone), onClock(g.At, zone)
}

func (s *Service) adoptRows(rows []RowVersion, err error) ([]RowVersion, error) {
	for i := range rows {
		rows[i].adopt(len(s.form.Columns), s.pack.Spec().Location)
	}
	return rows, err
}

func (s *Service) adoptSubmissions(subs []Submission, err error) ([]Submission, error) {
	for i := range subs {
		subs[i].adopt(s.pack.Spec().Location)
	}
	return subs, err
}

func (e Event) adopt(columns int, zone *time.Location) {
	switch {
	case e.Row != nil:
		e.Row.adopt(columns, zone)
	case e.Submission != nil:
		e.Submission.adopt(zone)
	case e.Grant != nil:
		e.Grant.adopt(zone)
	}
}
