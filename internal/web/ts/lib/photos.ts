// The photos of a form: each is made smaller and sent ahead, shown with a button to take it away.
// What could not be sent stays in the file input and goes with the form.
import { shrink } from "./shrink";

export function photos(): void {
  document.querySelectorAll<HTMLElement>("[data-photos]").forEach(enhance);
}

function enhance(box: HTMLElement): void {
  const list = box.querySelector<HTMLElement>(".photo-list");
  const input = box.querySelector<HTMLInputElement>("input[type=file]");
  const says = box.querySelector<HTMLElement>("[data-photo-says]");
  const form = box.closest("form");
  if (!list || !input || !says || !form || !window.fetch || !window.FormData || !window.Promise) return;
  const most = Number(box.dataset.most) || 6;
  let sending = 0;

  const ticked = () => list.querySelectorAll("input[name=photo]:checked").length;

  const removable = (item: Element) => {
    const keep = item.querySelector<HTMLElement>(".photo-keep");
    const tick = item.querySelector<HTMLInputElement>("input[name=photo]");
    if (!keep || !tick || !tick.checked || item.querySelector(".photo-off")) return;
    keep.classList.add("sr");
    const off = document.createElement("button");
    off.type = "button";
    off.className = "photo-off";
    off.textContent = "去掉";
    const image = item.querySelector("img");
    off.setAttribute("aria-label", "去掉" + (image ? image.alt : "这张照片"));
    off.addEventListener("click", () => {
      item.remove();
      says.textContent = "去掉了一张，还有 " + ticked() + " 张";
      input.focus();
    });
    item.appendChild(off);
  };

  list.querySelectorAll("li").forEach(removable);
  input.classList.add("sr"); // its label is the button

  const refuse = (name: string, why: string) => {
    const p = document.createElement("span");
    p.className = "error";
    p.textContent = name + " 没有加上：" + why;
    says.appendChild(p);
  };

  const send = async (file: File): Promise<boolean> => {
    const data = new FormData();
    const key = form.querySelector<HTMLInputElement>("input[name=key]");
    data.append("key", key ? key.value : "");
    data.append("file", await shrink(file), file.name || "photo.jpg");
    const answer = await fetch(box.dataset.photos as string, { method: "POST", body: data, credentials: "same-origin", headers: { "HX-Request": "true" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) {
      const item = page.querySelector("li");
      if (!item || answer.redirected) return false;
      const tick = item.querySelector<HTMLInputElement>("input[name=photo]");
      const value = tick ? tick.value : "";
      if (Array.from(list.querySelectorAll<HTMLInputElement>("input[name=photo]")).some((i) => i.value === value)) return true;
      list.appendChild(item);
      removable(item);
      return true;
    }
    if (answer.status === 422 || answer.status === 409 || answer.status === 413) {
      const why = page.querySelector(".error");
      refuse(file.name, why && why.textContent ? why.textContent.trim().replace(/^“[^”]*”没有加上：/, "") : "读不出来");
      return true;
    }
    return false;
  };

  input.addEventListener("change", async () => {
    const chosen = Array.from(input.files || []);
    if (!chosen.length) return;
    says.textContent = "";
    const left: File[] = [];
    for (let i = 0; i < chosen.length; i++) {
      if (ticked() >= most) {
        refuse(chosen[i].name, "最多 " + most + " 张");
        continue;
      }
      sending++;
      box.setAttribute("aria-busy", "true");
      const busy = document.createElement("span");
      busy.className = "photo-busy";
      busy.textContent = "正在传第 " + (i + 1) + " 张，共 " + chosen.length + " 张";
      says.appendChild(busy);
      let gone = false;
      try {
        gone = await send(chosen[i]);
      } catch (e) {
        // no network: it goes with the form
      }
      busy.remove();
      sending--;
      if (!gone) left.push(chosen[i]);
    }
    if (!sending) box.removeAttribute("aria-busy");
    const rest = keep(left);
    if (rest) says.appendChild(document.createTextNode(rest + " 张还没有传上，保存时一起传"));
    else if (!says.textContent) says.textContent = "已加 " + ticked() + " 张";
  });

  // keep leaves files in the input and tells how many.
  const keep = (files: File[]): number => {
    if (!files.length) {
      input.value = "";
      return 0;
    }
    try {
      const t = new DataTransfer();
      files.forEach((f) => t.items.add(f));
      input.files = t.files;
    } catch (e) {
      // an old browser: all chosen stay, and what has arrived is known again by the server
    }
    return (input.files || []).length;
  };

  form.addEventListener("submit", (e) => {
    if (!sending) return;
    e.preventDefault();
    says.appendChild(document.createTextNode("照片还在传，传完再按一次保存"));
    box.scrollIntoView({ block: "center" });
  });
}
