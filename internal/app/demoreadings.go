package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/reading"
)

// stillOpen are the readings that the county's office has not come to.
var stillOpen = []string{"18.students", "23.certificates", "28"}

// said are what offices of the demonstration say of readings beside the county's agreeing.
var said = []struct {
	at      string
	who     access.Actor
	key     string
	verdict reading.Verdict
	text    string
}{
	{"2024-01-29 15:10", cityOffice, "29", reading.Agrees, "附件1最后三项同一时限"},
	{"2024-01-29 15:14", cityOffice, "statistics", reading.Agrees, "各县先按此表报"},
	{"2024-01-30 10:05", rongcheng, "25.models", reading.Agrees, ""},
	{"2024-01-30 10:07", rongcheng, "26.belt", reading.Agrees, ""},
	{"2024-01-30 10:12", rongcheng, "20.bases", reading.Agrees, ""},
	{"2024-01-31 16:40", demoHuilai, "25.models", reading.Differs, "“一批”按每村三处掌握，一户、一园、一区域各一"},
	{"2024-01-31 16:52", demoHuilai, "18.students", reading.Agrees, "本县学校寒假1月22日起"},
	{"2024-01-31 11:20", countyOffice, "26.belt", reading.Differs, "示范带（片）可以由相邻镇街合建，一个片区有一条即算，不必镇镇都有"},
}

// the offices of other counties that say something of readings.
var (
	rongcheng  = access.Actor{Account: 91, Name: "吴立新", Role: access.CountyOffice, Unit: 445202000000}
	demoHuilai = access.Actor{Account: 92, Name: "方志强", Role: access.CountyOffice, Unit: demo.Huilai}
)

// readings are what offices say, in the days after the notice was issued, of how the notice's words are read.
func (o office) readings(add adder) {
	say := func(at string, who access.Actor, key string, verdict reading.Verdict, text string) {
		add(at, func(ctx context.Context) error {
			q, ok := o.Pack.Question(key)
			if !ok {
				panic("no reading " + key)
			}
			_, err := o.Readings.Say(ctx, who, reading.SayInput{Unit: who.Unit, Key: key, Verdict: verdict, Text: text, Print: q.Print})
			return err
		})
	}
	otherwise := map[string]bool{}
	for _, s := range said {
		say(s.at, s.who, s.key, s.verdict, s.text)
		otherwise[s.key] = otherwise[s.key] || s.who.Unit == demo.County
	}
	n := 0
	for _, q := range o.Pack.Questions() {
		if q.Waiting && !otherwise[q.Key] && !slices.Contains(stillOpen, q.Key) {
			say(fmt.Sprintf("2024-01-%02d 09:%02d", 30+n/7, 20+n%7*4), countyOffice, q.Key, reading.Agrees, "")
			n++
		}
	}
}
