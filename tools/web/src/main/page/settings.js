// The form of options: what it offers, what they mean, and what is chosen. Names are the command's.

import { element, grouped, part } from "./report/dom.js";

/** Positions of the slider. */
const STEPS = [
  2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256,
];
const LEAST = 2;
const MOST = 65536;

/** The command's default: graphics with more colours than this and photographs start with it. */
const STANDARD = 256;

/** How long the form must be left alone before its change counts, in milliseconds. */
const PAUSE = 250;

const MEANINGS = {
  method: {
    rans: "Small files that decode fast.",
    mix: "The smallest files; slow to encode and to decode.",
    deflate: "The size of a good PNG; decodes very fast.",
    packed: "Fixed size, set by K and the dimensions.",
    auto: "The smallest of all methods.",
  },
  dither: {
    none: "Every pixel gets its nearest colour: sharp edges, smallest files.",
    "floyd-steinberg": "Spreads errors to the pixels that follow: hides steps in smooth areas.",
    spatial: "Colours and dots are chosen together: looks best with few colours; slow.",
    "blue-noise": "An even grain without a pattern.",
    bayer: "A regular pattern, as in old games.",
  },
  effort: {
    fast: "Less work on the palette.",
    default: "A good palette in reasonable time.",
    best: "More work on the palette; slower.",
  },
  metric: {
    "": "oklab; rgb for images with a colour profile and for changed palettes.",
    oklab: "Distances match what people see.",
    rgb: "The lowest error in RGB and the highest PSNR.",
  },
};

const label = (value) => value || "automatic";

export class Settings {
  #onInput;
  #onChange;
  #timer;

  /** The number of colours that the user wants, or null: each image starts with its own. */
  #wanted = null;
  #reasons;

  /**
   * @param onInput is called at once with the name of what the user changes
   * @param onChange is called after a pause
   */
  constructor({ options, capabilities }, onInput, onChange) {
    this.#onInput = onInput;
    this.#onChange = onChange;
    this.#reasons = capabilities.reasons ?? {};
    const lists = {
      method: options.methods,
      dither: options.dithers,
      effort: options.efforts,
      metric: [{ value: "", default: true }, ...options.metrics.map(({ value }) => ({ value }))],
    };
    for (const [name, list] of Object.entries(lists)) this.#offer(name, list);
    part("colors").max = STEPS.length - 1;
    part("colors").addEventListener("input", () => {
      part("colors-typed").value = STEPS[part("colors").value];
      this.#typed();
    });
    part("colors-typed").addEventListener("input", () => this.#typed());
    part("settings").addEventListener("submit", (event) => event.preventDefault());
    this.colors = STANDARD;
    part("more-settings").open = window.matchMedia("(min-width: 62rem)").matches;
  }

  #offer(name, list) {
    const select = part(name);
    const chosen = list.find((option) => option.default) ?? list[0];
    for (const { value } of list) {
      const option = new Option(label(value), value, value === chosen.value, value === chosen.value);
      option.disabled = value in this.#reasons;
      select.append(option);
    }
    select.dataset.standard = chosen.value;
    select.addEventListener("change", () => {
      this.#explain(name);
      this.#changed(name);
    });
    this.#explain(name);
  }

  #explain(name) {
    const reasons = [...part(name).options].flatMap(({ value }) => this.#reasons[value] ?? []);
    const text = [MEANINGS[name][part(name).value] ?? "", ...reasons].join(" ").trim();
    part(`${name}-help`).replaceChildren(element("span", { textContent: text }));
  }

  /** The chosen options; a metric that is not chosen is absent. */
  get values() {
    const [method, dither, effort, metric] = ["method", "dither", "effort", "metric"].map((name) => part(name).value);
    return { colors: this.colors, method, dither, effort, ...(metric === "" ? {} : { metric }) };
  }

  /** Whether an option has the command's default. */
  isStandard(name) {
    return part(name).value === part(name).dataset.standard;
  }

  /** Whether a number of colours is typed that is none. */
  get invalid() {
    return part("colors-typed").getAttribute("aria-invalid") === "true";
  }

  /**
   * The number of colours that an image starts with: those of its palette or its pixels, so that it is
   * exact, or the command's default. What the user chose before stays, except for .kmq files.
   */
  start({ palette, colors, kmq }) {
    this.takePending();
    const own = Math.max(LEAST, palette ?? colors ?? MOST);
    if (kmq !== null) this.colors = own;
    else this.colors = this.#wanted ?? (own <= STANDARD ? own : STANDARD);
  }

  /** Chooses a number of colours. */
  chooseColors(colors) {
    part("colors-typed").value = colors;
    this.#typed();
  }

  #typed() {
    const input = part("colors-typed");
    const colors = Number(input.value);
    const valid = Number.isInteger(colors) && colors >= LEAST && colors <= MOST;
    input.setAttribute("aria-invalid", !valid);
    part("colors-help").classList.toggle("wrong", !valid);
    if (valid) this.colors = this.#wanted = colors;
    this.#changed("colors");
    if (!valid) this.takePending();
  }

  set colors(colors) {
    this.#colors = colors;
    const step = STEPS.findLastIndex((step) => step <= colors);
    part("colors").value = Math.max(step, 0);
    part("colors").setAttribute("aria-valuetext", `${grouped(colors)} colours`);
    if (Number(part("colors-typed").value) !== colors) part("colors-typed").value = colors;
    part("colors-typed").setAttribute("aria-invalid", false);
    part("colors-help").classList.remove("wrong");
  }

  get colors() {
    return this.#colors;
  }

  #colors = LEAST;

  /** Forgets a change that waits for the pause, and returns whether there was one. */
  takePending() {
    clearTimeout(this.#timer);
    const pending = this.#timer !== undefined;
    this.#timer = undefined;
    return pending;
  }

  #changed(name) {
    this.#onInput(name);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#onChange();
    }, PAUSE);
  }
}
