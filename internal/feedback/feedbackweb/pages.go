package feedbackweb

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/feedback"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// Config is what the pages are made with.
type Config struct {
	Feedback *feedback.Service
	// Tree gives the units of today.
	Tree func() *unit.Tree
	// Now is the time in the campaign's zone.
	Now func() time.Time
	// Proxied: the server stands behind a proxy of its own, whose X-Forwarded-For is believed.
	Proxied bool
}

// Pages is the pages of 投诉与建议.
type Pages struct {
	Config
	sends, lookups *throttle
}

// New makes the pages.
func New(c Config) *Pages {
	return &Pages{c, newThrottle(time.Minute, 5), newThrottle(3*time.Second, 20)}
}

// Register adds the routes of the wing.
func (p *Pages) Register(m *web.Mux) {
	answer := web.Can(access.AnswerFeedback)
	m.Page("GET /feedback", web.Public, p.ask)
	m.Page("POST /feedback", web.Public, p.send)
	m.Page("GET /feedback/answer", web.Public, p.lookup)
	m.Page("GET /feedback/inbox", answer, p.list)
	m.Page("GET /feedback/inbox/{id}", answer, p.show)
	m.Page("POST /feedback/inbox/{id}", answer, p.answer)
}

// hold counts an attempt of whoever asks, and refuses it when there have been too many.
func (p *Pages) hold(t *throttle, r *http.Request) error {
	who := network(p.address(r))
	if a := web.ActorOf(r.Context()); a.Account != 0 {
		who = "account " + strconv.FormatInt(a.Account, 10) // an office shares one address
	}
	if d := t.wait(who, p.Now()); d > 0 {
		return web.ErrTooMany.With("wait", d.Round(time.Second)+time.Second)
	}
	return nil
}

// address is where a request comes from.
func (p *Pages) address(r *http.Request) string {
	if p.Proxied {
		// The last entry is the one that our own proxy has written.
		list := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if last := strings.TrimSpace(list[len(list)-1]); net.ParseIP(last) != nil {
			return last
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// moment is 2024年3月29日 16:18 in the campaign's zone.
func (p *Pages) moment(t time.Time) string {
	return t.In(p.Now().Location()).Format("2006年1月2日 15:04")
}
