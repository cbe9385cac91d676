package ledgerweb

import (
	"fmt"
	"net/http"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// versionsView is every version of a unit's week, newest first.
type versionsView struct {
	Unit     unit.Unit
	Menu     ui.WeekNavData
	Lines    []versionLine
	LastWeek string // the comparison with the week before; empty for the first week
}

type versionLine struct {
	Version        int32
	Status, Word   string
	At, Who        string
	Head           []string // 填报单位：里湖镇 …
	Taken, Missing []string
	Count, Carried int
	Hash           string
	Reason, Due    string
	Door           string
	Compare        string // with the sealed version before it
}

var statusWords = map[ledger.Status]string{ledger.Sealed: "上报", ledger.Returned: "退回", ledger.Reopened: "重新打开",
	ledger.Reported: "报送", ledger.Carried: "沿用"}

// versions shows the submissions of a town or county, or the versions of a village's row.
func (p *Pages) versions(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	v := versionsView{Unit: at.unit, Menu: p.weekNav(at.sheet.Week, func(d date.Date) string { return versionsURL(at.unit.Code, d) })}
	if at.unit.Level() == unit.LevelVillage {
		err = p.rowVersions(r, at, &v)
	} else {
		err = p.submissionVersions(r, at, &v)
	}
	if err != nil {
		return err
	}
	if before, ok := at.previous(); ok && at.unit.Level() < unit.LevelVillage {
		v.LastWeek = compareURL(at.unit.Code, ledger.Ref{Week: before.Due}, ledger.Ref{Week: at.sheet.Week.Due})
	}
	return web.Render(w, r, web.Page{Title: at.name() + " · 填报记录", Lead: versionsLead(v), Section: "ledger", Styles: officeStyles, Crumbs: p.historyCrumbs(at, "填报记录")}, versionsBody(v))
}

func (p *Pages) submissionVersions(r *http.Request, at place, v *versionsView) error {
	subs, err := p.ledger.Submissions(r.Context(), at.actor, at.unit.Code, at.sheet.Week.Due)
	if err != nil {
		return err
	}
	var before *ledger.Submission
	for i := range subs {
		s := &subs[i]
		line := versionLine{Version: s.Version, Status: string(s.Status), Word: statusWords[s.Status], At: moment(s.At, p.ledger.Now()), Who: s.Actor,
			Hash: s.Hash, Reason: s.Reason, Door: door(s.Source, "")}
		if !s.ReturnDue.IsZero() {
			line.Due = moment(s.ReturnDue, p.ledger.Now())
		}
		if s.Status == ledger.Sealed {
			h := headFor(at.actor, at.unit.Code, s.Head)
			for _, f := range at.form.Head {
				line.Head = append(line.Head, f.Title+"："+headValue(f.Key, h))
			}
			for _, m := range s.Members {
				switch {
				case m.Version == 0:
					line.Missing = append(line.Missing, at.sheet.Tree.ShortName(m.Unit))
				case m.Carried:
					line.Carried++
					line.Count++
				default:
					line.Count++
				}
			}
			if before != nil && at.unit.Level() == unit.LevelTown {
				line.Compare = compareURL(at.unit.Code, ledger.Ref{Week: s.Week, Version: before.Version}, ledger.Ref{Week: s.Week, Version: s.Version})
			}
			before = s
		}
		v.Lines = append([]versionLine{line}, v.Lines...)
	}
	return nil
}

func (p *Pages) rowVersions(r *http.Request, at place, v *versionsView) error {
	rows, err := p.ledger.RowHistory(r.Context(), at.actor, at.unit.Code, at.sheet.Week.Due)
	if err != nil {
		return err
	}
	for i := range rows {
		row := &rows[i]
		line := versionLine{Version: row.Version, Status: string(row.Status), Word: statusWords[row.Status], At: moment(row.At, p.ledger.Now()), Who: row.Actor,
			Reason: row.Reason, Door: door(row.Source, "")}
		if row.Unchanged {
			line.Door += "，本周无变化"
		}
		if !row.ReturnDue.IsZero() {
			line.Due = moment(row.ReturnDue, p.ledger.Now())
		}
		v.Lines = append([]versionLine{line}, v.Lines...)
	}
	return nil
}

// members says how many parts a submission has.
func (l versionLine) members(level unit.Level) string {
	what := "村（社区）"
	if level < unit.LevelTown {
		what = "镇街"
	}
	text := fmt.Sprintf("%d 个%s", l.Count, what)
	if l.Carried > 0 {
		text += fmt.Sprintf("，其中 %d 个沿用上次的数", l.Carried)
	}
	return text
}
