package unit_test

import (
	"slices"
	"testing"

	"github.com/sangzi/sangzi/internal/unit"
)

func TestResolveTown(t *testing.T) {
	tree := jieyangTree()
	jiexi := named(t, tree, jieyang, "揭西县").Code
	cases := []struct {
		within unit.Code
		text   string
		want   string
	}{
		{puning, "流沙东街道", "流沙东街道"},
		{puning, "流沙东", "流沙东街道"},
		{puning, "流沙东办事处", "流沙东街道"},
		{puning, "流沙东街道办事处", "流沙东街道"},
		{puning, "流沙东街道办", "流沙东街道"},
		{puning, "普宁市流沙东街道", "流沙东街道"},
		{puning, "广东省揭阳市普宁市 流沙东 街道", "流沙东街道"},
		{jieyang, "普宁市流沙东街道党工委", "流沙东街道"},
		{puning, "里湖镇人民政府", "里湖镇"},
		{puning, "中共里湖镇委员会", "里湖镇"},
		{puning, "里湖", "里湖镇"},
		{puning, "里湖镇党委", "里湖镇"},
		{puning, "03里湖镇", "里湖镇"},
		{puning, "大池农场有限公司", "大池农场"},
		{puning, "大坪", "大坪镇 大坪农场"},
		{puning, "大坪镇", "大坪镇"},
		{puning, "大坪农场", "大坪农场"},
		{puning, "大坪办事处", ""},
		{puning, "南山镇", ""},
		{puning, "南山", ""},
		{jieyang, "南山", "南山镇"},
		{jieyang, "大南山", "大南山街道"},
		{jieyang, "坪上", "坪上农场 坪上镇"},
		{jiexi, "坪上", "坪上镇"},
		{jieyang, "珠海(揭阳)产业转移工业园", "珠海（揭阳）产业转移工业园"},
		{jieyang, "蓝城区工业园区", "蓝城区工业园区管理处"},
		{puning, "普宁市", ""},
		{puning, "里湖镇新坛村", ""},
		{puning, "惠来县里湖镇", ""},
		{puning, "", ""},
	}
	for _, c := range cases {
		if got := namesOf(tree.ResolveTown(c.within, c.text)); got != c.want {
			t.Errorf("%q within %s: %q, want %q", c.text, tree.FullName(c.within), got, c.want)
		}
	}
}

func TestFindTown(t *testing.T) {
	tree := jieyangTree()
	lihu := named(t, tree, puning, "里湖镇").Code
	cases := []struct {
		within unit.Code
		text   string
		want   string
	}{
		{puning, "03里湖镇台账（3.29）.xlsx", "里湖镇"},
		{puning, "里湖台账3月29日.xls", "里湖镇"},
		{puning, "填报单位：里湖镇", "里湖镇"},
		{puning, "填报单位（盖章）：普宁市里湖镇人民政府　联系人：黄志明", "里湖镇"},
		{puning, "附件2：流沙东街道乡村绿化工作台账.xlsx", "流沙东街道"},
		{puning, "流沙东办事处.xlsx", "流沙东街道"},
		{puning, "大坪农场台账.xlsx", "大坪农场"},
		{puning, "大坪镇台账.xlsx", "大坪镇"},
		{puning, "大坪台账.xlsx", "大坪镇 大坪农场"},
		{puning, "大南山台账.xlsx", "大南山街道"},
		{puning, "普宁市乡村绿化工作台账.xlsx", ""},
		{puning, "惠来县里湖镇台账", ""},
		{puning, "里湖镇、流沙东街道台账", "流沙东街道 里湖镇"},
		{puning, "里湖镇（抄流沙东）", "里湖镇"},
		{jieyang, "南山村台账", ""},
		{jieyang, "里湖镇南山村台账", "里湖镇"},
		{jieyang, "坪上台账", "坪上农场 坪上镇"},
		{jieyang, "揭西坪上台账", "坪上镇"},
		{jieyang, "揭西县坪上台账", "坪上镇"},
		{jieyang, "揭东区坪上镇台账", ""},
		{lihu, "里湖镇台账", "里湖镇"},
		{lihu, "流沙东街道台账", ""},
		{puning, "3.29.xlsx", ""},
	}
	for _, c := range cases {
		if got := namesOf(tree.FindTown(c.within, c.text)); got != c.want {
			t.Errorf("%q within %s: %q, want %q", c.text, tree.FullName(c.within), got, c.want)
		}
	}
}

func TestEveryTownIsFound(t *testing.T) {
	tree := jieyangTree()
	for _, town := range tree.Towns(jieyang) {
		county := tree.FullName(town.Code.At(unit.LevelCounty))
		for _, text := range []string{tree.FullName(town.Code), "广东省" + county + town.Name, town.Name + "人民政府"} {
			if got := codesOf(tree.ResolveTown(jieyang, text)); !slices.Equal(got, []unit.Code{town.Code}) {
				t.Errorf("%s resolves to %v", text, got)
			}
			text = "填报单位：" + text + "乡村绿化工作台账（3.29）.xlsx"
			if got := codesOf(tree.FindTown(jieyang, text)); !slices.Equal(got, []unit.Code{town.Code}) {
				t.Errorf("%s: found %v", text, got)
			}
		}
	}
}
