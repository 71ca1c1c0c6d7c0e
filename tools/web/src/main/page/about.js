// What is known of the open file.

import { element, grouped, part } from "./report/dom.js";

/** The short form, for a line. */
export function factsOf(image) {
  return [
    `${grouped(image.width)} × ${grouped(image.height)} pixels`,
    colorsOf(image),
    ...(image.alpha ? ["alpha"] : []),
    `${grouped(image.length)} bytes`,
  ].join(", ");
}

const colorsOf = ({ colors }) => (colors === null ? "more than 65,536 colours" : `${grouped(colors)} ${colors === 1 ? "colour" : "colours"}`);

/** Shows all of it. */
export function showAbout(image) {
  const { kmq, palette } = image;
  const rows = [
    ["Format", formatOf(image)],
    ["Size", `${grouped(image.width)} × ${grouped(image.height)} pixels, ${grouped(image.length)} bytes`],
    ["Colours", colorsOf(image) + (palette === null ? "" : `; a palette of ${grouped(palette)}`)],
    ["Alpha", image.alpha ? "some pixels are not opaque" : "none"],
    ["Colour space", spaceOf(image)],
    ...(kmq?.chunks ?? []).map(({ type, length, text }) => [`Chunk ${type}`, text ?? `${grouped(length)} bytes`]),
  ];
  part("about-facts").replaceChildren(
    ...rows.flatMap(([name, value]) => [element("dt", { textContent: name }), element("dd", { textContent: value })]),
  );
  part("about").hidden = false;
}

function formatOf({ kind, kmq, type }) {
  if (kind === "kmq") return `.kmq, method ${kmq.method}`;
  if (kind === "png") return "PNG";
  return `${type || "an image"}, decoded by this browser`;
}

function spaceOf({ kind, profile, converted }) {
  if (profile === null) return kind === "pixels" ? "sRGB, converted by this browser" : "sRGB";
  return `${profile}${converted ? "" : "; shown here as if it were sRGB"}`;
}
