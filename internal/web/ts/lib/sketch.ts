// The sketch map of a form: the outline of each line of a table is drawn by tapping its corners,
// which can be dragged, or by keys: arrows move the cross, Enter sets a point. What is drawn goes
// into the line's hidden field as 120,300 480,310, in thousandths of the map.
import { el } from "./dom";

type Point = [number, number];

const SIZE = 1000;
const MOST = 80;
const NS = "http://www.w3.org/2000/svg";

interface Target {
  field: HTMLInputElement;
  line: HTMLElement;
  word: string; // 地块 1
  area: boolean;
}

export function sketch(): void {
  const room = document.getElementById("sketch");
  if (room) new Editor(room);
}

function svg<K extends keyof SVGElementTagNameMap>(tag: K, attrs: { [name: string]: string | number }): SVGElementTagNameMap[K] {
  const e = document.createElementNS(NS, tag);
  Object.keys(attrs).forEach((k) => e.setAttribute(k, String(attrs[k])));
  return e;
}

// refill gives an element other children.
function refill(e: Element, ...children: Node[]): void {
  e.textContent = "";
  e.append(...children);
}

const clamp = (n: number): number => Math.min(SIZE, Math.max(0, Math.round(n)));

class Editor {
  private map = svg("svg", { viewBox: "0 0 1000 1000", class: "sketch-map", tabindex: 0, role: "application" });
  private under = svg("g", {});
  private over = svg("g", {});
  private cursor = svg("path", { class: "sketch-cursor" });
  private targets = el("div", { className: "sketch-targets" });
  private said = el("p", { className: "sketch-said" });
  private undo = this.button("撤掉一个点", () => this.removePoint());
  private clear = this.button("整块重画", () => this.removeAll());
  private active: HTMLInputElement | null = null;
  private chosen = -1;
  private at: Point = [500, 500];

  constructor(private room: HTMLElement) {
    this.said.setAttribute("role", "status");
    this.targets.setAttribute("role", "group");
    this.targets.setAttribute("aria-label", "画哪一项");
    for (let i = 1; i < 10; i++) this.map.append(svg("path", { class: "sk-grid", d: `M${i * 100} 0V1000M0 ${i * 100}H1000` }));
    this.map.append(this.under, this.over, this.cursor);
    room.append(
      el("h3", { textContent: "在图上画示意图（选填）" }),
      el("p", { className: "help", textContent: "先点要画哪一块，再在图上按顺序点它的各个角；点好的角可以拖动。用键盘：方向键移动十字，回车加一个点，退格撤掉一个点。" }),
      this.targets,
      this.map,
      el("div", { className: "sketch-buttons" }, this.undo, this.clear),
      this.said,
    );
    room.hidden = false;
    this.map.addEventListener("click", (e) => this.tap(e));
    this.map.addEventListener("keydown", (e) => this.key(e));
    const form = room.closest("form")!;
    form.addEventListener("line", () => this.draw());
    form.addEventListener("input", (e) => {
      if (!(e.target as HTMLInputElement).dataset.shape) this.draw();
    });
    this.draw();
  }

  private button(text: string, act: () => void): HTMLButtonElement {
    const b = el("button", { type: "button", className: "button secondary", textContent: text });
    b.addEventListener("click", act);
    return b;
  }

  // all are the lines that can be drawn: those in which something is typed or drawn.
  private all(): Target[] {
    const list: Target[] = [];
    document.querySelectorAll<HTMLInputElement>("[data-shape]").forEach((field) => {
      const line = field.closest<HTMLElement>(".rows-line")!;
      const table = line.closest<HTMLElement>("[data-rows]")!;
      list.push({ field, line, word: table.dataset.word + " " + line.dataset.line, area: field.dataset.shape === "area" });
    });
    return list;
  }

  private named(t: Target): string {
    const title = t.line.querySelector<HTMLInputElement>("input[type=text]");
    return title ? title.value.trim() : "";
  }

