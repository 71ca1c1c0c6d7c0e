// The palette of the chosen image, with the number of pixels of each entry.

import { element, grouped, part } from "./dom.js";

const MOST_SHOWN = 1024;

export function showPalette({ palette, indices, colors, alpha }, name) {
  const counts = new Uint32Array(colors);
  for (let i = 0; i < indices.length; i++) counts[indices[i]]++;
  const order = Array.from(counts.keys());
  if (part("order").value === "count") order.sort((a, b) => counts[b] - counts[a] || a - b);
  part("palette").replaceChildren(
    ...order.slice(0, MOST_SHOWN).map((i) => swatch(i, palette.subarray(4 * i, 4 * i + 4), counts[i], alpha)),
  );
  part("palette-heading").textContent = `Palette of ${name}`;
  const unused = counts.filter((count) => count === 0).length;
  part("palette-note").textContent =
    `${grouped(colors)} ${colors === 1 ? "colour" : "colours"}` +
    (unused > 0 ? `, ${grouped(unused)} of them unused` : "") +
    (colors > MOST_SHOWN ? `; the first ${grouped(MOST_SHOWN)} are shown` : "");
}

function swatch(index, [red, green, blue, opacity], count, alpha) {
  const bytes = alpha ? [red, green, blue, opacity] : [red, green, blue];
  const hex = `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  const color = element("span", { className: "color" });
  color.style.setProperty("--color", `rgb(${red} ${green} ${blue} / ${opacity / 255})`);
  return element(
    "li",
    { title: `index ${index}` },
    color,
    element("code", { textContent: hex }),
    element("span", { className: "count", textContent: `${grouped(count)} px` }),
  );
}
