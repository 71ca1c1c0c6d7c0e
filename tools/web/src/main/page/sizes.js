// The table of sizes and qualities.

import { element, grouped, part } from "./report/dom.js";

const COLUMNS = ["Format", "Bytes", "Of original", "PSNR", "SSIMU|LACRA2"];
const CLASSES = ["words", "", "share", "", ""];
const PENDING = "…";

/** A text with places to break it. */
const broken = (text) => text.split("|").flatMap((part, i) => (i === 0 ? [part] : [element("wbr"), part]));

/** Bytes as a share of those of the original. */
export const shareText = (bytes, original) => {
  const decimals = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return `${((100 * bytes) / original).toLocaleString("en", decimals)} %`;
};

/** A PSNR in decibels, or a word. */
export const psnrText = (psnr) => (psnr === Infinity ? "infinite" : psnr.toFixed(2));

/**
 * Shows rows in their order.
 *
 * @param rows with `name`, and `bytes`, `psnr` and `ssimulacra2` as far as they are known; `chosen` is
 *     the result
 * @param notes sentences below the table
 */
export function showSizes(rows, notes, { length, name }) {
  const head = COLUMNS.map((text, i) => element("th", { scope: "col", className: CLASSES[i] }, ...broken(text)));
  part("sizes").replaceChildren(
    element("caption", { textContent: `${name} has ${grouped(length)} bytes.` }),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows.map((row) => line(row, length))),
  );
  part("sizes-notes").replaceChildren(...notes.map((note) => element("li", { textContent: note })));
}

/** Marks sizes that are not computed. */
export function stopSizes() {
  for (const cell of part("sizes").querySelectorAll("td")) {
    if (cell.textContent === PENDING) cell.textContent = "–";
  }
}

function line(row, length) {
  const cells = [
    row.bytes === undefined ? PENDING : grouped(row.bytes),
    row.bytes === undefined ? "" : shareText(row.bytes, length),
    row.psnr === undefined ? "" : psnrText(row.psnr),
    typeof row.ssimulacra2 === "number" ? row.ssimulacra2.toFixed(1) : "",
  ];
  return element(
    "tr",
    { className: row.chosen ? "chosen" : "" },
    element("th", { scope: "row", className: "words", textContent: row.name }),
    ...cells.map((textContent, i) => element("td", { className: CLASSES[i + 1], textContent })),
  );
}
