// Packs, installs the tarball into an empty folder, and uses it from there: `node spec/js/test/package.mjs`.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { TOOLS, build, install, npm } from "../build.mjs";
import { browserTests } from "./browser.mjs";
import { readPng } from "./read-png.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
try {
  install(here("../"), TOOLS);
} catch (e) {
  if (process.env.CI) throw e;
  console.log(`npm cannot fetch the tools: ${e.message}`);
  process.exit(0);
}

const COMPATIBILITY = here("../../compatibility/");
const folder = mkdtempSync(join(tmpdir(), "kmq-package-"));
const installed = join(folder, "node_modules", "kmq");
const SOURCES = ["consumer.ts", "consumer.tsx"];
const file = (name) => new Uint8Array(readFileSync(join(COMPATIBILITY, name)));

before(async () => {
  const tarball = await build();
  writeFileSync(join(folder, "package.json"), '{ "name": "consumer", "private": true, "type": "module" }');
  npm(folder, "install", tarball, "--offline", "--ignore-scripts");
});

after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

/** Runs a module of the consumer and returns what it prints. */
function run(name, text) {
  writeFileSync(join(folder, name), text);
  return execFileSync(process.execPath, [name], { cwd: folder, encoding: "utf8", timeout: 60_000 });
}

test("the package has the version of the build, no dependency and no registry host", () => {
  const pom = readFileSync(here("../../../pom.xml"), "utf8");
  const published = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  assert.equal(published.version, /<artifactId>kmq-parent<\/artifactId>\s*<version>([^<]+)</.exec(pom)[1]);
  for (const name of ["dependencies", "devDependencies", "scripts", "repository"]) assert.equal(published[name], undefined);
  for (const name of ["../package-lock.json", "../bench/package-lock.json"]) {
    assert.doesNotMatch(readFileSync(here(name), "utf8"), /"resolved"|https?:/);
  }
  for (const name of ["LICENSE", "NOTICE", "README.md", "index.d.ts", "example/index.html", "dist/kmq.min.js.map"]) {
    readFileSync(join(installed, name));
  }
});

test("import in Node", () => {
  const printed = run("import.mjs", `
    import { readFileSync } from "node:fs";
    import { KmqError, decode } from "kmq";
    import "kmq/element";
    import "kmq/response";
    const bytes = readFileSync(${JSON.stringify(join(COMPATIBILITY, "rans-photo.kmq"))});
    const { width, height, indices } = decode(bytes);
    bytes[40] ^= 1;
    try { decode(bytes); } catch (e) { console.log(e instanceof KmqError, e.number, indices.length === width * height); }
  `);
  assert.equal(printed, "true R13 true\n");
});

test("a worker of Node decodes, refuses, ends on a signal, and lets the process end", () => {
  const printed = run("worker.mjs", `
    import assert from "node:assert/strict";
    import { readFileSync } from "node:fs";
    import { KmqError, decode, decodeInWorker } from "kmq";
    const read = (name) => new Uint8Array(readFileSync(${JSON.stringify(COMPATIBILITY)} + name));
    for (const name of ["mix-256.kmq", "rans-chunks.kmq", "deflate-300.kmq"]) {
      const bytes = read(name);
      const { toImageData: a, ...expected } = decode(bytes);
      const { toImageData: b, ...image } = await decodeInWorker(bytes);
      assert.deepEqual(image, expected);
      assert.equal(typeof b, "function");
      assert.ok(bytes.length > 0);
    }
    const many = await Promise.all(Array.from({ length: 20 }, () => decodeInWorker(read("rans-16.kmq"))));
    assert.equal(many.length, 20);
    const given = read("rans-16.kmq").slice();
    await decodeInWorker(given, { transfer: true });
    assert.equal(given.length, 0);
    const damaged = read("rans-tiles.kmq");
    damaged[damaged.length - 1] ^= 1;
    await assert.rejects(decodeInWorker(damaged), (e) => e instanceof KmqError && e.number === "R23" && e.offset > 0);
    const { fault, intact } = await decodeInWorker(damaged, { salvage: true });
    assert.ok(fault instanceof KmqError && intact[0] && !intact.at(-1));
    await assert.rejects(decodeInWorker(given, { limits: { pixel: 1 } }), TypeError);
    await assert.rejects(decodeInWorker("kmq"), TypeError);
    await assert.rejects(decodeInWorker(read("mix-16.kmq"), { limits: { work: 1 } }), /ms, work of .*limits\\.work/);

    // A second of mix, and then the same worker pool again.
    const slow = readFileSync(${JSON.stringify(here("../../vectors/valid/mix-matches-large.kmq"))});
    const ending = new AbortController();
    const ended = decodeInWorker(slow, { signal: ending.signal });
    setTimeout(() => ending.abort(new Error("enough")), 20);
    await assert.rejects(ended, /^Error: enough$/);
    await assert.rejects(decodeInWorker(slow, { deadline: 20 }), /^RangeError: not decoded within 20 ms/);
    await assert.rejects(decodeInWorker(slow, { signal: AbortSignal.abort() }), { name: "AbortError" });
    const waiting = Array.from({ length: 9 }, () => decodeInWorker(slow, { deadline: 20 }).catch((e) => e.name));
    assert.deepEqual(await Promise.all(waiting), new Array(9).fill("RangeError"));
    await decodeInWorker(read("rans-16.kmq"));
    console.log("done");
  `);
  assert.equal(printed, "done\n");
});

