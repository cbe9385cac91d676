// Package matrix walks every page of the whole application with everybody of the cast: who may
// not, is told so; who is elsewhere, is told nothing; and neither writes anything.
package matrix

import (
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/test/house"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// rows is who may ask for a page at a unit of his own: 村 village_reporter, 镇 town_clerk,
// 县 county_office, 市 city_office, 部 department, 领 leader, 管 administrator. at says where it
// is asked for: V a village, T a town, C a county, all of which people of the cast are outside
// of; B a county whose page is for those below it too; - when the page is everybody's own. public
// pages are anybody's.
const rows = `
                                                     at  村 镇 县 市 部 领 管
GET  /{$}                                            -   y  y  y  y  y  y  y
GET  /login                                          public
POST /login                                          public
POST /logout                                         -   y  y  y  y  y  y  y
POST /logout/everywhere                              -   y  y  y  y  y  y  y
GET  /password                                       -   y  y  y  y  y  y  y
POST /password                                       -   y  y  y  y  y  y  y
GET  /tokens                                         -   y  y  y  y  y  y  y
POST /tokens                                         -   y  y  y  y  y  y  y
POST /tokens/{id}/revoke                             -   y  y  y  y  y  y  y
GET  /accounts                                       -   -  -  -  -  -  -  y
GET  /accounts/{unit}                                TC  -  -  -  -  -  -  y
GET  /accounts/{unit}/new                            TC  -  -  -  -  -  -  y
POST /accounts/{unit}/new                            TC  -  -  -  -  -  -  y
GET  /accounts/{unit}/import                         TC  -  -  -  -  -  -  y
POST /accounts/{unit}/import                         TC  -  -  -  -  -  -  y
POST /accounts/{unit}/import/confirm                 TC  -  -  -  -  -  -  y
POST /accounts/{unit}/import/passwords               TC  -  -  -  -  -  -  y
GET  /accounts/{unit}/import/template                TC  -  -  -  -  -  -  y
GET  /account/{id}                                   -   -  -  -  -  -  -  y
POST /account/{id}                                   -   -  -  -  -  -  -  y
POST /account/{id}/reset                             -   -  -  -  -  -  -  y
POST /account/{id}/disable                           -   -  -  -  -  -  -  y
POST /account/{id}/enable                            -   -  -  -  -  -  -  y
GET  /departments/{unit}                             TC  -  -  -  -  -  -  y
POST /departments/{unit}                             TC  -  -  -  -  -  -  y
GET  /audit/{unit}                                   TC  -  -  y  y  -  -  y
GET  /ledger                                         -   y  y  y  y  y  y  y
GET  /ledger/{unit}                                  VTC y  y  y  y  y  y  y
GET  /ledger/{unit}/{week}                           VTC y  y  y  y  y  y  y
POST /ledger/{unit}/{week}/draft                     VT  y  y  y  -  -  -  -
POST /ledger/{unit}/{week}/report                    V   y  y  y  -  -  -  -
POST /ledger/{unit}/{week}/unchanged                 V   y  y  y  -  -  -  -
POST /ledger/{unit}/{week}/discard                   V   y  y  y  -  -  -  -
GET  /ledger/{unit}/{week}/return                    V   -  y  y  -  -  -  -
POST /ledger/{unit}/{week}/return                    V   -  y  y  -  -  -  -
GET  /ledger/{unit}/{week}/submit                    T   -  y  y  -  -  -  -
POST /ledger/{unit}/{week}/submit                    T   -  y  y  -  -  -  -
GET  /ledger/{unit}/{week}/upload                    TC  -  y  y  y  -  -  -
POST /ledger/{unit}/{week}/upload                    TC  -  y  y  y  -  -  -
GET  /ledger/{unit}/{week}/upload/{id}               TC  -  y  y  y  -  -  -
POST /ledger/{unit}/{week}/upload/{id}/confirm       TC  -  y  y  y  -  -  -
GET  /board                                          -   y  y  y  y  y  y  y
GET  /board/{unit}                                   C   y  y  y  y  y  y  y
GET  /board/{unit}/{week}                            C   y  y  y  y  y  y  y
GET  /board/{unit}/{week}/lock                       C   -  -  y  -  -  -  -
POST /board/{unit}/{week}/lock                       C   -  -  y  -  -  -  -
GET  /board/{unit}/{week}/reopen                     C   -  -  y  y  -  -  -
POST /board/{unit}/{week}/reopen                     C   -  -  y  y  -  -  -
GET  /board/{unit}/{week}/grant                      TC  -  -  y  y  -  -  -
POST /board/{unit}/{week}/grant                      TC  -  -  y  y  -  -  -
GET  /board/{unit}/{week}/return                     T   -  -  y  -  -  -  -
POST /board/{unit}/{week}/return                     T   -  -  y  -  -  -  -
GET  /history/{unit}/{week}/{column}                 V   y  y  y  y  y  y  y
GET  /history/{unit}/{week}/file/{id}                V   y  y  y  y  y  y  y
GET  /versions/{unit}/{week}                         VTC y  y  y  y  y  y  y
GET  /compare/{unit}                                 TC  y  y  y  y  y  y  y
GET  /export/{unit}/{week}/ledger.xlsx               TC  y  y  y  y  y  y  y
GET  /export/{unit}/{week}/prefilled.xlsx            TC  y  y  y  y  y  y  y
GET  /statistics                                     -   y  y  y  y  y  y  y
GET  /statistics/{unit}                              TC  y  y  y  y  y  y  y
GET  /statistics/{unit}/{week}                       VTC y  y  y  y  y  y  y
GET  /export/{unit}/{week}/statistics.xlsx           TC  y  y  y  y  y  y  y
GET  /tasks                                          -   y  y  y  y  y  y  y
GET  /tasks/{unit}                                   VTC y  y  y  y  y  y  y
GET  /tasks/{unit}/{duty}                            VTC y  y  y  y  y  y  y
GET  /tasks/{unit}/{duty}/{rule}/{from}              T   y  y  y  y  y  y  y
POST /tasks/{unit}/report                            VTC y  y  y  -  y  -  -
POST /tasks/{unit}/answer                            VTC y  y  y  -  y  -  -
POST /tasks/{unit}/decide                            VTC -  -  y  -  -  -  -
POST /tasks/{unit}/press                             VTC -  -  y  -  -  -  -
POST /tasks/{unit}/exempt                            VTC -  -  y  -  -  -  -
GET  /dispatch                                       -   y  y  y  y  y  y  y
GET  /dispatch/{unit}                                VTC y  y  y  y  y  y  y
GET  /dispatch/{unit}/{week}                         VTC y  y  y  y  y  y  y
GET  /dispatch/{unit}/brief                          TC  y  y  y  y  y  y  y
GET  /dispatch/{unit}/items                          VTC y  y  y  y  y  y  y
GET  /dispatch/{unit}/asks                           VTC y  y  y  y  y  y  y
POST /dispatch/{unit}/asks                           VT  y  y  y  -  -  -  -
GET  /dispatch/{unit}/open                           TC  -  y  y  y  -  -  -
POST /dispatch/{unit}/open                           TC  -  y  y  y  -  -  -
GET  /item/{id}                                      -   y  y  y  y  y  y  y
POST /item/{id}/answer                               -   y  y  y  -  y  -  -
POST /item/{id}/extend                               -   -  y  y  y  -  -  -
POST /item/{id}/close                                -   -  y  y  y  -  -  -
POST /item/{id}/reopen                               -   -  y  y  y  -  -  -
POST /ask/{id}/reply                                 -   -  y  y  y  -  -  -
POST /ask/{id}/settle                                -   -  y  y  y  -  -  -
POST /ask/{id}/withdraw                              -   y  y  y  -  -  -  -
GET  /about                                          -   y  y  y  y  y  y  y
GET  /campaign/readings                              -   y  y  y  y  y  y  y
GET  /campaign/readings/{key}                        -   y  y  y  y  y  y  y
POST /campaign/readings/{key}                        -   -  -  y  y  -  -  -
GET  /units                                          -   y  y  y  y  y  y  y
GET  /units/{unit}                                   VTC y  y  y  y  y  y  y
GET  /units/{unit}/rename                            VT  -  -  -  -  -  -  y
POST /units/{unit}/rename                            VT  -  -  -  -  -  -  y
GET  /units/{unit}/add                               T   -  -  -  -  -  -  y
POST /units/{unit}/add                               T   -  -  -  -  -  -  y
GET  /units/{unit}/merge                             VT  -  -  -  -  -  -  y
POST /units/{unit}/merge                             VT  -  -  -  -  -  -  y
GET  /units/{unit}/split                             VT  -  -  -  -  -  -  y
POST /units/{unit}/split                             VT  -  -  -  -  -  -  y
GET  /units/{unit}/abolish                           VT  -  -  -  -  -  -  y
POST /units/{unit}/abolish                           VT  -  -  -  -  -  -  y
GET  /units/{unit}/move                              VT  -  -  -  -  -  -  y
POST /units/{unit}/move                              VT  -  -  -  -  -  -  y
GET  /bulletins/{unit}                               B   y  y  y  y  y  y  y
GET  /bulletins/{unit}/ranking                       B   y  y  y  y  y  y  y
POST /bulletins/{unit}/ranking                       C   -  -  y  y  -  -  -
GET  /bulletin/{unit}/{period}                       B   y  y  y  y  y  y  y
GET  /bulletin/{unit}/{period}/compare               B   y  y  y  y  y  y  y
GET  /bulletin/{unit}/{period}/paper.docx            B   y  y  y  y  y  y  y
GET  /bulletin/{unit}/{period}/paper.pdf             B   y  y  y  y  y  y  y
GET  /bulletin/{unit}/{period}/edit                  C   -  -  y  y  -  -  -
POST /bulletin/{unit}/{period}/edit                  C   -  -  y  y  -  -  -
GET  /bulletin/{unit}/{period}/tables                C   -  -  y  y  -  -  -
POST /bulletin/{unit}/{period}/tables                C   -  -  y  y  -  -  -
POST /bulletin/{unit}/{period}/begin                 C   -  -  y  y  -  -  -
POST /bulletin/{unit}/{period}/redraft               C   -  -  y  y  -  -  -
POST /bulletin/{unit}/{period}/submit                C   -  -  y  y  -  -  -
POST /bulletin/{unit}/{period}/erratum               C   -  -  y  y  -  -  -
POST /bulletin/{unit}/{period}/return                C   -  -  y  y  -  -  -
POST /bulletin/{unit}/{period}/approve               C   -  -  y  y  -  -  -
POST /bulletin/{unit}/{period}/issue                 C   -  -  y  y  -  -  -
GET  /feedback                                       public
POST /feedback                                       public
GET  /feedback/answer                                public
GET  /records                                        -   y  y  y  y  y  y  y
GET  /records/{unit}                                 VTC y  y  y  y  y  y  y
GET  /records/{unit}/behind/{week}/{column}          V   y  y  y  y  y  y  y
GET  /records/{unit}/new/{kind}                      VT  y  y  y  -  y  -  -
POST /records/{unit}/new/{kind}                      VT  y  y  y  -  y  -  -
POST /records/{unit}/photos/{kind}                   VT  y  y  y  -  y  -  -
GET  /records/{unit}/pointed                         VTC y  y  y  y  y  y  y
GET  /photos/{id}                                    -   y  y  y  y  y  y  y
GET  /photos/{id}/thumb                              -   y  y  y  y  y  y  y
GET  /records/{unit}/workbook                        VT  y  y  y  -  y  -  -
GET  /records/{unit}/workbook/{kind}/template        VT  y  y  y  -  y  -  -
POST /records/{unit}/workbook                        VT  y  y  y  -  y  -  -
POST /records/{unit}/workbook/{kind}                 VT  y  y  y  -  y  -  -
GET  /record/{id}                                    -   y  y  y  y  y  y  y
GET  /record/{id}/correct                            -   y  y  y  -  y  -  -
POST /record/{id}/correct                            -   y  y  y  -  y  -  -
POST /record/{id}/withdraw                           -   y  y  y  -  y  -  -
POST /record/{id}/object                             -   y  y  y  -  y  -  -
POST /record/{id}/answer                             -   y  y  y  -  y  -  -
POST /record/{id}/look                               -   -  y  y  -  -  -  -
POST /record/{id}/approve                            -   -  y  y  -  -  -  -
POST /record/{id}/check                              -   -  -  y  -  -  -  -
GET  /record/{id}/paper                              -   y  y  y  y  y  y  y
GET  /plans                                          -   y  y  y  y  y  y  y
GET  /plans/{unit}                                   VTC y  y  y  y  y  y  y
GET  /liaisons                                       -   y  y  y  y  y  y  y
GET  /patrons                                        -   y  y  y  y  y  y  y
GET  /patrons/{unit}                                 VTC y  y  y  y  y  y  y
GET  /patrons/{unit}/new                             VT  y  y  -  -  -  -  -
POST /patrons/{unit}/new                             VT  y  y  -  -  -  -  -
GET  /patron/{id}                                    -   y  y  -  -  -  -  -
GET  /patron/{id}/edit                               -   y  y  -  -  -  -  -
POST /patron/{id}/edit                               -   y  y  -  -  -  -  -
POST /patron/{id}/phone                              -   y  y  -  -  -  -  -
POST /patron/{id}/erase                              -   y  y  -  -  -  -  -
GET  /liaisons/{unit}                                VTC y  y  y  y  y  y  y
GET  /inbox                                          -   y  y  y  y  y  -  -
POST /inbox/read                                     -   y  y  y  y  y  -  -
POST /inbox/{id}/open                                -   y  y  y  y  y  -  -
GET  /reminders                                      -   -  y  y  y  -  -  -
GET  /calls                                          -   -  y  y  y  -  -  -
GET  /robots                                         -   -  y  y  y  -  -  -
POST /robots                                         -   -  y  y  y  -  -  -
POST /robots/{id}/test                               -   -  y  y  y  -  -  -
POST /robots/{id}/remove                             -   -  y  y  y  -  -  -
GET  /feedback/inbox                                 -   -  -  y  y  -  -  y
GET  /feedback/inbox/{id}                            -   -  -  y  y  -  -  y
POST /feedback/inbox/{id}                            -   -  -  y  y  -  -  y
`

var roles = []access.Role{access.VillageReporter, access.TownClerk, access.CountyOffice, access.CityOffice,
	access.Department, access.Leader, access.Administrator}

type row struct {
	at     string
	public bool
	may    map[access.Role]bool
}

func table(t *testing.T) map[string]row {
	t.Helper()
	list := map[string]row{}
	for _, line := range strings.Split(strings.TrimSpace(rows), "\n")[1:] {
		f := strings.Fields(line)
		r := row{at: f[2], public: f[2] == "public", may: map[access.Role]bool{}}
		if !r.public && len(f) != 3+len(roles) {
			t.Fatalf("line %q has %d fields", line, len(f))
		}
		for i := range f[3:] {
			r.may[roles[i]] = f[3+i] == "y"
		}
		list[f[0]+" "+f[1]] = r
	}
	return list
}

var places = map[rune]unit.Code{'V': testkit.Xintan, 'T': testkit.LihuTown, 'C': testkit.Puning, 'B': testkit.Puning}

func path(route *web.Route, at unit.Code) string {
	p := strings.NewReplacer("{unit}", at.String(), "{week}", house.ThisWeek.String(), "{column}", "planted_trees", "{kind}", "planting", "{period}", "2024-02", "{duty}", "24", "{rule}", "towns", "{from}", "2024-01-01", "{key}", "25.models", "{$}", "").Replace(route.Path)
	if strings.HasPrefix(p, "/account/") || strings.HasPrefix(p, "/tokens/") || strings.HasPrefix(p, "/inbox/") || strings.HasPrefix(p, "/record/") || strings.HasPrefix(p, "/patron/") || strings.HasPrefix(p, "/item/") || strings.HasPrefix(p, "/ask/") || strings.HasPrefix(p, "/robots/") || strings.HasPrefix(p, "/feedback/") {
		return strings.Replace(p, "{id}", "999999", 1)
	}
	return strings.Replace(p, "{id}", "AAAAAAAAAAAAAAAAAAAAAAAAAA", 1)
}

func TestEveryPageByEverybody(t *testing.T) {
	h := house.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "a.db"))
	h.IssueBulletin(bulletin.Period{Year: 2024, Month: time.February})
	want := table(t)
	var pages []web.Route
	for _, route := range h.App.NewServer(app.ServerOptions{}).Mux.Routes() {
		if route.Surface == web.ForPeople {
			pages = append(pages, route)
		}
	}
	// Whoever signs out asks for nothing more.
	slices.SortStableFunc(pages, func(a, b web.Route) int {
		return strings.Count(a.Path, "/logout") - strings.Count(b.Path, "/logout")
	})
	people := map[string]*house.Client{"": h.Nobody()}
	logins := []string{"", "xintan", "lihu", "huicheng", "puning", "jieyang", "linye", "lingdao", "puning-admin", "admin"}
	for _, login := range logins[1:] {
		people[login] = h.Browser(login)
	}
	for i := range pages {
		route := &pages[i]
		name := route.Method + " " + route.Path
		r, ok := want[name]
		delete(want, name)
		switch {
		case !ok:
			t.Errorf("%s has no row", name)
			continue
		case r.public != route.Need.IsPublic():
			t.Errorf("%s is open to anybody: %t", name, route.Need.IsPublic())
			continue
		case r.public:
			continue
		}
		for _, place := range r.at {
			for _, login := range logins {
				ask(t, h, people[login], login, route, place, r)
			}
		}
	}
	for name := range want {
		t.Errorf("%s has a row and is no page", name)
	}
}

