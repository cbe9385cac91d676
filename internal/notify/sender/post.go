// Package sender posts to the group robots of 企业微信, 钉钉 and 飞书, each in its platform's documented
// form and with its signature, and reads what they answer. It also has the SMS that only writes to
// the log. What is sent to whom, and when again, is for package notify.
package sender

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/sangzi/sangzi/internal/notify"
)

// How long a platform may take, and the most bytes of its answer that are read.
const (
	patience  = 10 * time.Second
	maxAnswer = 64 << 10
)

// Robots is the notify.Poster over HTTP.
type Robots struct {
	client   *http.Client
	now      func() time.Time
	loopback bool
}

var _ notify.Poster = (*Robots)(nil)

// New makes it. now is the machine's own clock, since signatures hold for an hour only; with
// loopback, for tests, robots may be on this machine.
func New(now func() time.Time, loopback bool) *Robots {
	return &Robots{client: &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		now: now, loopback: loopback}
}

// message is what a platform wants: where to, and the JSON.
type message struct {
	url  string
	body any
}

// Post sends one message.
func (r *Robots) Post(ctx context.Context, p notify.Post) error {
	if err := notify.CheckAddress(p.Robot.Platform, p.Robot.Address, r.loopback); err != nil {
		return &notify.Refusal{Says: "address", Final: true}
	}
	p.Text = plain(p.Text)
	var m message
	var judge func(answer) *notify.Refusal
	switch p.Robot.Platform {
	case notify.WeCom:
		m, judge = weCom(p), weComAnswer
	case notify.DingTalk:
		m, judge = dingTalk(p, r.now()), dingTalkAnswer
	default:
		m, judge = feishu(p, r.now()), feishuAnswer
	}
	body, err := json.Marshal(m.body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.url, bytes.NewReader(body))
	if err != nil {
		return errors.New("sender: the address cannot be used")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("Idempotency-Key", p.ID)
	resp, err := r.client.Do(req)
	if err != nil {
		if failed := (*url.Error)(nil); errors.As(err, &failed) {
			err = failed.Err // without the address, which has the robot's key in it
		}
		return fmt.Errorf("sender: %w", err)
	}
	defer resp.Body.Close()
	return read(resp, judge)
}

// answer is what the three platforms answer, as far as it is read.
type answer struct {
	ErrCode    *int64 `json:"errcode"`
	ErrMsg     string `json:"errmsg"`
	Code       *int64 `json:"code"`
	Msg        string `json:"msg"`
	StatusCode *int64 `json:"StatusCode"`
	StatusMsg  string `json:"StatusMessage"`
}

// read reads an answer: taken only when the platform says so in its own words.
func read(resp *http.Response, judge func(answer) *notify.Refusal) error {
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("sender: %w", err)
	}
	var a answer
	bad := json.Unmarshal(raw, &a)
	if bad == nil {
		if no := judge(a); no == nil && resp.StatusCode == http.StatusOK {
			return nil
		} else if no != nil && no.Says != "" {
			return no
		}
	}
	if resp.StatusCode != http.StatusOK {
		return &notify.Refusal{Says: "HTTP " + strconv.Itoa(resp.StatusCode)}
	}
	return errors.New("sender: the answer cannot be read")
}

// refusal is a platform's code and words.
func refusal(code int64, says string, final ...int64) *notify.Refusal {
	no := &notify.Refusal{Says: strconv.FormatInt(code, 10) + " " + plain(says)}
	for _, f := range final {
		no.Final = no.Final || f == code
	}
	return no
}

// unread is the answer without the fields that a platform's answers have.
var unread = &notify.Refusal{}

// plain makes a text that no platform reads as a mention or a tag, and that has no control
// characters: names come from people.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '<':
			return '＜'
		case r == '>':
			return '＞'
		case r == '@':
			return '＠'
		case r == '\n':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}
