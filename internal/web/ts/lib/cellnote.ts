// The little paper beside a cell: what is wrong with it, and what to do next.
import { Cell } from "./cells";

export class CellNote {
  private el = document.getElementById("cell-note")!;
  private dialog = document.getElementById("grid-dialog") as HTMLDialogElement | null;

  constructor(
    private grid: HTMLTableElement,
    private noted: (c: Cell) => void,
    private decide: (c: Cell, mine: boolean) => void,
    private say: (text: string, tone: string) => void,
  ) {
    this.el.addEventListener("keydown", (e) => {
      if (e.key === "Escape") this.back();
    });
    this.grid.addEventListener("click", (e) => this.row(e));
    document.addEventListener("click", (e) => {
      const a = (e.target as Element).closest<HTMLAnchorElement>("a[data-return]");
      if (a) this.ask(e, a.href);
    });
    document.addEventListener("mousedown", (e) => {
      const t = e.target as Element;
      if (this.open() && !this.el.contains(t) && !t.closest("#grid")) this.hide();
    });
    this.grid.closest(".grid-box")!.addEventListener("scroll", () => this.place());
  }

  private at: HTMLElement | null = null;
  private cell: Cell | null = null;

  open(): boolean {
    return !this.el.hidden;
  }

  hide(): void {
    this.el.hidden = true;
    this.at = this.cell = null;
  }

  // show says what there is to say about a cell; most have nothing.
  show(c: Cell): void {
    const e = c.td.dataset.e, w = c.td.dataset.w, n = c.td.dataset.n;
    if (!e && !w && !n && !c.held) return this.hide();
    const writable = this.grid.hasAttribute("data-writable");
    this.el.textContent = "";
    this.el.className = "cell-note " + (e ? "error" : "warning");
    if (c.held) {
      this.line(`${c.line.name}刚有人改过这一格：现在是“${c.theirs || "空"}”，您填的是“${c.input.value || "空"}”。`);
      this.actions(this.button("用我填的", () => this.decide(c, true)), this.button("用现在的", () => this.decide(c, false)));
    } else {
      if (e || w) this.line(e || w || "");
      if (n) this.line("说明：" + n);
      const next: Node[] = [];
      if ((w || n) && !e && writable) next.push(this.button(n ? "改说明" : "写一句说明", () => this.write(c)));
      if (this.grid.hasAttribute("data-may-return") && c.line.tr.hasAttribute("data-returnable"))
        next.push(this.link("退回该村", `/ledger/${c.line.unit}/${this.grid.dataset.week}/return?cell=${c.key}`, true));
      next.push(this.link("看来历", `/history/${c.line.unit}/${this.grid.dataset.week}/${encodeURIComponent(c.key)}`));
      this.actions(...next);
    }
    this.cell = c;
    this.appear(c.td);
    c.input.setAttribute("aria-describedby", "cell-note");
  }

  // enter moves the keyboard into the paper.
  enter(): boolean {
    const first = this.open() && this.el.querySelector<HTMLElement>("button, a, input");
    if (first) first.focus();
    return true;
  }

  // tell says something that happened, below the cell line.
  tell(text: string, weighty: boolean): void {
    const info = document.getElementById("cell-info")!;
    info.textContent = "";
    const el = document.createElement(weighty ? "strong" : "span");
    el.textContent = text;
    el.setAttribute("role", "status");
    info.append(el);
  }

  private write(c: Cell): void {
    this.el.textContent = "";
    this.line(c.td.dataset.w || c.td.dataset.n || "");
    const input = document.createElement("input");
    input.maxLength = 200;
    input.value = c.td.dataset.n || "";
    input.setAttribute("aria-label", "写一句说明，随台账上报");
    input.placeholder = "写一句说明，随台账上报";
    const keep = () => {
      const text = input.value.trim();
      if (text !== (c.td.dataset.n || "")) {
        c.note = text;
        this.noted(c);
      }
      this.back();
    };
    input.addEventListener("keydown", (e) => {
      if (e.key === "Enter") {
        e.preventDefault();
        keep();
      }
    });
    this.el.append(input);
    this.actions(this.button("记下", keep));
    this.place();
    input.focus();
  }

