package campaign

// Measure says how a column of the statistics is reckoned for a unit.
type Measure string

// The measures. Percentages are of the villages expected to report, or of two sums.
const (
	Villages Measure = "villages"  // villages expected to report
	Reported Measure = "reported"  // villages that reported, in time or late
	OnTime   Measure = "on_time"   // villages that reported in time
	Late     Measure = "late"      // villages that reported late
	Missing  Measure = "missing"   // villages that did not report
	YesCount Measure = "yes_count" // villages with yes in Column
	YesShare Measure = "yes_share" // those as a percentage of the villages
	Total    Measure = "sum"       // sum of Column
	Increase Measure = "increase"  // what the sum of Column gained since the previous week
	Ratio    Measure = "ratio"     // sum of Column as a percentage of the sum of Per
)

// Statistics is the form of the statistics table (annex 3), whose own form is not in the
// documents: Mark is printed with it.
type Statistics struct {
	Title   string // 乡村绿化工作统计表
	Annex   string // 附件3
	Mark    string // 口径待确认
	Groups  []Group
	Columns []StatisticsColumn

	spot spot
}

// StatisticsColumn is one column of the statistics.
type StatisticsColumn struct {
	Key     string
	Title   string
	Group   string // key of its group
	Measure Measure
	Column  string // key of the ledger column; empty for the measures of reporting
	Per     string // key of the ledger column that a ratio is held against
	Unit    string // 村, %, or the unit of the ledger column
}

func readStatistics(v value, form *Form) *Statistics {
	m := v.mapping()
	defer m.end()
	s := &Statistics{
		Title: m.need("title").text(), Annex: m.get("annex").text(), Mark: m.get("mark").text(),
		Groups: readGroups(m.need("groups")), spot: m.spotOf("mark", "groups", "columns"),
	}
	columns := m.need("columns")
	keys, bands := columns.unique("key"), newBands(s.Groups)
	for _, item := range columns.list() {
		c := item.mapping()
		s.Columns = append(s.Columns, readStatisticsColumn(c, keys, form))
		bands.add(c)
		c.end()
	}
	bands.end(columns)
	return s
}

func readStatisticsColumn(m *mapping, keys *uniques, form *Form) StatisticsColumn {
	measure := m.need("measure")
	c := StatisticsColumn{
		Key: keys.read(m), Title: m.need("title").text(), Group: m.need("group").text(),
		Measure: oneOf(measure, Villages, Reported, OnTime, Late, Missing, YesCount, YesShare, Total, Increase, Ratio),
		Column:  m.get("column").text(), Per: m.get("per").text(),
	}
	switch c.Measure {
	case Villages, Reported, OnTime, Late, Missing:
		c.Unit = "村"
		if at := m.get("column"); at.present() {
			at.fault("%s 不用列", c.Measure)
		}
	case YesCount, YesShare:
		c.Unit = map[Measure]string{YesCount: "村", YesShare: "%"}[c.Measure]
		if of, ok := form.Column(c.Column); m.need("column").node != nil && (!ok || of.Type != YesNo) {
			m.get("column").fault("应当是一个是/否列，不是 %q", c.Column)
		}
	case Total, Increase, Ratio:
		kind := form.numberColumn(m.need("column"), c.Column)
		of, _ := form.Column(c.Column)
		c.Unit = of.Unit
		if c.Measure == Increase && kind != "" && !of.Grows {
			m.get("column").fault("%s 列不是累计数，没有增量", c.Column)
		}
		if c.Measure == Ratio {
			c.Unit = "%"
			if per := form.numberColumn(m.need("per"), c.Per); per != "" && kind != "" && per != kind {
				m.get("per").fault("%s 列与 %s 列的类型不同，不能相比", c.Per, c.Column)
			}
		}
	}
	if at := m.get("per"); c.Measure != Ratio && at.present() {
		at.fault("只有 ratio 有这个字段")
	}
	return c
}
