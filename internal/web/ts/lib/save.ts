// Keeps the town's grid on the server: what changed is sent a moment after it was typed, tried
// again when the connection is lost, and never thrown away by the page itself.
import { Cell, Line, dirty } from "./cells";

interface CellAnswer {
  v: string;
  c: string;
  e?: string;
  w?: string;
  n?: string;
  l?: string;
  x?: string;
  k?: boolean;
}

interface LineAnswer {
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
  moved?: boolean;
  failed?: string;
  cells: CellAnswer[];
}

interface Answer {
  at: string;
  rows: LineAnswer[] | null;
  totals: string[];
  count: Record<string, number>;
}

const pause = 400;
const firstRetry = 2000;
const longestRetry = 30000;

export class Saver {
  private timer = 0;
  private sending = false;
  private retry = firstRetry;
  private waiting: (() => void)[] = [];

  constructor(
    private lines: Line[],
    private url: string,
    private busy: () => Cell | null, // the cell being edited: left alone
    private answered: (a: Answer) => void,
    private say: (text: string, tone: string) => void,
  ) {
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("beforeunload", (e) => {
      if (this.pending().length === 0) return;
      e.preventDefault();
      e.returnValue = "";
    });
  }

  pending(): Cell[] {
    const out: Cell[] = [];
    const editing = this.busy();
    for (const l of this.lines) for (const c of l.cells) if (dirty(c) && c !== editing) out.push(c);
    return out;
  }

  soon(ms = pause): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send(), ms);
  }

  // settled calls done when nothing is left to send.
  settled(done: () => void): void {
    if (!this.sending && this.pending().length === 0) return done();
    this.waiting.push(done);
    this.soon(0);
  }

  private send(): void {
    if (this.sending) return;
    const sent = new Map<Cell, { text: string; note: string | null }>();
    const rows: { unit: string; base: number; cells: Record<string, string>; notes: Record<string, string> }[] = [];
    for (const l of this.lines) {
      const cells: Record<string, string> = {};
      const notes: Record<string, string> = {};
      for (const c of l.cells) {
        if (!dirty(c) || c === this.busy()) continue;
        sent.set(c, { text: c.input.value, note: c.note });
        if (c.input.value !== c.saved) cells[c.key] = c.input.value;
        if (c.note !== null) notes[c.key] = c.note;
      }
      if (Object.keys(cells).length + Object.keys(notes).length > 0) rows.push({ unit: l.unit, base: l.base, cells, notes });
    }
    if (rows.length === 0) return;
    this.sending = true;
    this.say("正在保存…", "");
    fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ rows }),
      credentials: "same-origin",
    })
      .then((r) => r.json().then((body) => ({ status: r.status, body })))
      .then(
        (r) => {
          this.sending = false;
          if (r.status >= 500) return this.again(r.status);
          if (r.status >= 400) return this.refused(r.status, r.body.title);
          this.take(r.body as Answer, sent);
        },
        () => {
          this.sending = false;
          this.again(0);
        },
      );
  }

  private take(a: Answer, sent: Map<Cell, { text: string; note: string | null }>): void {
    this.retry = firstRetry;
    let failed = "";
    for (const row of a.rows || []) {
      const line = this.lines.find((l) => l.unit === row.unit);
      if (!line) continue;
      line.base = row.base;
      if (row.failed) failed = line.name + "：" + row.failed;
      line.cells.forEach((c) => this.lay(c, row.cells[c.col], sent.get(c)));
    }
    this.answered(a);
    const left = this.pending().length;
    if (failed) this.say(failed, "bad");
    else if (left === 0) this.say("已保存 " + a.at, "good");
    if (left > 0) return this.soon(failed ? this.retry : 0);
    this.waiting.splice(0).forEach((done) => done());
  }

  // lay takes in what the server has of a cell. What was typed since it was sent stays.
  private lay(c: Cell, a: CellAnswer, sent?: { text: string; note: string | null }): void {
    const untouched = sent ? c.input.value === sent.text : c.input.value === c.saved;
    if (sent && c.note === sent.note) c.note = null;
    c.held = !!a.k;
    c.theirs = a.x || "";
    c.saved = a.v;
    if (untouched && c !== this.busy()) c.input.value = a.v;
    c.td.className = a.c + (c.td.classList.contains("sel") ? " sel" : "");
    set(c.td, "data-e", a.e);
    set(c.td, "data-w", a.w);
    set(c.td, "data-n", a.n);
    set(c.td, "data-l", a.l);
    set(c.input, "aria-invalid", a.e ? "true" : undefined);
  }

  private refused(status: number, title: string): void {
    if (status === 401) {
      this.say("登录已过期，改动还在本页：请在新窗口登录，再回到这里", "bad");
      return this.soon(longestRetry);
    }
    this.say(title || "没有存上，改动还在本页", "bad");
    this.waiting = [];
  }

  private again(status: number): void {
    const why = status === 0 ? "没有网络" : "服务器暂时没有答应";
    this.say(`${why}，${this.pending().length} 格还在本页，${Math.round(this.retry / 1000)} 秒后重试`, "bad");
    this.soon(this.retry);
    this.retry = Math.min(this.retry * 2, longestRetry);
    this.waiting = [];
  }
}

export function set(el: Element, name: string, value?: string): void {
  if (value) el.setAttribute(name, value);
  else el.removeAttribute(name);
}
