package sender

import "github.com/sangzi/sangzi/internal/notify"

// weCom is a message to 企业微信: a text, and the numbers of those it is for. The key in the
// address is all its proof.
func weCom(p notify.Post) message {
	type text struct {
		Content string   `json:"content"`
		Mobiles []string `json:"mentioned_mobile_list,omitempty"`
	}
	return message{p.Robot.Address, struct {
		Type string `json:"msgtype"`
		Text text   `json:"text"`
	}{"text", text{p.Text, p.Mobiles}}}
}

// weComAnswer: errcode 0 is taken. 93000 is an address that is no longer good, 40008 and 40058 a
// message it will never take; 45009 (more than twenty a minute) and -1 pass.
func weComAnswer(a answer) *notify.Refusal {
	switch {
	case a.ErrCode == nil:
		return unread
	case *a.ErrCode == 0:
		return nil
	}
	return refusal(*a.ErrCode, a.ErrMsg, 93000, 40008, 40058)
}
