// <kmq-img> beside <img> with the same image as PNG.

import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./chromium.mjs";

/** Attributes and rules, each for both elements */
const LAYOUTS = [
  {},
  { width: "120" },
  { height: "50" },
  { width: "100", height: "90" },
  { width: "50%" },
  { width: "x", height: "-3" },
  { style: "max-width: 40px" },
  { style: "max-width: 40px; height: auto", width: "300", height: "200" },
  { style: "width: 100%" },
  { style: "width: 100%; height: auto", width: "300", height: "200" },
  { style: "height: 80px" },
  { style: "height: 80px; width: auto", width: "300", height: "200" },
  { style: "width: 60px; height: 200px; object-fit: contain" },
  { style: "display: block" },
  { style: "display: block; margin: 0 auto; max-width: 50%" },
  { style: "aspect-ratio: 1; width: 70px" },
  { style: "border: 3px solid; padding: 5px" },
  { style: "border: 3px solid; padding: 5px; box-sizing: border-box; width: 60px" },
  { style: "position: absolute; right: 0; max-height: 30px" },
  { style: "float: right; min-width: 300px" },
  { hidden: "" },
];

export function elementTests(context) {
  const { decode, read, toPng, toRgba } = context;

  test("the layout is that of <img>, before and after loading and without an image, also without a doctype", async () => {
    context.made["/same.png"] = Buffer.from(await toPng(decode(read("rans-photo.kmq"))));
    for (const path of ["/modules.html", "/quirks.html"]) {
      const tab = await context.open(path);
      const boxes = await tab.run(async (layouts) => {
        const measured = [];
        for (const layout of layouts) {
          const boxes = [];
          const waiting = [];
          for (const [name, src] of [["img", "/same.png"], ["kmq-img", "/files/rans-photo.kmq"]]) {
            const parent = document.body.appendChild(document.createElement("div"));
            parent.style.cssText = "position: relative; width: 400px; overflow: auto; font: 16px/20px serif";
            const image = document.createElement(name);
            for (const [key, value] of Object.entries(layout)) {
              if (key === "style") image.style.cssText = value;
              else image.setAttribute(key, value);
            }
            parent.append("text", image, "text");
            const box = () => {
              const { x, y, width, height } = image.getBoundingClientRect();
              const { y: top, height: all } = parent.getBoundingClientRect();
              return [x, image.getClientRects().length > 0 ? y - top : 0, width, height, all].map((value) => Math.round(10 * value) / 10).join(" ");
            };
            const before = box();
            image.src = src;
            const filled = () => {
              const { width, height } = (image.shadowRoot?.querySelector("canvas") ?? image).getBoundingClientRect();
              const style = getComputedStyle(image);
              const sides = image.shadowRoot ? ["0px"] : [style.borderLeftWidth, style.borderRightWidth, style.paddingLeft, style.paddingRight];
              const around = sides.reduce((sum, side) => sum + parseFloat(side), 0);
              return [width - around, height - around].map(Math.round).join(" ");
            };
            waiting.push(image.decode().then(() => boxes.push([name, before, box(), `${image.width} ${image.height} ${image.naturalWidth} ${image.naturalHeight}`, image.hidden || filled()])));
          }
          await Promise.all(waiting);
          measured.push(boxes.sort().map(([, ...values]) => values));
          document.body.replaceChildren();
        }
        return measured;
      }, LAYOUTS);
      boxes.forEach(([img, kmq], i) => assert.deepEqual(kmq, img, `${path} ${JSON.stringify(LAYOUTS[i])}`));
      await context.close(tab);
    }
  });

  test("pixels, properties and events", async () => {
    for (const [path, name] of [["/modules.html", "mix-alpha.kmq"], ["/one-file.html", "rans-photo.kmq"], ["/modules.html", "rans-300.kmq"]]) {
      const image = decode(read(name));
      const tab = await context.open(path);
      const seen = await tab.run(async (src, decoding) => {
        const image = document.createElement("kmq-img");
        const events = [];
        for (const type of ["load", "error"]) image.addEventListener(type, (event) => events.push(`${type} ${event.bubbles}`));
        const before = [image.complete, image.naturalWidth, image.src];
        image.decoding = decoding;
        image.src = src;
        const during = image.complete;
        await image.decode();
        const canvas = image.shadowRoot.querySelector("canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return { before, during, events, after: [image.complete, image.naturalWidth, image.naturalHeight, image.error], src: image.src, currentSrc: image.currentSrc, data: [...data] };
      }, `files/${name}`, name === "rans-300.kmq" ? "sync" : "auto");
      assert.deepEqual(seen.before, [true, 0, ""]);
      assert.equal(seen.during, false);
      assert.deepEqual(seen.events, ["load false"]);
      assert.deepEqual(seen.after, [true, image.width, image.height, null]);
      assert.equal(seen.src, `${context.server.origin}/files/${name}`);
      assert.equal(seen.currentSrc, seen.src);
      const rgba = toRgba(image);
      for (let i = 3; i < rgba.length; i += 4) assert.equal(seen.data[i], rgba[i]);
      if (!image.alpha) assert.deepEqual(seen.data, [...rgba]);
      await context.close(tab);
    }
  });

  test("errors: the event has the reason, the alternative text is shown, and the next source works", async () => {
    const tab = await context.open("/modules.html");
    const seen = await tab.run(async () => {
      const image = document.body.appendChild(document.createElement("kmq-img"));
      image.alt = "A view of <b>hills</b>";
      const seen = [];
      for (const src of ["/none.kmq", "/broken.kmq", "/text.kmq", "/heavy.kmq", "", "http://[", "/files/rans-16.kmq"]) {
        const done = new Promise((resolve) => (image.onload = image.onerror = resolve));
        const start = performance.now();
        image.src = src;
        const decoded = image.decode().then(() => "decoded", (e) => e.name);
        const event = await done;
        const box = image.getBoundingClientRect();
        seen.push([src, event.type, image.error?.number ?? image.error?.name ?? null, image.error?.message, image.complete, await decoded,
          image.innerText, image.shadowRoot.querySelector("span").textContent, box.width > 0, performance.now() - start < 20_000,
          image.matches(":state(broken)"), image.naturalWidth > 0]);
      }
      return seen;
    });
    const text = "A view of <b>hills</b>";
    assert.deepEqual(seen.map(([src, type, name, , ...rest]) => [src, type, name, ...rest.filter((_, i) => i !== 2)]), [
      ["/none.kmq", "error", "Error", true, "EncodingError", text, true, true, true, false],
      ["/broken.kmq", "error", "R23", true, "EncodingError", text, true, true, true, false],
      ["/text.kmq", "error", "R1", true, "EncodingError", text, true, true, true, false],
      ["/heavy.kmq", "error", "R35", true, "EncodingError", text, true, true, true, false],
      ["", "error", "TypeError", true, "EncodingError", text, true, true, true, false],
      ["http://[", "error", "TypeError", true, "EncodingError", text, true, true, true, false],
      ["/files/rans-16.kmq", "load", null, true, "decoded", text, true, true, false, true],
    ]);
    assert.match(seen[0][3], /HTTP 404/);
    assert.match(seen[3][3], /takes up to \d+ ms.*limits\.work/);
    assert.equal(tab.logged.length, 1);
    tab.logged.length = 0;
    await context.close(tab);
  });

  test("a deadline ends the worker, and a side that no canvas has is an error", async () => {
    const tab = await context.open("/modules.html");
    const messages = await tab.run(async (module) => {
      const { KmqImageElement } = await import(module);
      KmqImageElement.deadline = 20;
      const image = document.createElement("kmq-img");
      const error = async (src) => {
        image.src = src;
        await image.decode().catch(() => {});
        return image.error?.message;
      };
      const late = await error("/vectors/mix-matches-large.kmq");
      KmqImageElement.deadline = 60_000;
      return [late, await error("/wide.kmq"), (await error("/files/rans-16.kmq")) ?? null];
    }, context.MODULES);
    assert.match(messages[0], /within 20 ms/);
    assert.match(messages[1], /65536 x 1 pixels; no browser shows a side above 65535/);
    assert.equal(messages[2], null);
    await context.close(tab);
  });

  test("a new source cancels the one before, which has no event", async () => {
    const tab = await context.open("/modules.html");
    await tab.run(() => {
      const image = document.body.appendChild(document.createElement("kmq-img"));
      const events = [];
      for (const type of ["load", "error"]) image.addEventListener(type, () => events.push(type));
      image.src = "/slow.kmq";
      globalThis.slow = { image, events, first: image.decode().catch((e) => e.name) };
    });
    await until(() => context.slowRequests === 1);
    const seen = await tab.run(async () => {
      const { image, events, first } = globalThis.slow;
      image.src = "/files/rans-16.kmq";
      image.src = "/files/rans-photo.kmq";
      await image.decode();
      const { naturalWidth } = image;
      image.removeAttribute("src");
      await new Promise((done) => setTimeout(done, 50));
      return [await first, events, naturalWidth, image.naturalWidth, image.complete, image.currentSrc];
    });
    assert.deepEqual(seen, ["EncodingError", ["load"], decode(read("rans-photo.kmq")).width, 0, true, ""]);
    assert.equal(context.slowRequests, 1);
    await until(() => context.slowClosed);
    assert.ok(!context.server.served.slice(-3).includes("/files/rans-16.kmq"));
    await context.close(tab);
  });

  test("loading=lazy waits until the image is near the window", async () => {
    const tab = await context.open("/modules.html");
    const seen = await tab.run(async () => {
      const frame = () => new Promise((done) => setTimeout(done, 150));
      const space = document.body.appendChild(document.createElement("div"));
      space.style.height = "9000px";
      const image = document.createElement("kmq-img");
      image.setAttribute("loading", "lazy");
      image.src = "/files/rans-17.kmq";
      document.body.append(image);
      await frame();
      const before = [image.complete, image.loading];
      image.scrollIntoView();
      await image.decode();
      const eager = document.createElement("kmq-img");
      eager.loading = "lazy";
      eager.src = "/files/rans-16.kmq";
      document.body.prepend(document.createElement("p"));
      document.body.firstChild.style.height = "9000px";
      document.body.append(eager);
      scrollTo(0, 0);
      eager.loading = "eager";
      await eager.decode();
      return [...before, image.naturalWidth > 0, eager.naturalWidth > 0];
    });
    assert.deepEqual(seen, [false, "lazy", true, true]);
    await context.close(tab);
  });

  test("decode() is settled for an image that is there, or broken, also where it has just been moved", async () => {
    const tab = await context.open("/modules.html");
    const seen = await tab.run(async () => {
      const image = document.body.appendChild(document.createElement("kmq-img"));
      const decoded = () => Promise.race([
        image.decode().then(() => "decoded", (e) => e.name),
        new Promise((done) => setTimeout(done, 5000, "nothing")),
      ]);
      const seen = [];
      for (const src of ["/files/rans-16.kmq", "/text.kmq"]) {
        image.src = src;
        seen.push(await decoded());
        document.body.append(image);
        seen.push(await decoded());
        image.loading = "eager";
        seen.push(await decoded());
      }
      return seen;
    });
    const each = (what) => [what, what, what];
    assert.deepEqual(seen, [...each("decoded"), ...each("EncodingError")]);
    await context.close(tab);
  });

  test("in another document, an element has its style and the address of that document", async () => {
    const tab = await context.open("/modules.html");
    const seen = await tab.run(async () => {
      const frame = document.body.appendChild(document.createElement("iframe"));
      frame.contentDocument.write('<!doctype html><base href="/files/">');
      frame.contentDocument.close();
      const image = document.createElement("kmq-img");
      image.src = "files/rans-16.kmq";
      document.body.append(image);
      await image.decode();
      const look = () => {
        const style = (element) => image.ownerDocument.defaultView.getComputedStyle(element);
        return [style(image).display, style(image).width, style(image.shadowRoot.querySelector("canvas")).display, image.complete, image.currentSrc];
      };
      const seen = [look()];
      const inert = document.implementation.createHTMLDocument("");
      inert.body.append(image);
      await Promise.resolve();
      seen.push([image.complete, image.error, await image.decode().catch((e) => e.name)]);
      for (const to of [frame.contentDocument, document]) {
        image.setAttribute("src", to === document ? "files/rans-16.kmq" : "rans-16.kmq");
        to.body.append(image);
        await image.decode();
        seen.push(look());
      }
      return seen;
    });
    const look = ["inline-block", `${decode(read("rans-16.kmq")).width}px`, "block", true, `${context.server.origin}/files/rans-16.kmq`];
    assert.deepEqual(seen, [look, [false, null, "EncodingError"], look, look]);
    await context.close(tab);
  });

  test("the base URI, upgrade of elements that were parsed earlier, and what assistive technology is given", async () => {
    const based = await context.open("/base/page.html");
    assert.equal(await based.run(async () => {
      const image = document.querySelector("kmq-img");
      await image.decode();
      return image.src;
    }), `${context.server.origin}/files/rans-16.kmq`);
    await context.close(based);

    const tab = await context.open("/early.html");
    await tab.run(() => document.getElementById("image").decode());
    const node = async () => {
      await tab.call("Accessibility.enable");
      const { nodes } = await tab.call("Accessibility.getFullAXTree");
      return nodes.filter(({ role }) => /^(img|image)$/.test(role?.value)).map(({ role, name }) => [role.value, name?.value]);
    };
    assert.deepEqual(await node(), [["image", "early"]]);
    await tab.run(() => (document.getElementById("image").alt = ""));
    assert.deepEqual(await node(), []);
    await tab.run(() => document.getElementById("image").removeAttribute("alt"));
    assert.equal((await node()).length, 1);
    const styled = await tab.run(() => {
      const image = document.getElementById("image");
      image.style.cssText = "image-rendering: pixelated; object-fit: cover; object-position: 0 0";
      const { imageRendering, objectFit, objectPosition } = getComputedStyle(image.shadowRoot.querySelector("canvas"));
      return [imageRendering, objectFit, objectPosition];
    });
    assert.deepEqual(styled, ["pixelated", "cover", "0px 0px"]);
    await context.close(tab);
  });
}
