// What is folded away opens when an address names it.
export function named(): void {
  const open = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const room = id ? document.getElementById(id)?.closest<HTMLDetailsElement>("details") : null;
    if (!room || room.open) return;
    room.open = true;
    room.scrollIntoView();
  };
  open();
  addEventListener("hashchange", open);
}
