// Keeps the town's grid on the server: what changed is sent a moment after it was typed, tried
// again when the connection is lost, and never thrown away by the page itself.
import { Cell, Line, dirty } from "./cells";
import { set } from "./dom";

// Answer is what the server says of the rows it was sent, in the short names of gridCell.
export interface Answer {
  at: string;
  rows: RowAnswer[] | null;
  totals: string[];
  count: Record<string, number>;
}

export interface RowAnswer {
  unit: string;
  base: number;
  state: string;
  mark: string;
  tells: string;
  reported: boolean;
  draft: boolean;
  returnable: boolean;
  changed: number;
  problems: number;
  failed?: string;
  cells: { v: string; c: string; e?: string; w?: string; n?: string; l?: string; x?: string; k?: boolean }[];
}

export interface Saver {
  pending(): Cell[];
  soon(ms?: number): void;
  settled(done: () => void): void; // calls done once nothing is left to send
}

type Sent = Map<Cell, { text: string; note: string | null }>;

const pause = 400;
const firstRetry = 2000;
const longestRetry = 30000;

// saver sends the cells of the lines. busy is the cell being edited, which is left alone.
export function saver(lines: Line[], url: string, busy: () => Cell | null, answered: (a: Answer) => void, say: (text: string, tone: string) => void): Saver {
  let timer = 0;
  let sending = false;
  let retry = firstRetry;
  let waiting: (() => void)[] = [];

  function pending(): Cell[] {
    const out: Cell[] = [];
    lines.forEach((l) => l.cells.forEach((c) => dirty(c) && c !== busy() && out.push(c)));
    return out;
  }

  function soon(ms = pause): void {
    clearTimeout(timer);
    timer = window.setTimeout(send, ms);
  }

  function settled(done: () => void): void {
    if (!sending && pending().length === 0) return done();
    waiting.push(done);
    soon(0);
  }

  function send(): void {
    const cells = pending();
    if (sending || cells.length === 0) return;
    const sent: Sent = new Map();
    const rows: Record<string, { unit: string; base: number; cells: Record<string, string>; notes: Record<string, string> }> = {};
    cells.forEach((c) => {
      const row = (rows[c.line.unit] = rows[c.line.unit] || { unit: c.line.unit, base: c.line.base, cells: {}, notes: {} });
      sent.set(c, { text: c.input.value, note: c.note });
      if (c.input.value !== c.saved) row.cells[c.key] = c.input.value;
      if (c.note !== null) row.notes[c.key] = c.note;
    });
    sending = true;
    say("正在保存…", "");
    const body = JSON.stringify({ rows: Object.keys(rows).map((unit) => rows[unit]) });
    fetch(url, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body, credentials: "same-origin" })
      .then((r) => r.json().then((said) => ({ status: r.status, said })))
      .then(
        (r) => {
          sending = false;
          if (r.status >= 500) again("服务器暂时没有答应");
          else if (r.status >= 400) refused(r.status, r.said.title);
          else take(r.said, sent);
        },
        () => {
          sending = false;
          again("没有网络");
        },
      );
  }

  function take(a: Answer, sent: Sent): void {
    retry = firstRetry;
    let failed = "";
    (a.rows || []).forEach((row) => {
      const line = lines.find((l) => l.unit === row.unit);
      if (!line) return;
      line.base = row.base;
      if (row.failed) failed = line.name + "：" + row.failed;
      line.cells.forEach((c) => lay(c, row.cells[c.col], sent.get(c)));
    });
    answered(a);
    const left = pending().length;
    if (failed) say(failed, "bad");
    else if (left === 0) say("已保存 " + a.at, "good");
    if (left > 0) return soon(failed ? longestRetry : 0);
    waiting.splice(0).forEach((done) => done());
  }

  // lay takes in what the server has of a cell. What was typed since it was sent stays.
  function lay(c: Cell, a: RowAnswer["cells"][0], sent?: { text: string; note: string | null }): void {
    const untouched = c.input.value === (sent ? sent.text : c.saved);
    if (sent && c.note === sent.note) c.note = null;
    c.held = !!a.k;
    c.theirs = a.x || "";
    c.saved = a.v;
    if (untouched && c !== busy()) c.input.value = a.v;
    c.td.className = a.c + (c.td.classList.contains("sel") ? " sel" : "");
    set(c.td, "data-e", a.e);
    set(c.td, "data-w", a.w);
    set(c.td, "data-n", a.n);
    set(c.td, "data-l", a.l);
    set(c.input, "aria-invalid", a.e && "true");
  }

  function refused(status: number, title: string): void {
    waiting = [];
    if (status !== 401) return say(title || "没有存上，改动还在本页", "bad");
    say("登录已过期，改动还在本页：请在新窗口登录，再回到这里", "bad");
    soon(longestRetry);
  }

  function again(why: string): void {
    waiting = [];
    say(`${why}，${pending().length} 格还在本页，${Math.round(retry / 1000)} 秒后重试`, "bad");
    soon(retry);
    retry = Math.min(retry * 2, longestRetry);
  }

  window.addEventListener("online", () => soon(0));
  window.addEventListener("beforeunload", (e) => {
    if (pending().length === 0) return;
    e.preventDefault();
    e.returnValue = "";
  });
  return { pending, soon, settled };
}
