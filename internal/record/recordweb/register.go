package recordweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// Register gives the names in a unit's register of patrons; none for who is not shown them.
type Register func(ctx context.Context, a access.Actor, of unit.Code) ([]string, error)

// UseRegister makes forms offer the names of a register, and records lead to it.
func (p *Pages) UseRegister(r Register) { p.register = r }

// offer puts the names that a form can offer into it.
func (p *Pages) offer(r *http.Request, f *form) error {
	if p.register == nil || !slices.ContainsFunc(f.kind.Fields, func(one campaign.Field) bool { return one.Register }) {
		return nil
	}
	var err error
	f.names, err = p.register(r.Context(), f.actor, f.unit.Code)
	return err
}

// unlisted are the names in a record that are not in the register yet, for who keeps it.
func (p *Pages) unlisted(ctx context.Context, f *found, v *record.Version) ([]string, error) {
	kind, ok := p.records.Kinds().Kind(v.Kind)
	if !ok || p.register == nil || !record.SeesNames(f.actor, v.Unit) || !f.actor.May(access.KeepPatrons, v.Unit) || v.Status == record.Withdrawn {
		return nil, nil
	}
	var names []string
	for _, field := range kind.Fields {
		if field.Register {
			names = append(names, v.Facts.Names[field.Key]...)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	known, err := p.register(ctx, f.actor, v.Unit)
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(known, name) }), err
}

// patronURL is where somebody is put into a unit's register.
func patronURL(of unit.Code, name string) string {
	return "/patrons/" + of.String() + "/new?name=" + url.QueryEscape(name)
}

// offered is what a field says of the names it offers.
func offered(d ui.FieldData, names []string) ui.FieldData {
	if len(names) > 0 {
		d.Attrs = map[string]any{"list": "register-names"}
	}
	return d
}
