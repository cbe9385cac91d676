package database

import "testing"

func TestPlaces(t *testing.T) {
	for want, got := range map[string]string{
		"($1,$2),($3,$4)": Postgres.Places(2, 2),
		"($1)":            Postgres.Places(1, 1),
		"(?,?,?),(?,?,?)": SQLite.Places(2, 3),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
