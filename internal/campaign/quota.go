package campaign

import (
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Quota is a figure the notice sets, shared out to units.
type Quota struct {
	Key      string
	Title    string    // what is counted
	Unit     string    // 株 or 个
	Limit    string    // the time limit as printed; empty where none is
	Before   date.Date // the first day that is too late; zero where there is no limit
	Total    int64
	Shares   []Share
	Named    []string // those of the total that the notice names
	Document string   // key of the document
	Clause   string
	Quote    string // the sentence with the figures, as printed
}

// Share is one unit's part of a quota.
type Share struct {
	Code   unit.Code
	Name   string
	Amount int64
}

// Share finds the unit's own part of the quota; ok is false when it has none.
func (q Quota) Share(code unit.Code) (s Share, ok bool) {
	for _, s := range q.Shares {
		if s.Code == code {
			return s, true
		}
	}
	return Share{}, false
}

// Quota finds a quota by its key.
func (p *Pack) Quota(key string) (Quota, bool) {
	for _, q := range p.Quotas {
		if q.Key == key {
			return q, true
		}
	}
	return Quota{}, false
}

func readQuotas(v value, documents []Document) []Quota {
	var all []Quota
	keys := v.unique("key")
	for _, item := range v.list() {
		m := item.mapping()
		q := Quota{
			Key: keys.read(m), Title: m.need("title").text(), Unit: m.need("unit").text(),
			Limit: m.get("limit").text(), Before: m.get("before").day(), Total: m.need("total").number(1e12),
			Named: m.get("named").texts(), Document: readDocumentKey(m, documents),
			Clause: m.need("clause").text(), Quote: m.need("quote").text(),
		}
		q.Shares = readShares(m.need("shares"))
		sum := int64(0)
		for _, s := range q.Shares {
			sum += s.Amount
		}
		if total := m.get("total"); total.node != nil && sum != q.Total {
			total.fault("各单位之和是 %d，不是 %d", sum, q.Total)
		}
		m.end()
		all = append(all, q)
	}
	return all
}

func readShares(v value) []Share {
	var all []Share
	seen := map[unit.Code]bool{}
	for _, item := range v.list() {
		m := item.mapping()
		code := m.need("code")
		s := Share{Code: code.code(), Name: m.need("name").text(), Amount: m.need("amount").number(1e12)}
		if seen[s.Code] && s.Code != 0 {
			code.fault("%d 已分配过", s.Code)
		}
		seen[s.Code] = true
		m.end()
		all = append(all, s)
	}
	return all
}
