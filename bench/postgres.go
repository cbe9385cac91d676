package main

import (
	"context"
	"database/sql"
	"net/url"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"

	"github.com/sangzi/sangzi/internal/testkit"
)

// newDatabase makes a database on a cluster and gives its address.
func newDatabase(ctx context.Context, on *testkit.Cluster, name string) (string, error) {
	db, err := sql.Open("pgx", on.URL())
	if err != nil {
		return "", err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	address, err := url.Parse(on.URL())
	if err != nil {
		return "", err
	}
	address.Path = "/" + name
	return address.String(), nil
}
