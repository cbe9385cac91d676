package testkit

import (
	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// The places of the cast, in 普宁市 of 揭阳市; 惠城镇 lies in 惠来县 next to it.
const (
	Jieyang   unit.Code = 445200000000 // 揭阳市
	Puning    unit.Code = 445281000000 // 普宁市
	Huilai    unit.Code = 445224000000 // 惠来县
	LihuTown  unit.Code = 445281119000 // 里湖镇
	EastTown  unit.Code = 445281001000 // 流沙东街道
	Xintan    unit.Code = 445281001202 // 新坛村, in 流沙东街道
	Huicheng  unit.Code = 445224100000 // 惠城镇
	Guangdong unit.Code = 440000000000 // 广东省
)

// The cast: whom tests, the demonstration and the pictures know by name.
var (
	Village    = access.Actor{Account: 1, Name: "陈秋月", Role: access.VillageReporter, Unit: Xintan}
	Town       = access.Actor{Account: 2, Name: "黄志明", Role: access.TownClerk, Unit: LihuTown}
	County     = access.Actor{Account: 3, Name: "林晓燕", Role: access.CountyOffice, Unit: Puning}
	City       = access.Actor{Account: 4, Name: "郑国强", Role: access.CityOffice, Unit: Jieyang}
	Forestry   = access.Actor{Account: 5, Name: "普宁市林业局", Role: access.Department, Unit: Puning, Department: "普宁市林业局"}
	Leader     = access.Actor{Account: 6, Name: "普宁市领导", Role: access.Leader, Unit: Puning}
	Outsider   = access.Actor{Account: 7, Name: "惠城镇办事员", Role: access.TownClerk, Unit: Huicheng}
	CountyHead = access.Actor{Account: 8, Name: "普宁市管理员", Role: access.Administrator, Unit: Puning}
	Head       = access.Actor{Account: 9, Name: "管理员", Role: access.Administrator, Unit: Jieyang}
)

// Cast lists everybody.
func Cast() []access.Actor {
	return []access.Actor{Village, Town, County, City, Forestry, Leader, Outsider, CountyHead, Head}
}
