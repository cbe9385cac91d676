package sender

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/notify"
)

// dingTalk is a message to 钉钉. With a secret the query holds the time in milliseconds and the
// signature. Numbers stand in the text too: only then are their owners named.
func dingTalk(p notify.Post, now time.Time) message {
	type text struct {
		Content string `json:"content"`
	}
	type at struct {
		Mobiles []string `json:"atMobiles,omitempty"`
		All     bool     `json:"isAtAll"`
	}
	address := p.Robot.Address
	if p.Robot.Secret != "" {
		stamp := strconv.FormatInt(now.UnixMilli(), 10)
		address += "&" + url.Values{"timestamp": {stamp}, "sign": {dingTalkSign(stamp, p.Robot.Secret)}}.Encode()
	}
	content := p.Text
	if len(p.Mobiles) > 0 {
		content += "\n@" + strings.Join(p.Mobiles, " @")
	}
	return message{address, struct {
		Type string `json:"msgtype"`
		Text text   `json:"text"`
		At   at     `json:"at"`
	}{"text", text{content}, at{Mobiles: p.Mobiles}}}
}

// dingTalkSign is HMAC-SHA256 of the time, a line break and the secret, keyed with the secret.
func dingTalkSign(stamp, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "\n" + secret))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// dingTalkAnswer: errcode 0 is taken. 300001 and 300005 are a token that is not good, 310000 a
// signature, word or address that the robot's settings do not allow, 400013 a group that is gone;
// 130101 and 660026 (too many) and -1 pass.
func dingTalkAnswer(a answer) *notify.Refusal {
	switch {
	case a.ErrCode == nil:
		return unread
	case *a.ErrCode == 0:
		return nil
	}
	return refusal(*a.ErrCode, a.ErrMsg, 300001, 300005, 310000, 400013)
}
