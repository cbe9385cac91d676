package ledgerweb

import (
	"net/url"
	"strconv"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// boardURL is a unit's board of a week, with what follows it: "/lock".
func boardURL(of unit.Code, due date.Date, rest string) string {
	return "/board/" + of.String() + "/" + due.String() + rest
}

// readURL is where a unit's week is looked at: its board, or for towns and villages its ledger.
func readURL(of unit.Code, due date.Date) string {
	if of.Level() >= unit.LevelTown {
		return ledgerURL(of, due)
	}
	return boardURL(of, due, "")
}

func historyURL(village unit.Code, due date.Date, column string) string {
	return "/history/" + village.String() + "/" + due.String() + "/" + url.PathEscape(column)
}

func versionsURL(of unit.Code, due date.Date) string {
	return "/versions/" + of.String() + "/" + due.String()
}

// exportURL is a download of a unit's week: "ledger.xlsx".
func exportURL(of unit.Code, due date.Date, file string) string {
	return "/export/" + of.String() + "/" + due.String() + "/" + file
}

func statisticsURL(of unit.Code, due date.Date) string {
	return "/statistics/" + of.String() + "/" + due.String()
}

// compareURL holds two submissions of a unit against each other.
func compareURL(of unit.Code, a, b ledger.Ref) string {
	return "/compare/" + of.String() + "?" + url.Values{"a": {refText(a)}, "b": {refText(b)}}.Encode()
}

// refText is how a submission is named in an address: 2024-03-29:2, version 0 for the latest.
func refText(r ledger.Ref) string { return r.Week.String() + ":" + strconv.Itoa(int(r.Version)) }

// with is an address with a parameter set, or taken away when the value is empty.
func with(u *url.URL, set ...string) string {
	q := u.Query()
	for i := 0; i+1 < len(set); i += 2 {
		if set[i+1] == "" {
			q.Del(set[i])
		} else {
			q.Set(set[i], set[i+1])
		}
	}
	if len(q) == 0 {
		return u.Path
	}
	return u.Path + "?" + q.Encode()
}
