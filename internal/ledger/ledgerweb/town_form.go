package ledgerweb

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// kept is what became of a grid sent as a form.
type kept struct {
	cells   int
	refused []string // sentences about rows that could not be kept whole
}

// keepGrid saves the cells of a grid form that differ from what stands there. The fields are
// cell.VILLAGE.KEY and base.VILLAGE.
func (p *Pages) keepGrid(r *http.Request, pl place) (kept, error) {
	var k kept
	views, err := p.ledger.Rows(r.Context(), pl.actor, pl.unit.Code, pl.sheet.Week.Due)
	if err != nil {
		return k, err
	}
	for i := range views {
		v := &views[i]
		in := readTyped(pl.form, rowFields(r.PostForm, v.Village.Code))
		pl.leaveSame(v, in)
		if in.empty() {
			continue
		}
		o, err := p.keepRow(r, pl, v.Village.Code, in)
		if err != nil {
			return k, err
		}
		k.cells += len(in.cells)
		name := pl.sheet.Tree.ShortName(v.Village.Code)
		if o.failed != "" {
			k.refused = append(k.refused, name+"："+o.failed)
			k.cells -= len(in.cells)
		}
		for _, c := range o.clashes {
			k.refused = append(k.refused, fmt.Sprintf("%s“%s”别人刚改为 %s，您填的 %s 没有存", name, c.Column.Short, orBlank(c.Their), orBlank(c.Mine)))
			k.cells--
		}
	}
	return k, nil
}

// leaveSame takes out what is as the grid showed it.
func (pl place) leaveSame(v *ledger.RowView, in typed) {
	for i := range pl.form.Columns {
		key := pl.form.Columns[i].Key
		shown, bad := v.Typed[i]
		if !bad {
			shown = ledger.Exact(&pl.form.Columns[i], v.Filled[i])
		}
		if text, sent := in.cells[key]; sent && strings.TrimSpace(text) == shown {
			delete(in.cells, key)
		}
		if note, sent := in.notes[key]; sent && note == v.Notes[key] {
			delete(in.notes, key)
		}
	}
}

// rowFields picks one village's fields out of a grid's form.
func rowFields(form url.Values, village unit.Code) url.Values {
	out := url.Values{}
	code := village.String()
	for name, values := range form {
		if what, rest, ok := strings.Cut(name, "."); ok {
			if of, key, ok := strings.Cut(rest, "."); ok && of == code {
				out[what+"."+key] = values
			} else if rest == code && what == "base" {
				out["base"] = values
			}
		}
	}
	return out
}

func keptNotice(k kept, at time.Time) ui.Notice {
	n := ui.Notice{Tone: ui.Saved, Title: fmt.Sprintf("已保存 %d 格", k.cells), At: at}
	if len(k.refused) > 0 {
		n.Tone, n.Text = ui.Warn, strings.Join(k.refused[:min(3, len(k.refused))], "；")
	}
	return n
}
