package recordweb_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// A plan with plots is filled without scripts: more lines come with what was typed, nothing is
// saved by that, faults stand at their cells, and what was typed comes out as text.
func TestPlotsWithoutScripts(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	path := village + "/new/plan"
	s.get(path).want(200).count("[name^='f.plots.'][name$='.place']", 1).count("#sketch[hidden]", 1).count("details.rows-folded:not([open])", 1)
	hostile := `"/><script>alert(1)</script>`
	v := s.typed(path, "f.where", "村口", "f.plots.1.place", hostile, "f.plots.1.trees", "120", "f.plots.1.shape", "0,0 500,0 500,500", "f.plots.3.place", "河边", "more", "plots")
	p := s.post(path, v).want(200).count("[name^='f.plots.'][name$='.place']", 6)
	back := p.form("#record")
	if back.Get("f.plots.1.place") != hostile || back.Get("f.plots.1.shape") != "0,0 500,0 500,500" || back.Get("f.plots.3.place") != "河边" || len(s.all()) != 0 {
		t.Errorf("came back as %v with %d records", back, len(s.all()))
	}
	v.Del("more")
	v.Set("f.plots.2.shape", "NaN,1")
	p = s.post(path, v).want(422).has("[id='f.plots.3.trees-error']", "“株数”还没有填").count("a[href='#f.plots.3.trees']", 1).count("[id='f.plots.2.shape-error']", 1)
	if got := p.form("#record").Get("f.plots.3.place"); got != "河边" || strings.Contains(p.body, "<script>alert") {
		t.Errorf("line 3 came back as %q, or markup came through", got)
	}
	v.Del("f.plots.2.shape")
	v.Set("f.plots.3.trees", "60")
	p = s.post(path, v).want(200).has(".record-facts", "能种多少180 株有绿化示意图是").has(".record-table", "地块 2 块").has(".record-table tfoot", "180").count(".sketch-map polygon[points='0,0 500,0 500,500']", 1)
	if strings.Contains(p.body, "<script>alert") {
		t.Error("markup came through")
	}
	// Corrected, the sum goes on following; the map that was changed is said to be.
	f := s.get("/record/1/correct").want(200)
	form := f.form("#record")
	if form.Get("f.trees") != "" || form.Get("f.plots.2.place") != "河边" {
		t.Errorf("the form is filled with %v", form)
	}
	form.Set("f.plots.1.shape", "0,0 600,0 500,500")
	form.Set("reason", "画准些")
	s.post("/record/1/correct", form).want(200).has(".record-changes", "地块： 原来画的位置 → 改过的位置")
	s.get("/record/1/paper").want(200).has(".plan-paper", "镇街审定还没有审定县级核对还没有核对").has(".plan-versions", "更正").count(".plan-paper polygon", 1)

	// The town approves, the county has remarks, which both are shown and which stop nothing.
	if _, err := s.records.Approve(context.Background(), eastClerk, record.At{ID: 1, Base: 2}); err != nil {
		t.Fatal(err)
	}
	s.as(testkit.County)
	s.post("/record/1/check", url.Values{"base": {"3"}, "verdict": {"remarks"}}).want(422).count("details.record-deed[open] input[name=verdict][value=remarks][checked]", 1)
	s.post("/record/1/check", url.Values{"base": {"3"}, "verdict": {"remarks"}, "reason": {"避开行洪断面"}}).want(200)
	for _, a := range []access.Actor{testkit.Village, eastClerk} {
		s.as(a).get("/record/1").want(200).has("main", "县级核对有意见").has(".notice.t-warn", "“避开行洪断面”").has(".notice.t-saved", "已审定")
	}
	s.as(testkit.County).get("/plans/"+testkit.Puning.String()+"?only=remarks").want(200).has(".plans-table tbody", "新坛村已审定有意见").count(".plans-table tbody tr", 1)
	s.get("/plans/"+testkit.Puning.String()).want(200).has(".plans-table tbody", "流沙东街道").count(".plans-table tbody tr a[href='/plans/"+testkit.EastTown.String()+"']", 1).count(".plans-table a[href='/plans/"+testkit.EastTown.String()+"?only=remarks']", 1)
	s.get("/plans/"+testkit.Puning.String()+"?only=none&page=99").want(200).count(".pages a[rel=prev]", 1)
	s.as(testkit.Village).get(path).want(200).count("[name^='f.plots.'][name$='.place']", 1)
	s.get("/plans").want(200).count(".tiles", 0).has(".record-list", "地块 2 块，能种 180 株")
	s.as(testkit.Town).get("/plans/" + testkit.Xintan.String()).want(404)
}

