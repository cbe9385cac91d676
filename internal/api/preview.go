package api

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/unit"
)

// fileFinding is something wrong at a cell of a file, as a merge reports it.
type fileFinding struct {
	Sheet   string `json:"sheet" doc:"Name of the sheet"`
	Cell    string `json:"cell" doc:"A1 reference; the village's name cell for a whole row" example:"N12"`
	Column  string `json:"column" doc:"Title of the column in the form"`
	Code    string `json:"code" doc:"Stable code" example:"ledger.not_a_number"`
	Message string `json:"message" doc:"What it says to people"`
	Value   string `json:"value" doc:"What the cell holds"`
}

// previewCell is a cell that would change.
type previewCell struct {
	Column string `json:"column" doc:"Key of the column"`
	Title  string `json:"title" doc:"Title of the column in the form"`
	Cell   string `json:"cell" doc:"A1 reference in the file" example:"N12"`
	From   cell   `json:"from"`
	To     cell   `json:"to"`
}

type previewRow struct {
	Unit     string        `json:"unit"`
	Name     string        `json:"name"`
	Cell     string        `json:"cell" doc:"Where its name stands in the file" example:"B6"`
	Base     int32         `json:"base" doc:"The version of the row it was held against; send it when importing"`
	Same     bool          `json:"same" doc:"It stands so already"`
	Changes  []previewCell `json:"changes" doc:"Cells that would change"`
	Errors   []fileFinding `json:"errors" doc:"A row with errors is not taken"`
	Warnings []fileFinding `json:"warnings" doc:"These want a note"`
}

// preview is what a workbook would change.
type preview struct {
	ID         string        `json:"id" doc:"Of the upload" example:"LBZ4XTMS3ADWJ6WUXXFMEZRSVB"`
	Unit       string        `json:"unit"`
	Week       string        `json:"week"`
	File       string        `json:"file"`
	Town       string        `json:"town" doc:"Whose file it is; empty when it holds several towns"`
	Head       head          `json:"head" doc:"As it stands in the file"`
	Rows       []previewRow  `json:"rows" doc:"In the order of the file"`
	Errors     []fileFinding `json:"errors" doc:"Those that belong to no row that was read"`
	Warnings   []fileFinding `json:"warnings" doc:"As errors"`
	Unreported []string      `json:"unreported" doc:"Villages named in the file with nothing behind them"`
	Absent     []missing     `json:"absent" doc:"Villages expected and not named in the file"`
}

func (a *API) preview(ctx context.Context, actor access.Actor, u ledger.Upload, reading *workbook.Reading) (preview, error) {
	out := preview{ID: u.ID, Unit: u.Unit.String(), Week: u.Week.String(), File: u.File, Rows: []previewRow{}, Errors: []fileFinding{},
		Warnings: []fileFinding{}, Unreported: []string{}, Absent: []missing{},
		Head: head{reading.Head.Unit, reading.Head.Contact, reading.Head.Phone, reading.Head.FilledOn.String()}}
	sheet, err := a.ledger.Sheet(ctx, actor, u.Unit, u.Week)
	if err != nil {
		return out, err
	}
	if reading.Town != 0 {
		out.Town = reading.Town.String()
	}
	views, err := a.ledger.Rows(ctx, actor, u.Unit, u.Week)
	if err != nil {
		return out, err
	}
	standing := make(map[unit.Code]*ledger.RowView, len(views))
	for i := range views {
		standing[views[i].Village.Code] = &views[i]
	}
	reading.Check(func(c unit.Code) ledger.Values {
		if v := standing[c]; v != nil {
			return v.Last
		}
		return nil
	})
	at := make(map[unit.Code]int, len(reading.Rows))
	for i := range reading.Rows {
		r := &reading.Rows[i]
		out.Rows = append(out.Rows, a.previewRow(r, sheet.Tree, standing[r.Village]))
		at[r.Village] = i
		delete(standing, r.Village)
	}
	out.sort(reading.Findings, at)
	for _, code := range reading.Unreported {
		out.Unreported = append(out.Unreported, code.String())
		delete(standing, code)
	}
	for i := range views {
		if v := standing[views[i].Village.Code]; v != nil && v.Village.Kind == unit.Ordinary {
			out.Absent = append(out.Absent, missing{v.Village.Code.String(), sheet.Tree.ShortName(v.Village.Code), townName(sheet.Tree, v.Village.Code)})
		}
	}
	return out, nil
}

// previewRow holds a row of the file against the village's row. Blank cells change nothing.
func (a *API) previewRow(r *workbook.Row, tree *unit.Tree, v *ledger.RowView) previewRow {
	out := previewRow{Unit: r.Village.String(), Name: tree.ShortName(r.Village), Cell: r.NameCell(), Changes: []previewCell{}, Errors: []fileFinding{}, Warnings: []fileFinding{}}
	var before ledger.Values
	if v != nil {
		out.Base, out.Same, before = v.Chain.Version, v.Chain.Status == ledger.Reported, v.Values
		if before == nil {
			before = v.Last
		}
	}
	for i := range r.Values {
		col, was := &a.ledger.Form().Columns[i], ledger.Empty
		if before != nil {
			was = before[i]
		}
		if r.Values[i] != ledger.Empty && r.Values[i] != was {
			out.Same = false
			out.Changes = append(out.Changes, previewCell{col.Key, col.Title, r.Cell(i), cellOf(col, was), cellOf(col, r.Values[i])})
		}
	}
	return out
}

// sort puts findings to the rows they are about.
func (p *preview) sort(list []workbook.Finding, at map[unit.Code]int) {
	for i := range list {
		f := &list[i]
		said := fileFinding{f.Sheet, f.Cell, f.Column, f.Code, f.Message, f.Value}
		errors, warnings := &p.Errors, &p.Warnings
		if j, ok := at[f.Village]; ok && f.Village != 0 {
			errors, warnings = &p.Rows[j].Errors, &p.Rows[j].Warnings
		}
		if f.Severity == ledger.Error {
			*errors = append(*errors, said)
		} else {
			*warnings = append(*warnings, said)
		}
	}
}
