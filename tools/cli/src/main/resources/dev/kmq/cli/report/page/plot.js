// The rate-distortion plot: bytes against a measure of quality. Its rows are chosen like the buttons of
// a radio group: by a click, or by arrow keys.

import { element, fixed, part, svg } from "./dom.js";

const HEIGHT = 380;
const MARGIN = { left: 52, right: 18, top: 14, bottom: 44 };
const MARKS = ["circle", "square", "diamond", "triangle", "cross", "ring"];
const NAMES = { ssimulacra2: "SSIMULACRA2", psnr: "PSNR (dB)", ssim: "SSIM" };

export class Plot {
  /** `onChoice` is called with the row that the user chooses. */
  constructor(onChoice) {
    this.onChoice = onChoice;
    this.series = [];
    this.chosen = null;
    part("measure").addEventListener("change", () => this.draw());
    part("plot").addEventListener("keydown", (event) => this.step(event));
    new ResizeObserver(() => this.draw()).observe(part("plot"));
  }

  /** Shows rows, and files of other formats. */
  show(rows, references) {
    this.series = group(rows, references);
    part("series").replaceChildren(
      ...this.series.map(({ name, style }) =>
        element("li", {}, svg("svg", { width: 18, height: 18, "aria-hidden": "true" }, mark(style, 9, 9)), name),
      ),
    );
    this.draw();
  }

  choose(row) {
    this.chosen = row;
    this.draw();
  }

  /** Chooses the row before or after the chosen one. */
  step(event) {
    const rows = this.rows();
    const at = rows.indexOf(this.chosen);
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, " ": at }[event.key];
    if (next === undefined || rows.length === 0) return;
    event.preventDefault();
    this.onChoice(rows[Math.min(Math.max(next, 0), rows.length - 1)]);
  }

  /** The rows in the order of their marks. */
  rows() {
    return this.series.flatMap(({ points }) => this.drawn(points)).flatMap(({ row }) => row ?? []);
  }

  /** The points that have a finite measure, by size. */
  drawn(points) {
    return points.filter((point) => Number.isFinite(point[part("measure").value])).sort((a, b) => a.bytes - b.bytes);
  }

  draw() {
    const width = part("plot").clientWidth;
    if (width === 0) return;
    const key = part("measure").value;
    const points = this.series.flatMap(({ points }) => points).filter((point) => Number.isFinite(point[key]));
    const left = this.series.some(({ points }) => points.some((point) => point[key] === null));
    part("plot-note").textContent = left ? "Images without an error have an infinite PSNR and are left out." : "";
    const focused = part("plot").contains(document.activeElement);
    const drawing = svg("svg", {
      width,
      height: HEIGHT,
      role: "radiogroup",
      "aria-label": `${NAMES[key]} against bytes, of ${this.series.map(({ name }) => name).join(", ")}`,
    });
    part("plot").replaceChildren(drawing);
    if (points.length === 0) return;
    const x = axis(points.map(({ bytes }) => Math.log10(bytes)), MARGIN.left, width - MARGIN.right);
    const y = axis(points.map((point) => point[key]), HEIGHT - MARGIN.bottom, MARGIN.top);
    drawing.append(...grid(x, y, width, key));
    for (const { points, style, named } of this.series) {
      const drawn = this.drawn(points);
      const places = drawn.map((point) => [x.at(Math.log10(point.bytes)), y.at(point[key])]);
      drawing.append(svg("polyline", { points: places.join(" "), class: `${style} path` }));
      drawn.forEach((point, i) => drawing.append(this.point(point, places[i], style, key, named)));
    }
    const radios = [...drawing.querySelectorAll(".row")];
    const reached = radios.find((radio) => radio.classList.contains("chosen")) ?? radios[0];
    reached?.setAttribute("tabindex", 0);
    if (focused) reached?.focus({ preventScroll: true });
  }

  point(point, [x, y], style, key, named) {
    const text = `${point.name}: ${point.bytes.toLocaleString("en")} bytes, ${fixed(point[key], 3)}`;
    const made = svg("g", {}, svg("title", {}, text), mark(style, x, y));
    if (named) made.append(svg("text", { x: x + 7, y: y + 15 }, point.k));
    if (point.row) {
      const chosen = point.row === this.chosen;
      made.classList.add("row");
      made.classList.toggle("chosen", chosen);
      for (const [name, value] of Object.entries({ role: "radio", tabindex: -1, "aria-checked": chosen, "aria-label": text })) {
        made.setAttribute(name, value);
      }
      made.addEventListener("click", () => this.onChoice(point.row));
    }
    return made;
  }
}

