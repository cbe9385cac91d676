// Every page: menus that close, dialogs that open, focus on what is wrong, time left.
import { dialogs } from "./lib/dialog";
import { menus } from "./lib/menu";
import { countdowns } from "./lib/countdown";
import { uploads } from "./lib/upload";
import { named } from "./lib/named";
import { folds } from "./lib/folds";

document.querySelector<HTMLElement>("[data-focus]")?.focus();
menus();
dialogs();
countdowns();
uploads();
named();
folds();

document.querySelectorAll<HTMLButtonElement>("[data-print]").forEach((b) => {
  b.hidden = false;
  b.addEventListener("click", () => window.print());
});
