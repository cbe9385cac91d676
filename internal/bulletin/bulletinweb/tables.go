package bulletinweb

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// tablesView is the page on which it is chosen which figures stand in tables and charts.
type tablesView struct {
	Unit   string // the address it is sent to
	Back   string
	Base   int32
	Tables []typedBlock
	Charts []typedBlock
	Places []ui.Choice // sections a chart may stand behind
	Offers []bulletin.Offered
	Errors []ui.FieldError
	Moved  string
}

// typedBlock is a table or a chart as it stands in the form.
type typedBlock struct {
	ID          string // tables-0
	Title, Of   string
	Kind, Place string
	Drop        bool
	New         bool
	Columns     []typedColumn
}

type typedColumn struct {
	ID, Title, Of, Order string
}

// blank is how many empty columns are offered behind those there are.
const blank = 2

func (v *tablesView) errorAt(id string) string {
	for _, e := range v.Errors {
		if e.Field == id {
			return e.Message
		}
	}
	return ""
}

// tables is GET /bulletin/{unit}/{period}/tables.
func (p *Pages) tables(w http.ResponseWriter, r *http.Request) error {
	of, m, err := place(r)
	if err != nil {
		return err
	}
	b, err := p.bulletin.Show(r.Context(), web.ActorOf(r.Context()), of, m, 0)
	if err != nil {
		return err
	}
	if !b.Version.Status.Allows(bulletin.ToEdit) {
		return p.refusal(w, r, of, m, bulletin.ErrStatus.With("status", string(b.Version.Status)))
	}
	d := &b.Version.Draft
	v := tablesView{Base: b.Version.Number}
	for i, t := range d.Tables {
		v.Tables = append(v.Tables, p.block("tables", i, t.Title, t.Unit, t.Columns))
	}
	for i, c := range d.Charts {
		block := p.block("charts", i, c.Title, c.Unit, c.Figures)
		block.Kind, block.Place = string(c.Kind), c.Section
		v.Charts = append(v.Charts, block)
	}
	return p.tabling(w, r, v, &b.Version, 0)
}

func (p *Pages) block(kind string, i int, title, unit string, columns []bulletin.Titled) typedBlock {
	b := typedBlock{ID: kind + "-" + strconv.Itoa(i), Title: title, Of: unit}
	for j, c := range columns {
		b.Columns = append(b.Columns, typedColumn{Title: c.Title, Of: p.bulletin.Names().Of(c.Of), Order: strconv.Itoa(j + 1)})
	}
	return b
}

// tabling shows the form, with room for more of everything.
func (p *Pages) tabling(w http.ResponseWriter, r *http.Request, v tablesView, b *bulletin.Version, status int) error {
	v.Unit, v.Back = bulletinURL(b.Unit, b.Period, "/tables"), bulletinURL(b.Unit, b.Period, "")
	v.Offers = p.bulletin.Names().Offers(&b.Draft)
	v.Places = []ui.Choice{{Value: "", Label: "作附件"}}
	for _, s := range b.Draft.Sections {
		if s.Heading != "" {
			v.Places = append(v.Places, ui.Choice{Value: s.Heading, Label: "放在“" + s.Heading + "”后面"})
		}
	}
	v.Tables = offered(v.Tables, "tables", bulletin.MaxTables)
	v.Charts = offered(v.Charts, "charts", bulletin.MaxCharts)
	return web.Render(w, r, web.Page{Title: "选" + b.Period.Chinese() + b.Period.Kind() + "的表和图", Section: section, Styles: styles, Status: status,
		Crumbs: []ui.Crumb{{Label: p.name(b.Unit) + "月通报", Href: listURL(b.Unit)}, {Label: b.Period.Chinese(), Href: v.Back}, {Label: "表和图"}}}, tablesBody(v))
}

// offered adds empty columns and one empty block.
func offered(list []typedBlock, kind string, most int) []typedBlock {
	if len(list) < most && (len(list) == 0 || !list[len(list)-1].New) {
		list = append(list, typedBlock{ID: kind + "-" + strconv.Itoa(len(list)), New: true})
	}
	for i := range list {
		b := &list[i]
		for n := 0; n < blank && len(b.Columns) < bulletin.MaxColumns; n++ {
			b.Columns = append(b.Columns, typedColumn{})
		}
		for j := range b.Columns {
			b.Columns[j].ID = b.ID + "-columns-" + strconv.Itoa(j)
		}
	}
	return list
}

