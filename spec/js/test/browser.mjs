// The installed package in a headless Chromium, from a server on loopback.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { flipped, random, repair, scrambled } from "../damage.mjs";
import { decode, toRgba } from "../kmq.js";
import { toPng } from "../web/png.js";
import { Chromium, findChromium, until } from "./chromium.mjs";
import { elementTests } from "./element.mjs";
import { pageTests } from "./pages.mjs";
import { serve } from "./server.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const COMPATIBILITY = here("../../compatibility/");
const read = (name) => new Uint8Array(readFileSync(join(COMPATIBILITY, name)));

/** Pages whose policy forbids everything but the server itself: no inline script, no inline style */
const POLICY = { "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; style-src 'self'; worker-src 'self'" };
const MODULES = "/kmq/web/element.js";
const ONE_FILE = "/kmq/dist/kmq.min.js";
const page = (script, body = "") => `<!doctype html><meta charset="utf-8"><title>test</title><body>${body}${script && `<script type="module" src="${script}"></script>`}`;

/** 62 million pixels in 60 bytes, which mix takes a minute for */
function heavyMix() {
  const bytes = new Uint8Array(24 + 6 + 4 + 4 + 18 + 4);
  bytes.set([...read("packed-1.kmq").subarray(0, 8), 1, 0, 3]);
  const view = new DataView(bytes.buffer);
  view.setUint32(12, 7900);
  view.setUint32(16, 7900);
  view.setUint16(20, 1);
  view.setUint32(34, 18);
  return repair(bytes);
}

function damagedTile() {
  const bytes = read("rans-tiles.kmq");
  return flipped(bytes, 8 * bytes.length - 40);
}

/** 65,536 pixels in a row */
function wide() {
  const bytes = read("packed-1.kmq").slice();
  new DataView(bytes.buffer).setUint32(12, 65536);
  new DataView(bytes.buffer).setUint32(16, 1);
  return repair(bytes);
}

/**
 * @param installed the folder of the package
 * @param bundle makes a module of one with everything that it imports
 */
