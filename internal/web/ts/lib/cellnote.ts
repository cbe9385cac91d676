// The little paper beside a cell or a village's name: what there is to say, and what to do next.
import { Cell } from "./cells";
import { byId, el } from "./dom";

export interface CellNote {
  open(): boolean;
  hide(): void;
  show(c: Cell): void; // most cells have nothing to say
  enter(): boolean; // moves the keyboard into the paper
}

export function cellNote(grid: HTMLTableElement, noted: () => void, decide: (c: Cell, mine: boolean) => void, say: (text: string, tone: string) => void): CellNote {
  const paper = byId("cell-note");
  const dialog = byId("grid-dialog") as HTMLDialogElement;
  const writable = "writable" in grid.dataset;
  const mayReturn = "mayReturn" in grid.dataset;
  let at: HTMLElement | null = null;
  let cell: Cell | null = null;

  const open = () => !paper.hidden;
  const url = (unit: string, rest: string, wing = "ledger") => `/${wing}/${unit}/${grid.dataset.week}/${rest}`;
  const button = (text: string, press: () => void) => el("button", { type: "button", textContent: text, onclick: press });
  const link = (text: string, href: string) => el("a", { textContent: text, href });

  function hide(): void {
    paper.hidden = true;
    at = cell = null;
  }

  function write(beside: HTMLElement, tone: string, lines: (Node | string)[], next: Node[]): void {
    paper.textContent = "";
    paper.className = "cell-note " + tone;
    paper.append(...lines.map((l) => (l instanceof Node ? l : el("p", {}, l))), el("div", { className: "cell-note-actions" }, ...next));
    at = beside;
    paper.hidden = false;
    place();
  }

  function place(): void {
    if (!at || !open()) return;
    const r = at.getBoundingClientRect();
    const h = paper.offsetHeight;
    paper.style.top = (r.bottom + 4 + h < innerHeight - 70 ? r.bottom + 4 : r.top - h - 4) + "px";
    paper.style.left = Math.max(8, Math.min(r.left, innerWidth - paper.offsetWidth - 8)) + "px";
  }

  function show(c: Cell): void {
    const d = c.td.dataset;
    if (!d.e && !d.w && !d.n && !c.held) return hide();
    if (c.held) {
      write(c.td, "w", [`${c.line.name}刚有人改过这一格：现在是“${c.theirs || "空"}”，您填的是“${c.input.value || "空"}”。`], [
        button("用我填的", () => decide(c, true)),
        button("用现在的", () => decide(c, false)),
      ]);
    } else {
      const lines = [];
      if (d.e || d.w) lines.push(d.e || d.w || "");
      if (d.n) lines.push("说明：" + d.n);
      const next: Node[] = [];
      if (!d.e && writable) next.push(button(d.n ? "改说明" : "写一句说明", () => explain(c)));
      if (mayReturn && "returnable" in c.line.tr.dataset) next.push(giveBack(url(c.line.unit, "return?cell=" + c.key)));
      next.push(link("看来历", url(c.line.unit, c.key, "history")));
      write(c.td, d.e ? "e" : "w", lines, next);
    }
    cell = c;
    c.input.setAttribute("aria-describedby", "cell-note");
  }

  // explain takes the word that a warning asks for.
  function explain(c: Cell): void {
    const was = c.td.dataset.n || "";
    const words = "写一句说明，随台账上报";
    const input = el("input", { maxLength: 200, value: was, placeholder: words, title: words });
    const keep = () => {
      c.note = input.value.trim() === was ? null : input.value.trim();
      noted();
      back();
    };
    input.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && !e.isComposing) {
        e.preventDefault();
        keep();
      }
    });
    write(c.td, "w", [c.td.dataset.w || was, input], [button("记下", keep)]);
    cell = c;
    input.focus();
  }

  function giveBack(href: string): HTMLElement {
    const a = link("退回该村", href);
    a.dataset.return = "";
    return a;
  }

  function form(tr: HTMLElement, verb: string, text: string): HTMLElement {
    const field = (name: string, value: string) => el("input", { type: "hidden", name, value });
    return el("form", { method: "post", action: url(tr.dataset.unit!, verb) }, field("back", "town"), field("base", tr.dataset.base!), el("button", {}, text));
  }

  // What can be done with a village's row.
  grid.addEventListener("click", (e) => {
    const mark = (e.target as Element).closest(".mark");
    const a = mark && mark.closest("a");
    if (!a || e.ctrlKey || e.metaKey) return;
    e.preventDefault();
    const tr = a.closest("tr")!;
    const next: Node[] = [];
    if (writable && "draft" in tr.dataset) next.push(form(tr, "report", "代报这一行"), form(tr, "discard", "去掉草稿"));
    else if (writable && "pending" in tr.dataset) next.push(form(tr, "unchanged", "本周无变化"));
    if (mayReturn && "returnable" in tr.dataset) next.push(giveBack(a.href + "/return"));
    write(a, "", [a.title], next.concat(link("打开填报页", a.href)));
    enter();
  });

  // The question about giving a row back is asked in place.
  document.addEventListener("click", (e) => {
    const a = (e.target as Element).closest<HTMLAnchorElement>("a[data-return]");
    if (!a || !dialog.showModal) return;
    e.preventDefault();
    fetch(a.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then((r) => (r.ok ? r.text() : Promise.reject()))
      .then((html) => {
        dialog.textContent = "";
        dialog.append(...Array.from(new DOMParser().parseFromString(html, "text/html").body.childNodes));
        hide();
        dialog.showModal();
        dialog.querySelector("textarea")!.focus();
      })
      .catch(() => say("打不开，请过一会儿再试", "bad"));
  });

  function back(): void {
    const c = cell;
    hide();
    if (c) c.input.focus();
  }

  function enter(): boolean {
    const first = open() && paper.querySelector<HTMLElement>("button, a, input");
    if (first) first.focus();
    return true;
  }

  paper.addEventListener("keydown", (e) => {
    if (e.key === "Escape") back();
  });
  document.addEventListener("mousedown", (e) => {
    if (!(e.target as Element).closest("#cell-note, #grid")) hide();
  });
  window.addEventListener("scroll", place, true); // the table's box and the page itself
  return { open, hide, show, enter };
}
