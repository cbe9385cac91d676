package workbook

import (
	"fmt"
	"strings"
)

// mostNamed is how many villages a note names before it only counts.
const mostNamed = 120

// notes writes the notes of the form and, below them, which villages did not report.
func (p *printer) notes() error {
	for i, note := range p.form.Notes {
		text := "　　" + note
		if i == 0 {
			text = "注：" + note
		}
		if err := p.note(text); err != nil {
			return err
		}
	}
	for _, s := range []struct {
		standing Standing
		says     string
	}{
		{Missing, "本期未报送的村（社区）%d个（名称为灰色斜体，各栏空白）：%s。"},
		{Carried, "本期未报送、沿用上期数据的村（社区）%d个（名称为斜体）：%s。"},
	} {
		if names := p.names(s.standing); len(names) > 0 {
			if err := p.note("　　" + fmt.Sprintf(s.says, len(names), listed(names))); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *printer) note(text string) error {
	lines := p.layout.lines(text, 0, p.layout.columns-1)
	return p.band(text, p.styles.note, float64(lines)*linePoints+2)
}

func (p *printer) names(s Standing) []string {
	var names []string
	for i := range p.c.Lines {
		if p.c.Lines[i].Standing == s {
			names = append(names, oneLine(p.c.Lines[i].Name))
		}
	}
	return names
}

// listed joins names without what all of them begin with: 揭阳市普宁市 need not be said sixty times.
func listed(names []string) string {
	names = withoutShared(names)
	if len(names) <= mostNamed {
		return strings.Join(names, "、")
	}
	return strings.Join(names[:mostNamed], "、") + "等"
}

// unitEnds are the characters at which the name of a unit above may end.
const unitEnds = "省市县区镇乡道场"

func withoutShared(names []string) []string {
	shared := []rune(names[0])
	for _, name := range names[1:] {
		n := 0
		for _, r := range name {
			if n == len(shared) || shared[n] != r {
				break
			}
			n++
		}
		shared = shared[:n]
	}
	for len(shared) > 0 && !strings.ContainsRune(unitEnds, shared[len(shared)-1]) {
		shared = shared[:len(shared)-1]
	}
	cut := make([]string, len(names))
	for i, name := range names {
		if cut[i] = strings.TrimPrefix(name, string(shared)); cut[i] == "" {
			return names
		}
	}
	return cut
}
