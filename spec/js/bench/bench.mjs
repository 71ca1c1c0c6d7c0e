// Decoding time beside two PNG decoders, on the same indices: `node spec/js/bench/bench.mjs FILE.kmq...`.
// For each file its PNG8 is made as the service worker makes it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { TARGET, install } from "../build.mjs";
import { Chromium, findChromium } from "../test/chromium.mjs";
import { serve } from "../test/server.mjs";
import { decode, FORMAT_LIMITS, toRgba } from "../kmq.js";
import { toPng } from "../web/png.js";

const ROUNDS = 40;
const MILLISECONDS = 1200;

const folder = `${TARGET}bench/`;
install(fileURLToPath(new URL("./", import.meta.url)), folder);
const require = createRequire(folder);
const UPNG = require("upng-js");
const { decode: fastPng } = await import(require.resolve("fast-png"));

/** The shortest time of decoding in a page; null without Chromium */
async function inChromium(bytes) {
  const program = findChromium();
  if (program === null) return null;
  const made = { "/": "<!doctype html>", "/file.kmq": Buffer.from(bytes) };
  const server = await serve({ js: fileURLToPath(new URL("../", import.meta.url)) }, made);
  const browser = new Chromium(program);
  try {
    const tab = await browser.tab();
    await tab.open(`${server.origin}/`);
    return await tab.run(async (rounds, milliseconds) => {
      const { decode, FORMAT_LIMITS } = await import("/js/kmq.js");
      const bytes = await (await fetch("/file.kmq")).arrayBuffer();
      let best = Infinity;
      const end = performance.now() + milliseconds;
      for (let round = 0; round < rounds && performance.now() < end; round++) {
        const start = performance.now();
        decode(bytes, { limits: FORMAT_LIMITS });
        best = Math.min(best, performance.now() - start);
      }
      return best;
    }, ROUNDS, MILLISECONDS);
  } finally {
    await browser.stop();
    await server.stop();
  }
}

/** The shortest times of some functions, which take turns. */
function best(functions) {
  const times = new Map(functions.map(([name]) => [name, Infinity]));
  const end = performance.now() + MILLISECONDS * functions.length;
  for (let round = 0; round < ROUNDS && performance.now() < end; round++) {
    for (const [name, run] of functions) {
      const start = performance.now();
      run();
      times.set(name, Math.min(times.get(name), performance.now() - start));
    }
  }
  return times;
}

const files = process.argv.slice(2);
if (files.length === 0) throw new Error("no files: node spec/js/bench/bench.mjs FILE.kmq...");
console.log(`Node ${process.version}; milliseconds, the best of up to ${ROUNDS}`);
for (const file of files) {
  const bytes = new Uint8Array(readFileSync(file));
  const image = decode(bytes, { limits: FORMAT_LIMITS });
  const png = await toPng(image);
  const times = best([
    ["indices", () => decode(bytes, { limits: FORMAT_LIMITS })],
    ["RGBA", () => toRgba(image)],
    ["fast-png", () => fastPng(png)],
    ["upng-js", () => UPNG.decode(png.buffer)],
  ]);
  times.set("indices in Chromium", (await inChromium(bytes)) ?? NaN);
  const what = `${basename(file)}: ${image.width} x ${image.height}, ${image.colors} colours, ${image.method}`;
  console.log(what, [...times].map(([name, time]) => `${name} ${time.toFixed(2)}`).join(", "));
}
