// Two images, one over the other, with a divider: by a range input, by mouse, by touch. With the keys
// + and - on the images, the wheel and Ctrl, or two fingers, they are enlarged; arrow keys, the mouse
// and one finger move them.

import { part } from "./dom.js";
import { drawLegend, errorMap } from "./errors.js";

/** Small images are enlarged by whole factors up to this to fit. */
const MOST_ENLARGED = 8;

/** Two fingers that move apart by this factor choose the next zoom. */
const PINCH = 1.4;

export class Viewer {
  /**
   * @param images with `count`, and `name` and `get` of a number from 0
   * @param scale of the error map, or null for none
   * @param onChoice is called with the number of the image on the right when the user selects it
   */
  constructor(images, scale, onChoice) {
    this.images = images;
    this.scale = scale;
    this.left = 0;
    this.right = 1;
    this.offer();
    part("left").addEventListener("change", () => this.show(Number(part("left").value), this.right));
    part("right").addEventListener("change", () => {
      this.show(this.left, Number(part("right").value));
      onChoice(this.right);
    });
    part("errors")?.addEventListener("change", () => this.show(this.left, this.right));
    part("zoom").addEventListener("change", () => this.resize());
    part("divider").addEventListener("input", () => this.divide());
    part("stage").addEventListener("scroll", () => this.divide());
    new ResizeObserver(() => this.resize()).observe(part("view"));
    this.followPointer();
    this.followZoom();
    this.followPinch();
    if (scale !== null) drawLegend(scale);
  }

  /** Lists the images to choose from, after they or their names have changed. */
  offer() {
    const options = Array.from({ length: this.images.count }, (_, i) => [this.images.name(i), i]);
    part("left").replaceChildren(...options.map(([name, i]) => new Option(name, i)));
    part("right").replaceChildren(...options.slice(1).map(([name, i]) => new Option(name, i)));
    [part("left").value, part("right").value] = [this.left, this.right];
  }

  /** Shows two images by their numbers. */
  show(left, right) {
    [this.left, this.right] = [left, right];
    [part("left").value, part("right").value] = [left, right];
    const errors = part("errors")?.checked ?? false;
    const names = [this.images.name(left), `${errors ? "Errors of " : ""}${this.images.name(right)}`];
    try {
      draw(part("before"), this.images.get(left), names[0]);
      const image = this.images.get(right);
      const rgba = errors ? errorMap(this.images.get(0), image, this.scale) : image.rgba;
      draw(part("after"), { ...image, rgba }, names[1]);
      part("status").textContent = "";
    } catch (e) {
      part("status").textContent = `An image cannot be shown: ${e.message}`;
    }
    [part("left-tag").textContent, part("right-tag").textContent] = names;
    if (this.scale !== null) part("legend").hidden = !errors;
    this.resize();
  }

  /** Sizes the images for the zoom and the window, about a place of the stage, or the middle of it. */
  resize(place = null) {
    const [stage, frame] = [part("stage"), part("frame")];
    const middle = () => place ?? [stage.clientWidth / 2, stage.clientHeight / 2];
    const [x, y] = middle();
    const fixed = [
      (stage.scrollLeft + x - frame.offsetLeft) / (frame.offsetWidth || 1),
      (stage.scrollTop + y) / (frame.offsetHeight || 1),
    ];
    const { width, height } = part("before");
    const fit = part("zoom").value === "fit";
    const ratio = window.devicePixelRatio || 1;
    const room = ratio * Math.min(part("view").clientWidth / width, (0.75 * window.innerHeight) / height);
    // Where the pixels of the screen are small, uneven enlargement does not show.
    const even = room < 1 || ratio >= 2 ? room : Math.floor(room);
    this.fitting = Math.min(even, MOST_ENLARGED * ratio);
    const wanted = fit ? this.fitting : Number(part("zoom").value);
    const factor = wanted / ratio;
    const [w, h] = [width * factor, height * factor];
    frame.style.width = `${w}px`;
    frame.style.height = `${h}px`;
    frame.classList.toggle("pixelated", wanted >= 1);
    stage.classList.toggle("pans", !fit);
    const [toX, toY] = middle(); // scroll bars may have come
    stage.scrollTo(fixed[0] * w - toX, fixed[1] * h - toY);
    this.divide();
  }

