package unit

// Keep sets how many units cached trees may hold, for the test of forgetting.
func (r *Registry) Keep(units int) { r.kept = units }

// Cached counts the trees in memory.
func (r *Registry) Cached() int {
	n := 0
	for i := range r.trees {
		if r.trees[i].Load() != nil {
			n++
		}
	}
	return n
}

// Scanned runs fn with another bound between scanning names and looking them up.
func Scanned(n int, fn func()) {
	old := scanned
	defer func() { scanned = old }()
	scanned = n
	fn()
}