  private typed(t: Target): boolean {
    return Array.from(t.line.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input:not([name$='.was']), select")).some((f) => f.value !== "");
  }

  private points(field: HTMLInputElement): Point[] {
    return field.value
      .split(" ")
      .filter((w) => w)
      .map((w) => w.split(",").map(Number) as Point);
  }

  private keep(points: Point[]): void {
    if (!this.active) return;
    this.active.value = points.map((p) => p.join(",")).join(" ");
    this.active.dispatchEvent(new Event("input", { bubbles: true }));
    this.draw();
  }

  private choose(field: HTMLInputElement, scroll: boolean): void {
    this.active = field;
    this.chosen = -1;
    const points = this.points(field);
    if (points.length) this.at = points[points.length - 1];
    this.draw();
    if (scroll) this.room.scrollIntoView({ block: "start" });
    this.map.focus({ preventScroll: true });
  }

  private add(p: Point): void {
    const field = this.active;
    if (!field) {
      this.said.textContent = "先点上面要画的一项。表里还没有填的，先填名称。";
      return;
    }
    const points = this.points(field);
    if (points.length >= MOST) {
      this.said.textContent = `最多 ${MOST} 个点。`;
      return;
    }
    points.push(p);
    this.chosen = points.length - 1;
    this.at = p;
    this.keep(points);
  }

  private removePoint(): void {
    if (!this.active) return;
    const points = this.points(this.active);
    points.splice(this.chosen >= 0 ? this.chosen : points.length - 1, 1);
    this.chosen = -1;
    this.keep(points);
  }

  private removeAll(): void {
    this.chosen = -1;
    this.keep([]);
    this.map.focus({ preventScroll: true });
  }

  private place(e: MouseEvent): Point {
    const r = this.map.getBoundingClientRect();
    return [clamp(((e.clientX - r.left) / r.width) * SIZE), clamp(((e.clientY - r.top) / r.height) * SIZE)];
  }

  private tap(e: MouseEvent): void {
    if ((e.target as Element).hasAttribute("data-point")) return;
    if (e.detail === 0) return; // a key on the map is handled as a key
    this.add(this.place(e));
  }

  private key(e: KeyboardEvent): void {
    const step = e.shiftKey ? 100 : 20;
    const moves: { [key: string]: Point } = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const by = moves[e.key];
    if (by) {
      this.at = [clamp(this.at[0] + by[0]), clamp(this.at[1] + by[1])];
      this.drawCursor();
      this.said.textContent = `横 ${this.at[0]}，竖 ${this.at[1]}`;
    } else if (e.key === "Enter" || e.key === " ") this.add(this.at);
    else if (e.key === "Backspace" || e.key === "Delete") this.removePoint();
    else return;
    e.preventDefault();
  }

  private drag(handle: SVGElement, index: number): void {
    handle.addEventListener("touchstart", (e) => e.preventDefault(), { passive: false }); // the page stays where it is
    handle.addEventListener("pointerdown", (down) => {
      if (!this.active) return;
      const points = this.points(this.active);
      this.chosen = index;
      this.drawCursor();
      const move = (e: PointerEvent): void => {
        points[index] = this.place(e);
        this.active!.value = points.map((p) => p.join(",")).join(" ");
        this.drawShapes();
      };
      const up = (): void => {
        document.removeEventListener("pointermove", move);
        document.removeEventListener("pointerup", up);
        document.removeEventListener("pointercancel", up);
        this.keep(points);
      };
      document.addEventListener("pointermove", move);
      document.addEventListener("pointerup", up);
      document.addEventListener("pointercancel", up);
      down.preventDefault();
    });
  }

  private draw(): void {
    const all = this.all();
    if (this.active && !all.some((t) => t.field === this.active)) this.active = null;
    this.drawTargets(all);
    this.drawShapes();
    this.drawHandles();
    this.drawCursor();
    const points = this.active ? this.points(this.active) : [];
    const t = all.find((t) => t.field === this.active);
    this.undo.disabled = this.clear.disabled = points.length === 0;
    const short = t && t.area && points.length > 0 && points.length < 3 ? "，至少要三个" : "";
    this.said.textContent = t ? `${t.word}：${points.length} 个点${short}` : "";
    this.map.setAttribute("aria-label", "示意图。" + (t ? `正在画${t.word}，` : "") + "方向键移动，回车加点");
  }

  private drawTargets(all: Target[]): void {
    const shown = all.filter((t) => this.typed(t));
    const focused = document.activeElement instanceof HTMLElement && this.targets.contains(document.activeElement) ? document.activeElement.dataset.name : "";
    refill(
      this.targets,
      ...shown.map((t) => {
        const n = this.points(t.field).length;
        const b = el("button", { type: "button", textContent: [t.word, this.named(t)].filter((s) => s).join(" ") + (n ? " · 已画" : "") });
        b.dataset.name = t.field.name;
        b.setAttribute("aria-pressed", String(t.field === this.active));
        b.addEventListener("click", () => this.choose(t.field, false));
        return b;
      }),
    );
    if (!shown.length) this.targets.append(el("span", { className: "under", textContent: "上面的表里填了地块，这里就能画。" }));
    if (focused) {
      const b = this.targets.querySelector<HTMLElement>(`[data-name="${focused}"]`);
      if (b) b.focus();
    }
  }

  private drawShapes(): void {
    refill(this.under);
    this.all().forEach((t) => {
      const points = this.points(t.field);
      t.line.classList.toggle("drawing", t.field === this.active);
      if (!points.length) return;
      const select = t.line.querySelector("select");
      const g = svg("g", { class: (t.area ? "sk-area" : "sk-line sk-" + (select ? select.value : "")) + (t.field === this.active ? "" : " idle") });
      const text = points.map((p) => p.join(",")).join(" ");
      if (points.length === 1) g.append(svg("circle", { cx: points[0][0], cy: points[0][1], r: 10 }));
      else g.append(svg(t.area && points.length > 2 ? "polygon" : "polyline", { points: text }));
      const x = points.reduce((s, p) => s + p[0], 0) / points.length;
      const y = points.reduce((s, p) => s + p[1], 0) / points.length;
      const label = svg("text", { class: "sk-name", x, y, "text-anchor": "middle" });
      label.textContent = t.area ? t.line.dataset.line! : this.named(t).slice(0, 8);
      g.append(label);
      this.under.append(g);
    });
  }

  private drawHandles(): void {
    refill(this.over);
    if (!this.active) return;
    this.points(this.active).forEach((p, i) => {
      const dot = svg("circle", { class: "sketch-handle" + (i === this.chosen ? " chosen" : ""), cx: p[0], cy: p[1], r: 15 });
      const hit = svg("circle", { class: "sketch-hit", cx: p[0], cy: p[1], r: 46, "data-point": i });
      this.drag(hit, i);
      this.over.append(dot, hit);
    });
  }

  private drawCursor(): void {
    const x = this.at[0], y = this.at[1];
    this.cursor.setAttribute("d", `M${x - 40} ${y}H${x + 40}M${x} ${y - 40}V${y + 40}`);
  }
}
