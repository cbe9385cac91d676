package access_test

import (
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestMaskPhone(t *testing.T) {
	for number, want := range map[string]string{
		"13800138001": "138****8001", "0663-2281121": "0663-22***21", "2281121": "22***21", "": "", "1234": "****",
		"0663-12": "0663-**", access.Unreadable: "****", "一二三四五六": "一二**五六", "020-8123-4567": "020-81*****67",
	} {
		if got := access.MaskPhone(number); got != want {
			t.Errorf("%q masked %q, want %q", number, got, want)
		}
	}
}

func TestPhoneIsWholeForThoseWhoCall(t *testing.T) {
	const number = "13800138001"
	for _, a := range testkit.Cast() {
		want := access.MaskPhone(number)
		if a.Unit.Contains(testkit.LihuTown) && a.May(access.SeePhone, testkit.LihuTown) {
			want = number
		}
		if got := a.Phone(testkit.LihuTown, number); got != want {
			t.Errorf("%s sees %q, want %q", a.Name, got, want)
		}
	}
	if testkit.County.Phone(testkit.LihuTown, number) != number || testkit.Leader.Phone(testkit.LihuTown, number) == number {
		t.Error("the county calls, the leader does not")
	}
}
