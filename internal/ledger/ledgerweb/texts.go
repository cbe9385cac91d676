package ledgerweb

import (
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/words"
)

// withUnit is a value as read out: 436 株, 2.60 万元, 是; nothing in it is 没有填.
func withUnit(col *campaign.Column, v ledger.Value) string {
	switch {
	case v == ledger.Empty:
		return "没有填"
	case col.Unit == "":
		return ledger.Format(col, v)
	}
	return ledger.Format(col, v) + " " + col.Unit
}

// difference says how a value stands to the last report's: +120, -0.50, 上周 否.
func difference(col *campaign.Column, v, last ledger.Value) string {
	switch {
	case v == last:
		return ""
	case col.Type == campaign.YesNo || v == ledger.Empty || last == ledger.Empty:
		return "上周 " + withUnit(col, last)
	}
	if v > last {
		return "比上周 +" + ledger.Exact(col, v-last)
	}
	return "比上周 −" + ledger.Exact(col, last-v)
}

// timeLeft is 还有 1 小时 12 分, or 已过截止 2 小时.
func timeLeft(deadline, now time.Time) string {
	if left := deadline.Sub(now); left > 0 {
		return "还有 " + words.Duration(left)
	}
	return "已逾期 " + words.Duration(now.Sub(deadline))
}
