// The list below the grid of what is wrong in it: made anew from the cells after every answer.
import { Cell, Line } from "./cells";
import { el } from "./dom";

export function problemList(all: Line[], go: (c: Cell) => void): () => void {
  const box = document.querySelector<HTMLElement>(".problems")!;
  const list = box.querySelector("ul")!;
  const draw = (): void => {
    list.textContent = "";
    all.forEach((line) =>
      line.cells.forEach((c) => {
        const d = c.td.dataset;
        if (!d.e && (!d.w || d.n)) return;
        const name = el("a", { href: "#r-" + line.unit }, line.name);
        name.addEventListener("click", (e) => {
          e.preventDefault();
          if (!line.tr.hidden) go(c);
        });
        list.append(el("li", {}, name, el("span", { className: d.e ? "error" : "warning" }, d.e || d.w!)));
      }),
    );
    box.hidden = !list.children.length;
    box.querySelector("summary")!.textContent = `问题 ${list.children.length} 处，逐条看`;
  };
  draw();
  return draw;
}
