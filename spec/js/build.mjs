// Makes the npm package in spec/target/npm: `node spec/js/build.mjs`. Tools are fetched by npm on the first run.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL("./", import.meta.url));
export const TARGET = fileURLToPath(new URL("../target/npm/", import.meta.url));
export const TOOLS = `${TARGET}tools/`;

/** Without a network, npm by itself gives up after 70 seconds. */
const SOON = ["--fetch-retry-mintimeout=500", "--fetch-retry-maxtimeout=4000"];

/** The packages of a lock file, in a folder; nothing is fetched if they are there. */
export function install(from, to) {
  const lock = readFileSync(`${from}package-lock.json`, "utf8");
  const stamp = `${to}installed-lock.json`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  mkdirSync(to, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) cpSync(`${from}${name}`, `${to}${name}`);
  npm(to, "ci", "--prefer-offline", "--ignore-scripts", ...SOON);
  writeFileSync(stamp, lock);
}

export function npm(folder, ...args) {
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  return execFileSync("npm", [...args, ...quiet], { cwd: folder, encoding: "utf8" });
}

/** Bundles and packs; returns the path of the tarball. */
export async function build() {
  install(HERE, TOOLS);
  const { build: bundle } = createRequire(TOOLS)("esbuild");
  const folder = `${TARGET}package/`;
  rmSync(folder, { recursive: true, force: true });
  const { devDependencies, ...published } = JSON.parse(readFileSync(`${HERE}package.json`, "utf8"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, `${JSON.stringify(published, null, 2)}\n`);
  for (const name of ["LICENSE", "NOTICE"]) cpSync(`${HERE}../../${name}`, `${folder}${name}`);
  const isPublished = (path) => !path.endsWith(".mjs") && !/\/(test|bench|node_modules)$/.test(path);
  for (const name of ["README.md", "web", "example"]) cpSync(`${HERE}${name}`, `${folder}${name}`, { recursive: true });
  cpSync(HERE, folder, {
    recursive: true,
    filter: (path) => path === HERE || (isPublished(path) && /\.(js|d\.ts)$/.test(path)),
  });
  const output = (file, entry, more) => bundle({
    absWorkingDir: HERE,
    entryPoints: [entry],
    outfile: `${folder}dist/${file}`,
    bundle: true,
    minify: true,
    sourcemap: true,
    target: "es2022",
    legalComments: "none",
    ...more,
  });
  await output("kmq.min.js", "web/one-file.js", { format: "esm", plugins: [ONE_FILE] });
  await output("kmq-worker.js", "web/any-worker.js", { format: "esm", external: ["node:*"] });
  await output("kmq-sw.js", "web/service-worker.js", { format: "iife" });
  await output("kmq-response.js", "web/response.js", { format: "iife", globalName: "kmq" });
  const [{ filename }] = JSON.parse(npm(folder, "pack", "--json", "--pack-destination", TARGET));
  return `${TARGET}${filename}`;
}

/** In one file, the module is its own worker. */
const ONE_FILE = {
  name: "one-file",
  setup(bundle) {
    bundle.onResolve({ filter: /\/start-worker\.js$/ }, () => ({ path: `${HERE}web/start-worker-one-file.js` }));
  },
};

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) console.log(await build());
