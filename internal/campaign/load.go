package campaign

import (
	"regexp"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Load reads a pack and checks all of it. The name is the file's, for the messages. Every
// error is an *Invalid.
func Load(name string, data []byte) (*Pack, error) {
	out := &faults{file: name}
	if top, ok := parse(data, out); ok {
		p := readPack(name, top.mapping())
		if err := out.err(); err == nil {
			return p, nil
		}
	}
	return nil, out.err()
}

func readPack(name string, m *mapping) *Pack {
	p := &Pack{File: name}
	p.Key = m.need("key").key()
	p.Name = m.need("name").text()
	p.ShortName = m.need("short_name").text()
	p.Since = m.need("since").day()
	p.Root = m.need("root").code()
	p.Forwarder = m.get("forwarder").code()
	p.ForwarderName = m.get("forwarder_name").text()
	p.Contact = readContact(m.get("contact").mapping())
	p.Documents = readDocuments(m.need("documents"))
	p.spec, p.calendar = readCalendar(m.need("calendar"), p.Since)
	p.Reminders = readReminders(m.get("reminders"), p.spec)
	p.Corrections = readCorrections(m.get("corrections"))
	p.Clauses = readClauses(m.get("clauses"))
	p.Records = readRecords(m.get("records"), p.Clauses)
	p.Liaisons = readLiaisons(m.get("liaisons"), p)
	p.Ledger = readForm(m.need("ledger"), p.Corrections, p.Records)
	p.Statistics = readStatistics(m.need("statistics"), p.Ledger)
	p.Bulletin = readBulletin(m.get("bulletin"), p.Ledger)
	p.Dispatch = readDispatch(m.get("dispatch"), p.Ledger)
	p.Quotas = readQuotas(m.get("quotas"), p.Documents)
	readTasks(m, p)
	p.Orders = readOrders(m.get("orders"), p)
	if n := p.columnChecks(); n > MaxColumnChecks {
		m.get("themes").fault("用到台账列的条件有 %d 个，最多 %d 个", n, MaxColumnChecks)
	}
	p.Lists = readLists(m.get("lists"))
	p.Readings = readReadings(m.get("readings"))
	m.end()
	return p
}

func readContact(m *mapping) Contact {
	defer m.end()
	return Contact{Filing: m.get("filing").text(), Complaint: m.get("complaint").text()}
}

func readDocuments(v value) []Document {
	var all []Document
	keys := v.unique("key")
	for _, item := range v.list() {
		m := item.mapping()
		d := Document{
			Key:       keys.read(m),
			Number:    m.need("number").text(),
			Title:     m.need("title").text(),
			Issuers:   m.need("issuers").texts(),
			Issued:    m.get("issued").day(),
			PrintedBy: m.get("printed_by").text(),
			CopiedTo:  m.get("copied_to").text(),
		}
		m.end()
		all = append(all, d)
	}
	return all
}

var keyPattern = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,63}$`)

// key reads an identifier.
func (v value) key() string {
	t := v.text()
	if v.node != nil && !keyPattern.MatchString(t) {
		v.fault("应当以小写字母开头，只含小写字母、数字、下划线和连字符，不是 %q", t)
	}
	return t
}

// day reads 2024-01-30; missing reads as no day.
func (v value) day() date.Date {
	t := v.text()
	if t == "" {
		return date.Date{}
	}
	d, err := date.Parse(t)
	if err != nil {
		v.fault("应当是 2024-01-30 这样的日期，不是 %q", t)
	}
	return d
}

// code reads a statistical code; missing reads as 0.
func (v value) code() unit.Code {
	t := v.text()
	if t == "" {
		return 0
	}
	c, err := unit.ParseCode(t)
	if err != nil || c == unit.Nation || len(t) != 12 {
		v.fault("应当是 12 位统计用区划代码，不是 %q", t)
		return 0
	}
	return c
}

// uniques reads a field that must differ between the items of a list.
type uniques struct {
	name string
	seen map[string]int
}

func (v value) unique(name string) *uniques { return &uniques{name, map[string]int{}} }

func (u *uniques) read(m *mapping) string {
	v := m.need(u.name)
	t := v.key()
	if v.node == nil {
		return t
	}
	if line, twice := u.seen[t]; twice {
		v.fault("%q 已在第 %d 行用过", t, line)
	}
	u.seen[t] = v.at.line
	return t
}
