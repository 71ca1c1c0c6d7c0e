// Times of the codec in this program: node bench.mjs IMAGE.png [wasm|js] [K]. The image is
// quantised and encoded in the main thread; each time is the least of three, in milliseconds.

import { readFile } from "node:fs/promises";
import "./browser.mjs";

const [file, target = "auto", k = "64"] = process.argv.slice(2);
const { Calls, load } = await import("../../../target/site/calls.js");
const loaded = await load(target, null);
const calls = new Calls(loaded);
const quiet = () => {};

function best(call) {
  let least = Infinity;
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    call();
    least = Math.min(least, performance.now() - start);
  }
  return Math.round(least);
}

const bytes = new Uint8Array(await readFile(file));
const row = (name, call) => console.log(`${name}\t${best(call)}`);
console.log(`${loaded.target}, node ${process.version}, K = ${k}`);
row("open PNG", () => calls.openFile({ bytes }));
for (const dither of ["none", "spatial", "floyd-steinberg", "blue-noise", "bayer"]) {
  const options = { colors: Number(k), dither, ssimulacra2: false };
  row(`quantize ${dither}`, () => calls.quantize(options, quiet));
}
calls.quantize({ colors: Number(k), ssimulacra2: false }, quiet);
for (const method of ["packed", "deflate", "rans", "mix"]) {
  row(`encode ${method}`, () => calls.encodeKmq({ method }, quiet));
}
row("encode PNG8", () => calls.encodePng());
for (const method of ["rans", "mix"]) {
  const { bytes: kmq } = calls.encodeKmq({ method }, quiet);
  const other = new Calls(loaded);
  row(`open ${method}`, () => other.openFile({ bytes: kmq }));
  calls.openFile({ bytes });
  calls.quantize({ colors: Number(k), ssimulacra2: false }, quiet);
}
const scored = { colors: Number(k), ssimulacra2: true };
row("quantize none, scored", () => calls.quantize(scored, quiet));
