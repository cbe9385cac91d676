package unit_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/unit"
)

// renamedDaily is a village with another name on each of n days from April on.
func renamedDaily(t testing.TB, n int) *unit.Registry {
	t.Helper()
	r := smallRegistry(t)
	var set unit.Changes
	for i := range n {
		set.Names = append(set.Names, unit.NameChange{Code: lihuT + 201, Name: fmt.Sprintf("第%d村委会", i), From: april.Add(i)})
	}
	r, err := r.With(set)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDaysBetweenChangesShareATree(t *testing.T) {
	r := renamedDaily(t, 2)
	if r.At(april.Add(-1)) != r.At(april.Add(-300)) || r.At(april.Add(1)) != r.At(june) {
		t.Error("two trees for one period")
	}
	if r.At(april) == r.At(april.Add(1)) {
		t.Error("one tree for two periods")
	}
	if u, ok := r.At(april.Add(-1)).Unit(lihuT + 201); !ok || u.Name != "新松村委会" {
		t.Errorf("before all changes: %v", u)
	}
}

func TestOldTreesAreForgotten(t *testing.T) {
	const days = 40
	r := renamedDaily(t, days)
	r.Keep(3 * r.At(april).Len())
	var wg sync.WaitGroup
	wrong := make(chan string, 8*days)
	for g := range 8 {
		wg.Go(func() {
			for i := range days {
				day := (i*7 + g) % days
				u, _ := r.At(april.Add(day)).Unit(lihuT + 201)
				if want := fmt.Sprintf("第%d村委会", day); u.Name != want {
					wrong <- u.Name + ", want " + want
				}
			}
		})
	}
	wg.Wait()
	close(wrong)
	for w := range wrong {
		t.Error(w)
	}
	if n := r.Cached(); n > 4 {
		t.Errorf("%d trees in memory, 3 should fit", n)
	}
}

func TestACodeUsedAgainStartsAnew(t *testing.T) {
	r, err := unit.NewRegistry([]unit.Unit{
		{Code: lihuT + 1, Name: "甲村委会", To: may, Successor: lihuT + 2},
		{Code: lihuT + 1, Name: "乙村委会", From: june},
		{Code: lihuT + 2, Name: "丙村委会"},
	}, []unit.NameChange{{Code: lihuT + 1, Name: "甲社区", From: april}})
	if err != nil {
		t.Fatal(err)
	}
	if u, _ := r.At(june).Unit(lihuT + 1); u.Name != "乙村委会" {
		t.Errorf("in june it is %s", u.Name)
	}
	if u, ok := r.At(may).Unit(lihuT + 1); ok {
		t.Errorf("in may there is %s", u.Name)
	}
	if u, _ := r.At(april).Unit(lihuT + 1); u.Name != "甲社区" {
		t.Errorf("in april it is %s", u.Name)
	}
	if heir, ok := r.Heir(lihuT+1, may); !ok || heir != lihuT+2 {
		t.Errorf("heir in may: %s", heir)
	}
	if _, ok := r.Heir(lihuT+9, may); ok {
		t.Error("an unknown code has an heir")
	}
	if got := namesOf(r.History(lihuT + 1)); got != "甲村委会 甲社区 乙村委会" {
		t.Errorf("history: %s", got)
	}
}