  /** Places the divider and clips the image on the right at it. */
  divide() {
    const stage = part("stage");
    const share = Number(part("divider").value) / 100;
    const frame = part("frame");
    const at = this.leftEdge() + share * this.visibleWidth();
    part("line").style.left = `${at}px`;
    part("after").style.clipPath = `inset(0 0 0 ${at + stage.scrollLeft - frame.offsetLeft}px)`;
    const percent = Math.round(100 * share);
    part("divider").setAttribute(
      "aria-valuetext",
      `${percent} % ${part("left-tag").textContent}, ${100 - percent} % ${part("right-tag").textContent}`,
    );
  }

  /** Where the visible part of the images begins, from the left side of the stage. */
  leftEdge() {
    return Math.max(0, part("frame").offsetLeft - part("stage").scrollLeft);
  }

  visibleWidth() {
    return Math.min(part("stage").clientWidth, part("frame").offsetWidth);
  }

  followPointer() {
    const view = part("view");
    let drag = null;
    view.addEventListener("pointerdown", (event) => {
      if (!event.isPrimary && drag !== null) {
        // Two fingers zoom: what the first one did is undone.
        part("divider").value = drag.divider;
        this.divide();
        drag = null;
      }
      if (event.button !== 0 || !event.isPrimary) return;
      const grips = event.target.closest("#line") !== null;
      const pans = !grips && part("stage").classList.contains("pans");
      if (pans && event.pointerType !== "mouse") return; // the browser scrolls
      const stage = part("stage");
      if (event.target === stage && event.offsetY > stage.clientHeight) return; // its scroll bar
      drag = { pans, divider: part("divider").value, x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop };
      view.setPointerCapture(event.pointerId);
      if (!pans) this.moveTo(event);
      event.preventDefault();
      (pans ? stage : part("divider")).focus({ preventScroll: true });
    });
    view.addEventListener("pointermove", (event) => {
      if (drag === null) return;
      if (drag.pans) part("stage").scrollTo(drag.x - event.clientX, drag.y - event.clientY);
      else this.moveTo(event);
    });
    for (const end of ["pointerup", "pointercancel"]) view.addEventListener(end, () => (drag = null));
  }

  followZoom() {
    part("stage").addEventListener("keydown", (event) => {
      const steps = { "+": 1, "=": 1, "-": -1 }[event.key];
      if (steps === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      this.zoom(steps);
      event.preventDefault();
    });
    part("stage").addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey) return; // the browser scrolls
        this.zoom(-Math.sign(event.deltaY), placeOf(event));
        event.preventDefault();
      },
      { passive: false },
    );
  }

  followPinch() {
    const stage = part("stage");
    const apart = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    let before = 0;
    stage.addEventListener("touchstart", ({ touches }) => touches.length === 2 && (before = apart(touches)));
    stage.addEventListener(
      "touchmove",
      (event) => {
        const { touches } = event;
        if (touches.length !== 2) return; // the browser scrolls
        event.preventDefault();
        const now = apart(touches);
        if (now < before * PINCH && before < now * PINCH) return;
        const [a, b] = [...touches].map(placeOf);
        this.zoom(now > before ? 1 : -1, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
        before = now;
      },
      { passive: false },
    );
  }

  /** Selects the next larger (1) or smaller (-1) zoom than what is shown, and keeps a place where it is. */
  zoom(step, place = null) {
    const factorOf = (value) => (value === "fit" ? this.fitting : Number(value));
    const values = [...part("zoom").options].map(({ value }) => value);
    const now = factorOf(part("zoom").value);
    const next = values.filter((value) => step * (factorOf(value) - now) > 0).sort((a, b) => step * (factorOf(a) - factorOf(b)))[0];
    if (next !== undefined) part("zoom").value = next;
    this.resize(place);
  }

  moveTo(event) {
    const x = event.clientX - part("stage").getBoundingClientRect().left - this.leftEdge();
    part("divider").value = (100 * x) / this.visibleWidth();
    this.divide();
  }
}

/** Where a pointer is on the stage. */
function placeOf({ clientX, clientY }) {
  const { left, top } = part("stage").getBoundingClientRect();
  return [clientX - left, clientY - top];
}

function draw(canvas, { width, height, rgba }, name) {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d").putImageData(new ImageData(rgba, width, height), 0, 0);
  canvas.setAttribute("aria-label", `${name}, ${width} × ${height} pixels`);
}
