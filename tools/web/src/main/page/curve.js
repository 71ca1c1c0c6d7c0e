// The plot of size and quality at many K, beside other formats.

import { FORMATS, QUALITIES, obstacle, written } from "./formats.js";
import { grouped, part } from "./report/dom.js";

const COLORS = [2, 4, 8, 16, 32, 64, 128, 256];

/** Fills the plot point by point, at each K that has room for the colours to keep. */
export async function compareAll(engine, image, options, plot, step) {
  const all = COLORS.filter((colors) => colors >= options.keep.length);
  const rows = [];
  const references = [];
  const count = () => (part("plot-status").textContent = `${rows.length} of ${all.length} compared.`);
  count();
  for (const colors of all) {
    const onPoint = (point) => {
      rows.push({ ...point, k: colors, method: options.method, psnr: Number.isFinite(point.psnr) ? point.psnr : null });
      plot.show(rows, references);
      count();
    };
    const sweep = (progress) => engine.sweep({ ...options, colors: [colors] }, { onPoint, ...progress });
    await step(`Comparing: ${grouped(colors)} colours`, sweep);
  }
  for (const format of FORMATS.filter(({ quality }) => quality)) {
    if (obstacle(format, image) !== null) continue;
    for (const quality of QUALITIES) {
      const file = await step(`Comparing: ${format.name}, quality ${quality}`, ({ signal }) => written(image, { ...format, quality }, signal));
      if (file === null) break;
      const measures = await step(`Measuring: ${format.name}, quality ${quality}`, () => engine.measure({ rgba: file.rgba }));
      references.push({ ...measures, format: format.name, name: `quality ${quality}`, bytes: file.bytes });
    }
    plot.show(rows, references);
  }
  const exact = rows.filter(({ psnr }) => psnr === null).map(({ k }) => grouped(k));
  part("plot-status").textContent = `All are compared.${exact.length > 0 ? ` Without loss: K = ${exact.join(", ")}.` : ""}`;
}
