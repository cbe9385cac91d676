// More lines of a table without a round to the server; the button still works without this.
export function rows(): void {
  document.querySelectorAll<HTMLElement>("[data-rows]").forEach((table) => {
    const button = table.querySelector<HTMLButtonElement>(".rows-more");
    if (button)
      button.addEventListener("click", (e) => {
        e.preventDefault();
        const line = more(table);
        if (count(table) >= Number(table.dataset.max)) button.hidden = true;
        const first = line.querySelector<HTMLElement>("input:not([type=hidden]), select");
        if (first) first.focus();
      });
  });
}

const count = (table: HTMLElement): number => table.querySelectorAll(".rows-line").length;

// more adds a line like the last one, blank.
function more(table: HTMLElement): HTMLElement {
  const all = table.querySelectorAll<HTMLElement>(".rows-line");
  const last = all[all.length - 1];
  const from = last.dataset.line!;
  const to = String(Number(from) + 1);
  const line = last.cloneNode(true) as HTMLElement;
  line.dataset.line = to;
  line.classList.remove("drawing");
  line.setAttribute("aria-label", table.dataset.word + " " + to);
  line.querySelector(".rows-number")!.textContent = to;
  line.querySelectorAll(".error, .rows-tools").forEach((e) => e.remove());
  line.querySelectorAll(".bad").forEach((e) => e.classList.remove("bad"));
  const prefix = table.dataset.rows + ".";
  const renamed = (s: string): string => (s.startsWith(prefix + from + ".") ? prefix + to + s.slice((prefix + from).length) : s);
  line.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select").forEach((f) => {
    if (f.name === prefix + from + ".was") return f.remove();
    f.name = renamed(f.name);
    f.id = renamed(f.id);
    f.value = "";
    f.removeAttribute("aria-invalid");
    f.removeAttribute("aria-describedby");
  });
  line.querySelectorAll("label").forEach((l) => (l.htmlFor = renamed(l.htmlFor)));
  last.after(line);
  table.dispatchEvent(new CustomEvent("line", { bubbles: true }));
  return line;
}
