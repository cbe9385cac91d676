// The town's grid: the server's table of inputs, moved about in like a spreadsheet.
import { Cell, Line, dirty, readLines } from "./lib/cells";
import { History, Step } from "./lib/undo";
import { parseTSV, formatTSV } from "./lib/tsv";
import { Saver, set } from "./lib/save";
import { CellNote } from "./lib/cellnote";

type Mode = "move" | "type" | "edit";

const table = document.getElementById("grid") as HTMLTableElement | null;
if (table) start(table);

function start(grid: HTMLTableElement): void {
  const writable = grid.hasAttribute("data-writable");
  const all = readLines(grid);
  const box = grid.closest<HTMLElement>(".grid-box")!;
  const status = document.getElementById("grid-status")!;
  const info = document.getElementById("cell-info")!;
  const history = new History<Cell>();
  let mode: Mode = "move";
  let before = ""; // the text before the cell was edited
  let active: Cell | null = null;
  let anchor: Cell | null = null; // the other corner of what is selected
  let dragging = false;
  let swallow = false; // the key that is down was for the grid
  let leave = false; // Escape was pressed: the next Tab leaves the grid

  const saver = new Saver(all, grid.dataset.draft || "", () => (mode === "move" ? null : active), answered, say);
  const note = new CellNote(grid, (c) => saver.soon(), decide, say);

  const lines = (): Line[] => all.filter((l) => !l.tr.hidden);
  const lineOf = (c: Cell): number => lines().indexOf(c.line);

  function say(text: string, tone: string): void {
    status.textContent = text;
    status.className = "push " + tone;
  }

  // --- where one is ---

  function go(c: Cell, extend = false): void {
    commit();
    if (!extend || !anchor) anchor = c;
    if (active) active.input.tabIndex = -1;
    active = c;
    c.input.tabIndex = 0;
    mode = "move";
    if (document.activeElement !== c.input) c.input.focus({ preventScroll: true });
    c.input.select();
    reveal(c);
    paint();
    tell(c);
    note.show(c);
  }

  // reveal scrolls the cell out from under the frozen head, columns and totals.
  function reveal(c: Cell): void {
    const b = box.getBoundingClientRect();
    const r = c.td.getBoundingClientRect();
    const head = grid.tHead!.getBoundingClientRect().height;
    const foot = grid.tFoot!.getBoundingClientRect().height;
    const left = c.line.tr.cells[1].getBoundingClientRect().right - b.left;
    if (r.top < b.top + head) box.scrollTop -= b.top + head - r.top;
    else if (r.bottom > b.top + box.clientHeight - foot) box.scrollTop += r.bottom - (b.top + box.clientHeight - foot);
    if (r.left < b.left + left) box.scrollLeft -= b.left + left - r.left;
    else if (r.right > b.left + box.clientWidth) box.scrollLeft += r.right - (b.left + box.clientWidth);
  }

  function corners(): { top: number; left: number; bottom: number; right: number } {
    const r = [lineOf(anchor!), lineOf(active!)], c = [anchor!.col, active!.col];
    return { top: Math.min(r[0], r[1]), left: Math.min(c[0], c[1]), bottom: Math.max(r[0], r[1]), right: Math.max(c[0], c[1]) };
  }

  function selected(): Cell[][] {
    if (!active || !anchor) return [];
    const k = corners();
    return lines().slice(k.top, k.bottom + 1).map((l) => l.cells.slice(k.left, k.right + 1));
  }

  function paint(): void {
    grid.querySelectorAll("td.sel").forEach((td) => td.classList.remove("sel"));
    const rows = selected();
    if (rows.length > 1 || (rows[0] && rows[0].length > 1)) rows.forEach((row) => row.forEach((c) => c.td.classList.add("sel")));
  }

  // tell says what the cell is and where it comes from.
  function tell(c: Cell): void {
    const title = grid.querySelector<HTMLElement>(`th[data-key="${c.key}"]`)!.title;
    info.textContent = `${c.line.name} · ${title}`;
    if (c.td.dataset.l) info.append(" · ", strong(c.td.dataset.l));
    const a = document.createElement("a");
    a.href = `/history/${c.line.unit}/${grid.dataset.week}/${encodeURIComponent(c.key)}`;
    a.textContent = "看来历";
    info.append(" · ", a);
  }

  function strong(text: string): HTMLElement {
    const el = document.createElement("strong");
    el.textContent = text;
    return el;
  }

  function move(rows: number, cols: number, extend: boolean): void {
    const ls = lines();
    const r = Math.max(0, Math.min(ls.length - 1, lineOf(active!) + rows));
    const c = Math.max(0, Math.min(ls[r].cells.length - 1, active!.col + cols));
    go(ls[r].cells[c], extend);
  }

  // --- typing ---

  function edit(how: Mode): void {
    if (!active || !writable || mode !== "move") return;
    before = active.input.value;
    mode = how;
    note.hide();
    if (how === "edit") {
      const n = before.length;
      active.input.setSelectionRange(n, n);
    }
  }

  function commit(): void {
    if (mode === "move" || !active) return;
    mode = "move";
    put([{ at: active, from: before, to: active.input.value.trim() }]);
  }

  function cancel(): void {
    if (!active) return;
    active.input.value = before;
    mode = "move";
    active.input.select();
  }

  // put writes changes into cells, remembers them and has them saved.
  function put(steps: Step<Cell>[], remember = true): void {
    steps = steps.filter((s) => !s.at.input.readOnly);
    for (const s of steps) {
      s.at.input.value = s.to;
      s.at.td.classList.toggle("unsaved", dirty(s.at));
    }
    if (remember) history.add(steps);
    if (steps.some((s) => dirty(s.at))) saver.soon();
  }

  function again(steps: Step<Cell>[]): void {
    if (steps.length === 0) return;
    put(steps, false);
    const first = steps[0].at;
    if (!first.line.tr.hidden) go(first);
  }

  function clear(): void {
    put(flat(selected()).map((c) => ({ at: c, from: c.input.value, to: "" })));
  }

  // --- blocks ---

  function paste(text: string): void {
    const block = parseTSV(text);
    if (!active || block.length === 0) return;
    const rows = selected();
    const steps: Step<Cell>[] = [];
    if (block.length === 1 && block[0].length === 1) {
      for (const c of flat(rows)) steps.push({ at: c, from: c.input.value, to: block[0][0].trim() });
      put(steps);
      return;
    }
    const c0 = corners().left;
    const ls = lines().slice(corners().top);
    let over = 0;
    block.forEach((texts, i) => {
      const line = ls[i];
      if (!line) return;
      texts.forEach((t, j) => {
        const c = line.cells[c0 + j];
        if (c) steps.push({ at: c, from: c.input.value, to: t.trim() });
        else over = Math.max(over, c0 + j + 1 - line.cells.length);
      });
    });
    put(steps);
    const last = steps[steps.length - 1];
    if (last) {
      const first = ls[0].cells[c0];
      go(first);
      anchor = first;
      active = first;
      select(first, last.at);
    }
    const left = Math.max(0, block.length - ls.length);
    const wide = Math.max(...block.map((t) => t.length));
    let said = `贴了 ${Math.min(block.length, ls.length)} 行 × ${wide - over} 列`;
    if (left > 0) said += `，还剩 ${left} 行没有地方贴（表到“${ls[ls.length - 1].name}”为止）`;
    if (over > 0) said += `，右边多出 ${over} 列没有贴`;
    note.tell(said, left + over > 0);
  }

  function select(from: Cell, to: Cell): void {
    anchor = to;
    paint();
    anchor = from;
  }

  const inEdit = (): boolean => mode === "edit";

  grid.addEventListener("copy", (e) => {
    if (inEdit() || !active) return;
    e.preventDefault();
    e.clipboardData!.setData("text/plain", formatTSV(selected().map((row) => row.map((c) => c.input.value))));
  });
  grid.addEventListener("cut", (e) => {
    if (inEdit() || !active) return;
    e.preventDefault();
    e.clipboardData!.setData("text/plain", formatTSV(selected().map((row) => row.map((c) => c.input.value))));
    if (writable) clear();
  });
  grid.addEventListener("paste", (e) => {
    if (!isCell(e.target) || inEdit() || !writable) return;
    e.preventDefault();
    commit();
    paste(e.clipboardData!.getData("text/plain"));
  });

  // --- keys ---

  grid.addEventListener("keydown", (e) => {
    if (!isCell(e.target) || e.isComposing || e.keyCode === 229) return;
    const ctrl = e.ctrlKey || e.metaKey;
    const wasLeave = leave;
    leave = swallow = false;
    if (mode === "edit" && /^(Arrow|Home|End|Delete|Backspace)/.test(e.key)) return;
    if (mode === "type" && /^(Home|End|Delete|Backspace)$/.test(e.key)) return;
    swallow = key(e, ctrl, wasLeave);
    if (swallow) e.preventDefault();
  });

  // A key that was for the grid types nothing and sends no form.
  grid.addEventListener("keypress", (e) => {
    if (swallow && isCell(e.target)) e.preventDefault();
  });

  function key(e: KeyboardEvent, ctrl: boolean, wasLeave: boolean): boolean {
    const page = Math.max(1, Math.floor(box.clientHeight / active!.td.offsetHeight) - 4);
    const far = 1e6;
    switch (e.key) {
      case "ArrowUp": move(ctrl ? -far : -1, 0, e.shiftKey); return true;
      case "ArrowDown": move(ctrl ? far : 1, 0, e.shiftKey); return true;
      case "ArrowLeft": move(0, ctrl ? -far : -1, e.shiftKey); return true;
      case "ArrowRight": move(0, ctrl ? far : 1, e.shiftKey); return true;
      case "PageUp": move(-page, 0, e.shiftKey); return true;
      case "PageDown": move(page, 0, e.shiftKey); return true;
      case "Home": move(ctrl ? -far : 0, -far, e.shiftKey); return true;
      case "End": move(ctrl ? far : 0, far, e.shiftKey); return true;
      case "Enter":
        if (e.altKey) return note.enter();
        move(e.shiftKey ? -1 : 1, 0, false);
        return true;
      case "Tab": return !wasLeave && tab(e.shiftKey);
      case "F2": edit("edit"); return true;
      case "Escape":
        if (mode !== "move") cancel();
        else if (note.open()) note.hide();
        else {
          leave = true;
          anchor = active;
          paint();
        }
        return true;
      case "Delete":
      case "Backspace": if (writable) clear(); return true;
      case " ":
        if (mode !== "move" || !active!.yn || !writable) return false;
        put([{ at: active!, from: active!.input.value, to: active!.input.value === "是" ? "否" : "是" }]);
        return true;
    }
    if (!ctrl || mode !== "move") return false;
    switch (e.key.toLowerCase()) {
      case "z": again(e.shiftKey ? history.redo() : history.undo()); return true;
      case "y": again(history.redo()); return true;
      case "a": {
        const ls = lines();
        const here = active!;
        anchor = ls[0].cells[0];
        active = ls[ls.length - 1].cells[here.col];
        active = ls[ls.length - 1].cells[ls[0].cells.length - 1];
        go(active, true);
        return true;
      }
    }
    return false;
  }

  function tab(back: boolean): boolean {
    const ls = lines();
    const r = lineOf(active!), c = active!.col + (back ? -1 : 1);
    if (ls[r].cells[c]) go(ls[r].cells[c]);
    else if (back && ls[r - 1]) go(ls[r - 1].cells[ls[r - 1].cells.length - 1]);
    else if (!back && ls[r + 1]) go(ls[r + 1].cells[0]);
    else {
      commit();
      return false;
    }
    return true;
  }

  grid.addEventListener("input", (e) => {
    if (!isCell(e.target) || mode !== "move") return;
    mode = "type";
    before = beforeTyping;
    note.hide();
  });
  let beforeTyping = "";
  grid.addEventListener("beforeinput", () => {
    if (mode === "move" && active) beforeTyping = active.input.value;
  });

  // --- mouse and focus ---

  function isCell(t: EventTarget | null): t is HTMLInputElement {
    return t instanceof HTMLInputElement && !!t.closest("td");
  }

  function cellOf(t: EventTarget | null): Cell | null {
    const td = t instanceof Element && t.closest("td");
    if (!td) return null;
    for (const l of all) for (const c of l.cells) if (c.td === td) return c;
    return null;
  }

  grid.addEventListener("mousedown", (e) => {
    const c = cellOf(e.target);
    if (!c || e.button !== 0) return;
    if (c === active && mode !== "move") return; // placing the caret
    e.preventDefault();
    dragging = true;
    go(c, e.shiftKey);
  });
  grid.addEventListener("mouseover", (e) => {
    const c = dragging && cellOf(e.target);
    if (c && c !== active) go(c, true);
  });
  document.addEventListener("mouseup", () => (dragging = false));
  grid.addEventListener("dblclick", (e) => {
    if (cellOf(e.target) === active) edit("edit");
  });
  grid.addEventListener("focusin", (e) => {
    const c = cellOf(e.target);
    if (c && c !== active) go(c);
    else if (c && mode === "move") c.input.select();
  });
  grid.addEventListener("focusout", (e) => {
    if (isCell(e.target)) commit();
  });

  // --- what the server said ---

  function answered(a: { rows: any[] | null; totals: string[]; count: Record<string, number> }): void {
    for (const row of a.rows || []) {
      const tr = document.getElementById("r-" + row.unit)!;
      tr.dataset.base = String(row.base);
      const marks: Record<string, boolean> = {
        draft: row.draft, reported: row.reported, pending: !row.reported, changed: row.changed > 0, problem: row.problems > 0, returnable: row.returnable,
      };
      for (const name of Object.keys(marks)) set(tr, "data-" + name, marks[name] ? "1" : undefined);
      const base = tr.querySelector<HTMLInputElement>(`input[name="base.${row.unit}"]`);
      if (base) base.value = String(row.base);
      const mark = tr.querySelector(".mark")!;
      mark.textContent = row.mark;
      mark.className = "mark m-" + row.state + (row.draft ? " m-draft" : "");
      mark.closest("a")!.title = row.tells;
    }
    a.totals.forEach((t, i) => (grid.tFoot!.rows[0].cells[i + 1].textContent = t));
    const words: Record<string, string> = {
      villages: `${a.count.villages} 村 · 已报 ${a.count.reported}`, pending: `待报 ${a.count.pending}`, drafts: `草稿 ${a.count.drafts}`,
      changed: `变更 ${a.count.changed} 格`, problems: `问题 ${a.count.problems}`,
    };
    document.querySelectorAll<HTMLElement>(".chip").forEach((chip) => (chip.textContent = words[chip.dataset.count || ""]));
    if (active && mode === "move") {
      if (document.activeElement === active.input) active.input.select();
      tell(active);
      note.show(active);
    }
  }

  // decide settles a cell that two people changed.
  function decide(c: Cell, mine: boolean): void {
    c.held = false;
    c.td.classList.remove("clash");
    if (mine) c.saved = c.theirs;
    else c.input.value = c.saved = c.theirs;
    saver.soon(0);
    go(c);
  }

  // --- filters ---

  const chips = Array.from(document.querySelectorAll<HTMLAnchorElement>(".chip"));
  if (!location.search) {
    chips.forEach((chip) =>
      chip.addEventListener("click", (e) => {
        e.preventDefault();
        const show = chip.dataset.show || "";
        chips.forEach((other) => set(other, "aria-current", other === chip ? "true" : undefined));
        grid.querySelectorAll<HTMLTableRowElement>("tbody tr").forEach((tr) => (tr.hidden = show !== "" && !tr.hasAttribute("data-" + show)));
        if (active && active.line.tr.hidden) {
          commit();
          const first = lines()[0];
          active = anchor = null;
          note.hide();
          if (first) first.cells[0].input.tabIndex = 0;
        }
      }),
    );
  }

  // --- forms wait until everything is saved ---

  let pressed: HTMLElement | null = null;
  document.addEventListener("click", (e) => (pressed = (e.target as Element).closest<HTMLElement>("button")), true);
  document.addEventListener("submit", (e) => {
    commit();
    if (saver.pending().length === 0) return;
    e.preventDefault();
    const button = pressed;
    const form = e.target as HTMLFormElement;
    saver.settled(() => (button ? button.click() : form.submit()));
  });

  // The table takes what the window has left between the lines above it and the bar.
  function fit(): void {
    const bar = document.querySelector<HTMLElement>(".bar");
    const top = box.getBoundingClientRect().top + window.pageYOffset;
    if (window.innerWidth > 760) box.style.maxHeight = Math.max(300, window.innerHeight - top - (bar ? bar.offsetHeight : 0) - 10) + "px";
  }
  window.addEventListener("resize", fit);
  fit();

  if (all.length > 0) all[0].cells[0].input.tabIndex = 0;
}

function flat<T>(rows: T[][]): T[] {
  return ([] as T[]).concat(...rows);
}
