// <a href="#id" data-dialog> opens <dialog id="id"> as a modal; without this script, or where
// the browser knows no dialogs, the link leads to it and :target shows it.
export function dialogs(): void {
  document.addEventListener("click", (e) => {
    const target = e.target as Element;
    const opener = target.closest<HTMLAnchorElement>("a[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.hash.slice(1)) as HTMLDialogElement | null;
      if (dialog && typeof dialog.showModal === "function") {
        e.preventDefault();
        dialog.showModal();
      }
      return;
    }
    const closer = target.closest("[data-dialog-close]");
    const open = closer && closer.closest("dialog");
    if (open && open.open) {
      e.preventDefault();
      open.close();
    }
  });
}
