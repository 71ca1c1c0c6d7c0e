// The page: an image and settings go to the codec in its worker, results to the views.

import { factsOf, showAbout } from "./about.js";
import { Colors } from "./colors.js";
import { compareAll } from "./curve.js";
import { Engine, EngineError } from "./engine.js";
import { keepFocus } from "./focus.js";
import { FORMATS, obstacle, written } from "./formats.js";
import { startOffline } from "./offline.js";
import { MOST_PIXELS, OpenError, offerFiles, openFile } from "./open.js";
import { MOST_PNG_COLORS, Outcome } from "./outcome.js";
import { outputName, paletteFile, save } from "./output.js";
import { element, grouped, part } from "./report/dom.js";
import { Plot } from "./report/plot.js";
import { Viewer } from "./report/viewer.js";
import { Runner } from "./runner.js";
import { Settings } from "./settings.js";
import { showSizes } from "./sizes.js";

part("blocked").remove();
part("app").hidden = false;
part("most-pixels").textContent = grouped(MOST_PIXELS);
keepFocus();

/** Files that are chosen while the codec starts are opened when it has. */
let ready, failed;
const started = new Promise((resolve, reject) => ([ready, failed] = [resolve, reject]));
startOffline(started.then(() => `codec/codec.${engine.target}`));
const invitation = part("facts").textContent;
let image = null; // the open image
offerFiles(async (blob, name, notes) => {
  if (image === null) part("facts").textContent = `Opening ${name}`;
  await started.then(() => open(blob, name, notes), fail);
}, fail);

const target = new URLSearchParams(location.search).get("target") ?? "auto";
const engine = await Engine.start({ target }).catch((e) => {
  const error = new OpenError(`The codec cannot be started in this browser: ${e.message}`);
  fail(error);
  failed(error);
  throw e;
});
part("target-note").textContent =
  engine.target === "wasm"
    ? "In this browser kmq runs as WebAssembly."
    : ["In this browser kmq runs as JavaScript, which takes longer than WebAssembly with garbage collection.", ...Object.values(engine.capabilities.reasons ?? {})].join(" ");

/** What was computed of the open image. */
let result = null;
/** How many files are being opened; what is computed then is of the file. */
let opening = 0;
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

const runner = new Runner(engine);
const outcome = new Outcome();
const settings = new Settings(engine, alter, update);
const colors = new Colors(() => {
  alter();
  update();
});
const plot = new Plot((row) => settings.chooseColors(row.k));
let viewer = null;

for (const id of ["cancel", "cancel-opening"]) {
  part(id).addEventListener("click", () => {
    const focused = document.activeElement === part(id);
    settings.takePending();
    runner.cancel();
    if (image === null) part("facts").textContent = invitation;
    else if (!complete) end("Cancelled.");
    if (focused) (complete || image === null ? part("file") : part("resume")).focus();
  });
}
part("resume").addEventListener("click", () => {
  part("error").textContent = "";
  update();
});
part("save-palette").addEventListener("click", () => save(paletteFile(colors.fixed), paletteName(), "text/plain"));
part("compare").addEventListener("click", compare);
ready();

const paletteName = () => outputName(image.name, "-palette.hex");

function fail(error) {
  if (!(error instanceof OpenError || error instanceof EngineError)) console.error(error);
  part("error").textContent = error.message;
  if (image === null) part("facts").textContent = invitation;
}

/** Opens a file; the image that is open stays if that fails. */
async function open(blob, name, { notes, pasted }) {
  part("error").textContent = "";
  let opened = null;
  opening++;
  try {
    const completed = await runner.run(async (step) => {
      opened = await step(`Opening ${name}`, ({ signal }) => openFile(engine, blob, name, signal));
    }, showOpening);
    opening--;
    if (!completed) return;
  } catch (e) {
    opening--;
    fail(e);
    if (image !== null && !complete) update();
    return;
  }
  image = { ...opened, pasted, notes: [...notes, ...opened.notes] };
  [result, others, complete] = [null, [], false];
  outcome.begin(image);
  colors.begin(image.converted ? null : "Colours of this image cannot be kept or replaced here: only the kmq command converts its colour profile to sRGB.");
  plot.choose(null);
  plot.show([], []);
  part("plot-status").textContent = "Shows bytes and quality at eight K, beside WebP and JPEG.";
  showImage();
  settings.start(image);
  await update();
}

function showImage() {
  part("name").textContent = image.name;
  part("facts").textContent = factsOf(image);
  showAbout(image);
  const notes = [...image.notes];
  if (image.converted === false) notes.push("The colour profile is kept in files, but colours are shown here as if they were sRGB.");
  part("image-notes").replaceChildren(...notes.map((note) => element("li", { textContent: note })));
  part("work").hidden = false;
  part("more").hidden = false;
  const original = { name: "Original", width: image.width, height: image.height, rgba: image.rgba };
  shown.list = [original, { ...original, name: "not computed yet" }];
  viewer ??= new Viewer(shown, null, () => {});
  viewer.offer();
  viewer.show(0, 1);
}

/** The user has changed something: what was computed, or is, belongs to what was before. */
function alter(name) {
  if (opening === 0) runner.cancel();
  part("error").textContent = "";
  if (name === "colors" || name === "metric" || name === "effort") colors.unfix();
  if (name === "colors") plot.choose(plot.rows().find(({ k }) => k === settings.colors) ?? null);
  else markPlotOld();
  stale();
}