// readBlocks reads tables or charts of the form as they were typed.
func readBlocks(form url.Values, kind string, most int) []typedBlock {
	var list []typedBlock
	for i := range most + 1 {
		id := kind + "-" + strconv.Itoa(i)
		if !form.Has(id + "-title") {
			break
		}
		b := typedBlock{ID: id, Title: form.Get(id + "-title"), Of: form.Get(id + "-unit"), Kind: form.Get(id + "-kind"), Place: form.Get(id + "-place"), Drop: form.Get(id+"-drop") != "", New: form.Get(id+"-new") != ""}
		for j := range bulletin.MaxColumns + blank {
			at := id + "-columns-" + strconv.Itoa(j)
			c := typedColumn{Title: form.Get(at + "-title"), Of: form.Get(at + "-of"), Order: form.Get(at + "-order")}
			if c.Title != "" || c.Of != "" {
				b.Columns = append(b.Columns, c)
			}
		}
		slices.SortStableFunc(b.Columns, func(x, y typedColumn) int { return order(x) - order(y) })
		if !b.Drop && (!b.New || b.Title != "" || len(b.Columns) > 0) {
			list = append(list, b)
		}
	}
	for i := range list {
		list[i].ID = kind + "-" + strconv.Itoa(i)
		for j := range list[i].Columns {
			list[i].Columns[j].Order = strconv.Itoa(j + 1)
		}
	}
	return list
}

// order is where a column wants to stand; one that says nothing stands last.
func order(c typedColumn) int {
	n, err := strconv.Atoi(strings.TrimSpace(c.Order))
	if err != nil || n < 0 || n > 1000 {
		return 1001
	}
	return n
}

func (b *typedBlock) columns() []bulletin.Titled {
	list := []bulletin.Titled{}
	for _, c := range b.Columns {
		list = append(list, bulletin.Titled{Title: c.Title, Of: c.Of})
	}
	return list
}

// saveTables is POST /bulletin/{unit}/{period}/tables.
func (p *Pages) saveTables(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	of, m, err := place(r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r.Context())
	b, err := p.bulletin.Show(r.Context(), actor, of, m, 0)
	if err != nil {
		return err
	}
	v := tablesView{Base: number(r.PostFormValue("base")), Tables: readBlocks(r.PostForm, "tables", bulletin.MaxTables), Charts: readBlocks(r.PostForm, "charts", bulletin.MaxCharts)}
	in := p.bulletin.Words(&b.Version.Draft)
	in.Tables, in.Charts = []bulletin.Table{}, []bulletin.Chart{}
	for i := range v.Tables {
		t := &v.Tables[i]
		in.Tables = append(in.Tables, bulletin.Table{Title: t.Title, Unit: t.Of, Columns: t.columns()})
	}
	for i := range v.Charts {
		c := &v.Charts[i]
		in.Charts = append(in.Charts, bulletin.Chart{Title: c.Title, Unit: c.Of, Kind: campaign.ChartKind(c.Kind), Section: c.Place, Figures: c.columns()})
	}
	kept, err := p.bulletin.Edit(r.Context(), actor, bulletin.On{Unit: of, Period: m, Base: v.Base}, in)
	if err != nil {
		return p.untabled(w, r, v, &b.Version, err)
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已保存", At: kept.At}); err != nil {
		return err
	}
	return web.Redirect(w, r, bulletinURL(of, m, ""))
}

// untabled shows the form again with all that was typed and what is wrong.
func (p *Pages) untabled(w http.ResponseWriter, r *http.Request, v tablesView, b *bulletin.Version, err error) error {
	var faults *bulletin.Faults
	switch found, ok := problem.Of(err); {
	case errors.As(err, &faults):
		for _, f := range faults.List {
			sentence, _ := words.Of(f.Problem)
			v.Errors = append(v.Errors, ui.FieldError{Field: strings.ReplaceAll(f.Field, ".", "-"), Message: sentence})
		}
	case errors.Is(err, bulletin.ErrMoved):
		v.Moved, _ = words.Of(err)
		v.Base = b.Number
	case ok && found.Kind == problem.Conflict:
		v.Moved, _ = words.Of(err)
	default:
		return err
	}
	return p.tabling(w, r, v, b, http.StatusUnprocessableEntity)
}

func chartKinds() []ui.Choice {
	var list []ui.Choice
	for _, k := range campaign.ChartKinds() {
		list = append(list, ui.Choice{Value: string(k), Label: words.Text("bulletin_chart."+string(k), nil)})
	}
	return list
}
