// The page: an image and settings go to the codec in its worker, results to the views.

import { Colors } from "./colors.js";
import { compareAll } from "./curve.js";
import { Engine, EngineError } from "./engine.js";
import { FORMATS, obstacle, written } from "./formats.js";
import { startOffline } from "./offline.js";
import { MOST_PIXELS, OpenError, offerFiles, openFile } from "./open.js";
import { commandOf, outputName, paletteFile, save } from "./output.js";
import { copied } from "./report/clipboard.js";
import { element, grouped, part } from "./report/dom.js";
import { Plot } from "./report/plot.js";
import { Viewer } from "./report/viewer.js";
import { Runner } from "./runner.js";
import { SMALLEST, Settings } from "./settings.js";
import { psnrText, showSizes } from "./sizes.js";

/** PNG with more colours is not indexed. */
const MOST_PNG_COLORS = 256;

part("blocked").remove();
part("app").hidden = false;
part("most-pixels").textContent = grouped(MOST_PIXELS);
startOffline();

/** Files that are chosen while the codec starts are opened when it has. */
let ready;
const started = new Promise((resolve) => (ready = resolve));
const invitation = part("facts").textContent;
let image = null; // the open image
offerFiles(async (blob, name, notes) => {
  if (image === null) part("facts").textContent = `Opening ${name}`;
  await started;
  await open(blob, name, notes);
}, fail);

const target = new URLSearchParams(location.search).get("target") ?? "auto";
const engine = await Engine.start({ target }).catch((e) => {
  fail(new OpenError(`The codec cannot be started in this browser: ${e.message}`));
  throw e;
});
part("target-note").textContent =
  engine.target === "wasm"
    ? "In this browser kmq runs as WebAssembly."
    : ["In this browser kmq runs as JavaScript, which takes longer than WebAssembly with garbage collection.", ...Object.values(engine.capabilities.reasons ?? {})].join(" ");

/** What was computed of the open image. */
let result = null;
let files = {};
/** Whether all was computed; if not, it is done again after what ended it. */
let complete = false;
/** Files of other formats, which do not depend on the settings. */
let others = [];

/** The images of the viewer. */
const shown = {
  list: [],
  get count() {
    return this.list.length;
  },
  name: (number) => shown.list[number].name,
  get: (number) => shown.list[number],
};

const runner = new Runner(engine, showProgress);
const settings = new Settings(engine, (name) => {
  if (name === "colors" || name === "metric" || name === "effort") colors.unfix();
  if (name !== "colors" && plot.rows().length > 0) {
    part("plot-status").textContent = "The settings have changed since; compare again to see their effect.";
  }
  change();
});
const colors = new Colors(change);
const plot = new Plot((row) => {
  plot.choose(row);
  settings.chooseColors(row.k);
});
let viewer = null;

part("cancel").addEventListener("click", () => {
  runner.cancel();
  part("result-status").textContent = "Cancelled. Change a setting to go on.";
});
part("save-kmq").addEventListener("click", () => save(files.kmq, outputName(image.name, ".kmq"), "application/octet-stream"));
part("save-png").addEventListener("click", () => save(files.png, outputName(image.name, ".png"), "image/png"));
part("save-palette").addEventListener("click", () => save(paletteFile(colors.fixed), paletteName(), "text/plain"));
part("copy").addEventListener("click", async () => {
  const done = await copied(part("command").textContent);
  part("result-status").textContent = done ? "The command is copied." : "Select the command and copy it by hand.";
});
part("compare").addEventListener("click", compare);
ready();

const paletteName = () => outputName(image.name, "-palette.hex");

function fail(error) {
  if (!(error instanceof OpenError || error instanceof EngineError)) console.error(error);
  part("error").textContent = error.message;
  if (image === null) part("facts").textContent = invitation;
}