// ask asks for one page and holds the answer against the row: refused as forbidden, refused as
// if it were not there, sent to the door, or let in, with whatever the page then says.
func ask(t *testing.T, h *house.House, c *house.Client, login string, route *web.Route, place rune, r row) {
	t.Helper()
	at := places[place]
	door, inside, may := login == "", true, true
	if !door {
		actor := house.Person(login).Actor
		inside, may = at == 0 || actor.Unit.Contains(at) || place == 'B' && at.Contains(actor.Unit), r.may[actor.Role]
	}
	before := h.Fingerprint()
	p := path(route, at)
	reply := c.Do(route.Method, p, "application/x-www-form-urlencoded", url.Values{}.Encode())
	refused := door || !inside || !may
	ok := false
	switch s := reply.Status; {
	case door && route.Method == http.MethodPost && !strings.HasPrefix(route.Path, "/logout"): // the page of the way in, which says that nothing was saved
		ok = s == http.StatusUnauthorized
	case door:
		ok = s == http.StatusSeeOther && strings.HasPrefix(reply.Header.Get("Location"), "/login")
	case !inside:
		ok = s == http.StatusNotFound
	case !may:
		ok = s == http.StatusForbidden
	case strings.Contains(route.Path, "{id}"): // of nothing there is
		ok = s == http.StatusNotFound
	default:
		ok = s == http.StatusOK || s == http.StatusSeeOther && !strings.HasPrefix(reply.Header.Get("Location"), "/login?") ||
			route.Method == http.MethodPost && s == http.StatusUnprocessableEntity
	}
	if !ok {
		t.Errorf("%s %s by %q: %d %s", route.Method, p, login, reply.Status, reply.Header.Get("Location"))
	}
	if refused && h.Fingerprint() != before {
		t.Errorf("%s %s by %q was refused and wrote", route.Method, p, login)
	}
}
