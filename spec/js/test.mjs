// Every vector of the specification, and every file of ../compatibility, against the JavaScript decoder: `node spec/js/test.mjs`.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { flipped, random, repair, scrambled } from "./damage.mjs";
import { inflate } from "./inflate.js";
import { DEFAULT_LIMITS, FORMAT_LIMITS, KmqError, decode, toRgba } from "./kmq.js";
import { crc32c } from "./source.js";

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
  const limits = { ...FORMAT_LIMITS, ...vector.limits };
  const image = decode(bytes, { limits });
  assertPicture(image, vector);
  assert.equal(image.byteLength, bytes.length);
  const salvaged = decode(bytes, { limits, salvage: true });
  assertPicture(salvaged, vector);
  assert.equal(salvaged.fault, null);
  assert.ok(salvaged.intact.every((tile) => tile));
}

function refused(vector, bytes) {
  const { stream, salvage } = vector;
  const limits = { ...FORMAT_LIMITS, ...vector.limits };
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

/** The bytes that the manifest hashes: two for each index, the high one first. */
function indexBytes(indices) {
  const bytes = new Uint8Array(2 * indices.length);
  indices.forEach((index, i) => {
    bytes[2 * i] = index >> 8;
    bytes[2 * i + 1] = index;
  });
  return bytes;
}

const COMPATIBILITY = new URL("../compatibility/", import.meta.url);
const frozen = readFileSync(new URL("SHA256SUMS", COMPATIBILITY), "utf8").trim().split("\n");

for (const line of frozen) {
  const [name, fileSha256, contentSha256] = line.split(" ");
  test(`X-1: compatibility/${name}`, () => {
    const bytes = new Uint8Array(readFileSync(new URL(name, COMPATIBILITY)));
    assert.equal(sha256(bytes), fileSha256);
    assert.equal(sha256(content(decode(bytes))), contentSha256);
  });
}

/** The bytes that `CompatibilityTest` hashes. */
function content(image) {
  const head = [...u32(image.width), ...u32(image.height), ...u32(image.colors)];
  const flags = [image.colorSpace === "icc" ? 1 : 0, image.alpha ? 1 : 0];
  const chunks = image.chunks.flatMap(({ type, data }) => [...Buffer.from(type, "ascii"), ...u32(data.length), ...data]);
  return Buffer.concat([head, flags, image.palette, indexBytes(image.indices), chunks].map((part) => Buffer.from(part)));
}

function u32(number) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

const small = manifest.vectors.filter((vector) => vector.result === "valid" && read(vector).length <= 400);

test("G-3: the check value of CRC-32C", () => {
  assert.equal(crc32c(new TextEncoder().encode("123456789")), 0xe3069283);
  assert.equal(crc32c(new Uint8Array(0)), 0);
});

test("D-3: byte E + 1 comes before a later fault", () => {
  // Matches of 258 bytes go beyond byte 1024, and a block of type 3 follows.
  const payload = Buffer.from("621805a360148c5c00380020", "hex");
  const refuse = (reason) => {
    throw new Error(reason);
  };
  assert.throws(() => inflate(payload, 1024, refuse), /^Error: PAYLOAD_LONG$/);
  assert.throws(() => inflate(payload, 2048, refuse), /^Error: PAYLOAD_CORRUPT$/);
});

test("a flipped bit is refused, without and with salvage: all of the header, one or two of each other byte", () => {
  for (const vector of small) {
    const bytes = read(vector);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      if (bit >= 8 * 24 && bit % 7 !== 0) continue;
      const damaged = flipped(bytes, bit);
      assert.ok(refusal(damaged, vector.limits), `${vector.file}, bit ${bit}`);
      assert.ok(refusal(damaged, vector.limits, true), `${vector.file}, bit ${bit}, salvage`);
    }
  }
});

test("O-3: every prefix is refused", () => {
  for (const vector of small) {
    const bytes = read(vector);
    for (let length = 0; length < bytes.length; length++) {
      const { number } = refusal(bytes.subarray(0, length), vector.limits);
      assert.equal(number, length === 0 ? "R1" : "R30", `${vector.file}, ${length} bytes`);
    }
  }
});

test("damage under right checksums gives a refusal or an image, and nothing else", () => {
  const next = random(20);
  const limits = { pixels: 2 ** 16 };
  let refusals = 0;
  for (const vector of small) {
    const bytes = read(vector);
    for (let i = 0; i < 100; i++) if (refusal(repair(scrambled(bytes, next)), limits)) refusals++;
  }
  assert.ok(refusals > 33 * small.length && refusals < 100 * small.length, `${refusals} refusals`);
});

/** The KmqError of decoding, or of salvaging; null if there is none. Other errors go through. */
function refusal(bytes, limits, salvage = false) {
  try {
    return decode(bytes, { limits, salvage }).fault ?? null;
  } catch (e) {
    if (e instanceof KmqError) return e;
    throw e;
  }
}

test("wrong arguments are errors of the caller", () => {
  assert.throws(() => decode("kmq"), TypeError);
  assert.throws(() => decode(new Uint8Array(0), { limits: { pixel: 1 } }), TypeError);
  assert.throws(() => decode(new Uint8Array(0), { limits: { pixels: 0.5 } }), RangeError);
  assert.ok(Object.isFrozen(DEFAULT_LIMITS));
});

after(() => {
  const count = passed.valid + passed.invalid;
  console.log(`${count} of ${manifest.vectors.length} vectors passed: ${passed.valid} valid, ${passed.invalid} invalid`);
});
