// What leaves the page: files, and the command that writes them.

/** A name with another suffix; it is never the name of the file that was opened. */
export function outputName(name, suffix) {
  const stem = name.replace(/\.[^.]*$/, "") || "image";
  return name === `${stem}${suffix}` ? `${stem}-new${suffix}` : `${stem}${suffix}`;
}

/** Lets the browser save bytes. */
export function save(bytes, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The lines of a palette file, one colour each. */
export function paletteFile(palette) {
  const lines = [];
  for (let at = 0; at < palette.length; at += 4) {
    const bytes = [...palette.subarray(at, at + (palette[at + 3] < 255 ? 4 : 3))];
    lines.push(`#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}\n`);
  }
  return new TextEncoder().encode(lines.join(""));
}

/**
 * The command that writes the same.
 *
 * @param suffix of what it writes, ".kmq" or ".png"
 * @param kmq whether the image is a .kmq file, whose method the command keeps by default
 * @param palette name of the palette file, or null
 * @param kept colours
 */
export function commandOf(name, settings, { suffix, kmq, palette, kept }) {
  const { colors, method, dither, effort, metric } = settings.values;
  const words = ["kmq", "encode"];
  if (palette === null) words.push("-k", colors);
  else words.push("--palette", quoted(palette));
  if (suffix === ".kmq" && (kmq || !settings.isStandard("method"))) words.push("--method", method);
  if (!settings.isStandard("dither")) words.push("--dither", dither);
  if (!settings.isStandard("effort") && palette === null) words.push("--effort", effort);
  if (metric !== undefined) words.push("--metric", metric);
  if (palette === null) for (const color of kept) words.push("--keep-color", quoted(color));
  if (suffix === ".png" || kmq) words.push("-o", quoted(outputName(name, suffix)));
  return [...words, quoted(name)].join(" ");
}

/** A word for a shell. */
function quoted(word) {
  const path = word.startsWith("-") ? `./${word}` : word;
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
