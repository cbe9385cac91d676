package bulletin

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// RuleInput is a rule of ranking to be adopted, or with Neutral the end of ranking.
type RuleInput struct {
	Unit    unit.Code
	Base    int32 // the latest version that the actor has seen; 0: none
	From    Period
	Neutral bool
	Name    string
	Of      []string
	Least   bool
	Tie     Tie
	Minimum int64
	Reason  string
}

// MaxMinimum is the highest least size a rule may ask for, in villages.
const MaxMinimum = 1000

// AdoptRule adds a version of a unit's rule of ranking. A rule that ranks is in force from this
// month at the earliest: nobody is ranked by a rule made afterwards. Ranking may be ended from any
// month on.
func (s *Service) AdoptRule(ctx context.Context, a access.Actor, in RuleInput) (Rule, error) {
	if err := a.Can(access.RuleBulletin, in.Unit); err != nil {
		return Rule{}, err
	}
	if l := in.Unit.Level(); l != unit.LevelCounty && l != unit.LevelCity {
		return Rule{}, ErrUnit.With("unit", in.Unit.String())
	}
	r, err := s.readRule(in)
	if err != nil {
		return Rule{}, err
	}
	list, err := s.store.Rules(ctx, in.Unit)
	if err != nil {
		return Rule{}, err
	}
	if n := int32(len(list)); n != in.Base {
		return Rule{}, ErrRuleMoved.With("version", n)
	}
	if r.Neutral && (len(list) == 0 || list[len(list)-1].Neutral) {
		return Rule{}, ErrNeutral
	}
	r.Version, r.Account, r.Actor, r.At = in.Base+1, a.Account, a.Name, s.ledger.Now().Truncate(time.Millisecond)
	event := audit.By(a, "bulletin.rule", r.Unit, r.At)
	event.Subject, event.After = "第"+itoa(int(r.Version))+"版", r.Name
	if r.Neutral {
		event.After = "不排名"
	}
	return r, s.store.AddRule(ctx, r, event)
}

// readRule checks what was typed; the first fault is told at its field.
func (s *Service) readRule(in RuleInput) (Rule, error) {
	r := Rule{Unit: in.Unit, From: in.From, Since: in.From.String(), Neutral: in.Neutral, Of: []string{}}
	if in.From.Quarter > 0 || in.From.Year < 2000 || in.From.Year > 9000 {
		return Rule{}, ErrRuleFrom.With("field", "from").With("first", MonthOf(s.ledger.Today()).Chinese())
	}
	var err error
	if r.Reason, err = reason(in.Reason); err != nil || r.Neutral {
		return r, err
	}
	r.Name = oneLine(in.Name)
	if n := utf8.RuneCountInString(r.Name); n == 0 || n > 40 {
		return Rule{}, ErrRuleName.With("max", 40)
	}
	if in.From.sorts() < MonthOf(s.ledger.Today()).sorts() {
		return Rule{}, ErrRuleFrom.With("field", "from").With("first", MonthOf(s.ledger.Today()).Chinese())
	}
	for _, of := range in.Of {
		ref, err := campaign.ParseRef(s.ledger.Form(), of)
		if err != nil || !ref.OfColumns() {
			return Rule{}, ErrRuleOf.With("name", of)
		}
		r.Of = append(r.Of, ref.String())
	}
	if len(r.Of) == 0 || len(r.Of) > MaxRankBy {
		return Rule{}, ErrRuleOf.With("name", "")
	}
	if r.Tie = in.Tie; r.Tie != TieSkip && r.Tie != TieNext && r.Tie != TieCode {
		return Rule{}, ErrRuleTie
	}
	if in.Minimum < 0 || in.Minimum > MaxMinimum {
		return Rule{}, ErrRuleMinimum.With("max", MaxMinimum)
	}
	r.Least, r.Minimum = in.Least, in.Minimum
	return r, nil
}

// RankedBy are the references a rule may order by.
func (s *Service) RankedBy() []string {
	var list []string
	for _, r := range allRefs(s.ledger.Form()) {
		col, _ := s.ledger.Form().Column(r.Column)
		per, _ := s.ledger.Form().Column(r.Per)
		if r.OfColumns() && (r.Kind != campaign.RefRatio || r.Column != r.Per && col.Unit == per.Unit) {
			list = append(list, r.String())
		}
	}
	return list
}

// Rules are the versions of a unit's rule of ranking, oldest first. Whoever may read its bulletins
// may read them.
func (s *Service) Rules(ctx context.Context, a access.Actor, of unit.Code) ([]Rule, error) {
	if _, err := mayRead(a, of); err != nil {
		return nil, err
	}
	if l := of.Level(); l != unit.LevelCounty && l != unit.LevelCity {
		return nil, ErrUnit.With("unit", of.String())
	}
	return s.store.Rules(ctx, of)
}

// InForce is the rule of a list of versions that is in force in a period: the latest that was in
// force in all of it; nil when that is neutral or there is none.
func InForce(list []Rule, p Period) *Rule {
	for i := len(list) - 1; i >= 0; i-- {
		r := &list[i]
		if r.From.First().After(p.Last()) {
			continue
		}
		if r.Neutral || r.From.First().After(p.First()) {
			return nil
		}
		return r
	}
	return nil
}

func (s *Service) ruleOf(ctx context.Context, of unit.Code, p Period) (*Rule, error) {
	list, err := s.store.Rules(ctx, of)
	if err != nil {
		return nil, err
	}
	return InForce(list, p), nil
}
