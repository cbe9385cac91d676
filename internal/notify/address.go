package notify

import (
	"net"
	"net/url"
	"strings"
)

// Platform is whose group robot it is.
type Platform string

// The platforms.
const (
	WeCom    Platform = "wecom"    // 企业微信
	DingTalk Platform = "dingtalk" // 钉钉
	Feishu   Platform = "feishu"   // 飞书
)

// Platforms lists them in the order in which pages offer them.
func Platforms() []Platform { return []Platform{WeCom, DingTalk, Feishu} }

// Name is what people call the platform; empty for one that there is not.
func (p Platform) Name() string {
	return map[Platform]string{WeCom: "企业微信", DingTalk: "钉钉", Feishu: "飞书"}[p]
}

// door is where a platform's robots are spoken to, as its documentation says.
type door struct {
	host, path string
	key        string // the parameter of the query that holds the robot's key; empty: it ends the path
}

var doors = map[Platform]door{
	WeCom:    {"qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key"},
	DingTalk: {"oapi.dingtalk.com", "/robot/send", "access_token"},
	Feishu:   {"open.feishu.cn", "/open-apis/bot/v2/hook/", ""},
}

// maxAddress is the longest address of a robot, in bytes.
const maxAddress = 500

// CheckAddress tells whether an address is a robot's of the platform: https, at the platform's own
// host. With loopback, for tests, also http at this machine.
func CheckAddress(p Platform, address string, loopback bool) error {
	d, ok := doors[p]
	if !ok {
		return ErrPlatform
	}
	wrong := ErrAddress.With("platform", p.Name()).With("host", d.host)
	u, err := url.Parse(address)
	if err != nil || len(address) > maxAddress || u.User != nil || u.Fragment != "" || u.Opaque != "" {
		return wrong
	}
	local := loopback && u.Scheme == "http" && net.ParseIP(u.Hostname()).IsLoopback()
	if !local && (u.Scheme != "https" || u.Host != d.host) {
		return wrong
	}
	if d.key == "" {
		if key, ok := strings.CutPrefix(u.Path, d.path); !ok || key == "" || strings.Contains(key, "/") || u.RawQuery != "" {
			return wrong
		}
	} else if u.Path != d.path || u.Query().Get(d.key) == "" || len(u.Query()) != 1 {
		return wrong
	}
	return nil
}

// MaskAddress is a robot's address as pages show it: whose it is, and the last four characters.
func MaskAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || len(address) < 8 {
		return "****"
	}
	return strings.ToValidUTF8(u.Hostname()+"/…"+address[len(address)-4:], "")
}
