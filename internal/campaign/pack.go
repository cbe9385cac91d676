// Package campaign is the campaign pack: everything a notice lays down, as data. It owns the
// shape of the pack, its checks, and the embedded pack of the notice 普组〔2024〕6号. It is
// pure: it knows codes but no unit register, no stored row, no clock and no page.
//
// Another campaign is another file: copy pack/dangqihong-2024.yaml, change it and start the
// program with --campaign FILE. Load says everything that is wrong with the file, by line and
// field. Column and task keys are stored with rows, so a pack in use may gain columns' aliases,
// limits, holidays and words, but its keys must stay. docs/campaign-pack.md has the fields.
package campaign

import (
	_ "embed"
	"sync"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Pack is one campaign. Packs are shared and must not be changed.
type Pack struct {
	File      string // the name it was loaded under
	Key       string // dangqihong-2024
	Name      string // “党旗红·乡村绿”专项行动
	ShortName string // 党旗红·乡村绿
	Since     date.Date
	Root      unit.Code // the unit the campaign covers: 揭阳市
	Forwarder unit.Code // the county whose notice the tasks are from: 普宁市; 0 when there is none
	// ForwarderName is how departments of that county begin their names where others are about:
	// 普宁 before 市林业局.
	ForwarderName string
	Contact       Contact
	Documents     []Document

	Liaisons   *Liaisons   // who answers for a place and what they owe it; nil: none
	Records    *Records    // what is recorded where it is done
	Ledger     *Form       // annex 2
	Statistics *Statistics // annex 3
	Bulletin   *Bulletin   // the monthly bulletin; nil when there is none
	Dispatch   *Dispatch   // the weekly dispatch; nil when there is none

	Themes      []Theme // the headings of annex 1
	Tasks       []Task  // annex 1, by number
	Clauses     []Clause
	Departments []Department
	Bodies      []Body
	Orders      []Order
	Quotas      []Quota
	Lists       []List
	Readings    []Reading // how the notices' words about time and number are read
	Corrections []Correction

	Reminders []Reminder // of the weekly report, in the order of the file

	spec     week.Spec
	calendar *week.Calendar
}

// Contact is what every page says about the site itself. Empty fields are not shown.
type Contact struct {
	Filing    string // 备案号
	Complaint string // where complaints go: a telephone number, an address, or both
}

// Document is a notice the campaign rests on.
type Document struct {
	Key       string
	Number    string // 普组〔2024〕6号
	Title     string
	Issuers   []string
	Issued    date.Date // zero where the document does not say
	PrintedBy string
	CopiedTo  string
}

// Calendar is the campaign's reporting weeks.
func (p *Pack) Calendar() *week.Calendar { return p.calendar }

// Spec is the calendar as the pack states it.
func (p *Pack) Spec() week.Spec { return p.spec }

//go:embed pack/dangqihong-2024.yaml
var embedded []byte

var builtIn = sync.OnceValue(func() *Pack {
	p, err := Load("dangqihong-2024.yaml", embedded)
	if err != nil {
		panic("campaign: the embedded pack is wrong:\n" + err.Error())
	}
	return p
})

// Default is the embedded pack of the notice 普组〔2024〕6号.
func Default() *Pack { return builtIn() }
