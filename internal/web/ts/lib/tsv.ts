// Blocks of cells as WPS and Excel put them on the clipboard: cells between tabs, rows between
// line ends; a cell with a tab, a line end or a quote in it stands in quotes, its quotes doubled.
export function parseTSV(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let i = 0;
  const n = text.length;
  while (i <= n) {
    let cell = "";
    if (text[i] === '"' && quoted(text, i)) {
      for (i++; i < n; i++) {
        if (text[i] !== '"') cell += text[i];
        else if (text[i + 1] === '"') cell += text[i++];
        else break;
      }
      i++;
    } else {
      const from = i;
      while (i < n && text[i] !== "\t" && text[i] !== "\n" && text[i] !== "\r") i++;
      cell = text.slice(from, i);
    }
    row.push(cell);
    if (text[i] === "\t") {
      i++;
      continue;
    }
    rows.push(row);
    row = [];
    if (text[i] === "\r" && text[i + 1] === "\n") i++;
    i++;
    if (i >= n) break; // the last line end ends the last row
  }
  return rows;
}

// quoted tells whether the quote at i opens a quoted cell: one that is closed, and at whose
// close the cell ends. 3" is a cell of two characters.
function quoted(text: string, i: number): boolean {
  for (let j = i + 1; j < text.length; j++) {
    if (text[j] !== '"') continue;
    if (text[j + 1] === '"') j++;
    else return j + 1 === text.length || /[\t\r\n]/.test(text[j + 1]);
  }
  return false;
}

export function formatTSV(rows: string[][]): string {
  return rows.map((row) => row.map((c) => (/["\t\r\n]/.test(c) ? '"' + c.replace(/"/g, '""') + '"' : c)).join("\t")).join("\r\n");
}
