// Every vector of the specification against the JavaScript decoder: `node spec/js/test.mjs`.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { DEFAULT_LIMITS, KmqError, crc32c, decode, toRgba } from "./kmq.js";

const VECTORS = new URL("../vectors/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", VECTORS), "utf8"));
const passed = { valid: 0, invalid: 0 };

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const read = (vector) => new Uint8Array(readFileSync(new URL(vector.file, VECTORS)));

for (const vector of manifest.vectors) {
  test(`${vector.rules.join(" ")}: ${vector.file}`, () => {
    const bytes = read(vector);
    assert.equal(sha256(bytes), vector.sha256);
    (vector.result === "valid" ? accepted : refused)(vector, bytes);
    passed[vector.result]++;
  });
}

function accepted(vector, bytes) {
  const { limits } = vector;
  const image = decode(bytes, { limits });
  assertPicture(image, vector);
  assert.equal(image.byteLength, bytes.length);
  const salvaged = decode(bytes, { limits, salvage: true });
  assertPicture(salvaged, vector);
  assert.equal(salvaged.fault, null);
  assert.ok(salvaged.intact.every((tile) => tile));
}

function refused(vector, bytes) {
  const { limits, stream, salvage } = vector;
  assert.throws(() => decode(bytes, { limits }), isRefusal(vector));
  if (stream) {
    const image = decode(bytes, { limits, whole: false });
    assertPicture(image, stream);
    assert.equal(image.byteLength, stream.bytes);
  }
  if (salvage) {
    const image = decode(bytes, { limits, salvage: true });
    assert.deepEqual(image.intact.flatMap((tile, i) => (tile ? [i] : [])), salvage.intactTiles);
    assert.equal(sha256(indexBytes(image.indices)), salvage.indicesSha256);
    isRefusal(vector)(image.fault);
  }
}

function isRefusal({ reason, reasonName }) {
  return (e) => {
    assert.ok(e instanceof KmqError, String(e));
    assert.equal(`${e.number} ${e.reason}`, `${reason} ${reasonName}`, e.message);
    assert.ok(Number.isInteger(e.offset) && e.offset >= 0);
    return true;
  };
}

function assertPicture(image, expected) {
  for (const name of ["width", "height", "colors", "method", "colorSpace"]) {
    assert.equal(image[name], expected[name], name);
  }
  assert.equal(image.alpha ? "rgba" : "rgb", expected.entry);
  assert.equal(image.palette.length, 4 * expected.colors);
  assert.equal(sha256(indexBytes(image.indices)), expected.indicesSha256, "indices");
  assert.equal(sha256(toRgba(image)), expected.rgbaSha256, "pixels");
  assert.deepEqual(
    image.chunks.map(({ type, data }) => ({ type, length: data.length, sha256: sha256(data) })),
    expected.chunks ?? [],
  );
}

/** What the manifest hashes: two bytes for each index, the high one first. */
function indexBytes(indices) {
  const bytes = new Uint8Array(2 * indices.length);
  indices.forEach((index, i) => {
    bytes[2 * i] = index >> 8;
    bytes[2 * i + 1] = index;
  });
  return bytes;
}

after(() => {
  const count = passed.valid + passed.invalid;
  console.log(`${count} of ${manifest.vectors.length} vectors passed: ${passed.valid} valid, ${passed.invalid} invalid`);
});