/** Nothing is computed for the settings yet. */
function stale() {
  complete = false;
  outcome.stale();
  colors.outdate();
  part("resume").hidden = true;
}

/** States that what is missing is not computed, and offers to. */
function end(status) {
  if (outcome.current) {
    outcome.stop(`${status} The comparison is not complete.`);
  } else {
    outcome.clear(`${status} Nothing is computed for these settings.`);
    colors.markOld();
    if (result !== null) {
      shown.list[1].name = `K = ${grouped(result.colors)}, before the last change`;
      viewer.offer();
      viewer.show(viewer.left, viewer.right);
    }
  }
  part("resume").hidden = settings.invalid;
}

/** States that computing has failed. */
function endFailed(error) {
  fail(error);
  end(error.kind === "option" ? "These settings were refused." : "The codec has failed.");
}

function markPlotOld() {
  if (plot.rows().length > 0) part("plot-status").textContent = "The settings have changed since; compare again to see their effect.";
}

/** Computes everything that depends on the settings, and returns whether that was completed. */
async function update() {
  if (image === null || opening > 0 || settings.invalid) return false;
  settings.takePending();
  stale();
  part("result-status").textContent = "";
  try {
    return await runner.run(compute, showProgress);
  } catch (e) {
    endFailed(e);
    return false;
  }
}

async function compute(step) {
  const chosen = settings.values;
  const { method } = chosen;
  const text = `Computing ${grouped(chosen.colors)} colours`;
  if (colors.awaitsPalette) {
    const before = { ...chosen, ...colors.options, ssimulacra2: false };
    const { palette } = await step(text, (progress) => engine.quantize(before, progress));
    colors.fix(palette);
  }
  const options = { ...chosen, ...colors.options };
  const computed = await step(text, (progress) => engine.quantize(options, progress));
  const { bytes } = await step(`Writing .kmq by ${method}`, (progress) => engine.encodeKmq({ method }, progress));
  result = computed;
  colors.show(result);
  showImages();
  outcome.show(result, bytes, settings, { palette: colors.fixed === null ? null : paletteName(), kept: colors.kept });
  await compareFiles(step, method, bytes.length);
  complete = true;
}

/** Fills the table of sizes, the slow methods last. */
async function compareFiles(step, method, length) {
  const row = (name, bytes) => ({ name, bytes, psnr: result.psnr, ssimulacra2: result.ssimulacra2 });
  const chosen = { ...row(`kmq ${method}`, length), chosen: true };
  const rest = ["rans", "deflate", "packed", "mix"].filter((other) => other !== method && engine.capabilities.encodes.includes(other));
  const sizes = {};
  let png;
  const indexed = result.colors <= MOST_PNG_COLORS;
  const draw = () => {
    const rows = [chosen, ...rest.map((other) => row(`kmq ${other}`, sizes[other]))];
    if (indexed) rows.push(row("PNG, indexed", png));
    showSizes([...rows, ...others.flatMap((other) => other.row ?? [])], notes(), image);
  };
  const notes = () => [
    ...(indexed ? [] : [`An indexed PNG has at most ${MOST_PNG_COLORS} colours.`]),
    ...Object.entries(engine.capabilities.reasons ?? {}).map(([name, reason]) => `kmq ${name}: ${reason}`),
    ...others.flatMap((other) => other.note ?? []),
    ...(image.profile !== null && image.converted && !result.converted
      ? ["PSNR is computed in the colour space of the file for kmq and indexed PNG, and in sRGB for other formats."]
      : []),
    ...(result.ssimulacra2 !== null ? [] : [`SSIMULACRA2 is not computed ${image.converted ? "for so large an image" : "as the colour profile is not converted here"}.`]),
    "WebP, JPEG and PNG are the original as written by this browser.",
  ];
  draw();
  if (indexed) {
    const { bytes } = await step("Writing PNG", () => engine.encodePng());
    outcome.addPng(bytes);
    png = bytes.length;
    draw();
  }
  if (others.length === 0) {
    const made = [];
    for (const format of FORMATS) made.push(await step(`Writing ${format.name}`, ({ signal }) => other(format, signal)));
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
async function other(format, signal) {
  const name = format.quality ? `${format.name}, quality ${format.quality}` : format.name;
  const why = obstacle(format, image);
  if (why !== null) return { note: why };
  const file = await written(image, format, signal);
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

function showProgress(text, fraction) {
  part("running").classList.toggle("idle", text === null);
  part("doing").textContent = text ?? "Done";
  part("progress").value = text === null ? 1 : fraction;
}

/** How long the browser or the codec takes to open a file is not known before. */
function showOpening(text) {
  part("opening").classList.toggle("idle", text === null);
  part("compare").disabled = text !== null;
  part("opening-name").textContent = text ?? "";
}

async function compare() {
  part("error").textContent = "";
  if (settings.takePending() && !(await update())) return;
  try {
    const options = { ...settings.values, keep: colors.keep };
    const completed = await runner.run((step) => compareAll(engine, image, options, plot, step), showProgress);
    if (!completed) part("plot-status").textContent = "Stopped before all were compared.";
    else if (colors.replaces) part("plot-status").textContent += " Replaced colours are not taken into account.";
    if (completed && !complete) await update();
  } catch (e) {
    part("plot-status").textContent = "Stopped before all were compared.";
    if (complete) fail(e);
    else endFailed(e);
  }
}