/** A module with everything that it imports in one text, but not the worker. */
async function bundle(entry, platform = "browser") {
  const { outputFiles } = await createRequire(TOOLS)("esbuild").build({ entryPoints: [entry], bundle: true, format: "esm", platform, write: false });
  return outputFiles[0].text;
}

test("a bundle for Node takes the worker from a path or an address", async () => {
  cpSync(join(installed, "dist/kmq-worker.js"), join(folder, "moved-worker.mjs"));
  const printed = run("bundled.mjs", `${await bundle(join(installed, "index-node.js"), "node")}
    const bytes = (await import("node:fs")).readFileSync(${JSON.stringify(join(COMPATIBILITY, "rans-photo.kmq"))});
    const width = () => decodeInWorker(bytes).then((image) => image.width, (e) => e.message);
    console.log(await width());
    setWorkerUrl("moved-worker.mjs");
    console.log(await width());
    setWorkerUrl(new URL("none.mjs", import.meta.url).href);
    for (const answer of await Promise.all([width(), width()])) console.log(answer);
  `);
  const { width } = (await import(join(installed, "index-node.js"))).decode(file("rans-photo.kmq"));
  const lines = printed.split("\n");
  assert.match(lines[0], /Cannot find module .*worker-node\.js/);
  assert.equal(lines[1], `${width}`);
  assert.equal(lines[2], `${width}`, "the worker that runs goes on");
  assert.match(lines[3], /Cannot find module .*none\.mjs/);
});

test("PNG from Node has the pixels", async () => {
  const { decode, toPng, toRgba } = await import(join(installed, "index-node.js"));
  for (const name of ["packed-1", "rans-2", "rans-3", "rans-16", "mix-17", "rans-256", "rans-300", "rans-alpha", "rans-alpha-300"]) {
    const image = decode(file(`${name}.kmq`));
    const png = readPng(await toPng(image));
    assert.equal(png.colorType, image.colors <= 256 ? 3 : image.alpha ? 6 : 2, name);
    assert.deepEqual([png.width, png.height], [image.width, image.height]);
    assert.deepEqual(png.rgba, new Uint8Array(toRgba(image).buffer), name);
  }
  const withChunks = decode(file("rans-chunks.kmq"));
  const { chunks } = readPng(await toPng(withChunks));
  const profile = withChunks.colorSpace === "icc";
  assert.equal(chunks.includes("iCCP"), profile);
  assert.equal(chunks.includes("sRGB"), !profile);
  assert.ok(!chunks.includes("tEXt"));
});

test("TypeScript takes the types, and refuses wrong ones", () => {
  for (const name of SOURCES) cpSync(here(name), join(folder, name));
  for (const name of ["@types/react", "csstype"]) {
    cpSync(join(TOOLS, "node_modules", name), join(folder, "node_modules", name), { recursive: true });
  }
  const tsc = (...options) => execFileSync(
    process.execPath,
    [join(TOOLS, "node_modules/typescript/lib/tsc.js"), "--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--jsx", "react-jsx", ...options, ...SOURCES],
    { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
  );
  try {
    tsc("--module", "nodenext");
    tsc("--module", "esnext", "--moduleResolution", "bundler");
  } catch (e) {
    assert.fail(e.stdout);
  }
});

browserTests(installed, bundle);
