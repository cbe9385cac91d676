package ui

import (
	"context"
	"embed"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// Icon is the name of a drawing in icons/: "check", "download".
type Icon string

var shapes = sync.OnceValue(func() map[Icon]string {
	files, err := iconFiles.ReadDir("icons")
	if err != nil {
		panic("ui: " + err.Error())
	}
	svg := regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)
	space := regexp.MustCompile(`\s*\n\s*`)
	m := map[Icon]string{}
	for _, f := range files {
		b, err := iconFiles.ReadFile("icons/" + f.Name())
		if err != nil {
			panic("ui: " + err.Error())
		}
		found := svg.FindSubmatch(b)
		if found == nil {
			panic("ui: no drawing in " + f.Name())
		}
		inner := strings.ReplaceAll(string(found[1]), `<path stroke="none" d="M0 0h24v24H0z" fill="none" />`, "")
		m[Icon(strings.TrimSuffix(f.Name(), ".svg"))] = space.ReplaceAllString(inner, "")
	}
	return m
})

// Draw is the icon inline, as large as the text and in its colour. It is hidden from screen
// readers: what it means is said beside it. An unknown name is an error of the page.
func (i Icon) Draw() templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		if i == "" {
			return nil
		}
		shape, ok := shapes()[i]
		if !ok {
			return fmt.Errorf("ui: no icon %q", string(i))
		}
		_, err := io.WriteString(w, `<svg class="icon" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" focusable="false">`+shape+`</svg>`)
		return err
	})
}
