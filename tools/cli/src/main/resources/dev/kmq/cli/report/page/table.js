// The table of files: sortable, one row chosen, with the command of each.

import { copied } from "./clipboard.js";
import { element, fixed, grouped, part } from "./dom.js";

/** `words` is text, which is aligned to the left. */
const COLUMNS = [
  { key: "k", label: "K", text: ({ k }) => grouped(k) },
  { key: "colors", label: "Colours", text: ({ colors }) => grouped(colors) },
  { key: "method", label: "Method", text: ({ method }) => method, words: true },
  { key: "bytes", label: "Bytes", text: ({ bytes }) => grouped(bytes) },
  { key: "bitsPerPixel", label: "Bits/pixel", text: (row) => row.bitsPerPixel.toFixed(2) },
  { key: "share", label: "Of original", text: ({ share }) => `${share.toFixed(1)} %` },
  { key: "pngBytes", label: "As PNG", text: ({ pngBytes }) => grouped(pngBytes) },
  { key: "psnr", label: "PSNR", text: ({ psnr }) => fixed(psnr, 2) },
  { key: "ssim", label: "SSIM", text: ({ ssim }) => ssim.toFixed(4) },
  { key: "ssimulacra2", label: "SSIMULACRA2", text: (row) => row.ssimulacra2.toFixed(1) },
  { key: "maxError", label: "Largest error", text: ({ maxError }) => maxError.toFixed(1) },
];

export class Table {
  /** `onChoice` is called with the row that the user chooses. */
  constructor(rows, caption, onChoice) {
    this.rows = rows;
    this.onChoice = onChoice;
    // The number of colours is shown where it is not K: in images that have fewer.
    const fewer = rows.some(({ k, colors }) => k !== colors);
    this.columns = COLUMNS.filter(({ key }) => fewer || key !== "colors").map((column) => ({ ...column }));
    this.head = element("tr");
    for (const column of this.columns) {
      const button = element("button", { type: "button", textContent: column.label });
      button.addEventListener("click", () => this.sort(column));
      column.header = element("th", { scope: "col", className: column.words ? "words" : "" }, button);
      this.head.append(column.header);
    }
    this.head.append(element("th", { scope: "col", className: "words", textContent: "Command" }));
    this.body = element("tbody");
    for (const row of rows) this.body.append(this.line(row));
    part("table").append(
      element("caption", { textContent: caption }),
      element("thead", {}, this.head),
      this.body,
    );
    part("copy").addEventListener("click", () => copy(part("command").textContent));
    this.columns[0].header.setAttribute("aria-sort", "ascending");
  }

  line(row) {
    const label = `K = ${row.k}, ${row.method}`;
    row.radio = element("input", { type: "radio", name: "row" });
    row.radio.setAttribute("aria-label", `Show ${label}`);
    row.radio.addEventListener("change", () => this.onChoice(row));
    row.line = element("tr");
    for (const column of this.columns) {
      const first = column === this.columns[0];
      const cell = element(first ? "th" : "td", { className: column.words ? "words" : "" });
      if (first) cell.scope = "row";
      cell.append(...(first ? [row.radio, " "] : []), column.text(row));
      row.line.append(cell);
    }
    row.line.append(element("td", { className: "words" }, copyButton(row, label)));
    row.line.addEventListener("click", (event) => {
      if (event.target.closest("button, input") === null) this.onChoice(row);
    });
    return row.line;
  }

  /** Marks a row as the one shown. */
  choose(row) {
    row.radio.checked = true;
    for (const other of this.rows) other.line.classList.toggle("chosen", other === row);
    part("copy").hidden = row.command === null;
    part("command").textContent = row.command ?? "No command can name the input, because it is in an archive or a pipe.";
  }

  /** Sorts by a column; by the same again in the other direction. */
  sort(column) {
    const up = column.header.getAttribute("aria-sort") !== "ascending";
    const value = (row) => row[column.key] ?? Infinity;
    const compare = (a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0);
    const sorted = [...this.rows].sort((a, b) => (up ? compare(a, b) : compare(b, a)));
    for (const { header } of this.columns) header.removeAttribute("aria-sort");
    column.header.setAttribute("aria-sort", up ? "ascending" : "descending");
    this.body.append(...sorted.map((row) => row.line));
  }
}

/** A button that copies the command of a row, unless the input has no name that a command could use. */
function copyButton(row, label) {
  if (row.command === null) return "none";
  const button = element("button", { type: "button", textContent: "Copy", title: row.command });
  button.setAttribute("aria-label", `Copy the command of ${label}`);
  button.addEventListener("click", () => copy(row.command));
  return button;
}

async function copy(command) {
  const done = await copied(command);
  part("copied").textContent = done ? `Copied: ${command}` : "Select the command and copy it by hand.";
}
