// The palette of the chosen image, with the number of pixels of each entry.

import { element, grouped, part } from "./dom.js";

/** Entries of larger palettes are not shown. */
export const MOST_SHOWN = 1024;

export function showPalette({ palette, indices, colors, alpha }, name) {
  const counts = new Uint32Array(colors);
  for (let i = 0; i < indices.length; i++) counts[indices[i]]++;
  part("palette").replaceChildren(
    ...order(counts, part("order").value).map((i) =>
      element("li", { title: `index ${i}` }, ...swatch(palette.subarray(4 * i, 4 * i + 4), counts[i], alpha)),
    ),
  );
  part("palette-heading").textContent = `Palette of ${name}`;
  part("palette-note").textContent = summary(counts);
}

/** The indices that are shown, by index or by number of pixels. */
export function order(counts, by) {
  const all = Array.from(counts.keys());
  if (by === "count") all.sort((a, b) => counts[b] - counts[a] || a - b);
  return all.slice(0, MOST_SHOWN);
}

/** The number of colours and what is unusual in them. */
export function summary(counts) {
  const unused = counts.filter((count) => count === 0).length;
  return (
    `${grouped(counts.length)} ${counts.length === 1 ? "colour" : "colours"}` +
    (unused > 0 ? `, ${grouped(unused)} of them unused` : "") +
    (counts.length > MOST_SHOWN ? `; the first ${grouped(MOST_SHOWN)} are shown` : "")
  );
}

/** A colour as `#rrggbb`, or as `#rrggbbaa`. */
export function hex(rgba, alpha) {
  return `#${[...rgba.slice(0, alpha ? 4 : 3)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** The look of a colour, its code and its number of pixels. */
export function swatch(rgba, count, alpha) {
  const color = element("span", { className: "color" });
  color.style.setProperty("--color", `rgb(${rgba[0]} ${rgba[1]} ${rgba[2]} / ${rgba[3] / 255})`);
  return [
    color,
    element("code", { textContent: hex(rgba, alpha) }),
    element("span", { className: "count", textContent: `${grouped(count)} px` }),
  ];
}
