// What of the town's grid changes around the cells when the server has answered.
import { byId, set } from "./dom";
import { Answer } from "./save";

// redraw brings the marks beside the names, the totals and the counts up to date.
export function redraw(grid: HTMLTableElement, a: Answer): void {
  (a.rows || []).forEach((row) => {
    const tr = byId("r-" + row.unit);
    tr.dataset.base = String(row.base);
    tr.querySelector<HTMLInputElement>("input[type=hidden]")!.value = String(row.base);
    const marks: Record<string, boolean> = {
      draft: row.draft, reported: row.reported, pending: !row.reported, changed: row.changed > 0, problem: row.problems > 0, returnable: row.returnable,
    };
    Object.keys(marks).forEach((name) => set(tr, "data-" + name, marks[name] && "1"));
    const mark = tr.querySelector(".mark")!;
    mark.textContent = row.mark;
    mark.className = "mark m-" + row.state + (row.draft ? " m-draft" : "");
    mark.closest("a")!.title = row.tells;
  });
  a.totals.forEach((t, i) => (grid.tFoot!.rows[0].cells[i + 1].textContent = t));
  const n = a.count;
  const says: Record<string, string> = {
    villages: `${n.villages} 村 · 已报 ${n.reported}`, pending: `待报 ${n.pending}`, drafts: `草稿 ${n.drafts}`, changed: `变更 ${n.changed} 格`, problems: `问题 ${n.problems}`,
  };
  document.querySelectorAll<HTMLElement>(".chip").forEach((chip) => (chip.textContent = says[chip.dataset.count!]));
}

// filters let the chips choose which rows are seen. hidden is called after each choice.
export function filters(grid: HTMLTableElement, hidden: () => void): void {
  if (location.search) return; // the server has chosen
  const chips = Array.from(document.querySelectorAll<HTMLElement>(".chip"));
  chips.forEach((chip) =>
    chip.addEventListener("click", (e) => {
      e.preventDefault();
      const show = chip.dataset.show;
      chips.forEach((other) => set(other, "aria-current", other === chip && "true"));
      grid.querySelectorAll<HTMLElement>("tbody tr").forEach((tr) => (tr.hidden = !!show && !tr.hasAttribute("data-" + show)));
      hidden();
    }),
  );
}

// fit gives the table what the window has left between the lines above it and the bar.
export function fit(box: HTMLElement): void {
  const bar = document.querySelector<HTMLElement>(".bar");
  const resize = () => {
    if (innerWidth <= 760) return;
    const top = box.getBoundingClientRect().top + pageYOffset;
    box.style.maxHeight = Math.max(300, innerHeight - top - (bar ? bar.offsetHeight : 0) - 10) + "px";
  };
  window.addEventListener("resize", resize);
  resize();
}

// reveal scrolls a cell out from under the frozen head, columns and totals.
export function reveal(grid: HTMLTableElement, box: HTMLElement, td: HTMLTableCellElement): void {
  const b = box.getBoundingClientRect();
  const r = td.getBoundingClientRect();
  const top = b.top + grid.tHead!.offsetHeight;
  const bottom = b.top + box.clientHeight - grid.tFoot!.offsetHeight;
  const left = (td.parentElement as HTMLTableRowElement).cells[1].getBoundingClientRect().right;
  const right = b.left + box.clientWidth;
  if (r.top < top) box.scrollTop -= top - r.top;
  else if (r.bottom > bottom) box.scrollTop += r.bottom - bottom;
  if (r.left < left) box.scrollLeft -= left - r.left;
  else if (r.right > right) box.scrollLeft += r.right - right;
}
