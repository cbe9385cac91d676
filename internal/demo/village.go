package demo

import (
	"time"

	"github.com/sangzi/sangzi/internal/date"
)

// posts are who answers for a village from above.
var posts = map[string][]string{
	"county_leader":   {"市委常委", "市人大常委会副主任", "副市长", "市政协副主席"},
	"town_leader":     {"镇党委委员", "副镇长", "镇人大主席", "镇党委副书记"},
	"taskforce":       {"驻镇帮镇扶村工作队队员", "驻镇帮镇扶村工作队副队长"},
	"first_secretary": {"市林业局派驻", "市农业农村局派驻", "省直单位派驻", "市教育局派驻"},
}

// sentBy are the bodies that sent who answers for a village.
var sentBy = map[string]string{
	"驻镇帮镇扶村工作队队员": "普宁市农业农村局", "驻镇帮镇扶村工作队副队长": "普宁市教育局",
	"市林业局派驻": "普宁市林业局", "市农业农村局派驻": "普宁市农业农村局", "市教育局派驻": "普宁市教育局", "省直单位派驻": "省直帮扶单位",
}

// start is what stands from the beginning: the register of the village and who answers for it.
func (s *story) start() {
	typical := map[bool]string{true: "是", false: "否"}[s.share(0.02) || s.of == Village]
	s.did(deed{kind: "profile", day: begin, a: typical, n: s.members})
	for _, l := range []struct {
		level string
		share float64
	}{{"county_leader", 0.3}, {"town_leader", 0.96}, {"taskforce", 0.6}, {"first_secretary", 0.25}} {
		if s.share(l.share) || typical == "是" {
			list := posts[l.level]
			s.did(deed{kind: "liaison", day: begin.Add(s.r.IntN(4)), a: l.level, b: list[s.r.IntN(len(list))], by: byTown})
		}
	}
	if s.share(0.97) {
		s.did(deed{kind: "guidance", a: "plan", b: "种植地块和树种", with: bureau(s.r), by: byOffice})
	}
	if s.share(0.5) {
		s.did(deed{kind: "guidance", a: "tending", b: "整地和浇水", with: "普宁市林业局", by: byForestry})
	}
}

// prepare is the plan with its money, and the grid.
func (s *story) prepare() {
	if s.No == s.planAt {
		s.did(deed{kind: "plan", a: ground[s.r.IntN(len(ground))], n: s.planned, waits: s.planAt == 9})
		fiscal := s.wants / 40_000 * 10_000
		s.did(deed{kind: "funding", a: "planned", b: "fiscal", n: fiscal})
		s.did(deed{kind: "funding", a: "planned", b: "social", n: s.wants - fiscal})
	}
	if s.No == s.gridAt {
		s.did(deed{kind: "grid", n: s.some(2, 8)})
	}
}

var ground = []string{"村道两旁和寨前空地", "房前屋后、祠堂周边", "溪边和村口", "学校后山和村文化广场", "拆违腾出的空地"}

// organise is what fills no column of the ledger: the branch's six measures, teams, lectures.
func (s *story) organise() {
	from := func(no int, share float64) bool { return s.No >= no && s.share(share) }
	if s.No <= 4 && s.share(0.3) || s.No == 5 && s.share(0.6) {
		s.did(deed{kind: "branch_measure", a: "letter", n: s.some(80, 600)})
	}
	for _, m := range []struct {
		measure string
		at      int
	}{{"points", int(s.of/7)%5 + 1}, {"posts", int(s.of/11)%6 + 1}} {
		if s.No == m.at {
			s.did(deed{kind: "branch_measure", a: m.measure, n: s.some(5, 40)})
		}
	}
	if s.No == int(s.of/13)%6+1 {
		s.did(deed{kind: "party_lecture", a: "村党组织书记" + s.patrons[0], other: s.some(12, 50)})
	}
	if s.share(0.46 * s.industry) {
		s.did(deed{kind: "party_day", a: partyDays[s.r.IntN(len(partyDays))], other: s.some(8, 40)})
	}
	if s.No == int(s.of/17)%5+1 {
		s.did(deed{kind: "team", a: "members", n: s.some(8, 30)})
	}
	if from(2, 0.38*s.industry) {
		s.did(deed{kind: "service", a: services[s.r.IntN(len(services))], other: s.some(6, 25)})
	}
	if s.share(0.22 * s.industry) {
		s.did(deed{kind: "briefing", a: "town_leader", b: "“党旗红·乡村绿”专项行动", other: s.some(10, 60), by: byTown})
	}
	if s.No <= 5 && s.share(0.1) {
		s.did(deed{kind: "briefing", a: "county_leader", b: "绿美乡村建设", other: s.some(20, 80), by: byOffice})
	}
	if from(2, 0.32*s.industry) {
		through := "online"
		if s.share(0.2) {
			through = "offline"
		}
		s.did(deed{kind: "adoption", a: through, n: s.some(4, 70), other: s.some(0, 9)})
	}
	s.results()
}

var (
	partyDays = []string{"清理村道两旁、整地挖穴", "到村口种树、浇水", "巡看新种的树", "学习通知，认领管护任务"}
	services  = []string{"给新种的树浇水、扶正", "清理绿化带垃圾", "帮困难户整治房前屋后", "补植枯死苗"}
)

