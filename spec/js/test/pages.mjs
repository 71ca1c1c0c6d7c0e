// The code for web pages that docs/guide.md and spec/js/README.md show, run in a browser as it is printed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const PAGES = ["docs/guide.md", "spec/js/README.md"];

/** The blocks of a page in a language. */
function blocks(page, language) {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map((match) => match[1]);
}

/** A module with the addresses of the package's modules in place of their names, as bundlers resolve them. */
function resolved(code, installed) {
  const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  return code.replace(/from "kmq(\/\w+)?"/g, (_, name = "") => {
    const target = exports[`.${name}`];
    assert.ok(target, `the package has no kmq${name}`);
    return `from "${join("/kmq", typeof target === "string" ? target : target.default)}"`;
  });
}

/**
 * @param context of browserTests; its server has the package in /kmq
 * @param installed the folder of the package
 */
export function pageTests(context, installed) {
  const { decode, read } = context;
  const photo = read("rans-photo.kmq");
  const { width } = decode(photo);
  const folder = (page, i) => `/page${PAGES.indexOf(page)}/${i}/`;
  const place = (path, files) => {
    const all = { "": "", "kmq.min.js": readFileSync(join(installed, "dist/kmq.min.js")), "photo.kmq": photo, "landscape.kmq": photo, ...files };
    for (const [name, content] of Object.entries(all)) context.made[path + name] = content;
  };

  for (const page of PAGES) {
    test(`the HTML of ${page} shows an image`, async () => {
      const found = blocks(page, "html");
      assert.ok(found.length > 0);
      for (const [i, html] of found.entries()) {
        const path = folder(page, `html${i}`);
        place(path, { "": `<!doctype html><meta charset="utf-8"><title>test</title><body>${html}` });
        const tab = await context.open(path);
        const shown = await tab.run(async () => {
          await customElements.whenDefined("kmq-img");
          const image = document.querySelector("kmq-img");
          await image.decode();
          return image.naturalWidth;
        });
        assert.equal(shown, width, html);
        await context.close(tab);
      }
    });

    test(`the scripts of ${page} decode an image`, async () => {
      const found = blocks(page, "js");
      assert.ok(found.length > 1);
      for (const [i, code] of found.entries()) {
        const path = folder(page, i);
        const body = '<!doctype html><meta charset="utf-8"><title>test</title><body><canvas id="canvas" width="1"></canvas>';
        place(path, { "": body, "block.js": resolved(code, installed) });
        let tab = await context.open(path);
        const isWorker = code.includes('self.addEventListener("fetch"');
        await tab.run(async (url, isWorker) => {
          if (isWorker) await navigator.serviceWorker.register(url, { type: "module" });
          else await import(url);
        }, `${path}block.js`, isWorker);
        let shown;
        if (code.includes("setWorkerUrl(")) {
          const asked = () => context.server.served.filter((served) => served === "/kmq-worker.js").length;
          const before = asked();
          shown = await tab.run(async () => {
            await import("/kmq/web/element.js");
            const image = document.body.appendChild(document.createElement("kmq-img"));
            image.src = "photo.kmq";
            await image.decode();
            return image.naturalWidth;
          });
          assert.ok(asked() > before, "the worker has the address that was set");
        } else if (isWorker || code.includes("serviceWorker.register")) {
          shown = await tab.run(async (scope) => {
            const registration = await navigator.serviceWorker.getRegistration(scope);
            const worker = registration.installing ?? registration.waiting ?? registration.active;
            while (worker.state !== "activated") await new Promise((done) => setTimeout(done, 20));
            return registration.scope;
          }, path);
          await context.close(tab);
          tab = await context.open(path);
          shown = await tab.run(async () => {
            const image = new Image();
            image.src = "photo.kmq";
            await image.decode();
            const { naturalWidth } = image;
            await (await navigator.serviceWorker.getRegistration()).unregister();
            return naturalWidth;
          });
        } else {
          shown = await tab.run(() => document.getElementById("canvas").width);
        }
        assert.equal(shown, width, code);
        await context.close(tab);
      }
    });
  }
}
