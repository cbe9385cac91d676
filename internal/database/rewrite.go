package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Column is a text in a table whose rows are told apart by whole numbers.
type Column struct {
	Table, Name string
	Key         []string
}

var errWritten = errors.New("somebody else has written it meanwhile")

// Rewrite hands every text of a column that is not empty to change, in the order of the key, and
// puts what it gives in the text's place; a text that it gives back as it was is left alone. A
// row that somebody else writes meanwhile is an error.
func Rewrite(ctx context.Context, tx *sql.Tx, c Column, change func(key []int64, text string) (string, error)) error {
	keys := strings.Join(c.Key, ", ")
	rows, err := readTexts(ctx, tx, `SELECT `+c.Name+`, `+keys+` FROM `+c.Table+` WHERE `+c.Name+` <> '' ORDER BY `+keys, len(c.Key))
	if err != nil {
		return fmt.Errorf("%s of %s: %w", c.Name, c.Table, err)
	}
	update := `UPDATE ` + c.Table + ` SET ` + c.Name + ` = $1 WHERE ` + c.Name + ` = $2`
	for i, name := range c.Key {
		update += fmt.Sprintf(` AND %s = $%d`, name, i+3)
	}
	for _, row := range rows {
		text, err := change(row.key, row.text)
		if err != nil {
			return fmt.Errorf("%s of %s %v: %w", c.Name, c.Table, row.key, err)
		}
		if text == row.text {
			continue
		}
		args := []any{text, row.text}
		for _, n := range row.key {
			args = append(args, n)
		}
		done, err := tx.ExecContext(ctx, update, args...)
		if err != nil {
			return fmt.Errorf("%s of %s %v: %w", c.Name, c.Table, row.key, err)
		}
		n, err := done.RowsAffected()
		if err == nil && n != 1 {
			err = errWritten
		}
		if err != nil {
			return fmt.Errorf("%s of %s %v: %w", c.Name, c.Table, row.key, err)
		}
	}
	return nil
}

// Plain is a change that does not ask for the key.
func Plain(change func(text string) (string, error)) func([]int64, string) (string, error) {
	return func(_ []int64, text string) (string, error) { return change(text) }
}

type keyedText struct {
	text string
	key  []int64
}

func readTexts(ctx context.Context, tx *sql.Tx, query string, keys int) ([]keyedText, error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []keyedText
	for rows.Next() {
		one := keyedText{key: make([]int64, keys)}
		into := []any{&one.text}
		for i := range one.key {
			into = append(into, &one.key[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
