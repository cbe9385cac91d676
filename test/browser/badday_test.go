package browser_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
)

// look keeps what is to be seen where SANGZI_PICTURES names a folder, for who wants to look.
func (v *visitor) look(name string) {
	v.t.Helper()
	if dir := os.Getenv("SANGZI_PICTURES"); dir != "" {
		v.picture(filepath.Join(dir, name+".png"))
	}
}

// signedOut ends all of a person's sessions, as "全部设备退出" does on another device.
func (v *visitor) signedOut(login string) {
	v.t.Helper()
	other := v.s.desk(v.t).signIn(login)
	other.click(".person summary")
	other.follow("全部设备退出")
}

// TestBadDay is what goes wrong on a Friday: nothing that was typed is lost, nothing is
// reported twice, and every page says what to do next.
func TestBadDay(t *testing.T) {
	s := open(t)
	in := s.villages(t, demo.Town)

	t.Run("the village's button is tapped twice", func(t *testing.T) {
		village := in[6]
		v := s.phone(t).signIn(s.reporter(t, village))
		v.then(func() {
			v.ask(`(() => { const b = document.querySelector("#bar-inner button"); b.click(); b.click(); })()`)
		})
		v.says(".done", "本周无变化")
		if r := s.row(t, village.Code); r.Latest.Version != 1 {
			t.Errorf("reported %d times", r.Latest.Version)
		}
		v.look("bad-twice")
		// Back does not bring back a form that would report again.
		v.do(chromedp.NavigateBack())
		v.until(loaded)
		v.do(chromedp.NavigateForward())
		v.until(loaded)
		v.says(".done", "本周无变化")
	})

	t.Run("the village has two pages open", func(t *testing.T) {
		village := in[14]
		login := s.reporter(t, village)
		one, two := s.phone(t).signIn(login), s.phone(t).signIn(login)
		one.click("#i-patrons_visited summary")
		one.fill(field("patrons_visited"), "21\t")
		one.says("#bar-inner", "已保存")
		one.follow("核对无误，报给里湖镇")
		two.allow("status of 409")
		two.allow("Status Error Code 409")
		two.click("#i-patrons_visited summary")
		two.fill(field("patrons_visited"), "22")
		two.look("bad-tabs-typing")
		two.ask(`document.activeElement.blur()`)
		two.says("#messages", "您填的还在")
		two.until(`document.querySelector("#messages").getBoundingClientRect().top >= 0`) // it is in sight
		two.look("bad-tabs")
		two.follow("和最新的合到一起")
		two.says(".clash-cell", "您填的 22")
		two.says(".clash-cell", "现在的 21")
		two.look("bad-tabs-both")
		two.follow("就按选的，回去核对")
		two.says(".entries", "22 人")
		if got := s.filled(t, village.Code, "patrons_visited"); got != "22" {
			t.Errorf("kept %s", got)
		}
	})

	t.Run("the village's session ends while it types", func(t *testing.T) {
		v := s.phone(t).signIn("xintan")
		v.allow("status of 401")
		v.allow("htmx:responseError")
		v.allow("htmx:afterRequest")
		v.click("#i-planted_trees summary")
		v.signedOut("xintan")
		v.fill(field("planted_trees"), "311\t")
		v.until(`/登录/.test(document.querySelector("main").innerText) || location.pathname === "/login"`)
		v.look("bad-session")
		v.visit("/login")
		v.fill("[name=account]", "xintan")
		v.fill("[name=password]", demo.Password)
		v.follow("登录")
		v.visit(ledgerOf(demo.Village))
		v.until(fmt.Sprintf(`document.querySelector(%q).value === "311"`, field("planted_trees")))
		v.says("#bar-inner", "已保存")
		if got := s.filled(t, demo.Village, "planted_trees"); got != "311" {
			t.Errorf("kept %s", got)
		}
	})

	t.Run("the town's session ends while it types", func(t *testing.T) {
		village := in[22].Code
		v := s.desk(t).signIn("lihu")
		v.allow("status of 401")
		v.signedOut("lihu")
		v.click(cell(village, "training_attendances"))
		v.keys("150" + kb.Enter)
		v.says("#grid-status", "登录已过期")
		v.look("bad-session-grid")
		// In another window the clerk signs in again; this page then saves by itself.
		again, cancel := chromedp.NewContext(v.ctx)
		defer cancel()
		if err := chromedp.Do(again, chromedp.Navigate(s.server.URL+"/login"), chromedp.SendKeys(chromedp.CSS("[name=account]"), "lihu"),
			chromedp.SendKeys(chromedp.CSS("[name=password]"), demo.Password), chromedp.Click(chromedp.CSS("button.primary")), chromedp.WaitVisible(chromedp.CSS("#grid"))); err != nil {
			t.Fatal(err)
		}
		v.ask(`window.dispatchEvent(new Event("focus"))`)
		v.saved()
		if got := s.filled(t, village, "training_attendances"); got != "150" {
			t.Errorf("kept %s", got)
		}
	})

	t.Run("the deadline passes while the village types", func(t *testing.T) {
		village := s.villages(t, demo.EastTown)[6]
		v := s.phone(t).signIn(s.reporter(t, village))
		s.set("17:31")
		defer s.set("16:18")
		v.click("#i-patrons_visited summary")
		v.fill(field("patrons_visited"), "30\t")
		v.says("#bar-inner", "已保存")
		v.follow("核对无误，报给流沙东街道")
		v.says(".done-title", "已报给流沙东街道")
		v.says(".due-left", "迟报")
		v.look("bad-late")
		if r := s.row(t, village.Code); r.State != ledger.Late {
			t.Errorf("the village is %s", r.State)
		}
	})

	t.Run("the wrong file", func(t *testing.T) {
		v := s.desk(t).signIn("lihu")
		v.allow("status of 422")
		dir := t.TempDir()
		for name, content := range map[string]string{"通知.xlsx": "%PDF-1.7 a notice", "工资表.csv": "姓名,工资\n王海,3000\n"} {
			file := filepath.Join(dir, name)
			if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			v.visit(ledgerOf(demo.Town) + "/upload")
			v.do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{file}))
			v.follow("读出来看看")
			v.until(`document.querySelector("main .error").innerText.trim().length > 8`)
			v.look("bad-file-" + name)
		}
	})

	t.Run("the town submits twice", func(t *testing.T) {
		v := s.desk(t).signIn("lihu")
		v.press("先交")
		v.until(`location.pathname.endsWith("/submit") && ` + loaded)
		v.look("submit")
		v.then(func() {
			v.ask(`(() => { const b = document.querySelector("main form button.primary"); b.click(); b.click(); })()`)
		})
		v.says(".sealed", "第 1 版")
		if list := s.submissions(t, demo.Town); len(list) != 1 {
			t.Errorf("%d submissions", len(list))
		}
	})

	t.Run("a village with a very long name", func(t *testing.T) {
		long := "里湖镇富美新村暨侨联华侨农场第三作业区联合经济合作社社区居民委员会"
		if _, err := s.Register.Rename(context.Background(), access.Operator("test", unit.Nation), register.RenameInput{On: register.On{Day: lastWeek.Add(1), Seen: 1}, Unit: in[5].Code, Name: long}); err != nil {
			t.Fatal(err)
		}
		for _, v := range []*visitor{s.phone(t).signIn("lihu"), s.desk(t).signIn("lihu")} {
			size := map[bool]string{true: "phone", false: "desk"}[v.phone]
			for i, path := range []string{ledgerOf(demo.Town), ledgerOf(in[5].Code), ledgerOf(in[5].Code) + "/return",
				"/history/" + in[5].Code.String() + "/" + thisWeek.String() + "/planted_trees", "/statistics/" + demo.Town.String() + "/" + thisWeek.String()} {
				v.inspect(path)
				v.look(fmt.Sprintf("long-%s-%d", size, i))
			}
		}
	})
}
