// The village's page: htmx keeps each field as it is left; here, what could not be kept is
// remembered on the device and sent when the connection is back.
type Waiting = Record<string, string>; // by field name

const form = document.getElementById("row") as HTMLFormElement | null;
const page = document.querySelector<HTMLElement>(".village");
if (form && page) start(form, "sangzi " + page.dataset.village + " " + page.dataset.week);

function start(form: HTMLFormElement, place: string): void {
  const offline = document.getElementById("offline")!;
  const sentOver = " base"; // the version over which all of it went with the form
  const base = (): string => value("base");
  let retry = 0;

  function read(): Waiting {
    try {
      return JSON.parse(localStorage.getItem(place) || "{}") as Waiting;
    } catch (e) {
      return {};
    }
  }

  function keep(w: Waiting): void {
    try {
      if (Object.keys(w).length) localStorage.setItem(place, JSON.stringify(w));
      else localStorage.removeItem(place);
    } catch (e) {
      // no room or not allowed: the page still holds it
    }
  }

  function fields(name: string): HTMLInputElement[] {
    return Array.from(form.querySelectorAll<HTMLInputElement>("input")).filter((i) => i.name === name);
  }

  function value(name: string): string {
    const all = fields(name);
    const on = all[0] && all[0].type === "radio" ? all.find((i) => i.checked) : all[0];
    return on ? on.value : "";
  }

  function send(names: string[]): void {
    names.forEach((name) => {
      const field = fields(name)[0];
      if (field) field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  form.addEventListener("input", (e) => {
    const field = e.target as HTMLInputElement;
    if (!field.name) return;
    const w = read();
    delete w[sentOver];
    w[field.name] = value(field.name);
    keep(w);
    const bar = document.getElementById("bar-inner");
    if (bar && bar.querySelector("[data-untouched]")) {
      bar.querySelectorAll<HTMLElement>("[data-untouched]").forEach((el) => (el.hidden = true));
      bar.querySelectorAll<HTMLElement>("[data-touched]").forEach((el) => (el.hidden = false));
    }
  });

  function lost(): void {
    offline.hidden = false;
    clearTimeout(retry);
    retry = window.setTimeout(again, 15000);
  }

  function again(): void {
    const left = Object.keys(read()).filter((name) => name !== sentOver);
    if (left.length) send(left);
    else offline.hidden = true;
  }

  document.addEventListener("htmx:afterRequest", (e) => {
    const d = (e as CustomEvent).detail;
    const sent = d.requestConfig && (d.requestConfig.formData as FormData | undefined);
    if (!d.successful || !sent) return;
    const w = read();
    sent.forEach((v: FormDataEntryValue, name: string) => {
      if (w[name] === v) delete w[name];
    });
    keep(w);
    offline.hidden = true;
  });
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  window.addEventListener("offline", () => (offline.hidden = false));
  window.addEventListener("online", again);

  form.addEventListener("submit", (e) => {
    if (navigator.onLine === false) {
      e.preventDefault();
      lost();
      offline.scrollIntoView();
      return;
    }
    const w = read();
    if (Object.keys(w).length) {
      w[sentOver] = base();
      keep(w);
    }
  });

  // What an earlier visit could not send. A form that has arrived made a new version.
  const loaded = read();
  if (loaded[sentOver] !== undefined && loaded[sentOver] !== base()) keep({});
  else restore(loaded);

  function restore(loaded: Waiting): void {
    const names = Object.keys(loaded).filter((name) => fields(name).length > 0);
    names.forEach((name) => {
      fields(name).forEach((i) => (i.type === "radio" ? (i.checked = i.value === loaded[name]) : (i.value = loaded[name])));
      const entry = fields(name)[0].closest("details");
      if (entry) entry.open = true;
    });
    if (names.length) window.addEventListener("load", () => send(names));
  }
}
