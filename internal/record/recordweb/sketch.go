package recordweb

import (
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
)

// sketch is what is drawn of a record, ready to be written as SVG.
type sketch struct {
	title  string
	shapes []drawn
}

// drawn is one shape with its words.
type drawn struct {
	class  string // area, or line and what it is: sk-road
	points string
	dot    bool // one point only
	at     record.Point
	number string // of a plot
	label  string
	of     string // which table it stands in, and its line: 地块 1
}

// sketchOf gathers what is drawn in a record's tables; none when nothing is.
func sketchOf(kind *campaign.RecordKind, facts *record.Facts, title string) *sketch {
	s := &sketch{title: title}
	var strokes []drawn
	for i := range kind.Fields {
		field := &kind.Fields[i]
		if field.Type != campaign.FieldRows {
			continue
		}
		for line := range facts.Rows[field.Key] {
			row := &facts.Rows[field.Key][line]
			for _, c := range field.Rows.Columns {
				shape := row.Shapes[c.Key]
				if len(shape) == 0 || !c.Type.Drawn() {
					continue
				}
				d := drawn{points: shape.String(), dot: len(shape) == 1, at: shape.Middle(), of: field.Rows.Word + " " + strconv.Itoa(line+1), label: rowLabel(field, row)}
				if c.Type == campaign.RowArea {
					d.class, d.number = "sk-area", strconv.Itoa(line+1)
					s.shapes = append(s.shapes, d)
					continue
				}
				d.class = "sk-line" + rowClass(field, row)
				d.at = shape[len(shape)/2]
				strokes = append(strokes, d)
			}
		}
	}
	s.shapes = append(strokes, s.shapes...) // plots lie on roads
	if len(s.shapes) == 0 {
		return nil
	}
	return s
}

// rowLabel is what a shape is called: the line's first text.
func rowLabel(field *campaign.Field, row *record.Row) string {
	for _, c := range field.Rows.Columns {
		if c.Type == campaign.RowText && row.Texts[c.Key] != "" {
			return brief8(row.Texts[c.Key])
		}
	}
	return ""
}

// rowClass is the style of a stroke by the line's answer: sk-road. Answers are keys of the pack,
// which are plain words.
func rowClass(field *campaign.Field, row *record.Row) string {
	for _, c := range field.Rows.Columns {
		if one, ok := c.Choice(row.Answers[c.Key]); ok && c.Type == campaign.RowChoice {
			return " sk-" + one.Key
		}
	}
	return ""
}

// brief8 is a name as it fits on a small map.
func brief8(text string) string {
	const most = 8
	if r := []rune(strings.TrimSpace(text)); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return strings.TrimSpace(text)
}

// says is the map for who does not see it.
func (s *sketch) says() string {
	var names []string
	for _, d := range s.shapes {
		if d.number != "" {
			names = append(names, strings.TrimSpace(d.number+" "+d.label))
		}
	}
	text := s.title + "示意图"
	if len(names) > 0 {
		text += "，画了 " + strconv.Itoa(len(names)) + " 处：" + strings.Join(names, "、")
	}
	return text
}

// inside keeps a name that is written in the middle of a place from running over the edge.
func inside(x int) string { return coord(min(max(x, 130), record.SketchSize-130)) }

func coord(n int) string { return strconv.Itoa(n) }
