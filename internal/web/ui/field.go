package ui

import "github.com/a-h/templ"

// FieldData is one field of a form. Its id is its Name unless ID is set.
type FieldData struct {
	ID, Name     string
	Label        string
	Help         string // below the label
	Error        string // what is wrong, in words; empty when nothing is
	Value        string
	Type         string // text, password, number, date, tel, search; empty is text
	Suffix       string // 株, 万元
	Autocomplete string
	InputMode    string // numeric, decimal
	Required     bool
	Optional     bool   // says （选填） beside the label
	Disabled     bool   // shown, not sent
	Changed      bool   // differs from last week
	Was          string // last week's value, shown when Changed
	MaxLength    int
	Rows         int // of a TextArea
	Attrs        templ.Attributes
}

func (f FieldData) id() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

func (f FieldData) typ() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f FieldData) rows() int {
	if f.Rows == 0 {
		return 3
	}
	return f.Rows
}

// described lists what describes the control to a screen reader.
func (f FieldData) described() string {
	s := ""
	if f.Help != "" {
		s = f.id() + "-help"
	}
	if f.Error != "" {
		if s != "" {
			s += " "
		}
		s += f.id() + "-error"
	}
	return s
}

func (f FieldData) controlAttrs() templ.Attributes {
	a := templ.Attributes{}
	if d := f.described(); d != "" {
		a["aria-describedby"] = d
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if f.Required {
		a["required"] = true
	}
	if f.Disabled {
		a["disabled"] = true
	}
	if f.Autocomplete != "" {
		a["autocomplete"] = f.Autocomplete
	}
	if f.InputMode != "" {
		a["inputmode"] = f.InputMode
	}
	if f.MaxLength > 0 {
		a["maxlength"] = f.MaxLength
	}
	for k, v := range f.Attrs {
		a[k] = v
	}
	return a
}

// Choice is one of several answers.
type Choice struct {
	Value, Label string
	Disabled     bool
}

// YesNo are the answers of a yes/no column.
func YesNo() []Choice { return []Choice{{Value: "是", Label: "是"}, {Value: "否", Label: "否"}} }
