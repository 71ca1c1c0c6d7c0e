/** Limits on what a file may ask for, by section 9 of the specification. */
export interface Limits {
  /** Width times height */
  pixels: number;
  /** Bytes of indices and working memory */
  rasterBytes: number;
  tiles: number;
  /** Bytes of all chunks */
  chunkBytes: number;
  chunks: number;
  /** Pixels times the cost of the method: 1 packed, 4 deflate, 20 rans, 400 or 700 mix. At most 3 ns each. */
  work: number;
}

/** The defaults: for pages. */
export const DEFAULT_LIMITS: Readonly<Limits>;

/** The defaults of the specification: for programs that may take a gigabyte and minutes for an image. */
export const FORMAT_LIMITS: Readonly<Limits>;

/** A file that breaks a rule of the format or exceeds a limit. */
export class KmqError extends Error {
  constructor(reason: string, text: string, offset: number);
  readonly name: "KmqError";
  /** Such as "HEADER_CRC" */
  readonly reason: string;
  /** The number of the reason in section 10 of the specification, such as "R13" */
  readonly number: string;
  /** Offset of the field at fault */
  readonly offset: number;
}

export interface Chunk {
  /** Such as "iCCP" or "tEXt" */
  type: string;
  data: Uint8Array;
}

/** What an image shows: all that `toRgba` needs. */
export interface Colors {
  /** One for each pixel, row by row */
  indices: Uint8Array | Uint16Array;
  /** Red, green, blue, alpha (straight) of each entry */
  palette: Uint8Array;
}

export interface KmqImage extends Colors {
  width: number;
  height: number;
  /** The number of palette entries */
  colors: number;
  method: "packed" | "deflate" | "rans" | "mix";
  /** Whether the file stores alpha */
  alpha: boolean;
  /** "icc": as in the chunk iCCP, which is not applied */
  colorSpace: "srgb" | "icc";
  chunks: Chunk[];
  /** Bytes that the image takes from the beginning of the file */
  byteLength: number;
  /** The pixels, in browsers */
  toImageData(): ImageData;
}

export interface SalvagedImage extends KmqImage {
  /** For each tile whether it could be decoded; pixels of the others have index 0 */
  intact: boolean[];
  /** The first fault of the file */
  fault: KmqError | null;
}

export interface DecodeOptions {
  limits?: Partial<Limits>;
  /** Refuse bytes after the image; true unless given */
  whole?: boolean;
  /** Return an image even if tiles are damaged or missing; false unless given */
  salvage?: boolean;
}

/** Decodes an image synchronously; for pages, see `decodeInWorker`. */
export function decode(bytes: Uint8Array | ArrayBuffer, options: DecodeOptions & { salvage: true }): SalvagedImage;
export function decode(bytes: Uint8Array | ArrayBuffer, options?: DecodeOptions): KmqImage;

export interface WorkerOptions extends DecodeOptions {
  /** Ends the worker that decodes the image */
  signal?: AbortSignal;
  /** Milliseconds that the worker may take; a RangeError afterwards */
  deadline?: number;
  /** Transfer the buffer of the bytes instead of copying them; false unless given */
  transfer?: boolean;
  /** Let the worker compute the pixels for `toImageData` as well; false unless given */
  withRgba?: boolean;
}

/** Decodes an image in a worker. */
export function decodeInWorker(
  bytes: Uint8Array | ArrayBuffer,
  options: WorkerOptions & { salvage: true },
): Promise<SalvagedImage>;
export function decodeInWorker(bytes: Uint8Array | ArrayBuffer, options?: WorkerOptions): Promise<KmqImage>;

/**
 * Takes the script of workers from another address, that of a copy of `dist/kmq-worker.js`, for `decodeInWorker` and
 * `<kmq-img>`: where a bundler does not find the worker, or the page has another origin than its scripts. Relative
 * addresses begin at the document, in Node at the current folder. Workers that run go on; null restores the default.
 */
export function setWorkerUrl(url: string | URL | null): void;

/** The pixels as red, green, blue, alpha (straight). */
export function toRgba(image: Colors): Uint8ClampedArray<ArrayBuffer>;

/** The alternative palettes of the file by name, to take the place of `palette`. */
export function palettes(image: Pick<KmqImage, "chunks" | "colors">): Map<string, Uint8Array>;

/** A PNG of the image, indexed for up to 256 colours, with the profile and the resolution of the file. */
export function toPng(image: Omit<KmqImage, "toImageData">): Promise<Uint8Array<ArrayBuffer>>;
