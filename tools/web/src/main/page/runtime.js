// What the codec's WebAssembly module imports. The compiler's own runtime makes functions from
// text, which strict content security policies forbid. This one has just what the module needs;
// it cannot be instantiated if a later compiler asks for more.

const BUILTINS = { builtins: ["js-string"] };

/** Four bytes of signature, four of version. */
const HEADER = [0, 97, 115, 109, 1, 0, 0, 0];

/** A module with a structure, which is valid where there is garbage collection. */
const STRUCTURE = [...HEADER, 1, 3, 1, 95, 0];

/** A module whose only import is a builtin function on strings. */
const STRING_BUILTIN = [
  ...HEADER, 1, 7, 1, 96, 1, 127, 1, 100, 111, 2, 31, 1,
  14, ...bytesOf("wasm:js-string"), 12, ...bytesOf("fromCharCode"), 0, 0,
];

function bytesOf(text) {
  return [...text].map((c) => c.charCodeAt(0));
}

/** Whether there is WebAssembly with garbage collection. */
export function isSupported() {
  return typeof WebAssembly === "object" && WebAssembly.validate(new Uint8Array(STRUCTURE));
}

/** Whether the engine has the functions on strings itself. */
function hasStringBuiltins() {
  try {
    const module = new WebAssembly.Module(new Uint8Array(STRING_BUILTIN), BUILTINS);
    return new WebAssembly.Instance(module, {}) !== null;
  } catch {
    return false;
  }
}

/** Compiles the bytes of the module. */
export function compile(bytes) {
  return WebAssembly.compile(bytes, BUILTINS);
}

/** Instantiates the module; resolves to its functions. */
export async function instantiate(module) {
  let exports = null;
  const memory = linearMemory(module);
  const imports = {
    ...memory,
    teavmMath: Math,
    teavmDate: { currentTimeMillis: () => Date.now() },
    teavm: { takeStackTrace: () => ({ getStack: () => [] }), decorateException() {} },
    teavmJso: bridge(() => exports),
    "wasm:js-string": {
      fromCharCode: (code) => String.fromCharCode(code),
      fromCharCodeArray: () => unsupported("fromCharCodeArray"),
      intoCharCodeArray: () => unsupported("intoCharCodeArray"),
      concat: (a, b) => a + b,
      charCodeAt: (text, at) => text.charCodeAt(at),
      length: (text) => text.length,
      substring: (text, from, to) => text.substring(from, to),
    },
  };
  const instance = await WebAssembly.instantiate(module, imports);
  exports = instance.exports;
  const functions = {};
  for (const [name, value] of Object.entries(exports)) {
    if (value instanceof WebAssembly.Global) {
      functions[name] = value.value;
    }
  }
  return functions;
}

function unsupported(what) {
  throw new Error(`The codec's module asks for ${what}, which its runtime does not have.`);
}

/** Memory through which arrays are copied. */
function linearMemory(module) {
  const sections = WebAssembly.Module.customSections(module, "teavm.memoryRequirements");
  const needs = JSON.parse(new TextDecoder().decode(sections[0]));
  const most = 2 ** 31 - 1;
  const memory = new WebAssembly.Memory({ initial: needs.min, maximum: 2 ** 15 });
  const constant = (value) => new WebAssembly.Global({ value: "i32", mutable: false }, value);
  return {
    env: { memory },
    teavmMemory: {
      linearMemory: () => memory.buffer,
      notifyHeapResized() {},
      heapOffset: constant(Math.ceil(needs.dataSize / 256) * 256),
      maxSize: constant(most),
    },
  };
}

/** How the module uses objects of JavaScript; `exports` is known once it is instantiated. */
function bridge(exports) {
  const wrappers = new WeakMap();
  const lookUp = (instance, name) => (instance === null ? globalThis : instance)[name];
  const same = (value) => value;
  const functions = {
    stringBuiltinsSupported: hasStringBuiltins,
    isUndefined: (value) => value === undefined,
    global: (name) => globalThis[name],
    getProperty: lookUp,
    instanceOf: (value, type) => value instanceof type,
    sameRef: (a, b) => a === b,
    hashCode: () => 0,
    unwrapBoolean: (value) => (value ? 1 : 0),
    functionAsObject: (call, name) => call && { [name]: call },
    createClass: () => class {},
    defineStaticMethod() {},
    defineFunction: (call) => (...values) => {
      try {
        return call(...values);
      } catch (e) {
        throw asError(e, exports());
      }
    },
    wrapObject(value) {
      const known = wrappers.get(value)?.deref();
      if (value === null || known !== undefined) {
        return value && known;
      }
      const wrapper = exports()["teavm.jso.createWrapper"](value);
      wrappers.set(value, new WeakRef(wrapper));
      return wrapper;
    },
    unwrapJavaObject: () => unsupported("unwrapJavaObject"),
    javaObjectToJS: () => unsupported("javaObjectToJS"),
  };
  for (const type of ["Byte", "Short", "Char", "Int", "Long", "Float", "Double"]) {
    functions[`wrap${type}`] = same;
    functions[`unwrap${type}`] = same;
  }
  for (let n = 0; n < 4; n++) {
    functions[`createFunction${n}`] = known;
    functions[`callFunction${n}`] = (call, ...values) => call(...values);
    functions[`callMethod${n}`] = (instance, name, ...values) =>
      instance === null ? globalThis[name](...values) : instance[name](...values);
    functions[`construct${n}`] = (type, ...values) => new type(...values);
  }
  return functions;
}

/** The function of a text, after the names of its parameters. */
function known(...texts) {
  const body = texts.pop();
  if (texts.length === 1 && body === `return ${texts[0]};`) {
    return (value) => value;
  }
  if (body === "return navigator.hardwareConcurrency;") {
    return () => globalThis.navigator?.hardwareConcurrency ?? 1;
  }
  return unsupported(`the function '${body}'`);
}

/** A Java exception that nobody caught, which is a fault of the codec. */
function asError(e, exports) {
  if (!(e instanceof WebAssembly.Exception) || !e.is(exports["teavm.javaException"])) {
    return e;
  }
  const message = exports["teavm.exceptionMessage"](e.getArg(exports["teavm.javaException"], 0));
  return new Error(message === null ? "no message" : exports["teavm.stringToJs"](message));
}
