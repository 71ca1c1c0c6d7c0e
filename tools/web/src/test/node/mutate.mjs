// Writes damaged vectors of the specification, most with correct checksums: node mutate.mjs FOLDER OUT COUNT SEED.
// Each is preceded by its length in 4 bytes, the most significant first.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { random, repair, scrambled } from "../../../../../spec/js/damage.mjs";
import { DEFAULT_LIMITS, decode } from "../../../../../spec/js/kmq.js";

const [folder, out, count, seed] = process.argv.slice(2);
const MOST_BYTES = 3000;
/** So that no file takes long */
const limits = { ...DEFAULT_LIMITS, work: 2 ** 20 };

const vectors = readdirSync(folder)
  .sort()
  .map((name) => new Uint8Array(readFileSync(join(folder, name))))
  .filter((bytes) => bytes.length <= MOST_BYTES);
const next = random(Number(seed));
const parts = [];
for (let n = 0; n < Number(count); ) {
  const damaged = scrambled(vectors[next(vectors.length)], next);
  const bytes = next(8) === 0 ? damaged : repair(damaged);
  try {
    decode(bytes, { limits });
  } catch (e) {
    if (e.reason?.startsWith("LIMIT")) continue;
  }
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  parts.push(length, bytes);
  n++;
}
writeFileSync(out, Buffer.concat(parts));