// results are groves, models, honours and cases: few.
func (s *story) results() {
	add := func(no int, share float64, d deed) {
		if s.No >= no && s.share(share) {
			s.did(d)
		}
	}
	name := s.patrons[s.r.IntN(len(s.patrons))]
	if s.No >= 3 && s.No <= 8 {
		add(3, 0.13, deed{kind: "grove", a: "park", b: "村口小公园", n: s.some(20, 120)})
	}
	add(4, 0.03, deed{kind: "grove", a: "brand", b: "寨前团圆树", n: s.some(5, 40)})
	add(4, 0.02, deed{kind: "grove", a: "homeland", b: "桑梓林", n: s.some(30, 200)})
	add(5, 0.05, deed{kind: "model", a: "household", b: name + "户"})
	add(5, 0.02, deed{kind: "model", a: "garden", b: "村东小果园"})
	add(6, 0.05, deed{kind: "honour", a: "certificate", n: s.some(3, 60)})
	add(6, 0.012, deed{kind: "case", a: "见缝插绿，一户一树"})
	if s.No <= 4 {
		add(2, 0.03, deed{kind: "students", a: "survey", n: s.some(3, 20), with: "团市委"})
	}
}

// mobilise is training, talks and visits, most of them around the Spring Festival.
func (s *story) mobilise() {
	if s.share(0.6 * s.industry) {
		s.did(deed{kind: "training", n: s.some(6, 36), a: []string{"on_site", "observation", "lecture"}[s.r.IntN(3)], b: "栽植和管护技术", by: byTown})
	}
	if s.No == s.talkAt {
		s.did(deed{kind: "seminar", a: "patrons", b: "认捐认种，支持村口绿化", other: s.some(8, 40)})
	}
	if s.No >= 2 && s.share(0.06) {
		s.did(deed{kind: "seminar", a: "members_away", b: "动员外出党员认种", other: s.some(5, 25)})
	}
	visits := s.r.IntN(2)
	if s.No <= 5 {
		visits += s.r.IntN(2)
	}
	for range visits {
		d := deed{kind: "visit"}
		for _, n := range s.r.Perm(len(s.patrons))[:1+s.r.IntN(2)] {
			d.names = append(d.names, s.patrons[n])
		}
		s.did(d)
	}
	if left := s.members - s.lead; left > 0 && s.share(0.65) {
		n := min(left, s.some(1, 11))
		s.lead += n
		s.did(deed{kind: "five_leads", n: n, a: "房前屋后绿化、参加义务植树"})
	}
}

// plant secures seedlings and plants them; never more than is planned or secured.
func (s *story) plant() {
	if s.No < s.planAt || s.planAt == 9 {
		return
	}
	if s.secured < s.planned*6/5 && (s.secured <= s.planted || s.share(0.4)) {
		n := min(s.planned*6/5-s.secured, max(10, int64(float64(s.planned)*s.pace*(1+2*s.r.Float64()))))
		s.secured += n
		s.did(deed{kind: "seedlings", n: n, a: []string{"镇林业站调拨", "村集体采购", "乡贤捐赠", "苗圃赊购"}[s.r.IntN(4)], day: s.first()})
	}
	for range 1 + s.r.IntN(2) {
		s.plantTrees(int64(float64(s.planned)*s.pace*(0.3+0.6*s.r.Float64())), "")
	}
}

// first is the first day that is entered in this week.
func (s *story) first() date.Date {
	if s.No == 1 {
		return begin
	}
	return s.Opens
}

// plantTrees plants so many, as far as there are seedlings; one in ten is kept to replace what dies.
func (s *story) plantTrees(n int64, occasion string) {
	n = min(n, s.secured*9/10-s.planted, s.planned*19/20-s.planted)
	if n <= 0 {
		return
	}
	d := deed{kind: "planting", a: "new", n: n, b: occasion, other: s.some(5, 45)}
	if d.b == "" {
		d.b = s.occasion()
	}
	if d.b == "leaders" {
		d.by, d.with = byTown, bureau(s.r)
	}
	s.planted += n
	s.did(d)
}

func (s *story) occasion() string {
	switch p := s.r.Float64(); {
	case s.Due.Month() == time.February && p < 0.3:
		return "festival"
	case p < 0.18:
		return "adoption"
	case p < 0.3:
		return "leaders"
	case s.Due.Month() == time.March:
		return "weekly"
	}
	return "other"
}

// march is the month of planting: something every week, new trees or tending, in nearly every
// village.
func (s *story) march() {
	if s.Due.Month() != time.March || s.share(0.1) {
		return
	}
	if !s.calm && s.share(0.5) {
		s.plantTrees(s.some(5, 40), "weekly")
		return
	}
	s.did(deed{kind: "planting", a: "tending", b: "weekly", n: s.some(10, 90), other: s.some(5, 30)})
}

// tend is what is done for the trees between plantings.
func (s *story) tend() {
	if s.share(0.4) {
		s.did(deed{kind: "party_day", a: "认领树木，挂牌管护", other: s.some(6, 30)})
	}
	if s.No > 1 && s.share(0.35) {
		s.did(deed{kind: "planting", a: "tending", b: "other", n: s.some(15, 120), other: s.some(4, 20)})
	}
	if s.No > 1 && s.share(0.2) {
		s.did(deed{kind: "service", a: services[s.r.IntN(len(services))], other: s.some(5, 20)})
	}
}

// pay is money spent: what comes from outside is spent when it has arrived.
func (s *story) pay() {
	if s.No < s.planAt {
		return
	}
	for _, source := range []string{"fiscal", "collective", "social"} {
		n := 10_000 * s.some(3, 40)
		if s.share(0.4) && s.spent+n <= s.wants {
			s.spent += n
			stage := "raised_spent"
			if source != "social" && s.share(0.3) {
				stage = "spent"
			}
			s.did(deed{kind: "funding", a: stage, b: source, n: n})
		}
	}
}
