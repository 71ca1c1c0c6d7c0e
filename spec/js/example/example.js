// Copy this folder, kmq.min.js and kmq-sw.js from dist, and an image called photo.kmq into one folder.

import { KmqError, decodeInWorker } from "./kmq.min.js";

// <kmq-img> works now. For <img>, backgrounds and <picture>, a service worker converts what they load.
async function useServiceWorker() {
  if (!navigator.serviceWorker) return; // Pages over plain HTTP have none.
  const isFirstVisit = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register("kmq-sw.js");
  if (!isFirstVisit) return;
  await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  // Images that were loaded before it took over are broken.
  for (const image of document.images) if (/\.kmq$/.test(image.src)) image.src = image.src;
}

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
  await Promise.all([useServiceWorker(), draw(document.getElementById("canvas"), "photo.kmq")]);
  status.textContent = "All is shown.";
} catch (e) {
  status.textContent = e instanceof KmqError ? `photo.kmq is damaged (${e.number}).` : e.message;
}
