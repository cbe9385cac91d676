// Package access says who may do what, and where. It holds one table, role by action, and
// one check that every read and every write goes through; it knows no database, no HTTP and
// none of the wings.
package access

import (
	"slices"

	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// Role is what an account is at its unit.
type Role string

// The roles, in the order in which lists show them.
const (
	VillageReporter Role = "village_reporter" // 村级填报员
	TownClerk       Role = "town_clerk"       // 镇街办事员
	CountyOffice    Role = "county_office"    // 县级专班
	CityOffice      Role = "city_office"      // 市级专班
	Department      Role = "department"       // 部门
	Leader          Role = "leader"           // 领导: reads, never writes
	Administrator   Role = "administrator"    // 管理员: units and accounts, never figures
)

// Roles lists every role.
func Roles() []Role {
	return []Role{VillageReporter, TownClerk, CountyOffice, CityOffice, Department, Leader, Administrator}
}

// Valid tells whether r is one of the roles.
func (r Role) Valid() bool { return slices.Contains(Roles(), r) }

// Fits tells whether an account of this role may stand at a unit of the level.
func (r Role) Fits(level unit.Level) bool {
	switch r {
	case VillageReporter:
		return level == unit.LevelVillage
	case TownClerk:
		return level == unit.LevelTown
	case CountyOffice:
		return level == unit.LevelCounty
	case CityOffice:
		return level == unit.LevelCity
	case Department, Leader, Administrator:
		return level <= unit.LevelTown
	}
	return false
}

// Action is something that can be done to or read of a unit.
type Action string

// The actions. Each is asked for at one unit: the village, town or county it touches.
const (
	ReadLedger      Action = "ledger.read"      // rows, submissions, history, statistics of a unit
	ReportRow       Action = "ledger.report"    // a village's row: draft, report, declare unchanged
	ReturnRow       Action = "ledger.return"    // a village's row back to the village
	ImportLedger    Action = "ledger.import"    // a workbook for a town or above
	SubmitTown      Action = "ledger.submit"    // a town's week upward
	ReturnTown      Action = "ledger.sendback"  // a town's week back to the town
	GrantTime       Action = "ledger.grant"     // an extension or a waiver
	LockWeek        Action = "ledger.lock"      // a county's week: lock, which submits it to the city
	ReopenWeek      Action = "ledger.reopen"    // a locked week
	SeePhone        Action = "phone.see"        // whole telephone numbers of those to be called
	ManageUnits     Action = "units.manage"     // rename, merge, split, abolish
	ManageAccounts  Action = "accounts.manage"  // accounts and tokens of a unit's subtree
	ReadAudit       Action = "audit.read"       // what happened in a subtree
	ReadCampaign    Action = "campaign.read"    // the notice's tasks and quotas; everybody signed in
	AnswerFeedback  Action = "feedback.answer"  // complaints and suggestions sent in for a subtree
	ReadRecords     Action = "records.read"     // what was done in a subtree
	EnterRecord     Action = "records.enter"    // what was done at a unit: enter, correct, withdraw, object
	ApproveRecord   Action = "records.approve"  // what counts only once approved: a village's greening plan
	LookAtRecord    Action = "records.look"     // what was pointed out in a record: looked at, and found right
	CheckRecord     Action = "records.check"    // what the county says of what was approved: a village's greening plan
	KeepPatrons     Action = "patrons.keep"     // a village's or town's register of patrons: names, whole numbers
	ReadInbox       Action = "inbox.read"       // what the program tells those who answer for a unit, or a department of it
	ManageNotify    Action = "notify.manage"    // a unit's group robots; what was sent in its subtree
	ReportTask      Action = "tasks.report"     // what no record can show of a task; an answer to what is pressed for
	SteerTask       Action = "tasks.steer"      // confirm reports, declare what does not apply, press for what is owed
	ConfirmReading  Action = "reading.say"      // what an office says of how the notice's words are read
	ReadDispatch    Action = "dispatch.read"    // a unit's weekly dispatch: points, items, requests
	AskDispatch     Action = "dispatch.ask"     // what a village asks for
	AnswerItem      Action = "dispatch.answer"  // how far a responsible unit is with an item
	SteerDispatch   Action = "dispatch.steer"   // open, extend, close, reopen items; settle requests
	EditBulletin    Action = "bulletin.edit"    // a unit's monthly bulletin: begin, edit, submit, erratum; its drafts
	ApproveBulletin Action = "bulletin.approve" // return, approve, issue
	RuleBulletin    Action = "bulletin.rule"    // adopt a rule of ranking, or end it
)

// Actions lists every action.
func Actions() []Action {
	return []Action{ReadLedger, ReportRow, ReturnRow, ImportLedger, SubmitTown, ReturnTown, GrantTime,
		LockWeek, ReopenWeek, SeePhone, ManageUnits, ManageAccounts, ReadAudit, ReadCampaign, AnswerFeedback,
		ReadRecords, EnterRecord, ApproveRecord, LookAtRecord, CheckRecord, KeepPatrons,
		ReadInbox, ManageNotify,
		ReportTask, SteerTask, ConfirmReading,
		ReadDispatch, AskDispatch, AnswerItem, SteerDispatch,
		EditBulletin, ApproveBulletin, RuleBulletin}
}

// table is who may do what inside the own unit's subtree.
var table = map[Role][]Action{
	VillageReporter: {ReadLedger, ReportRow, ReadCampaign,
		ReadRecords, EnterRecord, KeepPatrons,
		ReadInbox,
		ReportTask,
		ReadDispatch, AskDispatch, AnswerItem},
	TownClerk: {ReadLedger, ReportRow, ReturnRow, ImportLedger, SubmitTown, SeePhone, ReadCampaign,
		ReadRecords, EnterRecord, ApproveRecord, LookAtRecord, KeepPatrons,
		ReadInbox, ManageNotify,
		ReportTask,
		ReadDispatch, AskDispatch, AnswerItem, SteerDispatch},
	CountyOffice: {ReadLedger, ReportRow, ReturnRow, ImportLedger, SubmitTown, ReturnTown, GrantTime, LockWeek, ReopenWeek,
		SeePhone, ReadAudit, ReadCampaign, AnswerFeedback,
		ReadRecords, EnterRecord, ApproveRecord, LookAtRecord, CheckRecord,
		ReadInbox, ManageNotify,
		ReportTask, SteerTask, ConfirmReading,
		ReadDispatch, AskDispatch, AnswerItem, SteerDispatch,
		EditBulletin, ApproveBulletin, RuleBulletin},
	CityOffice: {ReadLedger, ImportLedger, GrantTime, ReopenWeek, SeePhone, ReadAudit, ReadCampaign, AnswerFeedback,
		ReadRecords,
		ReadInbox, ManageNotify,
		ConfirmReading,
		ReadDispatch, SteerDispatch,
		EditBulletin, ApproveBulletin, RuleBulletin},
	Department: {ReadLedger, ReadCampaign,
		ReadRecords, EnterRecord,
		ReadInbox,
		ReportTask,
		ReadDispatch, AnswerItem},
	Leader: {ReadLedger, ReadCampaign,
		ReadRecords,
		ReadDispatch},
	Administrator: {ReadLedger, SeePhone, ManageUnits, ManageAccounts, ReadAudit, ReadCampaign, AnswerFeedback,
		ReadRecords,
		ReadDispatch},
}

// Actor is who acts: an account, the unit it stands at and what it is there. It is passed as
// an argument to every verb.
type Actor struct {
	Account    int64  // zero for the command line
	Name       string // as shown in histories
	Role       Role
	Unit       unit.Code
	Department string // the department's name for role Department
	Token      int64  // the API token used, zero when signed in
	operator   bool
}

// Operator is the one at the machine's own command line: allowed everything inside the unit.
// Tables keep the name.
func Operator(name string, at unit.Code) Actor { return Actor{Name: name, Unit: at, operator: true} }

var (
	// ErrOutside: the unit is not in the actor's subtree. Kind NotFound, so that nothing is
	// told about units outside.
	ErrOutside = problem.New(problem.NotFound, "access.outside")
	// ErrForbidden: inside, but not for this role.
	ErrForbidden = problem.New(problem.Forbidden, "access.forbidden")
)

// Can is the check: nil when the actor may do the action at the unit.
func (a Actor) Can(action Action, at unit.Code) error {
	if !a.Unit.Contains(at) || (!a.operator && !a.Role.Valid()) {
		return ErrOutside.With("unit", at.String())
	}
	if a.May(action, at) {
		return nil
	}
	return ErrForbidden.With("action", string(action)).With("role", string(a.Role))
}

// May is Can as a yes or no, for pages that leave out what cannot be done.
func (a Actor) May(action Action, at unit.Code) bool {
	return a.Unit.Contains(at) && (a.operator || slices.Contains(table[a.Role], action))
}

// CanReceive is the check for what a unit gives out to everybody, such as an issued bulletin:
// nil for whoever stands at the unit, below it or above it; ErrOutside else.
func (a Actor) CanReceive(from unit.Code) error {
	if !a.operator && !a.Role.Valid() || !a.Unit.Contains(from) && !from.Contains(a.Unit) {
		return ErrOutside.With("unit", from.String())
	}
	return nil
}
