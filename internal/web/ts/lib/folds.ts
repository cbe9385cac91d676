// A long page printed is printed whole, and a link to what is folded opens it: browsers that do
// neither by themselves are helped.
export function folds(): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll<HTMLDetailsElement>("main details:not([open]):not(.menu)"));
    opened.forEach((d) => (d.open = true));
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((d) => (d.open = false));
    opened = [];
  });
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let d = target?.closest("details"); d; d = d.parentElement?.closest("details")) d.open = true;
    if (target?.closest("details")) target.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  document.querySelectorAll<HTMLAnchorElement>(".jumps a[href^='#']").forEach((a) => a.addEventListener("click", () => setTimeout(reveal)));
  if (location.hash.length > 1) reveal();
}
