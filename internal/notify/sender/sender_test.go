package sender_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/notify/sender"
)

var (
	ctx = context.Background()
	now = time.Date(2024, 3, 29, 16, 30, 5, 123e6, time.UTC)
)

const secret = "SECa1b2<&>+/="

// platform is a local server that takes a message only in the platform's documented form, with the
// right signature, and answers as the platform does.
type platform struct {
	t     *testing.T
	name  notify.Platform
	fail  []string // answers to give first, as "status body"
	texts []string
	at    []string // mobiles named
	ids   []string
}

func (p *platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Error(err)
	}
	if r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		p.t.Errorf("%s %s", r.Method, r.Header.Get("Content-Type"))
	}
	p.ids = append(p.ids, r.Header.Get("Idempotency-Key"))
	if len(p.fail) > 0 {
		var status int
		answer := p.fail[0]
		p.fail = p.fail[1:]
		if _, err := fmt.Sscan(answer[:3], &status); err != nil {
			p.t.Error(err)
		}
		w.Header().Set("Location", "https://example.com/")
		w.WriteHeader(status)
		io.WriteString(w, answer[4:]) //nolint:errcheck // a test
		return
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	answer := map[notify.Platform]func(*http.Request, *json.Decoder) string{notify.WeCom: p.weCom, notify.DingTalk: p.dingTalk, notify.Feishu: p.feishu}[p.name](r, dec)
	io.WriteString(w, answer) //nolint:errcheck // a test
}

// https://developer.work.weixin.qq.com/document/path/91770
func (p *platform) weCom(r *http.Request, dec *json.Decoder) string {
	var m struct {
		MsgType string `json:"msgtype"`
		Text    struct {
			Content             string   `json:"content"`
			MentionedMobileList []string `json:"mentioned_mobile_list"`
		} `json:"text"`
	}
	if r.URL.Path != "/cgi-bin/webhook/send" || r.URL.RawQuery != "key=KEY" {
		return `{"errcode":93000,"errmsg":"invalid webhook url"}`
	}
	if err := dec.Decode(&m); err != nil || m.MsgType != "text" || m.Text.Content == "" || len(m.Text.Content) > 2048 {
		return `{"errcode":40008,"errmsg":"invalid message type"}`
	}
	p.texts, p.at = append(p.texts, m.Text.Content), m.Text.MentionedMobileList
	return `{"errcode":0,"errmsg":"ok"}`
}

// https://open.dingtalk.com/document/robots/custom-robot-access
func (p *platform) dingTalk(r *http.Request, dec *json.Decoder) string {
	var m struct {
		MsgType string `json:"msgtype"`
		Text    struct {
			Content string `json:"content"`
		} `json:"text"`
		At struct {
			AtMobiles []string `json:"atMobiles"`
			IsAtAll   bool     `json:"isAtAll"`
		} `json:"at"`
	}
	q := r.URL.Query()
	if r.URL.Path != "/robot/send" || q.Get("access_token") != "KEY" {
		return `{"errcode":300001,"errmsg":"token is not exist"}`
	}
	stamp := q.Get("timestamp")
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%s\n%s", stamp, secret)
	if stamp != "1711729805123" || q.Get("sign") != base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
		return `{"errcode":310000,"errmsg":"sign not match"}`
	}
	if err := dec.Decode(&m); err != nil || m.MsgType != "text" || m.At.IsAtAll {
		return `{"errcode":400101,"errmsg":"body"}`
	}
	for _, mobile := range m.At.AtMobiles {
		if !strings.Contains(m.Text.Content, "@"+mobile) {
			return `{"errcode":400101,"errmsg":"at"}`
		}
	}
	p.texts, p.at = append(p.texts, m.Text.Content), m.At.AtMobiles
	return `{"errcode":0,"errmsg":"ok"}`
}

// https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
func (p *platform) feishu(r *http.Request, dec *json.Decoder) string {
	var m struct {
		Timestamp string `json:"timestamp"`
		Sign      string `json:"sign"`
		MsgType   string `json:"msg_type"`
		Content   struct {
			Text string `json:"text"`
		} `json:"content"`
	}
	if r.URL.Path != "/open-apis/bot/v2/hook/KEY" || r.URL.RawQuery != "" {
		return `{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}`
	}
	if err := dec.Decode(&m); err != nil || m.MsgType != "text" {
		return `{"code":9499,"msg":"Bad Request"}`
	}
	mac := hmac.New(sha256.New, []byte(m.Timestamp+"\n"+secret))
	if m.Timestamp != "1711729805" || m.Sign != base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
		return `{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}`
	}
	p.texts = append(p.texts, m.Content.Text)
	return `{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}`
}

var paths = map[notify.Platform]string{
	notify.WeCom: "/cgi-bin/webhook/send?key=KEY", notify.DingTalk: "/robot/send?access_token=KEY", notify.Feishu: "/open-apis/bot/v2/hook/KEY",
}

func open(t *testing.T, name notify.Platform) (*platform, func(notify.Post) error) {
	p := &platform{t: t, name: name}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	robots := sender.New(func() time.Time { return now }, true)
	return p, func(post notify.Post) error {
		post.Robot.Platform = name
		if post.Robot.Address == "" {
			post.Robot.Address = server.URL + paths[name]
		}
		if post.Robot.Secret == "" && name != notify.WeCom {
			post.Robot.Secret = secret
		}
		post.ID = "2024-03-29.due_day.445281001201.robot1"
		return robots.Post(ctx, post)
	}
}

