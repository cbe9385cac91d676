package statisticsweb

import (
	"net/url"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

func tableURL(of unit.Code, due date.Date) string {
	return "/statistics/" + of.String() + "/" + due.String()
}

// with is an address with parameters set, or taken away when the value is empty.
func with(path string, q url.Values, set ...string) string {
	out := url.Values{}
	for k, v := range q {
		out[k] = v
	}
	for i := 0; i+1 < len(set); i += 2 {
		if set[i+1] == "" {
			out.Del(set[i])
		} else {
			out.Set(set[i], set[i+1])
		}
	}
	if len(out) == 0 {
		return path
	}
	return path + "?" + out.Encode()
}
