package account

import "strings"

// mask hides the middle of a telephone number: 138****1234, 0663-22****21, 22***21.
func mask(phone string) string {
	if isMobile(phone) {
		return phone[:3] + "****" + phone[7:]
	}
	if area, local, ok := strings.Cut(phone, "-"); ok {
		return area + "-" + maskMiddle(local)
	}
	return maskMiddle(phone)
}

func maskMiddle(s string) string {
	if len(s) <= 4 {
		return strings.Repeat("*", len(s))
	}
	return s[:2] + strings.Repeat("*", len(s)-4) + s[len(s)-2:]
}
