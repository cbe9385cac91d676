package demo

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// surnames and given names of invented clerks.
var (
	surnames   = []rune("王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗")
	givenNames = []string{"海", "静", "伟", "敏", "丽华", "建国", "晓东", "秀英", "志强", "雪梅", "文杰"}
)

// ClerkOf is the clerk of a town: one of the cast, or an invented one; n tells towns apart.
func ClerkOf(town unit.Unit, n int) Person {
	if town.Code == Town {
		return Cast()[1]
	}
	code := int64(town.Code / 1000)
	return Person{
		Actor: access.Actor{Account: 100 + code%1000, Name: string(surnames[n%len(surnames)]) + givenNames[n%len(givenNames)],
			Role: access.TownClerk, Unit: town.Code},
		Login: fmt.Sprintf("t%d", code),
		Phone: clerkPhone(town.Code),
		What:  town.Name + " 办事员",
	}
}

// clerkPhone is an invented number of a town.
func clerkPhone(town unit.Code) string { return fmt.Sprintf("0663-2%06d", int64(town)/1000%1_000_000) }
