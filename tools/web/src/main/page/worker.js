// The codec in a worker, which runs one call at a time. Messages to it: first { target, module },
// then { id, name, options }. Messages from it: { ready } or { failure }, then { id, done },
// { id, result } and { id, failure }.

import { Calls, load } from "./calls.js";

let calls = null;

self.onmessage = async ({ data }) => {
  if (calls === null) {
    calls = start(data);
    return;
  }
  const codec = await calls;
  if (codec === null) {
    return;
  }
  const { id, name, options } = data;
  try {
    const result = codec[name](options, (done) => self.postMessage({ id, done }));
    self.postMessage({ id, result }, buffers(result));
  } catch (e) {
    self.postMessage({ id, failure: plain(e) });
  }
};

async function start({ target, module }) {
  try {
    const loaded = await load(target, module);
    const codec = new Calls(loaded);
    self.postMessage({
      ready: { target: loaded.target, module: loaded.module, ...codec.describe() },
    });
    return codec;
  } catch (e) {
    self.postMessage({ failure: plain(e) });
    return null;
  }
}

/** What is left of an error in a message. */
function plain(e) {
  const { message, kind, what, reason } = e;
  if (kind !== undefined) {
    return { message, kind, what, reason };
  }
  const memory = e instanceof RangeError || /out of memory|allocation/i.test(message);
  return memory
    ? { message: "The image is too large for the memory of this page.", kind: "too large" }
    : { message: `The codec failed: ${message}`, kind: "damaged" };
}

/** The memory of arrays in a result, which moves to the page. */
function buffers(result) {
  const found = new Set();
  for (const value of Object.values(result)) {
    if (ArrayBuffer.isView(value)) {
      found.add(value.buffer);
    }
  }
  return [...found];
}
