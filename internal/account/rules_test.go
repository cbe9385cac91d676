package account

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
)

func TestPasswordRules(t *testing.T) {
	for password, want := range map[string]error{
		"里湖的荔枝树又开花了啊":           nil,
		"orchard-7-lanterns":    nil,
		"lihu-4471-qingtian":    nil,
		"short-9-a":             ErrPasswordShort,
		"九个字的密码太短了":             ErrPasswordShort,
		strings.Repeat("长", 60): ErrPasswordLong,
		"huangzhiming":          ErrPasswordLogin,
		"HuangZhiMing1":         ErrPasswordLogin,
		"huangzhiming-and-more": nil,
		"Password123":           ErrPasswordCommon,
		"woaini1314520":         ErrPasswordCommon,
		"aaaaaaaaaaaa":          ErrPasswordCommon,
		"ababababab12"[:10]:     ErrPasswordCommon,
		"bcdefghijklm":          ErrPasswordCommon,
		"9876543210":            ErrPasswordCommon,
	} {
		if err := checkPassword(password, "huangzhiming"); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", password, err, want)
		}
	}
}

// First passwords pass the rules themselves and do not repeat.
func TestFirstPassword(t *testing.T) {
	seen := map[string]bool{}
	for range 500 {
		p, err := firstPassword()
		if err != nil || seen[p] {
			t.Fatalf("%q again, or %v", p, err)
		}
		seen[p] = true
		if len(p) != 14 || strings.ContainsAny(p, "ilo01") || checkPassword(p, "huangzhiming") != nil {
			t.Errorf("first password %q", p)
		}
	}
}

func TestCleanLogin(t *testing.T) {
	for in, want := range map[string]string{
		"huang": "huang", " Huang.ZM ": "huang.zm", "ｌｉｈｕ": "lihu", "445281119-2": "445281119-2", "a_b": "a_b", "12345678901": "12345678901",
	} {
		if got, err := cleanLogin(in); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]error{
		"": ErrLogin, "ab": ErrLogin, "黄志明": ErrLogin, "a b c": ErrLogin, "a'or'1": ErrLogin, strings.Repeat("a", 33): ErrLogin,
		"13812341234": ErrLoginPhone, "１３８１２３４１２３４": ErrLoginPhone,
	} {
		if got, err := cleanLogin(in); !errors.Is(err, want) {
			t.Errorf("%q: %q, %v, want %v", in, got, err, want)
		}
	}
}

