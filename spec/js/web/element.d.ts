import type { KmqError, Limits } from "../index.js";

/** `<kmq-img>`, an image element for kmq files. Its attributes, properties and events are those of `<img>`. */
export class KmqImageElement extends HTMLElement {
  /** Limits of all elements; those not named have their default */
  static limits: Partial<Limits>;
  /** Milliseconds that a worker may take for an image; 10000 unless set */
  static deadline: number;

  src: string;
  alt: string;
  loading: "lazy" | "eager";
  /** "sync" decodes small images in the page, without a worker */
  decoding: "sync" | "async" | "auto";
  crossOrigin: string | null;
  referrerPolicy: string;
  fetchPriority: "high" | "low" | "auto";
  width: number;
  height: number;
  readonly naturalWidth: number;
  readonly naturalHeight: number;
  readonly complete: boolean;
  readonly currentSrc: string;
  /** Why there is no image */
  readonly error: KmqError | Error | null;

  /** Resolves when the image is there. */
  decode(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "kmq-img": KmqImageElement;
  }
}
