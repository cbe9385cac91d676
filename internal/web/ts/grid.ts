// The town's grid: the server's table of inputs, moved about in like a spreadsheet. One cell is
// active; it is moved about with ("move"), typed over ("type": arrows end it), or edited ("edit":
// arrows move within the text).
import { Cell, Line, dirty, readLines } from "./lib/cells";
import { Step, newHistory } from "./lib/undo";
import { parseTSV, formatTSV } from "./lib/tsv";
import { saver as newSaver } from "./lib/save";
import { cellNote } from "./lib/cellnote";
import { filters, fit, redraw, reveal } from "./lib/gridview";
import { problemList } from "./lib/problems";
import { byId, el } from "./lib/dom";

const table = document.getElementById("grid") as HTMLTableElement | null;
if (table) start(table);

function start(grid: HTMLTableElement): void {
  const writable = "writable" in grid.dataset;
  const all = readLines(grid);
  const box = grid.closest<HTMLElement>(".grid-box")!;
  const info = byId("cell-info");
  const history = newHistory<Cell>();
  let mode: "move" | "type" | "edit" = "move";
  let before = ""; // the text before the cell was edited
  let active: Cell | null = null;
  let anchor: Cell | null = null; // the other corner of what is selected
  let dragging = false;
  let swallow = false; // the key that is down was for the grid
  let leave = false; // Escape was pressed: the next Tab leaves the grid

  function say(text: string, tone: string): void {
    const status = byId("grid-status");
    status.textContent = text;
    status.className = "push " + tone;
  }

  const saver = newSaver(all, grid.dataset.draft!, () => (mode === "move" ? null : active), (a) => {
    redraw(grid, a);
    problems();
    if (!active || mode !== "move") return;
    if (document.activeElement === active.input) active.input.select();
    tell(active);
    note.show(active);
  }, say);
  const note = cellNote(grid, () => saver.soon(), decide, say);
  const problems = problemList(all, (c) => go(c));

  const lines = (): Line[] => all.filter((l) => !l.tr.hidden);
  const lineOf = (c: Cell): number => lines().indexOf(c.line);
  const isCell = (t: EventTarget | null): boolean => t instanceof HTMLInputElement && !!t.closest("td");

  function cellOf(t: EventTarget | null): Cell | null {
    const td = (t as Element).closest("td");
    for (const l of all) for (const c of l.cells) if (c.td === td) return c;
    return null;
  }

  // --- where one is ---

  function go(c: Cell, extend = false): void {
    commit();
    if (!extend || !anchor) anchor = c;
    if (active) active.input.tabIndex = -1;
    active = c;
    c.input.tabIndex = 0;
    if (document.activeElement !== c.input) c.input.focus({ preventScroll: true });
    c.input.select();
    reveal(grid, box, c.td);
    paint(selected());
    tell(c);
    note.show(c);
  }

  // selected is the cells between the active one and the other corner.
  function selected(): Cell[][] {
    if (!active || !anchor) return [];
    const r = [lineOf(active), lineOf(anchor)].sort((x, y) => x - y);
    const c = [active.col, anchor.col].sort((x, y) => x - y);
    return lines().slice(r[0], r[1] + 1).map((l) => l.cells.slice(c[0], c[1] + 1));
  }

  function paint(rows: Cell[][]): void {
    grid.querySelectorAll(".sel").forEach((td) => td.classList.remove("sel"));
    if (flat(rows).length > 1) flat(rows).forEach((c) => c.td.classList.add("sel"));
  }

  // tell says what the cell is and how it stands to last week.
  function tell(c: Cell): void {
    info.textContent = `${c.line.name} · ${grid.querySelector<HTMLElement>(`th[data-key=${c.key}]`)!.title} · `;
    if (c.td.dataset.l) info.append(el("strong", {}, c.td.dataset.l), " · ");
    info.append(el("a", { href: `/history/${c.line.unit}/${grid.dataset.week}/${c.key}` }, "看来历"));
  }

  function move(rows: number, cols: number, extend = false): true {
    const ls = lines();
    const line = ls[Math.max(0, Math.min(ls.length - 1, lineOf(active!) + rows))];
    go(line.cells[Math.max(0, Math.min(line.cells.length - 1, active!.col + cols))], extend);
    return true;
  }

  // --- typing ---

  function edit(): void {
    if (!active || !writable || mode !== "move") return;
    before = active.input.value;
    mode = "edit";
    note.hide();
    active.input.setSelectionRange(before.length, before.length);
  }

  function commit(): void {
    if (mode === "move" || !active) return;
    mode = "move";
    put([{ at: active, from: before, to: active.input.value.trim() }]);
  }

  function cancel(): void {
    active!.input.value = before;
    mode = "move";
    active!.input.select();
  }

  // put writes changes into cells, remembers them and has them saved.
  function put(steps: Step<Cell>[], remember = true): void {
    if (!writable) return;
    steps.forEach((s) => {
      s.at.input.value = s.to;
      s.at.td.classList.toggle("unsaved", dirty(s.at));
    });
    if (remember) history.add(steps);
    if (steps.some((s) => dirty(s.at))) saver.soon();
  }

  const fill = (cells: Cell[], to: string): void => put(cells.map((c) => ({ at: c, from: c.input.value, to })));

  // again takes the steps of undo or redo.
  function again(steps: Step<Cell>[]): true {
    put(steps, false);
    if (steps.length && !steps[0].at.line.tr.hidden) go(steps[0].at);
    return true;
  }

  // decide settles a cell that two people changed.
  function decide(c: Cell, mine: boolean): void {
    c.held = false;
    c.saved = c.theirs;
    if (!mine) c.input.value = c.theirs;
    saver.soon(0);
    go(c);
  }

  // --- blocks ---

  function paste(text: string): void {
    const block = parseTSV(text);
    const rows = selected();
    if (rows.length === 0 || block.length === 0) return;
    if (block.length === 1 && block[0].length === 1) return fill(flat(rows), block[0][0].trim());
    const from = rows[0][0];
    const ls = lines().slice(lineOf(from));
    const room = from.line.cells.length - from.col;
    const wide = Math.max(...block.map((texts) => texts.length));
    const taken = block.slice(0, ls.length).map((texts, i) => texts.slice(0, room).map((t, j) => {
      const c = ls[i].cells[from.col + j];
      return { at: c, from: c.input.value, to: t.trim() };
    }));
    put(flat(taken));
    go(from);
    paint(taken.map((steps) => steps.map((s) => s.at)));
    let said = `贴了 ${taken.length} 行 × ${Math.min(wide, room)} 列`;
    if (block.length > ls.length) said += `，还剩 ${block.length - ls.length} 行没有地方贴（表到“${ls[ls.length - 1].name}”为止）`;
    if (wide > room) said += `，右边多出 ${wide - room} 列没有贴`;
    info.textContent = "";
    info.append(el(block.length > ls.length || wide > room ? "strong" : "span", {}, said));
  }

  grid.addEventListener("copy", take);
  grid.addEventListener("cut", take);
  function take(e: ClipboardEvent): void {
    if (mode === "edit" || !isCell(e.target)) return;
    e.preventDefault();
    e.clipboardData!.setData("text/plain", formatTSV(selected().map((row) => row.map((c) => c.input.value))));
    if (e.type === "cut") fill(flat(selected()), "");
  }
  grid.addEventListener("paste", (e) => {
    if (mode === "edit" || !isCell(e.target) || !writable) return;
    e.preventDefault();
    commit();
    paste(e.clipboardData!.getData("text/plain"));
  });

  // --- keys ---

  grid.addEventListener("keydown", (e) => {
    if (!isCell(e.target) || e.isComposing || e.keyCode === 229) return;
    const escaped = leave;
    leave = swallow = false;
    if (mode === "edit" && /^Arrow/.test(e.key)) return;
    if (mode !== "move" && /^(Home|End|Delete|Backspace)$/.test(e.key)) return;
    swallow = key(e, e.ctrlKey || e.metaKey, escaped);
    if (swallow) e.preventDefault();
  });
  // A key that was for the grid types nothing and sends no form.
  grid.addEventListener("keypress", (e) => {
    if (swallow && isCell(e.target)) e.preventDefault();
  });

  function key(e: KeyboardEvent, ctrl: boolean, escaped: boolean): boolean {
    const shift = e.shiftKey;
    const far = 1e6;
    const step = ctrl ? far : 1;
    const page = Math.max(1, Math.floor(box.clientHeight / active!.td.offsetHeight) - 4);
    switch (e.key) {
      case "ArrowUp": return move(-step, 0, shift);
      case "ArrowDown": return move(step, 0, shift);
      case "ArrowLeft": return move(0, -step, shift);
      case "ArrowRight": return move(0, step, shift);
      case "PageUp": return move(-page, 0, shift);
      case "PageDown": return move(page, 0, shift);
      case "Home": return move(ctrl ? -far : 0, -far, shift);
      case "End": return move(ctrl ? far : 0, far, shift);
      case "Enter": return e.altKey ? note.enter() : move(shift ? -1 : 1, 0);
      case "Tab": return !escaped && tab(shift ? -1 : 1);
      case "F2": edit(); return true;
      case "Escape": escape(); return true;
      case "Delete":
      case "Backspace": fill(flat(selected()), ""); return true;
      case " ":
        if (mode !== "move" || !active!.yn) return false;
        fill([active!], active!.input.value === "是" ? "否" : "是");
        return true;
    }
    if (!ctrl || mode !== "move") return false;
    switch (e.key.toLowerCase()) {
      case "z": return again(shift ? history.redo() : history.undo());
      case "y": return again(history.redo());
      case "a":
        move(-far, -far);
        return move(far, far, true);
    }
    return false;
  }

  function escape(): void {
    if (mode !== "move") return cancel();
    note.hide();
    leave = true;
    anchor = active;
    paint([]);
  }

  // tab goes on to the next cell, at the end of a line to the next line; false at either end.
  function tab(by: number): boolean {
    const cells = flat(lines().map((l) => l.cells));
    const next = cells[cells.indexOf(active!) + by];
    if (next) go(next);
    else commit();
    return !!next;
  }

  let shown = ""; // what stood in the cell before a key was typed over it
  grid.addEventListener("beforeinput", () => {
    if (mode === "move" && active) shown = active.input.value;
  });
  grid.addEventListener("input", (e) => {
    if (!isCell(e.target) || mode !== "move") return;
    mode = "type";
    before = shown;
    note.hide();
  });

  // --- mouse and focus ---

  grid.addEventListener("mousedown", (e) => {
    const c = cellOf(e.target);
    if (!c || e.button !== 0 || (c === active && mode !== "move")) return; // or placing the caret
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
    if (cellOf(e.target) === active) edit();
  });
  grid.addEventListener("focusin", (e) => {
    const c = cellOf(e.target);
    if (c && c !== active) go(c);
    else if (c && mode === "move") c.input.select();
  });
  grid.addEventListener("focusout", (e) => {
    if (isCell(e.target)) commit();
  });

  // --- the page around it ---

  const first = (): void => {
    const l = lines()[0];
    if (l) l.cells[0].input.tabIndex = 0;
  };
  filters(grid, () => {
    if (!active || !active.line.tr.hidden) return;
    commit();
    note.hide();
    active = anchor = null;
    first();
  });
  fit(box);
  first();

  // A form waits until everything is saved.
  let pressed: HTMLElement | null = null;
  document.addEventListener("click", (e) => (pressed = (e.target as Element).closest("button")), true);
  document.addEventListener("submit", (e) => {
    commit();
    if (saver.pending().length === 0) return;
    e.preventDefault();
    const button = pressed;
    saver.settled(() => (button ? button.click() : (e.target as HTMLFormElement).submit()));
  });
}

function flat<T>(rows: T[][]): T[] {
  return ([] as T[]).concat(...rows);
}
