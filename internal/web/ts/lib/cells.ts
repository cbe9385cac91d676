// The cells of the town's grid: where they are, what is typed in them, what the server knows.
export interface Line {
  tr: HTMLTableRowElement;
  unit: string;
  name: string;
  base: number;
  cells: Cell[];
}

export interface Cell {
  td: HTMLTableCellElement;
  input: HTMLInputElement;
  key: string;
  yn: boolean;
  line: Line;
  col: number;
  saved: string; // the text the server has
  held: boolean; // two values stand against each other: not sent until decided
  theirs: string;
  note: string | null; // a word of explanation not yet sent
}

export function readLines(table: HTMLTableElement): Line[] {
  const yn = Array.from(table.querySelectorAll<HTMLElement>("th.column")).map((th) => th.hasAttribute("data-yn"));
  const lines: Line[] = [];
  table.querySelectorAll<HTMLTableRowElement>("tbody tr").forEach((tr) => {
    const name = tr.querySelector(".village-name");
    const line: Line = { tr, unit: tr.dataset.unit || "", name: (name && name.textContent) || "", base: Number(tr.dataset.base), cells: [] };
    tr.querySelectorAll<HTMLTableCellElement>("td").forEach((td, col) => {
      const input = td.querySelector("input");
      if (!input) return;
      input.tabIndex = -1;
      line.cells.push({ td, input, key: td.dataset.key || "", yn: yn[col], line, col, saved: input.value, held: false, theirs: "", note: null });
    });
    if (line.cells.length > 0) lines.push(line);
  });
  return lines;
}

export const dirty = (c: Cell): boolean => !c.held && (c.input.value !== c.saved || c.note !== null);
