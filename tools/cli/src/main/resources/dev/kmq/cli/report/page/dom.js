// Small helpers for the document.

/** The element with an id. */
export const part = (id) => document.getElementById(id);

/** A new element with properties and children; text is never parsed as HTML. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A new SVG element with attributes and children. */
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** An integer with separators of thousands. */
export const grouped = (number) => number.toLocaleString("en");

/** A number with decimals, or a word for an infinite PSNR. */
export const fixed = (number, decimals) => (number === null ? "infinite" : number.toFixed(decimals));
