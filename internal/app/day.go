package app

import (
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
)

// ErrDay: not a day of the form 2024-03-29. {value}
var ErrDay = problem.New(problem.Invalid, "app.day")

// ParseDay reads a day an operator has typed.
func ParseDay(text string) (date.Date, error) {
	day, err := date.Parse(text)
	if err != nil {
		return date.Date{}, ErrDay.With("value", text)
	}
	return day, nil
}
