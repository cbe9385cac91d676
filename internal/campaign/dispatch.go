package campaign

// Dispatch is the weekly dispatch (周调度): what its table shows, what stands out as a point, and
// what villages may ask for.
type Dispatch struct {
	Columns []DispatchColumn
	Points  []PointRule // in the order in which pages show them
	Asks    []Choice    // 找地, 找钱, 找树, 找人
}

// Rule finds the rule of a kind of points by its key.
func (d *Dispatch) Rule(key string) (*PointRule, bool) {
	for i := range d.Points {
		if d.Points[i].Key == key {
			return &d.Points[i], true
		}
	}
	return nil, false
}

// Ask finds what is asked for by its key.
func (d *Dispatch) Ask(key string) (Choice, bool) {
	for _, c := range d.Asks {
		if c.Key == key {
			return c, true
		}
	}
	return Choice{}, false
}

// DispatchColumn is a figure of the table: cumulative, with the week's increase beside it where
// the ledger's column grows, and as a share of another where it says so.
type DispatchColumn struct {
	Title string
	Of    string // key of the ledger column
	Per   string // key of the ledger column that it is held against; empty: none
}

// PointKind says what makes a point.
type PointKind string

// The kinds of points.
const (
	PointStuck   PointKind = "stuck"   // a column has not grown for some weeks and is below another
	PointSilent  PointKind = "silent"  // a village has not reported for some weeks running
	PointGap     PointKind = "gap"     // a column is above the sum of others by at least so much
	PointOverdue PointKind = "overdue" // tasks whose time is over and that are not done
	PointAsked   PointKind = "asked"   // what was asked for and is not answered
)

// PointRule is one kind of points (调度点): what stands out, and from when on.
type PointRule struct {
	Key   string // stored with items, keep it
	Kind  PointKind
	Title string // 苗木已落实未种
	Says  string // in a sentence, for the page
	Short string // in a few characters, for a phone

	Column string   // of stuck and gap: what does not grow; what stands above the others
	Below  string   // of stuck: only while it is below this column
	Less   []string // of gap: what is taken off

	Weeks   int   // of stuck and silent: from so many weeks on
	AtLeast int64 // of gap: from this difference on; 分 for money
	Percent int64 // of gap: and from this share of the column on
}
