// Copy this folder, kmq.min.js and kmq-sw.js from dist, and an image called photo.kmq into one folder.

import { KmqError, decodeInWorker, registerServiceWorker } from "./kmq.min.js";

async function draw(canvas, url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  const image = await decodeInWorker(await response.arrayBuffer(), { deadline: 5000 });
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").putImageData(image.toImageData(), 0, 0);
}

const status = document.getElementById("status");
try {
  // <kmq-img> works now. For <img>, backgrounds and <picture>, a service worker converts what they load.
  await Promise.all([registerServiceWorker("kmq-sw.js"), draw(document.getElementById("canvas"), "photo.kmq")]);
  status.textContent = "All is shown.";
} catch (e) {
  status.textContent = e instanceof KmqError ? `photo.kmq is damaged (${e.number}).` : e.message;
}
