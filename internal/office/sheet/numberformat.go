package sheet

import "strings"

// numberFormat is what a format makes of a number: the only thing about formats that matters
// here is whether a number is meant as a date.
type numberFormat uint8

const (
	plainNumber numberFormat = iota
	dateTime                 // a date, with or without time
	clockTime                // hours and minutes only
	elapsedTime              // hours counted beyond a day: [h]:mm
)

// builtinFormat tells the formats that a workbook names by number without spelling them out.
// 27–36 and 50–58 are dates and times in the Chinese, Japanese and Korean editions.
func builtinFormat(id int) numberFormat {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
		return dateTime
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47:
		return clockTime
	case id == 46:
		return elapsedTime
	}
	return plainNumber
}

// parseFormat tells what a custom format makes of a number, from its first section. Quoted and
// escaped text, colours, locales and conditions do not count; a bare y, m, d, h or s does.
func parseFormat(code string) numberFormat {
	if lower := strings.ToLower(code); strings.Contains(lower, "general") || strings.Contains(code, "通用格式") {
		return plainNumber
	}
	var year, month, clock, elapsed bool
	weekday := 0
scan:
	for i := 0; i < len(code); i++ {
		c := code[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != 'a' {
			if weekday >= 3 {
				year = true
			}
			weekday = 0
		}
		switch c {
		case ';':
			break scan
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				break scan
			}
			i += end + 1
		case '\\', '_', '*':
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				break scan
			}
			elapsed = elapsed || countsTime(code[i+1:i+end])
			i += end
		case 'y', 'd':
			year = true
		case 'm':
			month = true
		case 'h', 's':
			clock = true
		case 'a':
			weekday++
		}
	}
	switch {
	case year || weekday >= 3:
		return dateTime
	case elapsed:
		return elapsedTime
	case clock:
		return clockTime
	case month:
		return dateTime
	}
	return plainNumber
}

// countsTime reports a bracket such as h, hh, mm or ss, which counts beyond a day or an hour.
func countsTime(bracket string) bool {
	b := strings.ToLower(bracket)
	return b != "" && strings.Contains("hms", b[:1]) && strings.Trim(b, b[:1]) == ""
}
