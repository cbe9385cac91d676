package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/web/ui"
)

const saidCookie = "said"

// Say keeps a notice for the next page, which the browser is redirected to: 已保存 16:18:04.
func Say(w http.ResponseWriter, n ui.Notice) error {
	b, err := json.Marshal(n)
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: saidCookie, Value: base64.RawURLEncoding.EncodeToString(b), Path: "/",
		MaxAge: int(time.Minute / time.Second), HttpOnly: true, Secure: isSecure(w), SameSite: http.SameSiteLaxMode})
	return nil
}

// takeSaid reads what Say kept, once. What cannot be read was not ours.
func takeSaid(w http.ResponseWriter, r *http.Request) []ui.Notice {
	c, err := r.Cookie(saidCookie)
	if err != nil {
		return nil
	}
	http.SetCookie(w, &http.Cookie{Name: saidCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: isSecure(w), SameSite: http.SameSiteLaxMode})
	b, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(b) > 2048 {
		return nil
	}
	var n ui.Notice
	if json.Unmarshal(b, &n) != nil || !n.Tone.Valid() {
		return nil
	}
	return []ui.Notice{n}
}

func isSecure(w http.ResponseWriter) bool {
	t, ok := w.(*tracker)
	return ok && t.secure
}
