package task

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
)

// Plain is On with everything read and worked out anew.
func (s *Service) Plain(ctx context.Context, a access.Actor, p record.Party, day date.Date) (*Standing, error) {
	other := New(s.Config)
	standing, err := other.On(ctx, a, p, day)
	if err == nil {
		standing.closed = nil
	}
	return standing, err
}
