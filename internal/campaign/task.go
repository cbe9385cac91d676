package campaign

import "strings"

// Theme is a heading of the task list (重点任务) with the tasks under it.
type Theme struct {
	Title string
	First int // index of its first task in Pack.Tasks
	Count int
}

// Task is a row of annex 1, 重点任务清单.
type Task struct {
	Number      int // 1 to 31, as printed
	Theme       string
	SubTheme    string   // the narrower heading beside the measure; empty where the list prints none
	Measure     string   // 工作措施, as printed
	Responsible []string // 责任单位, each the name of a department or of a body
	Limit       string   // 完成时限, as printed: 3月上旬前, 长期推进
	Clause      string   // number of the clause that orders it in the forwarded notice
	Merged      []string // fields (sub_theme, responsible, limit) that stand in a cell merged with a neighbour's
	Ground      string   // why the merged cells are read so
	Demands     []Demand // when it is done

	spot spot
}

// ResponsibleText is the cell 责任单位 as printed.
func (t Task) ResponsibleText() string { return strings.Join(t.Responsible, "、") }

// Clause is a numbered paragraph of the forwarded notice.
type Clause struct {
	Number string // 二（一）1
	Title  string
}

// Order is something the notices' bodies order that the task list does not have.
type Order struct {
	Key      string
	Document string   // key of the document
	Clause   string   // 二 or 三（三）
	Text     string   // what is ordered, in short
	Quote    string   // the sentence, as printed
	Demands  []Demand // when it is done
}

// Department is a department named as a responsible unit.
type Department struct {
	Key   string
	Name  string   // as the list prints it: 市林业局
	Level string   // city, county or town
	Also  []string // other texts that name it
}

// BodyKind says whom a collective responsible unit stands for.
type BodyKind string

// The kinds of collective responsible units.
const (
	EveryTown       BodyKind = "every_town"       // each town, street and farm for itself
	EveryDepartment BodyKind = "every_department" // each department for itself
	Seconding       BodyKind = "seconding"        // the units that sent the task forces and first secretaries
)

// Body is a responsible unit that stands for many: 各乡镇场街道.
type Body struct {
	Name string
	Kind BodyKind
}

// Department finds the department that a text names, as the list prints it or in full:
// 市林业局, 普宁市林业局.
func (p *Pack) Department(text string) (Department, bool) {
	text = strings.TrimPrefix(strings.TrimPrefix(text, "中共"), p.ForwarderName)
	for _, d := range p.Departments {
		if d.Name == text {
			return d, true
		}
		for _, also := range d.Also {
			if also == text {
				return d, true
			}
		}
	}
	return Department{}, false
}

// Body finds the collective responsible unit of that name.
func (p *Pack) Body(text string) (Body, bool) {
	for _, b := range p.Bodies {
		if b.Name == text {
			return b, true
		}
	}
	return Body{}, false
}

// Task finds a task by its number.
func (p *Pack) Task(number int) (Task, bool) {
	if number < 1 || number > len(p.Tasks) {
		return Task{}, false
	}
	return p.Tasks[number-1], true
}
