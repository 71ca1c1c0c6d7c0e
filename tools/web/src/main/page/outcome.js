// What belongs to the settings: figures, files to save, and commands. All are of the same settings; when
// these change they are dimmed and cannot be used until they are computed, and cleared if they are not.

import { commandOf, outputName, save } from "./output.js";
import { copied } from "./report/clipboard.js";
import { element, grouped, part } from "./report/dom.js";
import { psnrText, shareText, stopSizes } from "./sizes.js";

/** PNG with more colours is not indexed. */
export const MOST_PNG_COLORS = 256;

const TYPES = { ".kmq": "application/octet-stream", ".png": "image/png" };
const SAVE = { ".kmq": "save-kmq", ".png": "save-png" };
const COMMAND = { ".kmq": ["command", "copy"], ".png": ["command-png", "copy-png"] };
/** Formats that browsers decode and the command does not. */
const BROWSERS_ONLY = ["avif", "heic", "heif", "jxl", "svg+xml", "vnd.microsoft.icon", "x-icon"].map((name) => `image/${name}`);

const NAMES = ["Bytes", "Of original", "PSNR", "SSIMULACRA2"];

export class Outcome {
  #image = null;
  #files = {};

  /** Whether figures, files and commands are those of the settings. */
  #current = false;

  constructor() {
    for (const [suffix, id] of Object.entries(SAVE)) {
      part(id).addEventListener("click", () => save(this.#files[suffix], outputName(this.#image.name, suffix), TYPES[suffix]));
    }
    for (const [code, button] of Object.values(COMMAND)) {
      part(button).addEventListener("click", async () => {
        const done = await copied(part(code).textContent);
        part("copy-status").textContent = done ? "The command is copied." : "Select the command and copy it by hand.";
      });
    }
  }

  get current() {
    return this.#current;
  }

  /** Begins with another image. */
  begin(image) {
    this.#image = image;
    this.clear("");
  }

  /** Dims what is shown: the settings have changed. */
  stale() {
    this.#current = false;
    this.#files = {};
    part("work").classList.add("stale");
    part("copy-status").textContent = "";
    this.#enable();
  }

  /** Clears what is shown, as nothing was computed for the settings, and states why. */
  clear(status) {
    this.stale();
    part("work").classList.remove("stale");
    this.#figures(NAMES.map(() => "–"));
    for (const [code] of Object.values(COMMAND)) part(code).textContent = "";
    part("command-notes").replaceChildren();
    for (const note of ["result-note", "png-note"]) part(note).textContent = "";
    part("sizes").replaceChildren(element("caption", { textContent: "Nothing is computed for these settings." }));
    part("sizes-notes").replaceChildren();
    part("result-status").textContent = status;
  }

  /** States that the rest, a comparison, was not computed. */
  stop(status) {
    stopSizes();
    part("result-status").textContent = status;
  }

  /** Shows the result and its file. */
  show(result, bytes, settings, choices) {
    const image = this.#image;
    this.#current = true;
    this.#files = { ".kmq": bytes };
    part("work").classList.remove("stale");
    const quality = result.psnr === Infinity ? "exact" : `${psnrText(result.psnr)} dB`;
    const share = shareText(bytes.length, image.length);
    const score = result.ssimulacra2 === null ? "none" : result.ssimulacra2.toFixed(1);
    this.#figures([grouped(bytes.length), share, quality, score]);
    const colors = `${grouped(result.colors)} ${result.colors === 1 ? "colour" : "colours"}`;
    part("result-status").textContent = `${colors}, ${grouped(bytes.length)} bytes, ${quality}.`;
    const kept = result.kept ? ["The palette and the indices of the file are kept."] : [];
    const larger = bytes.length > image.length ? ["The file is larger than the original; fewer colours make it smaller."] : [];
    part("result-note").textContent = [...kept, ...larger].join(" ");
    const indexed = result.colors <= MOST_PNG_COLORS;
    part("png-note").textContent = indexed ? "" : `PNG is indexed with up to ${MOST_PNG_COLORS} colours.`;
    const readable = !BROWSERS_ONLY.includes(image.type);
    const command = (suffix) => (readable ? commandOf(image.name, settings, { suffix, kmq: image.kmq !== null, ...choices }) : "");
    part("command").textContent = command(".kmq");
    part("command-png").textContent = indexed ? command(".png") : "";
    const caveats = [
      ...(choices.palette === null ? [] : [`The command reads the palette from ${choices.palette}, which “Save palette” writes.`]),
      ...(result.converted ? ["The page and the command convert the colours to sRGB. They may round differently, and bytes may then differ."] : []),
      ...(image.kind === "pixels" ? ["The command decodes the file itself. Its pixels may differ from those of this browser, and bytes then differ too."] : []),
      ...(image.pasted ? [`The image was pasted: save it as ${image.name} first.`] : []),
    ];
    const notes = readable ? caveats : [`The command does not read ${image.type} files.`];
    part("command-notes").replaceChildren(...notes.map((textContent) => element("li", { textContent })));
    this.#enable();
  }

  /** Offers the PNG. */
  addPng(bytes) {
    this.#files[".png"] = bytes;
    this.#enable();
  }

  #figures(values) {
    part("figures").replaceChildren(
      ...values.map((textContent, i) => element("div", {}, element("dt", { textContent: NAMES[i] }), element("dd", { textContent }))),
    );
  }

  #enable() {
    for (const [suffix, id] of Object.entries(SAVE)) part(id).disabled = this.#files[suffix] === undefined;
    for (const [code, button] of Object.values(COMMAND)) part(button).disabled = !this.#current || part(code).textContent === "";
  }
}
