// Command subset cuts a TrueType font down to the characters official documents are written with
// and writes it packed, as internal/office/font embeds it:
//
//	go run ./internal/office/font/subset -set gb2312 -in NotoSansSC_500Medium.ttf -out sans-medium.ttf.zst
//
// It is run when a font is taken anew, never when the program is built.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

func main() {
	in := flag.String("in", "", "the font, .ttf")
	out := flag.String("out", "", "where the packed subset goes, .ttf.zst")
	set := flag.String("set", "gb2312", "the characters: gb2312 or gbk")
	flag.Parse()
	if err := run(*in, *out, *set); err != nil {
		fmt.Fprintln(os.Stderr, "subset:", err)
		os.Exit(1)
	}
}

func run(in, out, set string) error {
	wanted, err := characters(set)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Clean(in))
	if err != nil {
		return err
	}
	f, err := open(data)
	if err != nil {
		return fmt.Errorf("%s: %w", in, err)
	}
	small, kept, err := f.subset(wanted)
	if err != nil {
		return fmt.Errorf("%s: %w", in, err)
	}
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(8<<20))
	if err != nil {
		return err
	}
	packed := packer.EncodeAll(small, nil)
	fmt.Printf("%s: %d of %d characters, %d bytes, packed %d\n", filepath.Base(out), kept, len(wanted), len(small), len(packed))
	return os.WriteFile(filepath.Clean(out), packed, 0o644)
}
