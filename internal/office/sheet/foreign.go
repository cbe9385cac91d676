package sheet

import "strings"

// foreignMagic names files that are plainly something else.
func foreignMagic(data []byte) string {
	head := string(data[:min(len(data), 16)])
	for _, known := range []struct{ magic, kind string }{
		{"%PDF", "pdf"}, {"\x89PNG", "png"}, {"\xff\xd8\xff", "jpg"}, {"GIF8", "gif"},
		{"Rar!", "rar"}, {"7z\xbc\xaf", "7z"}, {"{\\rtf", "rtf"}, {"\x1f\x8b", "gz"},
	} {
		if strings.HasPrefix(head, known.magic) {
			return known.kind
		}
	}
	return ""
}

// refuseMarkup tells web pages and XML from tables by how the text begins.
func refuseMarkup(text string) error {
	head := strings.ToLower(strings.TrimLeft(text[:min(len(text), 8<<10)], " \t\r\n\ufeff"))
	switch {
	case strings.HasPrefix(head, "mime-version:"), strings.HasPrefix(head, "from: ") && strings.Contains(head, "\nmime-version:"):
		return ErrWebpage
	case len(head) < 2, head[0] != '<', head[1] != '!' && head[1] != '?' && (head[1] < 'a' || head[1] > 'z'):
		return nil
	case strings.Contains(head, "<html"), strings.Contains(head, "<!doctype html"),
		strings.HasPrefix(head, "<table"), strings.HasPrefix(head, "<meta"), strings.HasPrefix(head, "<head"),
		strings.HasPrefix(head, "<style"), strings.HasPrefix(head, "<div"), strings.HasPrefix(head, "<body"):
		return ErrWebpage
	case strings.Contains(head, "urn:schemas-microsoft-com:office:spreadsheet"):
		return ErrXML2003
	case strings.HasPrefix(head, "<?xml"):
		return notWorkbook("xml")
	case strings.HasPrefix(head, "<!--"):
		return ErrWebpage
	}
	return nil
}