/** A series for each method and for each other format. */
function group(rows, references) {
  const series = new Map();
  const add = (name, point) => {
    if (!series.has(name)) series.set(name, []);
    series.get(name).push(point);
  };
  for (const row of rows) add(`kmq ${row.method}`, { ...row, row, name: `K = ${row.k}, ${row.method}` });
  for (const other of references) add(other.format, { ...other, name: `${other.format}, ${other.name}` });
  let method = 0;
  return [...series].map(([name, points], i) => {
    const style = name === "JPEG" ? "ring" : name.startsWith("PNG") ? "cross" : MARKS[method++ % 4];
    return { name, points, style, named: i === 0 };
  });
}

/** Maps values, with a little room at both ends, to places. */
function axis(values, from, to) {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const room = (max - min || 1) * 0.06;
  const [low, high] = [min - room, max + room];
  return { low, high, at: (value) => from + ((value - low) / (high - low)) * (to - from) };
}

function grid(x, y, width, key) {
  const parts = [];
  for (const value of steps(y.low, y.high)) {
    const at = y.at(value);
    parts.push(
      svg("line", { x1: MARGIN.left, x2: width - MARGIN.right, y1: at, y2: at, class: "grid" }),
      svg("text", { x: MARGIN.left - 8, y: at + 4, "text-anchor": "end" }, Number(value.toPrecision(4))),
    );
  }
  for (const bytes of sizes(x.low, x.high, width)) {
    const at = x.at(Math.log10(bytes));
    parts.push(
      svg("line", { x1: at, x2: at, y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom, class: "grid" }),
      svg("text", { x: at, y: HEIGHT - MARGIN.bottom + 18, "text-anchor": "middle" }, short(bytes)),
    );
  }
  parts.push(
    svg("text", { x: (MARGIN.left + width) / 2, y: HEIGHT - 6, "text-anchor": "middle" }, "bytes (logarithmic)"),
    svg("text", { x: MARGIN.left + 6, y: MARGIN.top + 12, class: "axis" }, NAMES[key]),
  );
  return parts;
}

/** Round values of a linear axis, about six. */
function steps(low, high) {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const values = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) values.push(i * step);
  return values;
}

/** Round sizes of a logarithmic axis, as many as fit. */
function sizes(low, high, width) {
  const all = (factors) => {
    const found = [];
    for (let power = Math.floor(low); power <= high; power++) {
      for (const factor of factors) {
        const place = Math.log10(factor) + power;
        if (place >= low && place <= high) found.push(factor * 10 ** power);
      }
    }
    return found;
  };
  return [[1, 2, 5], [1, 3], [1]].map(all).find((found) => found.length * 60 < width) ?? all([1]);
}

function short(bytes) {
  if (bytes >= 1e6) return `${bytes / 1e6} MB`;
  return bytes >= 1e3 ? `${bytes / 1e3} kB` : `${bytes}`;
}

function mark(style, x, y) {
  const common = { class: `${style} mark` };
  switch (style) {
    case "square":
      return svg("rect", { x: x - 4.5, y: y - 4.5, width: 9, height: 9, ...common });
    case "diamond":
      return svg("path", { d: `M${x} ${y - 6}l6 6l-6 6l-6 -6z`, ...common });
    case "triangle":
      return svg("path", { d: `M${x} ${y - 6}l6 10h-12z`, ...common });
    case "cross":
      return svg("path", { d: `M${x - 4} ${y - 4}l8 8m0 -8l-8 8`, ...common });
    default:
      return svg("circle", { cx: x, cy: y, r: 5, ...common });
  }
}