/** Opens a file; the image that is open stays if that fails. */
async function open(blob, name, notes) {
  part("error").textContent = "";
  let opened = null;
  try {
    const completed = await runner.run(async (step) => {
      opened = await step(`Opening ${name}`, () => openFile(engine, blob, name));
    });
    if (!completed) return;
  } catch (e) {
    fail(e);
    if (image !== null && !complete) update();
    return;
  }
  image = { ...opened, notes: [...notes, ...opened.notes] };
  [result, files, others] = [null, {}, []];
  colors.clear();
  part("palette-status").textContent = "";
  plot.choose(null);
  plot.show([], []);
  part("plot-status").textContent = "Shows bytes and quality at eight K, beside WebP and JPEG.";
  showImage();
  if (image.kmq !== null) settings.chooseColors(Math.max(2, image.kmq.colors));
  await update();
}

function showImage() {
  part("name").textContent = image.name;
  const facts = [
    `${grouped(image.width)} × ${grouped(image.height)} pixels`,
    image.colors === null ? "more than 65,536 colours" : `${grouped(image.colors)} ${image.colors === 1 ? "colour" : "colours"}`,
    ...(image.alpha ? ["alpha"] : []),
    ...(image.profile ? [`profile ${image.profile}`] : []),
    `${grouped(image.length)} bytes`,
  ];
  if (image.kmq !== null) facts.push(`.kmq by ${image.kmq.method}`, ...image.kmq.chunks.map(({ type }) => `chunk ${type}`));
  part("facts").textContent = facts.join(", ");
  const notes = [...image.notes];
  if (image.converted === false) notes.push("The colour profile is kept in files, but colours are shown here as if they were sRGB.");
  part("image-notes").replaceChildren(...notes.map((note) => element("li", { textContent: note })));
  part("work").hidden = false;
  part("more").hidden = false;
  const original = { name: "Original", width: image.width, height: image.height, rgba: image.rgba };
  shown.list = [original, { ...original, name: "computing" }];
  viewer ??= new Viewer(shown, null, () => {});
  viewer.offer();
  viewer.show(0, 1);
}

function change() {
  part("error").textContent = "";
  update();
}

/** Computes everything that depends on the settings. */
async function update() {
  if (image === null) return;
  try {
    await runner.run(compute);
  } catch (e) {
    fail(e);
  }
}

async function compute(step) {
  const options = { ...settings.values, ...colors.options };
  const { method } = options;
  files = {};
  complete = false;
  showButtons();
  showCommand();
  part("result-status").textContent = "";
  plot.choose(plot.rows().find(({ k }) => k === options.colors) ?? null);
  result = await step(`Computing ${grouped(options.colors)} colours`, (progress) => engine.quantize(options, progress));
  colors.show(result);
  showImages();
  const { bytes } = await step(`Writing .kmq by ${methodName(method)}`, (progress) => engine.encodeKmq({ method }, progress));
  files.kmq = bytes;
  showButtons();
  showFigures();
  part("result-status").textContent = announcement();
  await compareFiles(step, method);
  complete = true;
}

const methodName = (method) => (method === SMALLEST ? "auto" : method);

/** Fills the table of sizes, the slow methods last. */
async function compareFiles(step, method) {
  const row = (name, bytes) => ({ name, bytes, psnr: result.psnr, ssimulacra2: result.ssimulacra2 });
  const chosen = { ...row(`kmq ${methodName(method)}`, files.kmq.length), chosen: true };
  const rest = ["rans", "deflate", "packed", "mix"].filter((other) => other !== method && engine.capabilities.encodes.includes(other));
  const sizes = {};
  const indexed = result.colors <= MOST_PNG_COLORS;
  const draw = () => {
    const rows = [chosen, ...rest.map((other) => row(`kmq ${other}`, sizes[other]))];
    if (indexed) rows.push(row("PNG, indexed", files.png?.length));
    showSizes([...rows, ...others.flatMap((other) => other.row ?? [])], notes(), image);
  };
  const notes = () => [
    ...(indexed ? [] : [`An indexed PNG has at most ${MOST_PNG_COLORS} colours.`]),
    ...Object.entries(engine.capabilities.reasons ?? {}).map(([name, reason]) => `kmq ${name}: ${reason}`),
    ...others.flatMap((other) => other.note ?? []),
    "WebP, JPEG and PNG are as written by this browser, of the original.",
  ];
  draw();
  if (indexed) {
    files.png = (await step("Writing PNG", () => engine.encodePng())).bytes;
    showButtons();
    draw();
  }
  if (others.length === 0) {
    const made = [];
    for (const format of FORMATS) made.push(await step(`Writing ${format.name}`, () => other(format)));
    others = made;
    showImages();
    draw();
  }
  for (const name of rest) {
    Object.assign(sizes, await step(`Comparing with ${name}`, (progress) => engine.sizes([name], progress)));
    draw();
  }
}

