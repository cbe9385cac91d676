package document

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Titles as counties and cities have them: lines of whole words, even or the longest in the middle,
// nothing alone on the last.
func TestRealTitles(t *testing.T) {
	for in, want := range map[string]string{
		"关于2024年3月乡村绿化工作进展情况的通报":                            "关于2024年3月乡村绿化|工作进展情况的通报",
		"普宁市2024年第一季度乡村绿化工作小结":                              "普宁市2024年第一季度乡村绿化工作小结",
		"揭阳市2024年第一季度乡村绿化工作小结":                              "揭阳市2024年第一季度乡村绿化工作小结",
		"关于2024年12月乡村绿化工作进展情况的通报":                           "关于2024年12月乡村绿化|工作进展情况的通报",
		"关于开展“党旗红·乡村绿”专项行动的通知":                              "关于开展“党旗红·乡村绿”专项行动的通知",
		"关于转发《揭阳市“党旗红·乡村绿”专项行动工作方案》的通知":                     "关于转发《揭阳市“党旗红·乡村绿”|专项行动工作方案》的通知",
		"关于印发《普宁市乡村绿化专项行动实施方案》的通知":                          "关于印发《普宁市乡村绿化|专项行动实施方案》的通知",
		"中共普宁市委组织部关于进一步加强乡村绿化工作的通知":                         "中共普宁市委组织部关于进一步|加强乡村绿化工作的通知",
		"关于做好2024年春季义务植树活动有关工作的通知":                          "关于做好2024年春季|义务植树活动有关工作的通知",
		"关于调整普宁市绿美乡村建设工作领导小组成员名单的通知":                        "关于调整普宁市绿美乡村建设工作|领导小组成员名单的通知",
		"中共揭阳市委组织部、揭阳市农业农村局、揭阳市林业局关于进一步加强乡村绿化苗木种植管护工作的实施意见": "中共揭阳市委组织部、揭阳市农业农村局、|揭阳市林业局关于进一步加强乡村绿化|苗木种植管护工作的实施意见",
		"关于2024年3月乡村绿化工作进展情况通报的更正":                          "关于2024年3月乡村绿化|工作进展情况通报的更正",
		"关于惠来县第一季度乡村绿化工作督查发现问题整改情况的报告":                      "关于惠来县第一季度乡村绿化工作|督查发现问题整改情况的报告",
		"各乡镇场街道植树进展情况表":                                     "各乡镇场街道植树进展情况表",
	} {
		if got := strings.Join(TitleLines(in), "|"); got != want {
			t.Errorf("%q is cut %s, want %s", in, got, want)
		}
	}
}

// No line of a title of such words begins or ends inside one of them, and none is short, wherever
// the words fall.
func TestTitlesKeepWordsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		place := rapid.SampledFrom([]string{"普宁市", "揭阳市", "惠来县", "榕城区", "里湖镇", ""}).Draw(t, "place")
		when := rapid.SampledFrom([]string{"2024年3月", "2024年12月", "2024年第一季度", "2024年度", "2024年3月29日", ""}).Draw(t, "when")
		what := rapid.SampledFrom([]string{"乡村绿化工作", "乡村绿化专项行动", "义务植树活动", "古树名木管护工作", "乡村绿化工作重点任务"}).Draw(t, "what")
		of := rapid.SampledFrom([]string{"进展情况", "完成情况", "有关问题整改情况", "督查情况", ""}).Draw(t, "of")
		end := rapid.SampledFrom([]string{"的通报", "的通知", "的实施意见", "的报告"}).Draw(t, "end")
		title := "关于" + place + when + what + of + end
		cut := TitleLines(title)
		if strings.Join(cut, "") != title {
			t.Fatalf("%s is cut %q", title, cut)
		}
		for i, l := range cut {
			if len(cut) > 1 && squaresOf(l) < 6 {
				t.Fatalf("line %q of %q is short", l, cut)
			}
			if i == 0 {
				continue
			}
			at := len(strings.Join(cut[:i], ""))
			for _, w := range []string{"关于" + place + when[:min(1, len(when))], place, when, "乡村绿化", "专项行动", "义务植树", "古树名木", "重点任务", "进展情况", "完成情况", "整改", "督查", end} {
				if from := strings.Index(title, w); w != "" && from < at && at < from+len(w) {
					t.Fatalf("%q is cut inside %s", cut, w)
				}
			}
		}
	})
}
