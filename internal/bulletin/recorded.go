package bulletin

import (
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// A city tells of the key tasks of those counties only that record here: of one that records
// nothing every task would count as overdue, though nobody knows.

// recorded are a city's counties of which something was recorded.
func (s *Snapshot) recorded() []*Standing {
	return s.counties(func(st *Standing) bool { return st.Tasks != nil })
}

// unrecorded are a city's other counties.
func (s *Snapshot) unrecorded() []*Standing {
	return s.counties(func(st *Standing) bool { return st.Tasks == nil })
}

func (s *Snapshot) counties(wanted func(*Standing) bool) []*Standing {
	var list []*Standing
	for i := range s.Units {
		if st := &s.Units[i]; s.Unit.Level() == unit.LevelCity && !st.idle() && wanted(st) {
			list = append(list, st)
		}
	}
	return list
}

// unrecorded names a city's counties of which nothing was recorded, with their number.
func (d *Draft) unrecorded() string {
	list := d.Snapshot.unrecorded()
	names := make([]string, len(list))
	for i, st := range list {
		names[i] = st.Name
	}
	text := strings.Join(names, "、")
	if len(list) > 1 {
		text += "等" + itoa(len(list)) + "个" + d.below()
	}
	return text
}

// tasksByCounty is how the key tasks stand in each county that records, with its figures.
func (d *Draft) tasksByCounty(form *campaign.Form) []Run {
	var out []Run
	for i, st := range d.Snapshot.recorded() {
		figure := func(name string) Run {
			f, _ := d.Snapshot.Figure(form, st.Code, campaign.Ref{Kind: campaign.RefCount, Column: name})
			return Run{Text: f.Text, Figure: &f}
		}
		of := "项重点任务中，已完成"
		if i > 0 {
			out = append(out, Run{Text: "；"})
			of = "项中，已完成"
		}
		out = append(out, Run{Text: st.Name}, figure("tasks"), Run{Text: of}, figure("tasks_done"), Run{Text: "项，正在推进（含长期推进）"}, figure("tasks_open"),
			Run{Text: "项，到期未完成"}, figure("tasks_overdue"), Run{Text: "项"})
	}
	return out
}