  // row shows what can be done with a village's row.
  private row(e: MouseEvent): void {
    const a = (e.target as Element).closest<HTMLAnchorElement>("a[data-row]");
    const mark = (e.target as Element).closest(".mark");
    if (!a || !mark || e.ctrlKey || e.metaKey) return;
    e.preventDefault();
    const tr = a.closest("tr")!;
    this.el.textContent = "";
    this.el.className = "cell-note";
    this.line(a.title);
    const next: Node[] = [];
    if (this.grid.hasAttribute("data-writable")) {
      if (tr.hasAttribute("data-draft")) {
        next.push(this.form(tr, "/report", "代报这一行"));
        next.push(this.form(tr, "/discard", "去掉草稿"));
      } else if (tr.hasAttribute("data-pending")) next.push(this.form(tr, "/unchanged", "本周无变化"));
    }
    if (this.grid.hasAttribute("data-may-return") && tr.hasAttribute("data-returnable")) next.push(this.link("退回该村", a.href + "/return", true));
    next.push(this.link("打开填报页", a.href));
    this.actions(...next);
    this.appear(a);
    this.enter();
  }

  private form(tr: HTMLTableRowElement, verb: string, text: string): HTMLFormElement {
    const form = document.createElement("form");
    form.method = "post";
    form.action = `/ledger/${tr.dataset.unit}/${this.grid.dataset.week}${verb}`;
    const fields: Record<string, string> = { back: "town", base: tr.dataset.base || "" };
    for (const name of Object.keys(fields)) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = fields[name];
      form.append(input);
    }
    const b = this.button(text, () => undefined);
    b.type = "submit";
    form.append(b);
    return form;
  }

  // ask opens the question about giving a row back, in place.
  private ask(e: Event, href: string): void {
    const dialog = this.dialog;
    if (!dialog || typeof dialog.showModal !== "function") return;
    e.preventDefault();
    fetch(href, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then((r) => (r.ok ? r.text() : Promise.reject(r.status)))
      .then(
        (html) => {
          const parsed = new DOMParser().parseFromString(html, "text/html");
          dialog.textContent = "";
          dialog.append(...Array.from(parsed.body.childNodes));
          this.hide();
          dialog.showModal();
          dialog.querySelector<HTMLElement>("textarea")?.focus();
        },
        () => this.say("打不开，请过一会儿再试", "bad"),
      );
  }

  private back(): void {
    const c = this.cell;
    this.hide();
    if (c) c.input.focus();
  }

  private appear(at: HTMLElement): void {
    this.at = at;
    this.el.hidden = false;
    this.place();
  }

  private place(): void {
    if (!this.at || !this.open()) return;
    const r = this.at.getBoundingClientRect();
    const h = this.el.offsetHeight;
    const below = r.bottom + 4 + h < window.innerHeight - 70;
    this.el.style.top = (below ? r.bottom + 4 : r.top - h - 4) + "px";
    this.el.style.left = Math.max(8, Math.min(r.left, window.innerWidth - this.el.offsetWidth - 8)) + "px";
  }

  private line(text: string): void {
    const p = document.createElement("p");
    p.textContent = text;
    this.el.append(p);
  }

  private actions(...next: Node[]): void {
    const p = document.createElement("div");
    p.className = "cell-note-actions";
    p.append(...next);
    this.el.append(p);
  }

  private button(text: string, press: () => void): HTMLButtonElement {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = text;
    b.addEventListener("click", press);
    return b;
  }

  private link(text: string, href: string, ask = false): HTMLAnchorElement {
    const a = document.createElement("a");
    a.textContent = text;
    a.href = href;
    if (ask) a.setAttribute("data-return", "");
    return a;
  }
}