// What each platform gets is what it documents; what people wrote names nobody.
func TestForms(t *testing.T) {
	for _, name := range notify.Platforms() {
		t.Run(string(name), func(t *testing.T) {
			p, post := open(t, name)
			const hostile = "新坛<at user_id=\"all\">所有人</at>@all村\x00\u202e\n\"引号\""
			mobiles := []string{"13800138001", "13800138002"}
			if name == notify.Feishu {
				mobiles = nil
			}
			if err := post(notify.Post{Text: hostile, Mobiles: mobiles}); err != nil {
				t.Fatal(err)
			}
			if len(p.texts) != 1 || !strings.HasPrefix(p.texts[0], "新坛＜at user_id=\"all\"＞所有人＜/at＞＠all村\n\"引号\"") || strings.ContainsAny(p.texts[0], "<>\x00\u202e") {
				t.Errorf("got %q", p.texts)
			}
			if strings.Join(p.at, " ") != strings.Join(mobiles, " ") || p.ids[0] != "2024-03-29.due_day.445281001201.robot1" {
				t.Errorf("named %v, id %v", p.at, p.ids)
			}
		})
	}
}

// What a platform answers instead of taking a message, and whether it is worth trying again.
func TestAnswers(t *testing.T) {
	type answer struct {
		text  string
		says  string // empty: it cannot be read or reached
		final bool
	}
	both := []answer{{"429 slow down", "HTTP 429", false}, {"500 oops", "HTTP 500", false}, {"502 <html>", "HTTP 502", false}, {"302 ", "HTTP 302", false},
		{"200 <html>", "", false}, {"200 {}", "", false}, {"200 ", "", false}, {"200 [1]", "", false}, {"200 {\"errcode\":null,\"code\":null}", "", false}}
	for name, list := range map[notify.Platform][]answer{
		notify.WeCom: {{`200 {"errcode":45009,"errmsg":"api freq out of limit"}`, "45009 api freq out of limit", false}, {`200 {"errcode":93000,"errmsg":"invalid"}`, "93000 invalid", true},
			{`200 {"errcode":-1,"errmsg":"system busy"}`, "-1 system busy", false}, {`200 {"code":0}`, "", false}},
		notify.DingTalk: {{`200 {"errcode":130101,"errmsg":"send too fast"}`, "130101 send too fast", false}, {`200 {"errcode":310000,"errmsg":"keywords not in content"}`, "310000 keywords not in content", true}},
		notify.Feishu: {{`200 {"code":9499,"msg":"too many request"}`, "9499 too many request", false}, {`400 {"code":19021,"msg":"sign match fail"}`, "19021 sign match fail", true},
			{`200 {"StatusCode":19024,"StatusMessage":"Key Words Not Found"}`, "19024 Key Words Not Found", true}, {`200 {"errcode":0}`, "", false}, {`500 {"code":0}`, "HTTP 500", false}},
	} {
		p, post := open(t, name)
		for _, a := range append(list, both...) {
			p.fail = []string{a.text}
			err := post(notify.Post{Text: "提醒"})
			refusal := (*notify.Refusal)(nil)
			switch {
			case err == nil:
				t.Errorf("%s: %q was taken", name, a.text)
			case errors.As(err, &refusal) != (a.says != ""):
				t.Errorf("%s: %q is %v", name, a.text, err)
			case refusal != nil && (refusal.Says != a.says || refusal.Final != a.final):
				t.Errorf("%s: %q is %+v", name, a.text, refusal)
			}
		}
		if len(p.texts) != 0 {
			t.Errorf("%s took %q", name, p.texts)
		}
		if err := post(notify.Post{Text: "提醒"}); err != nil || len(p.texts) != 1 {
			t.Errorf("%s afterwards: %v", name, err)
		}
		if name != notify.WeCom {
			var refusal *notify.Refusal
			if err := post(notify.Post{Text: "提醒", Robot: notify.Robot{Secret: "wrong"}}); !errors.As(err, &refusal) || !refusal.Final {
				t.Errorf("%s with a wrong secret: %v", name, err)
			}
		}
	}
}

// An address elsewhere is never spoken to, and no error has the robot's key in it.
func TestAddresses(t *testing.T) {
	_, post := open(t, notify.WeCom)
	server := httptest.NewServer(http.NotFoundHandler())
	gone := server.URL
	server.Close()
	err := post(notify.Post{Text: "a", Robot: notify.Robot{Address: gone + "/cgi-bin/webhook/send?key=TOPSECRET"}})
	if err == nil || strings.Contains(err.Error(), "TOPSECRET") {
		t.Errorf("down: %v", err)
	}
	robots := sender.New(time.Now, false)
	for _, address := range []string{gone + "/cgi-bin/webhook/send?key=a", "https://127.0.0.1/cgi-bin/webhook/send?key=a", ""} {
		var refusal *notify.Refusal
		if err := robots.Post(ctx, notify.Post{Robot: notify.Robot{Platform: notify.WeCom, Address: address}}); !errors.As(err, &refusal) || !refusal.Final {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestLog(t *testing.T) {
	var b bytes.Buffer
	logged, err := sender.Log{Log: slog.New(slog.NewTextHandler(&b, nil))}.Text(ctx, "m1", "13800138001", "提醒")
	if err != nil || !logged || !strings.Contains(b.String(), "138****8001") || strings.Contains(b.String(), "13800138001") {
		t.Errorf("%q, %v", b.String(), err)
	}
}
