package notify

import (
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
	"github.com/sangzi/sangzi/internal/words"
)

// The most bytes of a group's message, and of names in it: 企业微信 takes 2048 bytes.
const (
	maxGroupText  = 2000
	maxGroupNames = 900
)

// places are what the words of a reminder are filled with.
func places(w week.Week, deadline, now time.Time) map[string]string {
	return map[string]string{
		"week":     "第" + strconv.Itoa(w.No) + "周",
		"deadline": date.FromTime(deadline).ShortChinese() + deadline.Format("15:04"),
		"left":     words.Duration(deadline.Sub(now).Truncate(time.Minute)),
	}
}

// told is a unit's part of a decision in words.
func told(r campaign.Reminder, w week.Week, tree *unit.Tree, d Debt, now time.Time) Told {
	p := places(w, d.Deadline, now)
	p["unit"] = tree.ShortName(d.Unit)
	_, until := Window(r, w, d.Deadline)
	t := Told{Unit: d.Unit, Title: r.Title.Fill(p), Body: r.Text.Fill(p), Link: "/ledger/" + d.Unit.String() + "/" + w.Due.String(), Expires: until}
	if above, ok := tree.Parent(d.Unit); ok && above.Code != unit.Nation {
		t.Above = above.Code
	}
	return t
}

// groupText is the message to a group about those who still owe.
func groupText(r campaign.Reminder, w week.Week, tree *unit.Tree, group unit.Code, debts []Debt, now time.Time) string {
	p := places(w, debts[0].Deadline, now)
	p["place"], p["count"], p["units"] = tree.ShortName(group), strconv.Itoa(len(debts)), names(tree, debts)
	return cut(r.Group.Fill(p), maxGroupText)
}

// names lists units as far as they fit; the others are left to the count: 新坛村、华溪村等.
func names(tree *unit.Tree, debts []Debt) string {
	var b strings.Builder
	for i, d := range debts {
		name := tree.ShortName(d.Unit)
		if b.Len()+len(name) > maxGroupNames {
			if i > 0 {
				b.WriteString("等")
			}
			break
		}
		if i > 0 {
			b.WriteString("、")
		}
		b.WriteString(name)
	}
	return b.String()
}

// cut shortens a text to so many bytes without breaking a character.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	end := 0
	for i, c := range text {
		if next := i + len(string(c)); next > most-len("…") {
			break
		} else {
			end = next
		}
	}
	return text[:end] + "…"
}
