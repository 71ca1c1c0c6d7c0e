// The palette of the result, whose colours can be kept, replaced and released.

import { element, part } from "./report/dom.js";
import { hex, order, summary, swatch } from "./report/palette.js";

/** A colour as 0xAARRGGBB. */
const argb = ([red, green, blue, alpha]) => ((alpha << 24) | (red << 16) | (green << 8) | blue) >>> 0;
const rgba = (color) => [(color >> 16) & 255, (color >> 8) & 255, color & 255, color >>> 24];

const NONE = { palette: new Uint8Array(0), counts: new Uint32Array(0) };

export class Colors {
  /** The palette to use exactly, after a colour was replaced; or null. */
  fixed = null;

  #onChange;
  #result = NONE;
  #buttons = [];
  #chosen = null;
  #refused = false;
  #old = false;

  /** Colours that every palette gets. */
  #kept = new Set();

  /** Replacements, with the colours that they replace. */
  #replaced = new Map();

  /** `onChange` is called when the user has changed what is kept or replaced. */
  constructor(onChange) {
    this.#onChange = onChange;
    part("order").addEventListener("change", () => this.#draw());
    part("palette").addEventListener("click", (event) => this.#click(event));
    part("palette").addEventListener("keydown", (event) => this.#move(event));
    part("keep").addEventListener("click", () => this.#keep() ?? part("release").focus());
    part("release").addEventListener("click", () => this.#release() ?? part("keep").focus()); // it is disabled now
    part("replacement").addEventListener("change", () => this.#replace());
    part("release-all").addEventListener("click", () => {
      this.#clear();
      this.#change("All colours are released.");
    });
  }

  /** What the engine needs of the choices. */
  get options() {
    return this.fixed === null ? { keep: this.keep } : { palette: this.fixed };
  }

  /** The colours to keep as 0xAARRGGBB, those that are replaced as they were. */
  get keep() {
    return [...this.#kept].map((color) => this.#replaced.get(color) ?? color);
  }

  /** Whether colours are to be replaced in a palette that is not computed yet. */
  get awaitsPalette() {
    return this.fixed === null && this.#replaced.size > 0;
  }

  /** Whether colours are replaced. */
  get replaces() {
    return this.#replaced.size > 0;
  }

  /** Replaces the colours in a palette that has them. */
  fix(palette) {
    this.fixed = palette.slice();
    for (const [color, original] of this.#replaced) this.#set(original, color);
  }

  /** The kept colours as the command takes them. */
  get kept() {
    return this.keep.map((color) => hex(rgba(color), color >>> 24 < 255));
  }

  /** Begins with another image, whose colours can be kept and replaced, or not for a reason. */
  begin(reason) {
    this.#result = NONE;
    this.#refused = reason !== null;
    this.#clear();
    this.#draw();
    part("palette-note").textContent = "";
    part("palette-status").textContent = reason ?? "";
  }

  /** Forgets all choices. */
  #clear() {
    this.#chosen = null;
    this.#kept.clear();
    this.#replaced.clear();
    this.fixed = null;
  }

  /** Lets the palette be computed again. */
  unfix() {
    this.fixed = null;
    this.#offer();
  }

  /** The settings have changed since the palette was computed. */
  outdate() {
    this.#old = true;
  }

  /** Notes that the palette is not that of the settings. */
  markOld() {
    if (this.#result !== NONE) part("palette-note").textContent = "The palette before the last change.";
  }

  /** Shows the palette of a result. */
  show(result) {
    this.#result = result;
    this.#old = false;
    this.#draw();
    part("palette-note").textContent = summary(result.counts);
  }

  #entry(index) {
    return this.#result.palette.subarray(4 * index, 4 * index + 4);
  }

  #draw() {
    const { palette, counts } = this.#result;
    const focused = part("palette").contains(document.activeElement);
    const alpha = palette.some((byte, i) => i % 4 === 3 && byte < 255);
    const shown = order(counts, part("order").value);
    this.#buttons = shown.map((index) => {
      const color = argb(this.#entry(index));
      const kept = this.#kept.has(color);
      const button = element("button", { type: "button", value: index, tabIndex: -1, title: `index ${index}` });
      button.append(...swatch(this.#entry(index), counts[index], alpha));
      if (kept) button.append(element("span", { className: "kept", textContent: this.#replaced.has(color) ? "replaced" : "kept" }));
      button.setAttribute("aria-pressed", kept);
      return button;
    });
    part("palette").replaceChildren(...this.#buttons.map((button) => element("li", {}, button)));
    const at = shown.findIndex((index) => argb(this.#entry(index)) === this.#chosen);
    this.#choose(at < 0 ? null : this.#buttons[at]);
    const reached = this.#buttons[Math.max(at, 0)];
    if (reached) reached.tabIndex = 0;
    if (focused) reached?.focus({ preventScroll: true });
    this.#offer();
  }

  #offer() {
    part("release-all").hidden = this.#kept.size === 0;
    part("save-palette").hidden = this.fixed === null;
  }

  /** Shows a colour in the editor, or none. */
  #choose(button) {
    for (const other of this.#buttons) {
      other.classList.toggle("chosen", other === button);
      other.tabIndex = other === button ? 0 : -1;
    }
    const color = button === null ? null : argb(this.#entry(Number(button.value)));
    if (color !== null) this.#chosen = color; // else the next palette may have it again
    const kept = this.#kept.has(color);
    part("keep").disabled = color === null || kept || this.#refused;
    part("release").disabled = !kept;
    part("replacement").disabled = color === null || this.#refused;
    part("edited-name").textContent = color === null ? "none" : hex(rgba(color), color >>> 24 < 255);
    part("edited").style.setProperty("--color", color === null ? "transparent" : `rgb(${rgba(color).slice(0, 3).join(" ")})`);
    if (color !== null) part("replacement").value = hex(rgba(color), false);
  }

  /** The first click chooses a colour, the next keeps or releases it. */
  #click(event) {
    const button = event.target.closest("button");
    if (button === null) return;
    if (!button.classList.contains("chosen")) this.#choose(button);
    else if (this.#kept.has(this.#chosen)) this.#release();
    else if (!this.#refused) this.#keep();
  }

  #move(event) {
    const at = this.#buttons.indexOf(event.target);
    const row = this.#columns();
    const last = this.#buttons.length - 1;
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + row, ArrowUp: at - row, Home: 0, End: last }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    const button = this.#buttons[Math.min(Math.max(next, 0), last)];
    this.#choose(button);
    button.focus();
  }

  #columns() {
    const top = this.#buttons[0].offsetTop;
    const second = this.#buttons.findIndex((button) => button.offsetTop > top);
    return second < 0 ? this.#buttons.length : second;
  }

  #keep() {
    this.#kept.add(this.#chosen);
    this.#change(`${part("edited-name").textContent} is kept.`);
  }

  #release() {
    const name = part("edited-name").textContent;
    const original = this.#replaced.get(this.#chosen);
    this.#kept.delete(this.#chosen);
    if (original === undefined) {
      this.#change(`${name} is released.`);
      return;
    }
    if (this.fixed !== null) this.#set(this.#chosen, original);
    this.#replaced.delete(this.#chosen);
    if (this.#replaced.size === 0) this.fixed = null;
    this.#chosen = original;
    this.#change(`${name} is released; ${hex(rgba(original), false)} is back.`);
  }

  #replace() {
    const old = this.#chosen;
    const color = ((old & 0xff000000) | parseInt(part("replacement").value.slice(1), 16)) >>> 0;
    if (color === old) return;
    if (this.#has(color)) {
      part("palette-status").textContent = `${hex(rgba(color), false)} is in the palette already.`;
      part("replacement").value = hex(rgba(old), false);
      return;
    }
    if (!this.#old) this.fixed ??= this.#result.palette.slice();
    if (this.fixed !== null) this.#set(old, color);
    this.#replaced.set(color, this.#replaced.get(old) ?? old);
    this.#replaced.delete(old);
    this.#kept.delete(old);
    this.#kept.add(color);
    this.#chosen = color;
    this.#change(`${hex(rgba(old), false)} is replaced by ${hex(rgba(color), false)}.`);
  }

  /** Whether the palette has a colour, or gets it. */
  #has(color) {
    const { palette } = this.#result;
    for (let at = 0; at < palette.length; at += 4) {
      if (argb(palette.subarray(at, at + 4)) === color) return true;
    }
    return this.#kept.has(color);
  }

  /** Changes an entry of the fixed palette. */
  #set(old, color) {
    for (let at = 0; at < this.fixed.length; at += 4) {
      if (argb(this.fixed.subarray(at, at + 4)) !== old) continue;
      this.fixed.set(rgba(color), at);
      return;
    }
  }

  #change(text) {
    part("palette-status").textContent = text;
    this.#draw();
    this.#onChange();
  }
}
