package browser_test

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/demo"
)

const picturesDir = "../../docs/pictures"

// mostBytes is the size of a picture that README may load.
const mostBytes = 200_000

// TestPictures goes to the five main pages as README shows them, on a phone and on a desk; with
// -update it takes the pictures anew. It wants those there are to be light and to stand in README.
func TestPictures(t *testing.T) {
	s := openRecorded(t)
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct {
		name  string
		login string
		walk  func(*visitor)
		shows string // what must be on the page
	}{
		{"village-phone", "xintan", villagePicture, ".entry-value.changed"},
		{"village-desktop", "xintan", nil, ".entry-value.changed"},
		{"town-desktop", "lihu", townPicture, "#cell-note:not([hidden])"},
		{"upload-desktop", "lihu", uploadPicture, ".cell-changes"},
		{"board-desktop", "puning", nil, ".tile"},
		{"board-phone", "lingdao", boardPicture, ".unit-group"},
		{"statistics-desktop", "puning", statisticsPicture, ".chart"},
		{"statistics-phone", "lingdao", statisticsPicture, "table"},
	} {
		t.Run(p.name, func(t *testing.T) {
			var v *visitor
			if strings.HasSuffix(p.name, "-phone") {
				v = s.visitor(t, 380, 800, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch)
			} else {
				v = s.desk(t)
			}
			v.signIn(p.login)
			if p.walk != nil {
				p.walk(v)
			}
			v.until(`document.querySelector("` + p.shows + `")`)
			v.ask(`scrollTo(0, 0)`)
			file := filepath.Join(picturesDir, p.name+".png")
			if *update {
				v.picture(file)
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v (go test ./test/browser -run Pictures -update takes it)", err)
			}
			if len(data) > mostBytes {
				t.Errorf("%s has %d bytes, more than %d", file, len(data), mostBytes)
			}
			config, err := png.DecodeConfig(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if want := map[bool]int{true: 760, false: 1440}[v.phone]; config.Width != want {
				t.Errorf("%s is %d wide, want %d", file, config.Width, want)
			}
			if !strings.Contains(string(readme), "docs/pictures/"+p.name+".png") {
				t.Errorf("README does not show docs/pictures/%s.png", p.name)
			}
		})
	}
}

func boardPicture(v *visitor) { v.visit("/board") }

func villagePicture(v *visitor) {
	for _, change := range [][2]string{{"secured_seedlings", "560"}, {"planted_trees", "436"}, {"patrons_visited", "12"}} {
		v.click("#i-" + change[0] + " summary")
		v.fill(field(change[0]), change[1]+"\t")
	}
	v.says("#bar-inner", "已保存")
	v.visit(ledgerOf(demo.Village))
}

func townPicture(v *visitor) {
	village := v.s.villages(v.t, demo.Town)[11].Code
	v.click(cell(village, "planted_trees"))
}

func uploadPicture(v *visitor) {
	in := v.s.villages(v.t, demo.Town)
	file := v.download("下载预填表")
	book, err := excelize.OpenFile(file)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, change := range []struct {
		village int
		key     string
		value   any
	}{{6, "planted_trees", 985}, {6, "secured_seedlings", 1180}, {14, "seminar_held", "√"}, {14, "patrons_visited", 9}, {22, "party_members", "几十个"},
		{22, "planted_trees", 0}, {3, "training_attendances", 61}} {
		write(v.t, book, v.s.cellOf(v.t, book, in[change.village].Name, change.key), change.value)
	}
	file = filepath.Join(v.t.TempDir(), "里湖镇台账0329.xlsx")
	if err := book.SaveAs(file); err != nil {
		v.t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		v.t.Fatal(err)
	}
	v.follow("上传表格")
	v.do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{file}))
	v.follow("读出来看看")
}

func statisticsPicture(v *visitor) {
	v.visit("/statistics/" + demo.County.String() + "/" + thisWeek.String())
}

// picture writes what the window shows, with as few colours as it needs.
func (v *visitor) picture(file string) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	shot, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		v.t.Fatal(err)
	}
	full, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		v.t.Fatal(err)
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, fewColours(full)); err != nil {
		v.t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		v.t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		v.t.Fatal(err)
	}
}

// fewColours draws a picture with at most 256 of its colours.
func fewColours(full image.Image) *image.Paletted {
	b := full.Bounds()
	count := map[color.RGBA]int{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)]++
		}
	}
	list := make([]color.RGBA, 0, len(count))
	for c := range count {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	// Each next colour is the one whose pixels are worst off with those chosen before.
	var palette color.Palette
	nearest := make(map[color.RGBA]uint8, len(list))
	off := make([]int, len(list))
	for next := 0; len(palette) < min(256, len(list)); {
		chosen := list[next]
		palette = append(palette, chosen)
		worst := -1
		for i, c := range list {
			if d := distance(c, chosen); len(palette) == 1 || d < off[i] {
				off[i], nearest[c] = d, uint8(len(palette)-1)
			}
			if w := off[i] * count[c]; w > worst {
				worst, next = w, i
			}
		}
	}
	out := image.NewPaletted(b, palette)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			out.SetColorIndex(x, y, nearest[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)])
		}
	}
	return out
}

func distance(a, b color.RGBA) int {
	r, g, bl := int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B)
	return r*r + g*g + bl*bl
}
