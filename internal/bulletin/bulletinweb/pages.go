package bulletinweb

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// Options are what the pages need beside the bulletins.
type Options struct {
	// Tree gives the units of today.
	Tree func() *unit.Tree
	// Now is the time in the campaign's zone.
	Now func() time.Time
}

// Pages is the pages of the bulletins.
type Pages struct {
	bulletin *bulletin.Service
	Options
}

// New makes the pages.
func New(s *bulletin.Service, o Options) *Pages { return &Pages{s, o} }

// section is the pages' entry of the navigation.
const section = "bulletins"

var styles = []string{"office.css", "bulletin.css"}

// Register adds the routes of the wing. Reading asks the verb who may: an issued bulletin is read
// by those below its unit too.
func (p *Pages) Register(m *web.Mux) {
	edit, approve := web.Can(access.EditBulletin), web.Can(access.ApproveBulletin)
	m.Page("GET /bulletins/{unit}", web.SignedIn, p.list)
	m.Page("GET /bulletins/{unit}/ranking", web.SignedIn, p.rule)
	m.Page("POST /bulletins/{unit}/ranking", web.Can(access.RuleBulletin), p.adopt)
	m.Page("GET /bulletin/{unit}/{period}", web.SignedIn, p.begun(p.show))
	m.Page("GET /bulletin/{unit}/{period}/compare", web.SignedIn, p.begun(p.compare))
	m.Page("GET /bulletin/{unit}/{period}/edit", edit, p.begun(p.edit))
	m.Page("POST /bulletin/{unit}/{period}/edit", edit, p.save)
	m.Page("GET /bulletin/{unit}/{period}/tables", edit, p.begun(p.tables))
	m.Page("POST /bulletin/{unit}/{period}/tables", edit, p.saveTables)
	m.Page("POST /bulletin/{unit}/{period}/begin", edit, p.begin)
	m.Page("POST /bulletin/{unit}/{period}/redraft", edit, p.redraft)
	m.Page("POST /bulletin/{unit}/{period}/submit", edit, p.submit)
	m.Page("POST /bulletin/{unit}/{period}/erratum", edit, p.erratum)
	m.Page("POST /bulletin/{unit}/{period}/return", approve, p.sendBack)
	m.Page("POST /bulletin/{unit}/{period}/approve", approve, p.approve)
	m.Page("POST /bulletin/{unit}/{period}/issue", approve, p.issue)
	if p.bulletin.Prints() {
		m.Page("GET /bulletin/{unit}/{period}/paper.docx", web.SignedIn, p.begun(p.docx), web.Slow)
		m.Page("GET /bulletin/{unit}/{period}/paper.pdf", web.SignedIn, p.begun(p.pdf), web.Slow)
	}
}

func listURL(of unit.Code) string { return "/bulletins/" + of.String() }

func bulletinURL(of unit.Code, m bulletin.Period, rest string) string {
	return "/bulletin/" + of.String() + "/" + m.String() + rest
}

func versionURL(of unit.Code, m bulletin.Period, number int32, rest string) string {
	return bulletinURL(of, m, rest) + "?version=" + itoa(number)
}

func compareURL(of unit.Code, m bulletin.Period, a, b int32) string {
	return bulletinURL(of, m, "/compare") + "?" + url.Values{"a": {itoa(a)}, "b": {itoa(b)}}.Encode()
}

func itoa(n int32) string { return strconv.FormatInt(int64(n), 10) }

// place is the unit and the month of a path.
func place(r *http.Request) (unit.Code, bulletin.Period, error) {
	of, err := web.PathUnit(r)
	if err != nil {
		return 0, bulletin.Period{}, err
	}
	m, err := bulletin.ParsePeriod(r.PathValue("period"))
	if err != nil {
		return 0, bulletin.Period{}, web.ErrNotFound.Because(err)
	}
	return of, m, nil
}

// number reads the number of a version; 0 for none, or what is none.
func number(text string) int32 {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 0 {
		return 0
	}
	return int32(n)
}

// moment is 2024年3月29日 16:18 in the campaign's zone.
func (p *Pages) moment(t time.Time) string {
	return t.In(p.Now().Location()).Format("2006年1月2日 15:04")
}

// name is a unit's name today; a unit that is no more has its code.
func (p *Pages) name(of unit.Code) string {
	if _, ok := p.Tree().Unit(of); !ok {
		return of.String()
	}
	return p.Tree().ShortName(of)
}

func statusName(s bulletin.Status) string { return words.Text("bulletin_status."+string(s), nil) }

func statusTone(s bulletin.Status) ui.Tone {
	switch s {
	case bulletin.Issued:
		return ui.Saved
	case bulletin.Returned:
		return ui.Wrong
	case bulletin.Submitted, bulletin.Approved:
		return ui.Info
	}
	return ui.Warn
}

// refused gives the words of an error that leaves people where they are; ok is false for one that
// is a page of its own.
func refused(err error) (sentence string, ok bool) {
	p, ok := problem.Of(err)
	if !ok || p.Kind == problem.NotFound || p.Kind == problem.Forbidden && !errors.Is(err, bulletin.ErrSamePerson) {
		return "", false
	}
	sentence, _ = words.Of(err)
	return sentence, true
}
