package campaign_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
)

// Every task and every order says when it is done, and by a day that its printed limit means.
func TestEveryDutyHasItsRules(t *testing.T) {
	p := campaign.Default()
	limits := map[string]date.Date{
		"1月底前": date.Of(2024, time.February, 1), "2月中旬前": date.Of(2024, time.February, 21), "2月底前": date.Of(2024, time.March, 1),
		"3月上旬前": date.Of(2024, time.March, 11), "3月中旬前": date.Of(2024, time.March, 21), "3月底前": date.Of(2024, time.April, 1),
		"12月底前": date.Of(2025, time.January, 1), "长期推进": {},
	}
	duties := p.Duties()
	if len(duties) != 31+len(p.Orders) {
		t.Fatalf("%d duties", len(duties))
	}
	for _, d := range duties {
		if len(d.Demands) == 0 {
			t.Errorf("%s says nothing of when it is done", d.Key)
		}
		answered := map[string]bool{}
		for _, x := range d.Demands {
			for _, who := range x.Who {
				answered[who] = true
			}
			if want, ok := limits[d.Limit]; d.Number > 0 && (!ok || x.Before != want) {
				t.Errorf("%s %s ends before %v, the list says %s", d.Key, x.Key, x.Before, d.Limit)
			}
			for _, c := range append(x.Checks, x.Only...) {
				if c.AtLeast < 1 {
					t.Errorf("%s %s: %s wants nothing", d.Key, x.Key, c.Says)
				}
			}
		}
		for _, who := range d.Responsible {
			if !answered[who] {
				t.Errorf("%s: nothing is asked of %s", d.Key, who)
			}
		}
	}
}

// An order that names a day in its sentence has that day in its rule.
func TestOrdersKeepTheDaysOfTheirSentences(t *testing.T) {
	for _, o := range campaign.Default().Orders {
		for text, want := range map[string]string{"1月底前，": "2024-02-01", "2月底前": "2024-03-01", "3月底前，": "2024-04-01", "1月30日": "2024-01-31", "至2025年": "2026-01-01"} {
			if strings.Contains(o.Quote, text) && o.Demands[0].Before.String() != want {
				t.Errorf("%s: %s ends before %v", o.Key, text, o.Demands[0].Before)
			}
		}
	}
}

func TestDepartmentsByTheirFullNames(t *testing.T) {
	p := campaign.Default()
	for text, want := range map[string]string{"市林业局": "市林业局", "普宁市林业局": "市林业局", "中共普宁市委组织部": "市委组织部", "市绿委会": "市绿委办", "揭阳市林业局": "", "林业局": ""} {
		if d, ok := p.Department(text); ok != (want != "") || d.Name != want {
			t.Errorf("%s is %q, want %q", text, d.Name, want)
		}
	}
}
