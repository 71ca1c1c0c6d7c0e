// Prints the files of a folder with the SHA-256 of their pixels: red, green, blue, alpha.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { decode, toRgba } from "../kmq.js";

const folder = process.argv[2];
for (const name of readdirSync(folder)) {
  const file = join(folder, name);
  console.log(file, createHash("sha256").update(toRgba(decode(readFileSync(file)))).digest("hex"));
}
