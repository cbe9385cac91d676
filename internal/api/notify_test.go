package api_test

import (
	"context"

	"github.com/sangzi/sangzi/internal/testkit"
)

// remind sends what is due, so that the inboxes are not empty.
func (s *stage) remind() {
	s.t.Helper()
	if _, err := s.App.Remind(context.Background()); err != nil {
		s.t.Fatal(err)
	}
	box, err := s.App.Notify.Inbox(context.Background(), testkit.Village, 0, 1)
	if err != nil || len(box.Messages) != 1 {
		s.t.Fatalf("新坛村 has %d messages, %v", len(box.Messages), err)
	}
	s.message = int(box.Messages[0].ID)
}
