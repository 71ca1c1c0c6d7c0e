// The page's modules, from target/site, compared with expected.json: node suite.mjs FOLDER TARGET.
// The target is "wasm", "js", or "plain": WebAssembly without the engine's functions on strings.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import "./browser.mjs";

const [folder, form] = process.argv.slice(2);
const target = form === "js" ? "js" : "wasm";
process.env.KMQ_STRING_BUILTINS = form === "plain" ? "none" : "";
const { Engine, EngineError, CancelError } = await import("../../../target/site/engine.js");

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const read = async (file) => new Uint8Array(await readFile(file));
const expected = JSON.parse(await readFile(join(folder, "expected.json"), "utf8"));

const engine = await Engine.start({ target });
assert.equal(engine.target, target);
const methods = engine.options.methods.map(({ value }) => value);
const { encodes, reasons } = engine.capabilities;
assert.deepEqual(["auto", ...encodes, ...Object.keys(reasons)].sort(), methods.sort());
assert.equal("mix" in reasons, target === "js");

let opened = null;
for (const one of expected.cases) {
  const what = JSON.stringify([one.file, one.colors, one.dither]);
  if (opened !== one.file) {
    opened = one.file;
    await engine.openFile(await read(join(folder, opened)));
  }
  let last = 0;
  const onProgress = (done) => {
    assert.ok(done >= last && done <= 1, `${last} then ${done}`);
    last = done;
  };
  const { colors, dither } = one;
  const result = await engine.quantize({ colors, dither }, { onProgress });
  assert.equal(last, 1, what);
  assert.equal(result.mse, one.mse, what);
  assert.equal(result.maxError, one.maxError, what);
  assert.ok(Math.abs(result.ssimulacra2 - one.ssimulacra2) < 1e-6, what);
  assert.equal(result.counts.reduce((sum, n) => sum + n), result.rgba.length / 4, what);
  for (const [format, sum] of Object.entries(one.sha256)) {
    const { bytes } =
      format === "png" ? await engine.encodePng() : await engine.encodeKmq({ method: format });
    assert.equal(sha256(bytes), sum, `${what} ${format}`);
  }
}

for (const one of expected.files) {
  const bytes = await read(one.file);
  try {
    const image = await engine.openFile(bytes);
    assert.ok(one.rgba, `${one.file} is opened`);
    assert.equal(image.profile, one.profile, one.file);
    if (one.stored) {
      assert.equal(sha256(image.rgba), one.rgba, one.file);
    }
  } catch (e) {
    assert.ok(e instanceof EngineError, `${one.file}: ${e.stack}`);
    assert.equal(e.reason, one.reason, `${one.file}: ${e.message}`);
    assert.ok(one.reason || e.kind === one.kind, `${one.file}: ${e.message}`);
  }
}

const damaged = await verdicts();
await calls();
engine.close();
console.log(`${expected.cases.length} cases, ${expected.files.length} files, ${damaged} damaged ones`);

/** Files that nobody chose get the verdict and the pixels of the JVM. */
async function verdicts() {
  const all = await read(join(folder, "mutated.bin"));
  const lines = (await readFile(join(folder, "mutated.txt"), "utf8")).trimEnd().split("\n");
  let at = 0;
  for (const [i, line] of lines.entries()) {
    const length = Buffer.from(all.subarray(at, at + 4)).readUInt32BE();
    const bytes = all.slice(at + 4, at + 4 + length);
    at += 4 + length;
    let verdict;
    try {
      const { width, height, profile, rgba } = await engine.openFile(bytes);
      verdict = `${width}x${height} ${profile === null ? sha256(rgba) : "profile"}`;
    } catch (e) {
      assert.ok(e instanceof EngineError, `damaged file ${i}: ${e.stack}`);
      verdict = e.reason ?? e.kind;
    }
    assert.equal(verdict, line, `damaged file ${i}: ${Buffer.from(bytes).toString("base64")}`);
  }
  assert.equal(at, all.length);
  return lines.length;
}

/** Sizes, sweeps, cancelling, and what happens without an image. */
async function calls() {
  const png = await read(join(folder, "opaque.png"));
  const image = await engine.openFile(png);
  assert.equal(image.kind, "png");
  assert.equal(image.bytes, png.length);
  await assert.rejects(engine.encodePng(), { name: "EngineError", kind: "option" });
  await assert.rejects(engine.openFile(png.subarray(0, 60)), { kind: "damaged", what: "it is truncated" });
  await assert.rejects(engine.openFile(new Uint8Array(50)), { kind: "unsupported" });
  await assert.rejects(engine.quantize({ colors: 0 }), { kind: "option", message: /K must be 1/ });
  await assert.rejects(engine.quantize({ colors: 8, dither: "no" }), { kind: "option" });

  const keep = [0xff123456, 0xffffffff];
  const kept = await engine.quantize({ colors: 8, keep });
  assert.deepEqual([...kept.palette.slice(0, 8)], [0x12, 0x34, 0x56, 255, 255, 255, 255, 255]);
  const given = await engine.quantize({ colors: 8, palette: kept.palette });
  assert.deepEqual(given.palette, kept.palette);
  const sizes = await engine.sizes(["rans", "packed"]);
  for (const method of ["rans", "packed"]) {
    assert.equal(sizes[method], (await engine.encodeKmq({ method })).bytes.length);
  }

  const points = [];
  const onPoint = (point) => points.push(point);
  await engine.sweep({ colors: [4, 16], dither: "bayer", method: "rans" }, { onPoint });
  assert.deepEqual(points.map(({ colors }) => colors), [4, 16]);
  assert.ok(points[0].mse > points[1].mse && points[0].bytes < points[1].bytes);
  assert.deepEqual(await engine.sizes(["rans"]), { rans: sizes.rans }, "the result stays");

  const running = engine.quantize({ colors: 64, dither: "spatial", effort: "best" });
  const waiting = engine.quantize({ colors: 4 });
  engine.cancel();
  await assert.rejects(running, CancelError);
  assert.equal((await waiting).colors, 4);

  const { bytes } = await engine.encodeKmq({ method: "rans" });
  const back = await engine.openFile(bytes);
  assert.equal(back.kmq.method, "rans");
  assert.equal(back.palette, 4);
  assert.equal((await engine.quantize({ colors: 256 })).kept, true);

  const rgba = new Uint8ClampedArray(4 * 6).map((_, i) => 40 * i);
  const pixels = await engine.openPixels({ width: 3, height: 2, rgba });
  assert.deepEqual([...pixels.rgba], [...rgba]);
  const exact = await engine.quantize({ colors: 16 });
  assert.equal(exact.psnr, Infinity);
}