/** The original in another format, as a row and an image, or a note why not. */
async function other(format) {
  const name = format.quality ? `${format.name}, quality ${format.quality}` : format.name;
  const why = obstacle(format, image);
  if (why !== null) return { note: why };
  const file = await written(image, format);
  if (file === null) return { note: `This browser does not write ${format.name}.` };
  const measures = await engine.measure({ rgba: file.rgba });
  return { row: { ...measures, name, bytes: file.bytes }, shown: { name, width: image.width, height: image.height, rgba: file.rgba } };
}

function showImages() {
  const { width, height } = image;
  const name = `K = ${grouped(result.colors)}`;
  const pictures = others.flatMap((other) => other.shown ?? []);
  shown.list = [shown.list[0], { name, width, height, rgba: result.rgba }, ...pictures];
  viewer.offer();
  viewer.show(Math.min(viewer.left, shown.count - 1), Math.min(viewer.right, shown.count - 1));
}

function showFigures() {
  const share = (100 * files.kmq.length) / image.length;
  const figures = [
    ["Bytes", grouped(files.kmq.length)],
    ["Of original", `${share.toFixed(1)} %`],
    ["PSNR", result.psnr === Infinity ? "exact" : `${psnrText(result.psnr)} dB`],
    ["SSIMULACRA2", result.ssimulacra2 === null ? "none" : result.ssimulacra2.toFixed(1)],
  ];
  part("figures").replaceChildren(
    ...figures.map(([name, value]) =>
      element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value })),
    ),
  );
}

function announcement() {
  const found = `${grouped(result.colors)} ${result.colors === 1 ? "colour" : "colours"}, ${grouped(files.kmq.length)} bytes`;
  const quality = result.psnr === Infinity ? "exact" : `${psnrText(result.psnr)} dB`;
  const kept = result.kept ? " The palette and the indices of the file are kept." : "";
  return `${found}, ${quality}.${kept}`;
}

function showButtons() {
  part("save-kmq").disabled = files.kmq === undefined;
  part("save-png").disabled = files.png === undefined;
  part("copy").disabled = false;
  part("png-note").textContent = files.kmq && result.colors > MOST_PNG_COLORS ? `PNG is indexed with up to ${MOST_PNG_COLORS} colours.` : "";
}

function showCommand() {
  const palette = colors.fixed === null ? null : paletteName();
  part("command").textContent = commandOf(image.name, settings, { kmq: image.kmq !== null, palette, kept: colors.kept });
}

function showProgress(text, fraction) {
  part("running").classList.toggle("idle", text === null);
  part("cancel").disabled = text === null;
  part("doing").textContent = text ?? "Done";
  part("progress").value = text === null ? 1 : fraction;
}

async function compare() {
  part("error").textContent = "";
  if (settings.takePending()) await update();
  try {
    const options = { ...settings.values, keep: colors.keep };
    const completed = await runner.run((step) => compareAll(engine, image, options, plot, step));
    if (!completed) part("plot-status").textContent = "Ended before all were compared.";
  } catch (e) {
    fail(e);
  }
}
