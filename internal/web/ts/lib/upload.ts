// .drop takes files dropped on it and says which were chosen.
export function uploads(): void {
  document.querySelectorAll<HTMLElement>(".drop").forEach((drop) => {
    const input = drop.querySelector<HTMLInputElement>("input[type=file]");
    const chosen = drop.querySelector<HTMLElement>(".drop-chosen");
    if (!input || !chosen) return;
    drop.classList.add("enhanced");
    const say = () => {
      const names = Array.from(input.files || []).map((f) => f.name);
      chosen.textContent = names.length ? "已选：" + names.join("、") : "";
    };
    input.addEventListener("change", say);
    const over = (on: boolean) => (e: DragEvent) => {
      e.preventDefault();
      drop.classList.toggle("over", on);
    };
    drop.addEventListener("dragover", over(true));
    drop.addEventListener("dragleave", over(false));
    drop.addEventListener("drop", (e) => {
      over(false)(e);
      const files = e.dataTransfer?.files;
      if (!files || files.length === 0) return;
      if (!input.multiple && files.length > 1) {
        chosen.textContent = "一次只能选一个文件";
        return;
      }
      input.files = files;
      say();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}
