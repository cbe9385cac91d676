package demo

import (
	"testing"

	"github.com/sangzi/sangzi/internal/unit"
)

func TestCount(t *testing.T) {
	kinds := map[string]int{}
	n := 0
	for i := range 100 {
		tellVillage(Town+unit.Code(i), 9, func(d *deed) { kinds[d.kind]++; n++ })
	}
	t.Log(n/100, kinds)
}

func BenchmarkTell(b *testing.B) {
	for range b.N {
		tellVillage(Town, 9, func(*deed) {})
	}
}
