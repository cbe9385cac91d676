package campaign

import (
	"slices"

	"github.com/sangzi/sangzi/internal/date"
)

// readDemands reads the list rule of a task or an order. Where a demand does not say who
// answers for it, those responsible for the task do.
func readDemands(v value, responsible []string, p *Pack) []Demand {
	var all []Demand
	keys := v.unique("key")
	for _, item := range v.list() {
		all = append(all, readDemand(item.mapping(), keys, responsible, p))
	}
	return all
}

func readDemand(m *mapping, keys *uniques, responsible []string, p *Pack) Demand {
	defer m.end()
	r := Demand{
		Key: keys.read(m), Says: m.need("says").text(),
		Each:  oneOf(m.need("each"), EachVillage, EachTown, EachDepartment, EachCounty),
		Every: oneOf(m.need("every"), Once, Ongoing, EveryWeek, HalfMonth, Quarter, HalfYear, Festival, ReportWeek),
		From:  m.get("from").day(), Before: m.get("before").day(), Reported: m.get("reported").flag(),
		Except: m.get("except").text(), Quota: m.get("quota").text(), Ground: m.get("ground").text(),
		spot: m.spotOf("ground"),
	}
	if r.From.IsZero() {
		r.From = p.Since
	}
	r.Who = readWho(m.get("who"), responsible, p)
	if len(r.Who) == 0 {
		m.need("who")
	}
	if r.Each == EachDepartment && !slices.ContainsFunc(r.Who, func(n string) bool { return !p.every(n, EveryTown) }) {
		m.get("each").fault("责任单位中没有部门")
	}
	if _, ok := p.Quota(r.Quota); r.Quota != "" && !ok {
		m.get("quota").fault("quotas 中没有 %q", r.Quota)
	}
	readWhen(m, &r)
	if r.Every == Festival {
		covered(m, &r, p)
	}
	r.Checks = readChecks(m.get("checks"), &r, p)
	for i, item := range m.get("checks").list() {
		if t := r.Checks[i].Tally; t != nil && t.Kind == TallyLatest {
			item.fault("latest 可能变回去，只能用在 only")
		}
	}
	if checks := m.get("checks"); r.Reported == (len(r.Checks) > 0) {
		checks.fault("checks 和 reported: true 要有一样，也只能有一样")
	}
	if r.Only = readChecks(m.get("only"), &r, p); len(r.Only) > 0 {
		m.need("except")
	}
	return r
}

func (p *Pack) every(name string, kind BodyKind) bool {
	b, ok := p.Body(name)
	return ok && b.Kind == kind
}

func readWho(v value, responsible []string, p *Pack) []string {
	if !v.present() {
		return slices.Clone(responsible)
	}
	var all []string
	for _, item := range v.list() {
		name := item.text()
		_, department := p.Department(name)
		_, body := p.Body(name)
		if !department && !body {
			item.fault("departments 和 bodies 中没有 %q", name)
		}
		all = append(all, name)
	}
	return all
}

// readWhen checks a demand's days against how often it wants something.
func readWhen(m *mapping, r *Demand) {
	before := m.get("before")
	switch {
	case r.Every == Once:
		m.need("before")
	case r.Every == Ongoing && before.present():
		before.fault("ongoing 没有期限")
	}
	if !r.Before.IsZero() && !r.Before.After(r.From) {
		before.fault("应当在 %s 以后", r.From)
	}
	times := m.get("times")
	if r.Every == Festival {
		times = m.need("times")
	} else if times.present() {
		times.fault("只有 festival 有这个字段")
	}
	last := date.Date{}
	for _, item := range times.list() {
		t := item.mapping()
		x := Time{Title: t.need("title").text(), From: t.need("from").day(), To: t.need("to").day()}
		if x.To.Before(x.From) || !x.From.After(last) {
			t.get("to").fault("各段日期要有先后，不能重叠")
		}
		last = x.To
		r.Times = append(r.Times, x)
		t.end()
	}
}

func readChecks(v value, r *Demand, p *Pack) []Check {
	var all []Check
	for _, item := range v.list() {
		m := item.mapping()
		c := Check{Says: m.need("says").text(), Own: m.get("own").flag(), Share: m.get("share").flag(), Submitted: m.get("submitted").flag(), AtLeast: 1}
		if least := m.get("at_least"); least.present() {
			if c.AtLeast = least.number(1e12); c.AtLeast < 1 {
				least.fault("至少是 1")
			}
		}
		if m.get("tally").present() || m.get("record").present() {
			c.Tally = readTallyOf(m, p.Records)
			checkCounted(m, &c, r, p.Records)
		}
		readShown(m, &c, r, p.Ledger)
		if c.Tally == nil && c.Column == "" && !c.Submitted && !m.get("tally").present() {
			m.fault("要有 tally、ledger 或 submitted")
		}
		if c.Submitted && r.Every != ReportWeek {
			m.get("submitted").fault("只用于 report_week")
		}
		if c.Share && (r.Quota == "" || r.Each != EachCounty) {
			m.get("share").fault("只用于有 quota 的 county")
		}
		m.end()
		all = append(all, c)
	}
	return all
}

// checkCounted wants the records of a check to be made where the demand is measured.
func checkCounted(m *mapping, c *Check, r *Demand, records *Records) {
	if c.Tally == nil {
		return
	}
	if c.Tally.Kind == TallyLatest && r.Each != EachVillage {
		m.get("tally").fault("latest 只用于 village")
	}
	kind, _ := records.Kind(c.Tally.Record)
	if r.Each == EachVillage && !kind.MayBeAt("village") || c.Own && !kind.MayBeAt(string(r.Each)) {
		m.get("record").fault("%s 不在 %s 这一级办", kind.Key, r.Each)
	}
	if c.Own && r.Each != EachTown && r.Each != EachCounty {
		m.get("own").fault("只用于 town 和 county")
	}
}

// readShown reads the column of the ledger that shows a check.
func readShown(m *mapping, c *Check, r *Demand, form *Form) {
	column, of, percent := m.get("ledger"), m.get("of"), m.get("percent")
	if !column.present() {
		for _, at := range []value{of, percent} {
			if at.present() {
				at.fault("要先有 ledger")
			}
		}
		return
	}
	c.Column = column.text()
	col, ok := form.Column(c.Column)
	switch {
	case !ok:
		column.fault("没有 %q 这一列", c.Column)
	case r.Each != EachVillage:
		column.fault("台账只用于 village")
	case r.Every != Once && r.Every != Ongoing:
		column.fault("台账是累计数，只用于 once 和 ongoing")
	case col.Type == YesNo && c.AtLeast > 1:
		m.get("at_least").fault("%s 是是/否列", c.Column)
	}
	if !of.present() && !percent.present() {
		return
	}
	c.Of, c.Percent = m.need("of").text(), m.need("percent").number(100)
	if other, found := form.Column(c.Of); !found || !ok || other.Type != col.Type || col.Type == YesNo {
		of.fault("应当是与 %s 同一类型的数字列", c.Column)
	}
}
