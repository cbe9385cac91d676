package dispatch

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/record"
)

// FigureNow is how large a kind of points is at a party in the current week.
func (s *Service) FigureNow(ctx context.Context, a access.Actor, rule string, p record.Party) (f Figure, ok bool, err error) {
	if err := a.Can(access.ReadDispatch, p.Unit); err != nil {
		return Figure{}, false, err
	}
	w, err := s.week(s.Pack.Calendar().Current(s.Today()).Due)
	if err != nil {
		return Figure{}, false, err
	}
	d, err := s.stands(ctx, a, p, w)
	if err != nil {
		return Figure{}, false, err
	}
	f, ok = d.Figure(rule, p)
	return f, ok, nil
}