// Areas and who answers for them: the names are the village's and its town's; who is not shown
// them corrects the rest and they stay.
func TestGridAreas(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	path := village + "/new/grid"
	s.post(path, s.typed(path, "f.list.1.area", "东片", "f.list.1.person", "陈木清", "f.list.2.area", "西片", "f.list.2.person", "黄秀英、陈木清", "f.list.2.post", "网格员")).want(200).
		has(".record-facts", "责任区2 个责任人2 人").has(".record-table tbody", "1东片陈木清2西片陈木清、黄秀英网格员")
	p := s.as(testkit.County).get("/record/1").want(200).has(".record-table tbody", "1东片1 人2西片2 人网格员")
	form := s.get("/record/1/correct").want(200).has(".rows", "已记 2 人，不改就留空").form("#record")
	if strings.Contains(p.body, "陈木清") || form.Get("f.list.1.person") != "" || form.Get("f.list.1.was") != "1" {
		t.Errorf("the county is shown %v", form)
	}
	form.Set("f.list.1.area", "东片和村道")
	form.Set("reason", "改名")
	if p := s.post("/record/1/correct", form).want(200); strings.Contains(p.body, "陈木清") {
		t.Error("the names come out of a correction")
	}
	s.as(testkit.Village).get("/record/1").has(".record-table tbody", "1东片和村道陈木清2西片陈木清、黄秀英网格员")
	// Typed counts still do where there is no table.
	s.post(path, s.typed(path, "f.areas", "3", "f.responsible", "5")).want(200).has(".record-facts", "责任区3 个责任人5 人")
}

// Who answers for the village, what is owed, and what is done.
func TestLiaisonsPage(t *testing.T) {
	s := newSite(t).as(eastClerk)
	at := "/liaisons/" + testkit.Xintan.String()
	s.get(at).want(200).has(".empty", "还没有记包抓的领导")
	for _, fields := range []map[string]string{{"level": "town_leader", "post": "镇委委员<b>"}, {"level": "first_secretary", "post": "第一书记", "sent_by": "普宁市林业局"}} {
		if _, err := s.records.Enter(context.Background(), eastClerk, record.Input{Kind: "liaison", Unit: testkit.Xintan, Typed: record.TypedDays{Day: "2024-01-15"}, Fields: fields}); err != nil {
			t.Fatal(err)
		}
	}
	s.get(at).want(200).has(".liaisons", "2月底前政策宣讲1次逾期没办去记").has(".liaisons", "普宁市林业局派出").count(".liaison b", 0)
	s.get(at+"?only=owing").want(200).count(".liaison", 2)
	s.get("/liaisons/"+testkit.EastTown.String()+"?by=who").want(200).has("h2", "乡镇领导班子成员 镇委委员<b>")
	s.as(testkit.Leader).get(at).want(200).count(".liaison-owed a", 0)
	s.get("/liaisons/"+testkit.Puning.String()).want(200).count(".liaison", 0).count("table a[href='/liaisons/"+testkit.EastTown.String()+"?only=owing']", 1)
	s.get("/liaisons/"+testkit.Puning.String()+"?only=owing").want(200).count(".liaison", 2)
	s.as(testkit.Village).get("/liaisons").want(200).count("body.phone", 1).count(".liaison", 2)
	s.as(testkit.Town).get(at).want(404)
}

// A visit offers the register's names to who keeps it, and leads there with a new one.
func TestRegisterOffered(t *testing.T) {
	s := newSite(t)
	s.pages.UseRegister(func(_ context.Context, a access.Actor, of unit.Code) ([]string, error) {
		if !record.SeesNames(a, of) {
			return nil, nil
		}
		return []string{"陈木清"}, nil
	})
	s.as(testkit.Village)
	path := village + "/new/visit"
	s.get(path).want(200).count("input[name='f.patrons'][list='register-names']", 1).count("#register-names option[value='陈木清']", 1)
	s.get(village+"/new/companies").want(200).count("datalist", 0)
	p := s.post(path, s.typed(path, "f.patrons", "陈木清、黄秀英")).want(200).has(".patron-new", "把黄秀英加到名册").count(".patron-new a", 1)
	if href := p.Find(".patron-new a").AttrOr("href", ""); href != "/patrons/"+testkit.Xintan.String()+"/new?name="+url.QueryEscape("黄秀英") {
		t.Errorf("leads to %s", href)
	}
	s.as(testkit.County).get(path).want(200).count("datalist", 0)
	s.get("/record/1").want(200).count(".patron-new", 0)
}
