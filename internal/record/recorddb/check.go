package recorddb

import (
	"encoding/json"

	"github.com/sangzi/sangzi/internal/record"
)

// checkText is a check as it is kept; empty for none.
func checkText(c *record.Checked) (string, error) {
	if c == nil {
		return "", nil
	}
	b, err := json.Marshal(c)
	return string(b), err
}

func readCheck(text string) (*record.Checked, error) {
	if text == "" {
		return nil, nil
	}
	var c record.Checked
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return nil, err
	}
	c.At = c.At.UTC()
	return &c, nil
}