export function browserTests(installed, bundle) {
  const program = findChromium();
  const skip = program === null && !process.env.CI ? "chromium is not on the path" : false;

  describe("in Chromium", { skip }, () => {
    const context = { decode, read, toPng, toRgba, heavyMix, MODULES, ONE_FILE };
    let browser;

    before(async () => {
      assert.ok(program, "chromium is not on the path");
      context.made = {
        "/": page(""),
        "/favicon.ico": "",
        "/modules.html": page(MODULES),
        "/quirks.html": page(MODULES).replace("<!doctype html>", ""),
        "/one-file.html": page(ONE_FILE),
        "/base/page.html": `<base href="/files/">${page(MODULES, '<kmq-img src="rans-16.kmq"></kmq-img>')}`,
        "/early.html": page(MODULES, '<kmq-img id="image" src="files/rans-photo.kmq" alt="early"></kmq-img>'),
        "/heavy.kmq": heavyMix(),
        "/broken.kmq": damagedTile(),
        "/text.kmq": "not an image",
        "/slow.kmq": (request, response) => {
          context.slowRequests = (context.slowRequests ?? 0) + 1;
          request.on("close", () => {});
          response.on("close", () => (context.slowClosed = true));
        },
        "/wide.kmq": wide(),
        "/kmq-sw.js": readFileSync(join(installed, "dist/kmq-sw.js")),
        "/kmq-worker.js": readFileSync(join(installed, "dist/kmq-worker.js")),
        "/own/": page(""),
        "/own/script.js": `importScripts("/kmq/dist/kmq-response.js");
          addEventListener("fetch", (event) => {
            if (kmq.wantsKmq(event.request)) event.respondWith(kmq.kmqResponse(event.request, { limits: { pixels: 5000 } }));
          });`,
        "/module/": page(""),
        "/module/script.js": `import { kmqResponse, wantsKmq } from "/kmq/web/response.js";
          addEventListener("fetch", (event) => {
            if (wantsKmq(event.request)) event.respondWith(kmqResponse(event.request, { limits: { pixels: 5000 } }));
          });`,
        "/example/photo.kmq": read("rans-photo.kmq"),
        "/example/kmq-sw.js": readFileSync(join(installed, "dist/kmq-sw.js")),
        "/example/kmq.min.js": readFileSync(join(installed, "dist/kmq.min.js")),
      };
      context.server = await serve({ kmq: installed, example: join(installed, "example"), files: COMPATIBILITY, vectors: here("../../vectors/valid/") }, context.made, POLICY);
      browser = new Chromium(program);
      context.open = async (path) => {
        const tab = await browser.tab();
        await tab.open(context.server.origin + path);
        return tab;
      };
      /** Nothing was logged, and nothing was requested elsewhere. */
      context.close = async (tab, logged = []) => {
        assert.deepEqual(tab.logged, logged);
        for (const url of tab.requests) assert.ok(url.startsWith(context.server.origin), url);
        await tab.close();
      };
    });

    after(async () => {
      await browser?.stop();
      await context.server?.stop();
    });

    test("decode, workers and toImageData, from modules and from one file", async () => {
      for (const module of ["/kmq/index.js", ONE_FILE]) {
        const tab = await context.open("/");
        const answer = await tab.run(async (module, name) => {
          const { KmqError, decode, decodeInWorker } = await import(module);
          const bytes = new Uint8Array(await (await fetch(name)).arrayBuffer());
          const here = decode(bytes).toImageData();
          const there = (await decodeInWorker(bytes, { withRgba: true })).toImageData();
          const plain = (await decodeInWorker(bytes)).toImageData();
          const isSame = (image) => image instanceof ImageData && image.width === here.width && image.data.every((value, i) => value === here.data[i]);
          const damaged = await (await fetch("/broken.kmq")).arrayBuffer();
          const fault = await decodeInWorker(damaged).catch((e) => e);
          const slow = await (await fetch("/vectors/mix-matches-large.kmq")).arrayBuffer();
          const late = await decodeInWorker(slow, { signal: AbortSignal.timeout(20) }).catch((e) => e.name);
          return [isSame(there), isSame(plain), fault instanceof KmqError && fault.number, late, bytes.length > 0];
        }, module, "/files/mix-photo.kmq");
        assert.deepEqual(answer, [true, true, "R23", "TimeoutError", true], module);
        await context.close(tab);
      }
      assert.ok(context.server.served.includes("/kmq/web/worker.js"));
    });

    test("a bundle without the worker beside it states so, and takes it from another address", async () => {
      context.made["/bundle/main.js"] = await bundle(join(installed, "index.js"));
      const tab = await context.open("/");
      const answers = await tab.run(async (name) => {
        const { decodeInWorker, setWorkerUrl } = await import("/bundle/main.js");
        const bytes = await (await fetch(name)).arrayBuffer();
        const width = () => decodeInWorker(bytes).then((image) => image.width, (e) => e.message);
        const answers = [];
        for (const url of [null, "kmq-worker.js", new URL("/kmq-worker.js", location), undefined]) {
          setWorkerUrl(url);
          answers.push(await width());
        }
        return answers;
      }, "/files/rans-photo.kmq");
      const { width } = decode(read("rans-photo.kmq"));
      assert.match(answers[0], /its script could not be loaded; see setWorkerUrl/);
      assert.deepEqual(answers.slice(1), [width, width, width], "the last one uses a worker that runs");
      await context.close(tab);
    });

    elementTests(context);
    pageTests(context, installed);

    test("images of the first visit are loaded again once, also after a reload past the caches", async () => {
      const counts = {};
      let holds = false; // the next request for slow.kmq is answered when the service worker loads images again
      const answer = (name, bytes) => (context.made[`/first/${name}`] = async (request, response) => {
        counts[name] = (counts[name] ?? 0) + 1;
        if (holds && name === "slow.kmq") {
          holds = false;
          const before = counts[names[0]];
          await until(() => counts[names[0]] > before);
        }
        response.writeHead(200, { ...POLICY, "Content-Type": "image/x-kmq", "Cache-Control": "no-store" }).end(bytes);
      });
      const names = ["rans-16.kmq", "rans-17.kmq", "rans-photo.kmq"];
      for (const name of names) answer(name, read(name));
      answer("broken.kmq", damagedTile());
      answer("slow.kmq", read("rans-2.kmq"));
      context.made["/first/"] = page("", `<img src="${names[0]}"><picture><source srcset="${names[1]}"><img src="/none.png"></picture>
        <img srcset="${names[2]} 1x"><img src="broken.kmq">`);
      context.made["/first/kmq-sw.js"] = context.made["/kmq-sw.js"];
      const tab = await context.open("/first/");
      const refused = await tab.run(async () => {
        const { registerServiceWorker } = await import("/kmq/web/register.js");
        return registerServiceWorker("/example/kmq-sw.js").catch((e) => e.message);
      });
      assert.match(refused, /\/first\/ is outside .*\/example\//);
      const shown = () => tab.run(async () => {
        const before = navigator.serviceWorker.controller !== null;
        const { registerServiceWorker } = await import("/kmq/dist/kmq.min.js");
        const slow = document.body.appendChild(new Image());
        slow.src = "slow.kmq"; // still on its way when the service worker takes over
        const registration = await registerServiceWorker("kmq-sw.js");
        const widths = () => [...document.images].map((image) => image.naturalWidth);
        for (let i = 0; i < 1000 && widths().filter((width) => width > 0).length < 4; i++) await new Promise((done) => setTimeout(done, 50));
        return [before, registration.active !== null, widths()];
      });
      const widths = names.map((name) => decode(read(name)).width);
      const expected = [...widths, 0, decode(read("rans-2.kmq")).width];
      holds = true;
      assert.deepEqual(await shown(), [false, true, expected]);
      await until(() => counts["broken.kmq"] === 2);
      assert.deepEqual(counts, Object.fromEntries([...names, "broken.kmq", "slow.kmq"].map((name) => [name, 2])));
      await tab.reload({ ignoreCache: true });
      holds = true;
      assert.deepEqual(await shown(), [false, true, expected]);
      await tab.reload({ ignoreCache: false });
      assert.deepEqual(await shown(), [true, true, expected]);
      assert.ok(tab.logged.length > 0 && tab.logged.every((text) => /422/.test(text)), tab.logged.join("\n"));
      await context.close(tab, tab.logged);
    });

    test("a service worker answers <img>, <picture> and backgrounds", async () => {
      const tab = await context.open("/");
      await tab.run(async () => {
        const { registerServiceWorker } = await import("/kmq/web/register.js");
        await registerServiceWorker("/kmq-sw.js");
      });
      for (const name of ["rans-photo.kmq", "rans-16.kmq", "rans-300.kmq", "packed-2.kmq", "mix-alpha.kmq"]) {
        const pixels = await tab.run(async (url) => {
          const image = new Image();
          image.src = url;
          await image.decode();
          const context = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext("2d");
          context.drawImage(image, 0, 0);
          return [...context.getImageData(0, 0, image.naturalWidth, image.naturalHeight).data];
        }, `/files/${name}`);
        assertClose(pixels, toRgba(decode(read(name))), name);
      }
      const shown = await tab.run(async () => {
        document.body.innerHTML = '<picture><source srcset="/files/rans-16.kmq"><img></picture>';
        const [image] = document.images;
        await image.decode();
        const div = document.body.appendChild(document.createElement("div"));
        div.style.background = "url(/files/rans-17.kmq)";
        const response = await fetch("/files/rans-17.kmq"); // destination ""
        return [image.naturalWidth, image.currentSrc.endsWith("rans-16.kmq"), response.headers.get("Content-Type")];
      });
      assert.deepEqual(shown, [decode(read("rans-16.kmq")).width, true, "image/x-kmq"]);
      for (const name of ["/none.kmq", "/text.kmq", "/broken.kmq", "/heavy.kmq"]) {
        const isBroken = await tab.run((url) => new Promise((done) => {
          const image = new Image();
          image.onload = () => done(false);
          image.onerror = () => done(true);
          image.src = url;
        }), name);
        assert.ok(isBroken, name);
      }
      assert.equal(tab.logged.length, 3, tab.logged.join("\n"));
      assert.match(tab.logged[0], /404/);
      for (const logged of tab.logged.slice(1)) assert.match(logged, /422/);
      tab.logged.length = 0;
      await context.close(tab);
    });

    test("a page's own service worker answers with a function, as a script and as a module", async () => {
      for (const [path, type] of [["/own/", "classic"], ["/module/", "module"]]) {
        const tab = await context.open(path);
        await tab.run(async (type) => {
          const registration = await navigator.serviceWorker.register("script.js", { type });
          await new Promise((done) => {
            const worker = registration.installing ?? registration.waiting ?? registration.active;
            const isActive = () => worker.state === "activated" && done();
            worker.addEventListener("statechange", isActive);
            isActive();
          });
        }, type);
        await tab.open(context.server.origin + path);
        const widths = await tab.run(() => Promise.all(["/files/rans-photo.kmq", "/vectors/mix-large.kmq"].map((url) => new Promise((done) => {
          const image = new Image();
          image.onload = image.onerror = () => done(image.naturalWidth);
          image.src = url;
        }))));
        assert.deepEqual(widths, [decode(read("rans-photo.kmq")).width, 0], "the second is over the limit");
        assert.match(tab.logged[0], /422/);
        await context.close(tab, tab.logged.slice(0, 1));
      }
    });

    test("the example works as it is copied", async () => {
      const tab = await context.open("/example/index.html");
      const shown = await tab.run(async () => {
        const status = document.getElementById("status");
        while (status.textContent === "") await new Promise((done) => setTimeout(done, 20));
        const [image] = document.images;
        await image.decode();
        await document.querySelector("kmq-img").decode();
        return [status.textContent, image.naturalWidth, document.querySelector("kmq-img").naturalWidth, document.getElementById("canvas").width];
      });
      const { width } = decode(read("rans-photo.kmq"));
      assert.deepEqual(shown, ["All is shown.", width, width, width]);
      await context.close(tab);
    });

    test("view.html shows files, what is wrong with others, and their texts as text", async () => {
      const markup = '<img src=x onerror="globalThis.hacked=1">';
      const made = { "/favicon.ico": "", "/js/alt.kmq": read("rans-chunks.kmq"), "/js/broken.kmq": damagedTile(), "/js/wide.kmq": wide(), "/js/markup.kmq": withText(markup) };
      const server = await serve({ js: here("../") }, made);
      try {
        const seen = {};
        for (const name of ["alt", "broken", "wide", "markup"]) {
          const tab = await browser.tab();
          await tab.open(`${server.origin}/js/view.html?${name}.kmq`);
          seen[name] = await tab.run(async () => {
            const text = (id) => document.getElementById(id).textContent;
            while (text("facts") + text("error") === "") await new Promise((done) => setTimeout(done, 20));
            return [text("facts"), text("error"), document.getElementById("picture").width, document.images.length, "hacked" in globalThis];
          });
          assert.deepEqual(tab.logged, []);
          await tab.close();
        }
        const { width } = decode(read("rans-chunks.kmq"));
        for (const name of ["alt", "markup"]) {
          assert.match(seen[name][0], /^\w+\.kmq: .*colours.*tEXt/);
          assert.deepEqual(seen[name].slice(1), ["", width, 0, false]);
        }
        assert.match(seen.broken[1], /^R23: .*tiles are intact\.$/);
        assert.match(seen.wide[1], /65535/);
      } finally {
        await server.stop();
      }
    });

    test("hostile files run no script and leave the tab responsive", { timeout: 300_000 }, async () => {
      const next = random(7);
      const files = [];
      for (const name of ["rans-icon.kmq", "mix-icon.kmq", "deflate-chunks.kmq", "rans-chunks.kmq", "packed-alpha.kmq", "rans-repeats.kmq", "mix-repeats.kmq", "mix-300.kmq"]) {
        for (let i = 0; i < 25; i++) files.push(repair(scrambled(read(name), next)));
      }
      const markup = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>';
      files.push(withText(markup), heavyMix());
      files.forEach((bytes, i) => (context.made[`/fuzz/${i}.kmq`] = Buffer.from(bytes)));
      const tab = await context.open("/modules.html");
      const { events, gap, hacked, markupNodes, bytes } = await tab.run(async (count, markup) => {
        let last = performance.now();
        let gap = 0;
        const heartbeat = setInterval(() => {
          gap = Math.max(gap, performance.now() - last);
          last = performance.now();
        }, 10);
        const events = { load: 0, error: 0 };
        await Promise.all(Array.from({ length: count }, (_, i) => new Promise((done) => {
          const image = document.createElement("kmq-img");
          image.alt = markup;
          for (const type of ["load", "error"]) {
            image.addEventListener(type, () => {
              events[type]++;
              done();
            });
          }
          image.src = `/fuzz/${i}.kmq`;
          document.body.append(image);
        })));
        clearInterval(heartbeat);
        const roots = [...document.querySelectorAll("kmq-img")].map((image) => image.shadowRoot);
        const markupNodes = roots.reduce((sum, root) => sum + root.querySelectorAll("img, script").length, 0);
        return { events, gap, hacked: "hacked" in globalThis, markupNodes, bytes: performance.memory.usedJSHeapSize };
      }, files.length, markup);
      assert.equal(events.load + events.error, files.length);
      assert.ok(events.error > files.length / 4 && events.load > 0, JSON.stringify(events));
      assert.ok(gap < 15_000, `${gap} ms without a heartbeat`);
      assert.equal(hacked, false);
      assert.equal(markupNodes, 0);
      assert.ok(bytes < 2 ** 28, `${bytes} bytes of heap`);
      await context.close(tab);
    });
  });

  /** The small packed file of the format's tests with a text whose keyword and value are markup. */
  function withText(markup) {
    const bytes = read("rans-chunks.kmq");
    const text = new TextEncoder().encode(`${markup.slice(0, 60)}\0${markup}`);
    const at = kpix(bytes);
    const added = new Uint8Array(12 + text.length);
    new DataView(added.buffer).setUint32(4, text.length);
    added.set(new TextEncoder().encode("tEXt"));
    added.set(text, 8);
    const all = new Uint8Array([...bytes.subarray(0, at), ...added, ...bytes.subarray(at)]);
    const { chunks } = decode(repair(all));
    assert.ok(chunks.some(({ data }) => Buffer.from(data).includes(markup)));
    return all;
  }

  /** Where the last chunk begins */
  function kpix(bytes) {
    return Buffer.from(bytes).indexOf("KPIX");
  }
}

/** A canvas keeps the colours of translucent pixels only approximately. */
function assertClose(actual, expected, name) {
  assert.equal(actual.length, expected.length, name);
  for (let i = 0; i < actual.length; i++) {
    const alpha = expected[i | 3];
    const allowed = alpha === 255 || (i & 3) === 3 ? 0 : alpha === 0 ? 255 : Math.ceil(255 / alpha);
    if (Math.abs(actual[i] - expected[i]) > allowed) assert.fail(`${name}: value ${i} is ${actual[i]}, not ${expected[i]}`);
  }
}
