package demo

import (
	"math/rand/v2"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// bureaus are departments of the county that go to villages.
var bureaus = []string{"市委组织部", "普宁市农业农村局", "普宁市林业局", "市委办", "市人大办", "市政府办", "市政协办", "普宁市教育局", "团市委"}

func bureau(r *rand.Rand) string { return bureaus[r.IntN(len(bureaus))] }

// on is a deed of a day of 2024, recorded that day.
func on(day string, at unit.Code, d deed) deed {
	d.day = date.MustParse("2024-" + day)
	d.entered, d.at = d.day, at
	return d
}

// tellTown tells what a town does beside its villages.
func tellTown(town unit.Code, tell func(*deed)) {
	r := rand.New(rand.NewPCG(uint64(town), 11))
	list := []deed{
		on("02-19", town, deed{kind: "seminar", a: "patrons", b: "返乡乡贤认种、捐资", other: 30 + r.Int64N(40)}),
		on("03-12", town, deed{kind: "planting", a: "new", b: "arbour_day", n: 30 + r.Int64N(150), other: 40 + r.Int64N(80)}),
	}
	half := []string{"02-06", "02-27", "03-12", "03-26"}
	for _, day := range half {
		if r.Float64() < 0.75 {
			list = append(list, on(day, town, deed{kind: "planting", a: "new", b: "adoption", n: 20 + r.Int64N(90), other: 15 + r.Int64N(50)}))
		}
	}
	maybe := func(share float64, d deed) {
		if r.Float64() < share {
			list = append(list, d)
		}
	}
	maybe(0.7, on("03-19", town, deed{kind: "exchange", a: "mutual", b: "示范村", other: 20 + r.Int64N(20)}))
	maybe(0.2, on("03-21", town, deed{kind: "exchange", a: "contest", b: "镇文化广场", other: 20 + r.Int64N(20)}))
	maybe(0.8, on("02-26", town, deed{kind: "briefing", a: "county_leader", b: "绿美乡村建设", other: 40 + r.Int64N(60), with: bureau(r), by: byOffice}))
	maybe(0.6, on("03-14", town, deed{kind: "model", a: "village", b: "乡村绿化示范村"}))
	maybe(0.5, on("03-20", town, deed{kind: "case", a: "支部领着干，村头变公园"}))
	maybe(0.6, on("03-15", town, deed{kind: "grove", a: "pioneer", b: "党员先锋林", n: 50 + r.Int64N(200), other: 0}))
	for i := range list {
		if list[i].by == byVillage {
			list[i].by = byTown
		}
		if r.Float64() < 0.93 {
			tell(&list[i])
		}
	}
}

// tellCounty tells what the county's departments do.
func tellCounty(county unit.Code, tell func(*deed)) {
	office := func(with string, day string, d deed) {
		d.with, d.by = with, byOffice
		d = on(day, county, d)
		tell(&d)
	}
	office("市绿委办", "02-27", deed{kind: "base", a: "onsite", b: "流沙大道全民义务植树基地", n: 3_000})
	office("普宁市林业局", "01-26", deed{kind: "base", a: "online", b: "“我为家乡种棵树”普宁基地", n: 20_000})
	office("普宁市林业局", "02-22", deed{kind: "base", a: "online", b: "梅林互联网+义务植树基地", n: 9_000})
	office("市委组织部", "01-31", deed{kind: "team", a: "experts", n: 18})
	office("普宁市林业局", "02-20", deed{kind: "team", a: "advisers", n: 26})
	office("市委组织部", "03-22", deed{kind: "study", a: "里湖镇、梅林镇", other: 120})
	office("普宁市林业局", "03-12", deed{kind: "honour", a: "certificate", n: 320})
	office("普宁市林业局", "03-12", deed{kind: "honour", a: "title", n: 6})
	office("普宁市教育局", "03-15", deed{kind: "grove", a: "school", b: "普宁二中“回赠母校一棵树”", n: 180})
	office("普宁市教育局", "03-06", deed{kind: "grove", a: "youth", b: "青年林", n: 220})
	office("团市委", "03-05", deed{kind: "grove", a: "youth", b: "雷锋日青年林", n: 150})
	office("普宁市林业局", "03-12", deed{kind: "grove", a: "pioneer", b: "机关先锋林", n: 400})
	office("普宁市农业农村局", "03-08", deed{kind: "grove", a: "women", b: "巾帼林", n: 160})
	office("市委组织部", "03-11", deed{kind: "grove", a: "pioneer", b: "组工先锋林", n: 260})
	office("团市委", "01-29", deed{kind: "students", a: "survey", n: 64})
	office("普宁市教育局", "02-05", deed{kind: "students", a: "practice", n: 48})
	office("市工商联", "02-21", deed{kind: "companies", names: []string{"流沙制衣", "里湖凉果", "占陇内衣"}})
	office("市委统战部", "02-19", deed{kind: "companies", names: []string{"普侨医药", "池尾食品"}})
	for i, who := range []string{"市委办", "市人大办", "市政府办"} {
		day := []string{"03-12", "03-13", "03-15"}[i]
		office(who, day, deed{kind: "adoption", a: "online", n: 40 + int64(i)*11, other: 20})
		office(who, day, deed{kind: "planting", a: "new", b: "arbour_day", n: 120 + int64(i)*30, other: 40})
	}
}
