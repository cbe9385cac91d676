// <time data-until="2024-03-29T17:30:00+08:00" data-now="…">还有 1 小时 12 分</time> is kept
// true while the page is open. data-now is the server's clock when the page was made.
const step = 20_000;

export function countdowns(): void {
  const all = Array.from(document.querySelectorAll<HTMLElement>("[data-until]"));
  if (all.length === 0) return;
  const opened = Date.now();
  const tick = () => {
    for (const el of all) {
      const now = Date.parse(el.dataset.now || "") + (Date.now() - opened);
      const left = Date.parse(el.dataset.until || "") - now;
      if (!isNaN(left)) el.textContent = left > 0 ? "还有 " + inWords(left) : "已过截止时间";
    }
  };
  setInterval(tick, step);
}

export function inWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const two = (a: number, ua: string, b: number, ub: string) => (b === 0 ? `${a} ${ua}` : `${a} ${ua} ${b} ${ub}`);
  if (days > 0) return two(days, "天", hours, "小时");
  if (hours > 0) return two(hours, "小时", minutes % 60, "分");
  return minutes > 0 ? `${minutes} 分钟` : `${Math.floor(ms / 1000)} 秒`;
}
