package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// SubmitInput is a town's or county's week to be sealed and sent upward.
type SubmitInput struct {
	Unit   unit.Code
	Week   date.Date
	Base   int32 // the submission version it was looked at, 0 for none; AnyBase
	Head   Head
	Carry  []unit.Code // villages that did not report, whose last figures are carried along and marked
	Source Source
}

// Submit seals a town's week: the villages' rows as they stand, those missing named. A late
// one becomes part of the next version. It is durable before it returns.
func (s *Service) Submit(ctx context.Context, a access.Actor, in SubmitInput) (Submission, error) {
	if err := a.Can(access.SubmitTown, in.Unit); err != nil {
		return Submission{}, err
	}
	sheet, err := s.writable(ctx, in.Unit, unit.LevelTown, in.Week)
	if err != nil {
		return Submission{}, err
	}
	if in.Head, err = checkHead(in.Head); err != nil {
		return Submission{}, err
	}
	carried, err := s.carried(ctx, sheet, in)
	if err != nil {
		return Submission{}, err
	}
	var sub Submission
	err = s.store.Commit(ctx, Change{Unit: in.Unit, Week: in.Week, Alone: true, Prepare: func() ([]Event, error) {
		sheet, err := s.writable(ctx, in.Unit, unit.LevelTown, in.Week)
		if err != nil {
			return nil, err
		}
		return s.seal(a, sheet, in, carried, &sub)
	}})
	if err != nil {
		return Submission{}, err // sub may still be written to
	}
	return sub, nil
}

// carriedRow is a village's last row, carried along unreported, with what the records had said of
// it then.
type carriedRow struct{ values, derived Values }

// carried reads what is to be carried along, before the change's turn comes. What has been
// reported in the meantime is not.
func (s *Service) carried(ctx context.Context, sheet *Sheet, in SubmitInput) (map[unit.Code]carriedRow, error) {
	out := map[unit.Code]carriedRow{}
	for _, village := range in.Carry {
		if !in.Unit.Contains(village) {
			return nil, access.ErrOutside.With("unit", village.String())
		}
		if sheet.chain(village).Version > 0 {
			continue
		}
		last, derived, _, err := s.lastDerived(ctx, village, in.Week)
		if err != nil {
			return nil, err
		}
		if last == nil {
			return nil, ErrNoLast.With("unit", village.String())
		}
		out[village] = carriedRow{last, derived}
	}
	return out, nil
}

// seal makes the events of a town's submission from the rows as they stand.
func (s *Service) seal(a access.Actor, sheet *Sheet, in SubmitInput, carried map[unit.Code]carriedRow, out *Submission) ([]Event, error) {
	now := s.Now()
	office := sheet.Office(in.Unit, now)
	if in.Base != AnyBase && in.Base != office.Chain.Version {
		return nil, ErrMoved.With("base", in.Base).With("version", office.Chain.Version)
	}
	rows := sheet.Rows(in.Unit, now)
	var events []Event
	for i := range rows {
		row := &rows[i]
		along, ok := carried[row.Village.Code]
		if !ok || row.Chain.Version > 0 {
			continue
		}
		v := s.version(a, ReportInput{Unit: row.Village.Code, Week: in.Week, Values: along.values, derived: along.derived, Source: Source{Kind: ByGrid}}, 1, Carried)
		events = append(events, Event{Row: &v})
		row.Chain, row.Values = row.Chain.Then(1, Carried, v.At, time.Time{}), along.values
	}
	sub := s.sealed(a, in.Unit, in.Week, office, rows)
	sub.Head, sub.Source = in.Head, in.Source
	if !slices.ContainsFunc(sub.Members, func(m Member) bool { return m.Version > 0 }) {
		return nil, ErrNothing
	}
	s.hash(&sub, office, rows)
	*out = sub
	return append(events, Event{Submission: out}), nil
}

// sealed is a town's next submission with its members: rows reported or carried along, and
// those missing, named.
func (s *Service) sealed(a access.Actor, town unit.Code, due date.Date, office OfficeState, rows []RowState) Submission {
	sub := s.submission(a, town, due, office.Chain.Version+1, Sealed)
	for i := range rows {
		row := &rows[i]
		m := Member{Unit: row.Village.Code, Version: row.Chain.Version, State: row.State, Carried: row.Chain.Status == Carried}
		if row.Chain.Status == Returned {
			m.Version = 0
		}
		if m.Version == 0 && row.Village.Kind == unit.Virtual {
			continue
		}
		sub.Members = append(sub.Members, m)
	}
	return sub
}

func (s *Service) hash(sub *Submission, office OfficeState, rows []RowState) {
	previous := ""
	if office.Last != nil {
		previous = office.Last.Hash
	}
	values := make(map[unit.Code]Values, len(rows))
	for i := range rows {
		values[rows[i].Village.Code] = rows[i].Values
	}
	sub.Hash = Seal(sub, previous, func(m Member) string { return values[m.Unit].sealedText() })
}

// Seal is the SHA-256 of what a submission seals: its place, its head, the hash of the version
// before it, and each member with its content (a village's values, a town's own hash).
func Seal(sub *Submission, previous string, content func(Member) string) string {
	h := sha256.New()
	fmt.Fprintf(h, "sangzi 1\n%s %s %d\n%s\n%q %q %q %s\n", sub.Unit, sub.Week, sub.Version, previous,
		sub.Head.Unit, sub.Head.Contact, sub.Head.Phone, sub.Head.FilledOn)
	for _, m := range sub.Members {
		body := "-"
		if m.Version > 0 {
			body = content(m)
		}
		fmt.Fprintf(h, "%s %d %s %t %s\n", m.Unit, m.Version, m.State, m.Carried, body)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (s *Service) submission(a access.Actor, of unit.Code, due date.Date, number int32, status Status) Submission {
	account, actor, at := s.stamp(a)
	return Submission{Unit: of, Week: due, Version: number, Status: status, Account: account, Actor: actor, At: at}
}

func cleanHead(h Head) Head {
	h.Unit, h.Contact, h.Phone = strings.TrimSpace(clean(h.Unit)), strings.TrimSpace(clean(h.Contact)), strings.TrimSpace(clean(h.Phone))
	return h
}

func checkHead(h Head) (Head, error) {
	h = cleanHead(h)
	for _, f := range []struct{ name, text string }{{"填报单位", h.Unit}, {"联系人", h.Contact}, {"电话", h.Phone}, {"填表日期", h.FilledOn.String()}} {
		if f.text == "" || f.text == access.Unreadable {
			return h, ErrHead.With("field", f.name)
		}
		if err := checkText(f.name, f.text); err != nil {
			return h, err
		}
	}
	return h, nil
}

// reasoned trims a reason and asks for one: ErrReason.
func reasoned(reason string) (string, error) {
	if reason = strings.TrimSpace(clean(reason)); reason == "" {
		return "", ErrReason
	}
	return reason, checkText("reason", reason)
}
