// What is wrong with the page as it stands, a sentence each. Read by sideways_test.go.
(() => {
  const wrong = [];
  const say = (what, el) => wrong.push(what + (el ? ": <" + el.tagName.toLowerCase() + (el.id ? " #" + el.id : "") + (el.className && el.className.baseVal === undefined ? " ." + el.className : "") + "> " + (el.innerText || el.name || "").trim().slice(0, 40) : ""));
  const all = (css) => Array.from(document.querySelectorAll(css));
  const seen = (el) => {
    if (!el.checkVisibility() || !el.getClientRects().length) return false;
    const s = getComputedStyle(el);
    return s.visibility !== "hidden" && !(s.clip === "rect(0px, 0px, 0px, 0px)" || s.clipPath === "inset(50%)");
  };

  if (document.documentElement.scrollWidth > innerWidth) {
    say("the page is " + document.documentElement.scrollWidth + " wide in a window of " + innerWidth);
    for (const el of all("main *")) if (el.getBoundingClientRect().right > innerWidth + 1 && !el.closest(".table-box, .grid-box")) { say("it sticks out", el); break; }
  }
  if (all("h1").length !== 1) say(all("h1").length + " h1");
  if (document.documentElement.lang !== "zh-CN") say("lang is " + document.documentElement.lang);
  if (!document.title) say("no title");
  for (const el of all("input:not([type=hidden]):not([type=submit]), select, textarea"))
    if (!(el.labels && el.labels.length) && !el.getAttribute("aria-label") && !el.getAttribute("aria-labelledby")) say("no label", el);
  for (const el of all("img:not([alt])")) say("no alt", el);
  for (const el of all("button, a[href], summary"))
    if (seen(el) && !el.innerText.trim() && !el.getAttribute("aria-label") && !el.title) say("nothing to read on it", el);
  const ids = new Map();
  for (const el of all("[id]")) ids.set(el.id, (ids.get(el.id) || 0) + 1);
  for (const [id, n] of ids) if (n > 1) say(n + " times the id " + id);
  for (const el of all("label[for]")) if (!document.getElementById(el.htmlFor)) say("a label for nothing", el);
  for (const el of all("a[href^='#']")) if (el.hash.length > 1 && !document.getElementById(decodeURIComponent(el.hash.slice(1)))) say("a link to nowhere " + el.hash, el);

  // Text against what lies behind it.
  const rgb = (text) => { const m = text.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const light = (c) => { const f = c.slice(0, 3).map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4)); return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2]; };
  const behind = (el) => {
    const layers = [];
    for (let e = el; e; e = e.parentElement) layers.push(rgb(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((under, c) => over(c, under), [255, 255, 255, 1]);
  };
  const opacity = (el) => { let o = 1; for (let e = el; e; e = e.parentElement) o *= Number(getComputedStyle(e).opacity); return o; };
  const faint = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const text = n.data.trim(), el = n.parentElement;
    if (!text || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(el.tagName) || !seen(el)) continue;
    if (/[!！]/.test(text)) say("it shouts " + text, el);
    const english = text.match(/[A-Za-z]{2,}/g);
    if (english && !el.closest("code, [lang=en]")) for (const w of english) if (!KNOWN.test(w)) say("English " + w, el);
    if (el.closest("svg, :disabled")) continue;
    const s = getComputedStyle(el), back = behind(el), c = rgb(s.color);
    c[3] *= opacity(el);
    const a = light(over(c, back)), b = light(back);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(s.fontSize), large = size >= 24 || (size >= 18.66 && Number(s.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      const key = el.tagName + el.className;
      if (!faint.has(key)) { faint.add(key); say("contrast " + ratio.toFixed(2), el); }
    }
  }
  for (const el of all("input")) {
    if (!seen(el) || !el.value || el.disabled || ["checkbox", "radio", "hidden"].includes(el.type)) continue;
    const back = behind(el), a = light(over(rgb(getComputedStyle(el).color), back)), b = light(back);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const key = "input" + el.closest("td, div").className;
    if (ratio < 4.5 && !faint.has(key)) { faint.add(key); say("contrast " + ratio.toFixed(2), el); }
  }
  return JSON.stringify({wrong: Array.from(new Set(wrong)), links: all("a[href]").filter((a) => a.origin === location.origin && !a.hasAttribute("download")).map((a) => a.pathname + a.search)});
})()