func TestPhones(t *testing.T) {
	for in, want := range map[string][2]string{ // clean, masked
		"":                  {"", ""},
		"13812341234":       {"13812341234", "138****1234"},
		"138 1234 1234":     {"13812341234", "138****1234"},
		"138-1234-1234":     {"13812341234", "138****1234"},
		"+8613812341234":    {"13812341234", "138****1234"},
		"１３８１２３４１２３４":       {"13812341234", "138****1234"},
		"0663-22341221":     {"0663-22341221", "0663-22****21"},
		"0663－2234121":      {"0663-2234121", "0663-22***21"},
		"（0663）2234121":     {"0663-2234121", "0663-22***21"},
		"2234121":           {"2234121", "22***21"},
		"0663-2234121-8021": {"0663-2234121-8021", "0663-22********21"},
		"12345":             {"12345", "12*45"},
	} {
		got, err := cleanPhone(in)
		if err != nil || got != want[0] || access.MaskPhone(got) != want[1] {
			t.Errorf("%q: %q masked %q, %v, want %q", in, got, access.MaskPhone(got), err, want)
		}
	}
	for _, in := range []string{"无", "1234", "-", "138x1234123", "13812341234/13912341234", "12345678901234567", "0-6-6-3-1"} {
		if got, err := cleanPhone(in); !errors.Is(err, ErrPhone) {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func TestBlockAfter(t *testing.T) {
	for count, want := range map[int]time.Duration{
		0: 0, 4: 0, 5: 30 * time.Second, 6: time.Minute, 7: 2 * time.Minute, 8: 4 * time.Minute, 9: 8 * time.Minute,
		10: 15 * time.Minute, 11: 15 * time.Minute, 1_000_000: 15 * time.Minute,
	} {
		if got := blockAfter(count, freeByLogin); got != want {
			t.Errorf("after %d failures %v, want %v", count, got, want)
		}
	}
}

func TestBox(t *testing.T) {
	key := []byte(strings.Repeat("k", KeyBytes))
	box, err := NewBox(key)
	if err != nil {
		t.Fatal(err)
	}
	one, err1 := box.Seal("13812341234")
	two, err2 := box.Seal("13812341234")
	if err1 != nil || err2 != nil || one == two || strings.Contains(one, "1381") {
		t.Fatalf("sealed %q and %q, %v, %v", one, two, err1, err2)
	}
	if plain, err := box.Open(one); err != nil || plain != "13812341234" {
		t.Errorf("opened %q, %v", plain, err)
	}
	if sealed, err := box.Seal(""); err != nil || sealed != "" {
		t.Errorf("nothing sealed is %q, %v", sealed, err)
	}
	if plain, err := box.Open(""); err != nil || plain != "" {
		t.Errorf("nothing opened is %q, %v", plain, err)
	}
	other, err := NewBox([]byte(strings.Repeat("o", KeyBytes)))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := other.Open(one); err == nil {
		t.Errorf("another key opened %q", plain)
	}
	last := byte('A')
	if one[len(one)-3] == last {
		last = 'B'
	}
	for _, bad := range []string{"13812341234", "s1.", "s1.AAAA", "s2." + one[3:], one[:len(one)-3] + string(last) + one[len(one)-2:]} {
		if plain, err := box.Open(bad); err == nil {
			t.Errorf("%q opened as %q", bad, plain)
		}
	}
	if _, err := NewBox(key[1:]); err == nil {
		t.Error("a short key was taken")
	}
}

// What cannot be read is told only where a key was renewed: elsewhere everything that does not
// open is an error, and the words are a text like others.
func TestLaterBox(t *testing.T) {
	box := func(fill, id string, past ...string) *Box {
		b, err := NewLaterBox([]byte(strings.Repeat(fill, KeyBytes)), id, past)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	seal := func(b *Box, plain string) string {
		text, err := b.Seal(plain)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	first, second, third := box("1", ""), box("2", "aa", ""), box("3", "bb", "", "aa")
	of1, of2, of3, lost := seal(first, "1"), seal(second, "2"), seal(third, "3"), seal(second, access.Unreadable)
	const loud = "loud"
	for _, c := range []struct {
		name         string
		box          *Box
		sealed, want string
	}{
		{"its own", first, of1, "1"},
		{"a later key's", first, of2, loud},
		{"the mark where nothing was renewed", first, lost, loud},
		{"the words where nothing was renewed", first, seal(first, access.Unreadable), access.Unreadable},
		{"the first key's", second, of1, access.Unreadable},
		{"its own", second, of2, "2"},
		{"the mark", second, lost, access.Unreadable},
		{"touched", second, of2[:len(of2)-3] + "AA", loud},
		{"under another name", second, strings.Replace(of2, "s2.aa.", "s1.", 1), access.Unreadable},
		{"a later key's", second, of3, loud},
		{"the first key's", third, of1, access.Unreadable},
		{"the second key's", third, of2, access.Unreadable},
		{"the second key's under its name", third, strings.Replace(of2, ".aa.", ".bb.", 1), loud},
		{"the mark", third, lost, access.Unreadable},
		{"its own", third, of3, "3"},
	} {
		got, err := c.box.Open(c.sealed)
		if err != nil {
			got = loud
		}
		if got != c.want {
			t.Errorf("%s in the box of %q: %q, want %q", c.name, c.box.id, got, c.want)
		}
	}
}

func TestHash(t *testing.T) {
	h, err := newHasher(Params{MemoryKiB: 64, Passes: 1, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := h.hash(t.Context(), "里湖的荔枝树")
	if err != nil || !strings.HasPrefix(encoded, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("%q, %v", encoded, err)
	}
	again, err := h.hash(t.Context(), "里湖的荔枝树")
	if err != nil || again == encoded {
		t.Errorf("the same hash twice: no salt, or %v", err)
	}
	for password, want := range map[string]bool{"里湖的荔枝树": true, "里湖的荔枝": false, "": false} {
		// Another server may run with other parameters: those of the hash count.
		other := &hasher{params: DefaultParams, slots: make(chan struct{}, 1)}
		if got, err := other.matches(t.Context(), password, encoded); err != nil || got != want {
			t.Errorf("%q matches: %t, %v", password, got, err)
		}
	}
	for _, bad := range []string{"", "x", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=64,t=0,p=0$AAAA$AAAA", "$argon2id$v=19$m=64,t=1,p=1$AAAA$"} {
		if _, err := h.matches(t.Context(), "x", bad); err == nil {
			t.Errorf("%q was taken for a hash", bad)
		}
	}
}
