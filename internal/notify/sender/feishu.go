package sender

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"time"

	"github.com/sangzi/sangzi/internal/notify"
)

// feishu is a message to 飞书. With a secret the body holds the time in seconds and the signature.
// Its robots cannot name people by their numbers.
func feishu(p notify.Post, now time.Time) message {
	type content struct {
		Text string `json:"text"`
	}
	body := struct {
		Stamp   string  `json:"timestamp,omitempty"`
		Sign    string  `json:"sign,omitempty"`
		Type    string  `json:"msg_type"`
		Content content `json:"content"`
	}{Type: "text", Content: content{p.Text}}
	if p.Robot.Secret != "" {
		body.Stamp = strconv.FormatInt(now.Unix(), 10)
		body.Sign = feishuSign(body.Stamp, p.Robot.Secret)
	}
	return message{p.Robot.Address, body}
}

// feishuSign is HMAC-SHA256 of nothing, keyed with the time, a line break and the secret.
func feishuSign(stamp, secret string) string {
	mac := hmac.New(sha256.New, []byte(stamp+"\n"+secret))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// feishuAnswer: code 0, in older answers StatusCode 0, is taken. 19001 is an address that is not
// good, 19021, 19022 and 19024 a signature, address or word that the robot's settings do not allow;
// 9499 and 11232 (too many) pass.
func feishuAnswer(a answer) *notify.Refusal {
	code, says := a.Code, a.Msg
	if code == nil {
		code, says = a.StatusCode, a.StatusMsg
	}
	switch {
	case code == nil:
		return unread
	case *code == 0:
		return nil
	}
	return refusal(*code, says, 19001, 19021, 19022, 19024)
}
