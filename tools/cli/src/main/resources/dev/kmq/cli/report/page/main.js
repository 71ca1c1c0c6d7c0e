// Fills the page with the data that it contains.

import { element, fixed, grouped, part } from "./dom.js";
import { Images } from "./images.js";
import { showPalette } from "./palette.js";
import { Plot } from "./plot.js";
import { Table } from "./table.js";
import { Viewer } from "./viewer.js";

const data = JSON.parse(part("data").textContent);
const images = new Images(data.images);
const size = `${grouped(data.width)} × ${grouped(data.height)} pixels`;

document.querySelectorAll(`[data-kind]:not([data-kind="${data.kind}"])`).forEach((other) => other.remove());
document.querySelector("main").hidden = false;
if (data.kind === "sweep") showSweep();
else showComparison();

function showSweep() {
  part("facts").textContent = `${size}, ${grouped(data.inputBytes)} bytes`;
  const rows = data.rows.map((row) => ({
    ...row,
    bitsPerPixel: (8 * row.bytes) / (data.width * data.height),
    share: (100 * row.bytes) / data.inputBytes,
  }));
  const viewer = new Viewer(images, data.scale, (image) => choose(rows.find((row) => row.image === image)));
  const table = new Table(rows, "The chosen file is shown above.", choose);
  const plot = new Plot(choose);
  plot.show(rows, data.references);
  let shown = null;

  function choose(row) {
    table.choose(row);
    plot.choose(row);
    if (viewer.right !== row.image || shown === null) viewer.show(viewer.left, row.image);
    shown = row.image;
    showPalette(images.get(row.image), images.name(row.image));
  }

  part("order").addEventListener("change", () => showPalette(images.get(shown), images.name(shown)));
  choose(rows.find(({ k }) => k >= 16) ?? rows[rows.length - 1]);
}

function showComparison() {
  part("facts").textContent = size;
  new Viewer(images, data.scale, () => {}).show(0, 1);
  const { mse, psnr, ssim, ssimulacra2, dssim, maxError } = data.measures;
  const lines = [
    ["SSIMULACRA2", ssimulacra2.toFixed(2)],
    ["PSNR", psnr === null ? "infinite" : `${fixed(psnr, 2)} dB`],
    ["SSIM", ssim.toFixed(4)],
    ["DSSIM", dssim.toFixed(6)],
    ["mse", mse.toFixed(2)],
    ["Largest error", maxError.toFixed(2)],
  ];
  for (const [name, value] of lines) {
    part("measures").append(
      element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value })),
    );
  }
}
