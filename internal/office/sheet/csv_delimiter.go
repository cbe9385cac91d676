package sheet

import "strings"

// sniffDelimiter chooses between comma, tab and semicolon by which of them cuts the first
// lines most evenly. A first line "sep=;" says it outright, as Excel has it, and is no row.
func sniffDelimiter(text string) (byte, string) {
	if len(text) >= 5 && strings.EqualFold(text[:4], "sep=") && strings.IndexByte(",;\t", text[4]) >= 0 {
		rest := text[5:]
		if trimmed := strings.TrimLeft(rest, "\r\n"); len(trimmed) < len(rest) || rest == "" {
			end := strings.IndexByte(rest, '\n')
			return text[4], rest[end+1:]
		}
	}
	best, bestScore := byte(','), 0
	for _, d := range []byte{',', '\t', ';'} {
		if score := evenness(text[:min(len(text), 64<<10)], d); score > bestScore {
			best, bestScore = d, score
		}
	}
	return best, text
}

// evenness counts the lines that hold a delimiter as often as most lines do, outside quotes.
func evenness(text string, d byte) int {
	lines := map[int]int{}
	n, seen, inQuotes := 0, 0, false
	for i := 0; i < len(text) && seen < 50; i++ {
		switch text[i] {
		case '"':
			inQuotes = !inQuotes
		case d:
			if !inQuotes {
				n++
			}
		case '\n', '\r':
			if !inQuotes {
				lines[n]++
				n = 0
				seen++
			}
		}
	}
	if n > 0 {
		lines[n]++
	}
	best := 0
	for count, times := range lines {
		if count > 0 {
			best = max(best, times*16+min(count, 15))
		}
	}
	return best
}
