package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// format is a kind of file that is read.
type format struct {
	name   string
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var formats = map[string]format{
	"jpeg": {"jpeg", jpeg.DecodeConfig, jpeg.Decode},
	"png":  {"png", png.DecodeConfig, png.Decode},
	"webp": {"webp", webp.DecodeConfig, webp.Decode},
}

// sniff tells by its first bytes what a file is; its name and its stated type say nothing.
func sniff(data []byte) (format, error) {
	head := data[:min(len(data), 4096)]
	switch {
	case len(data) > MaxBytes:
		return format{}, ErrTooLarge.With("mib", MaxBytes>>20)
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return formats["jpeg"], nil
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		if bytes.Contains(head, []byte("acTL")) {
			return format{}, ErrAnimated
		}
		return formats["png"], nil
	case len(head) >= 16 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		if len(head) > 20 && string(head[12:16]) == "VP8X" && head[20]&2 != 0 {
			return format{}, ErrAnimated
		}
		return formats["webp"], nil
	case bytes.HasPrefix(head, []byte("GIF8")):
		return format{}, ErrAnimated
	case len(head) >= 12 && string(head[4:8]) == "ftyp" && isHEIC(head):
		return format{}, ErrHEIC
	}
	return format{}, ErrType
}

// isHEIC looks for the brands of HEIF among those a file names.
func isHEIC(head []byte) bool {
	end := min(int(binary.BigEndian.Uint32(head)), len(head), 256)
	for i := 8; i+4 <= end; i += 4 {
		switch string(head[i : i+4]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
			return true
		}
	}
	return false
}

// progressive tells whether a JPEG's frame is: the first of its segments that begins one.
func progressive(data []byte) bool {
	for i := 2; i+4 <= len(data) && data[i] == 0xff; {
		switch marker := data[i+1]; {
		case marker == 0xff:
			i++
			continue
		case marker == 0xc2:
			return true
		case marker == 0xda || marker == 0xc0 || marker == 0xc1:
			return false
		}
		i += 2 + int(data[i+2])<<8 + int(data[i+3])
	}
	return true // unclear counts as the heavier
}
