// el makes an element with properties and children.
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: object, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const e = Object.assign(document.createElement(tag), props);
  e.append(...children);
  return e;
}

// set gives an attribute a value, or takes it away.
export function set(e: Element, name: string, value?: string | false): void {
  if (value) e.setAttribute(name, value);
  else e.removeAttribute(name);
}

export const byId = (id: string): HTMLElement => document.getElementById(id)!;
