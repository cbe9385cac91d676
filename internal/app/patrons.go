package app

import (
	"context"
	"slices"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/patron/patronweb"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// visits lists the records that name somebody of the register, the latest first.
func (a *App) visits(ctx context.Context, actor access.Actor, of unit.Code, name string) ([]patronweb.Visit, error) {
	var list []patronweb.Visit
	for i := range a.Pack.Records.Kinds {
		kind := &a.Pack.Records.Kinds[i]
		at := slices.IndexFunc(kind.Fields, func(f campaign.Field) bool { return f.Register })
		if at < 0 {
			continue
		}
		versions, err := a.Records.List(ctx, actor, record.Query{Of: of, Kind: kind.Key})
		if err != nil {
			return nil, err
		}
		for i := range versions {
			v := &versions[i]
			if slices.Contains(v.Facts.Names[kind.Fields[at].Key], name) {
				list = append(list, patronweb.Visit{Href: "/record/" + strconv.FormatInt(v.ID, 10), Day: v.Day, Says: kind.Title + " " + a.Records.Says(v)})
			}
		}
	}
	return list, nil
}
