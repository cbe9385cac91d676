package main

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations" // its own tables
	"github.com/pocketbase/pocketbase/tools/types"

	"github.com/sangzi/sangzi/internal/campaign"
)

// pocketbasePart serves PocketBase from the folder args[0] with a collection of the ledger's
// columns and one account, and prints the account's token and the address. args[1] is how far a
// commit goes: NORMAL is PocketBase's own setting, with which a commit may be lost when the
// machine fails; FULL is what the ledger promises.
func pocketbasePart(ctx context.Context, args []string) error {
	if len(args) != 2 {
		return errors.New("folder, synchronous")
	}
	pb := core.NewBaseApp(core.BaseAppConfig{DataDir: args[0], DBConnect: func(path string) (*dbx.DB, error) {
		db, err := core.DefaultDBConnect(path)
		if err != nil || args[1] == "NORMAL" {
			return db, err
		}
		if err := db.Close(); err != nil {
			return nil, err
		}
		return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)"+
			"&_pragma=synchronous("+args[1]+")&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)")
	}})
	if err := pb.Bootstrap(); err != nil {
		return err
	}
	if err := pb.RunAllMigrations(); err != nil {
		return err
	}
	token, err := furnish(pb)
	if err != nil {
		return err
	}
	pb.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.InstallerFunc = nil
		var err error
		if e.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return err
		}
		fmt.Printf("%s http://%s\n", token, e.Listener.Addr())
		return e.Next()
	})
	go func() {
		<-ctx.Done()
		event := &core.TerminateEvent{App: pb}
		pb.OnTerminate().Trigger(event, func(*core.TerminateEvent) error { return nil }) //nolint:errcheck // it ends in any case
	}()
	return apis.Serve(pb, apis.ServeConfig{HttpAddr: "127.0.0.1:0"})
}

// furnish makes the collection of rows and an account that may write and read it.
func furnish(pb core.App) (token string, err error) {
	rows := core.NewBaseCollection("rows")
	rule := types.Pointer(`@request.auth.id != ""`)
	rows.CreateRule, rows.ViewRule = rule, rule
	rows.Fields.Add(&core.TextField{Name: "unit", Required: true}, &core.TextField{Name: "week", Required: true})
	form := campaign.Default().Ledger
	for i := range form.Columns {
		switch col := &form.Columns[i]; col.Type {
		case campaign.YesNo:
			rows.Fields.Add(&core.BoolField{Name: col.Key})
		default:
			rows.Fields.Add(&core.NumberField{Name: col.Key, OnlyInt: col.Type == campaign.Count})
		}
	}
	rows.AddIndex("rows_unit_week_idx", false, "unit, week", "")
	if err := pb.Save(rows); err != nil {
		return "", err
	}
	users, err := pb.FindCollectionByNameOrId("users")
	if err != nil {
		return "", err
	}
	clerk := core.NewRecord(users)
	clerk.SetEmail("bench@example.com")
	clerk.SetPassword("bench-2024-03-29")
	if err := pb.Save(clerk); err != nil {
		return "", err
	}
	return clerk.NewAuthToken()
}
