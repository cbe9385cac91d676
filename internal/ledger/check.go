package ledger

import (
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/words"
)

// Severity says whether a finding blocks the cell or needs a word of explanation.
type Severity uint8

// Error blocks the cell. Warning needs a note, which travels upward with the row.
const (
	Error Severity = iota + 1
	Warning
)

// The codes of what can be soft about a row, beside the pack's own rules.
const (
	LessThanLast = "ledger.less_than_last" // less than before in a column that only grows
	NoLonger     = "ledger.no_longer"      // was yes before, in a column that stays yes
	Unusual      = "ledger.unusual"        // above what the pack calls large
)

// Finding is one thing that is wrong or in need of a note, at one column of a row.
type Finding struct {
	Column   int // index of the column in the form; -1 for the whole row
	Severity Severity
	Code     string
	Params   problem.Params
	Value    string // what was typed, whole
	Words    string // catalogue key of the sentence when it is not Code
}

// Message is the finding in words.
func (f *Finding) Message() string {
	key := f.Words
	if key == "" {
		key = f.Code
	}
	return words.Text(key, f.Params)
}

// HasErrors tells whether any of the findings blocks.
func HasErrors(found []Finding) bool {
	for i := range found {
		if found[i].Severity == Error {
			return true
		}
	}
	return false
}

// Check holds a row against the column limits, the rules between columns and what the village
// last reported (nil when it never has). Empty cells are Errors of code Blank.
func Check(form *campaign.Form, row, previous Values) []Finding {
	var found []Finding
	add := func(column int, s Severity, code string, params problem.Params) {
		params["column"] = form.Columns[column].Title
		found = append(found, Finding{Column: column, Severity: s, Code: code, Params: params, Value: Format(&form.Columns[column], row[column])})
	}
	for i := range form.Columns {
		col, v := &form.Columns[i], row[i]
		switch {
		case v == Empty:
			add(i, Error, Blank, problem.Params{})
			continue
		case v < 0:
			add(i, Error, Negative, problem.Params{"value": Format(col, v)})
		case col.Type == campaign.YesNo && v > Yes:
			add(i, Error, Neither, problem.Params{"value": int64(v)})
		case col.Type != campaign.YesNo && int64(v) > col.Max:
			add(i, Error, Absurd, problem.Params{"value": Format(col, v), "max": Format(col, Value(col.Max))})
		case col.Large > 0 && int64(v) > col.Large:
			add(i, Warning, Unusual, problem.Params{"value": Format(col, v)})
		}
		if previous == nil || previous[i] == Empty {
			continue
		}
		switch {
		case col.Grows && v < previous[i]:
			add(i, Warning, LessThanLast, problem.Params{"value": Exact(col, v), "last": Exact(col, previous[i])})
		case col.Keeps && v < previous[i]:
			add(i, Warning, NoLonger, problem.Params{})
		}
	}
	for _, rule := range form.Rules {
		found = append(found, checkRule(form, &rule, row)...)
	}
	return found
}

// checkRule holds one rule of the pack; its code is the pack's own, its words say the rule's
// sentence with both figures.
func checkRule(form *campaign.Form, rule *campaign.Rule, row Values) []Finding {
	at, _ := form.ColumnIndex(rule.Column)
	left, right := row[at], Value(0)
	if left == Empty {
		return nil
	}
	for _, key := range rule.Against {
		i, _ := form.ColumnIndex(key)
		if row[i] == Empty {
			return nil
		}
		right += row[i]
	}
	words := "ledger.rule_at_most"
	switch rule.Kind {
	case campaign.AtMost:
		if left <= right {
			return nil
		}
	case campaign.Sum:
		if left == right {
			return nil
		}
		words = "ledger.rule_sum"
	}
	severity := Warning
	if rule.Severity == campaign.Error {
		severity = Error
	}
	col := &form.Columns[at]
	return []Finding{{Column: at, Severity: severity, Code: rule.Code, Words: words, Value: Format(col, left),
		Params: problem.Params{"column": col.Title, "says": rule.Says, "value": Exact(col, left), "other": Exact(col, right)}}}
}
