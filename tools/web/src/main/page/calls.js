// The codec's functions with values of JavaScript: what the worker runs.

/** Methods that are not offered in JavaScript, with the reason; calls with them work all the same. */
const SLOW = {
  mix: "In JavaScript, mix takes about 8 seconds a megapixel, 20 times as long as in WebAssembly.",
};

/** Loads the codec: "wasm", "js", or "auto" for the first one that works. */
export async function load(target, module) {
  if (target !== "js") {
    const runtime = await import("./runtime.js");
    if (target === "wasm" || runtime.isSupported()) {
      try {
        const compiled = module ?? (await runtime.compile(await bytes("codec/codec.wasm")));
        return { target: "wasm", module: compiled, codec: await runtime.instantiate(compiled) };
      } catch (e) {
        if (target === "wasm") {
          throw e;
        }
        console.warn("The WebAssembly module does not work here; JavaScript takes its place.", e);
      }
    }
  }
  return { target: "js", module: null, codec: await import("./codec/codec.js") };
}

async function bytes(path) {
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) {
    throw new Error(`${path} cannot be loaded: ${response.status} ${response.statusText}`);
  }
  return response.arrayBuffer();
}

/** A failure that is the user's or the file's. */
class Failure extends Error {
  constructor(failure) {
    super(failure.message);
    Object.assign(this, failure);
  }
}

/** ARGB integers as bytes of RGBA. */
function toRgba(argb) {
  const rgba = new Uint8ClampedArray(4 * argb.length);
  const words = new Uint32Array(rgba.buffer);
  for (let i = 0; i < argb.length; i++) {
    const p = argb[i];
    words[i] = (p & 0xff00ff00) | ((p >>> 16) & 0xff) | ((p & 0xff) << 16);
  }
  return rgba;
}

/** Bytes of RGBA as ARGB integers. */
function toArgb(rgba) {
  const argb = new Int32Array(rgba.length / 4);
  for (let i = 0; i < argb.length; i++) {
    const at = 4 * i;
    argb[i] = (rgba[at + 3] << 24) | (rgba[at] << 16) | (rgba[at + 1] << 8) | rgba[at + 2];
  }
  return argb;
}

const entries = (argb) => new Uint8Array(toRgba(argb).buffer);
const counts = (array) => new Uint32Array(array.buffer, array.byteOffset, array.length);
const measured = (answer) => ({ ...answer, psnr: answer.mse === 0 ? Infinity : answer.psnr });

/** The calls of one codec; those that take long get a function for their progress. */
export class Calls {
  #codec;
  #target;

  constructor({ codec, target }) {
    this.#codec = codec;
    this.#target = target;
  }

  /** What this codec can do, and the options with their names. */
  describe() {
    const options = JSON.parse(this.#codec.options());
    const methods = options.methods.map(({ value }) => value).filter((v) => v !== "auto");
    const slow = this.#target === "js" ? SLOW : {};
    return {
      options,
      capabilities: {
        encodes: methods.filter((method) => !(method in slow)),
        reasons: slow,
        ssimulacra2: true,
      },
    };
  }

  openFile({ bytes }) {
    return this.#opened(this.#codec.openFile(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)));
  }

  openPixels({ width, height, rgba }) {
    return this.#opened(this.#codec.openPixels(width, height, toArgb(rgba)));
  }

  quantize(options, onProgress) {
    const answer = this.#answer(
      this.#codec.quantize(
        options.colors,
        options.metric ?? null,
        options.dither ?? null,
        options.effort ?? null,
        Int32Array.from(options.keep ?? []),
        toArgb(options.palette ?? []),
        options.ssimulacra2 ?? true,
        onProgress,
      ),
    );
    return {
      ...measured(answer),
      palette: entries(this.#codec.resultPalette()),
      counts: counts(this.#codec.resultCounts()),
      rgba: toRgba(this.#codec.resultPixels()),
    };
  }

  encodeKmq({ method }, onProgress) {
    this.#answer(this.#codec.encodeKmq(method, onProgress));
    return { bytes: this.#file() };
  }

  measure({ rgba }) {
    return measured(this.#answer(this.#codec.measure(toArgb(rgba))));
  }

  encodePng() {
    this.#answer(this.#codec.encodePng());
    return { bytes: this.#file() };
  }

  sizes({ methods }, onProgress) {
    const sizes = {};
    methods.forEach((method, i) => {
      const part = (done) => onProgress((i + done) / methods.length);
      sizes[method] = this.#answer(this.#codec.encodeKmq(method, part)).bytes;
      this.#codec.file();
    });
    return sizes;
  }

  point(options, onProgress) {
    const start = performance.now();
    const answer = this.#answer(
      this.#codec.point(
        options.colors,
        options.metric ?? null,
        options.dither ?? null,
        options.effort ?? null,
        Int32Array.from(options.keep ?? []),
        options.method,
        options.ssimulacra2 ?? true,
        onProgress,
      ),
    );
    return { ...measured(answer), milliseconds: performance.now() - start };
  }

  #opened(json) {
    return { ...this.#answer(json), rgba: toRgba(this.#codec.imagePixels()) };
  }

  #file() {
    const file = this.#codec.file();
    return new Uint8Array(file.buffer, file.byteOffset, file.length);
  }

  #answer(json) {
    const answer = JSON.parse(json);
    if (answer.failure) {
      throw new Failure(answer.failure);
    }
    return answer;
  }
}
