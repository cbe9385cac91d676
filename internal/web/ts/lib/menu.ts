// A <details class="menu"> closes when one clicks elsewhere or presses Escape.
export function menus(): void {
  const close = (except: Node | null) => {
    document.querySelectorAll<HTMLDetailsElement>("details.menu[open]").forEach((menu) => {
      if (!except || !menu.contains(except)) menu.open = false;
    });
  };
  document.addEventListener("click", (e) => close(e.target as Node));
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    const menu = (document.activeElement as HTMLElement | null)?.closest<HTMLDetailsElement>("details.menu[open]");
    close(null);
    menu?.querySelector("summary")?.focus();
  });
}
