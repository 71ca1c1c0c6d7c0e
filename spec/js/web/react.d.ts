import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { KmqImageElement } from "./element.js";

/** `<kmq-img>` in JSX: `import type {} from "kmq/react"`. React 19 calls `onload` and `onerror` of custom elements, but not `onLoad` and `onError`. */
export interface KmqImageAttributes extends Omit<HTMLAttributes<KmqImageElement>, "onLoad" | "onError"> {
  src?: string;
  alt?: string;
  width?: number | string;
  height?: number | string;
  loading?: "lazy" | "eager";
  decoding?: "sync" | "async" | "auto";
  crossOrigin?: "" | "anonymous" | "use-credentials";
  referrerPolicy?: string;
  fetchPriority?: "high" | "low" | "auto";
  onload?: (event: Event) => void;
  onerror?: (event: ErrorEvent) => void;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "kmq-img": DetailedHTMLProps<KmqImageAttributes, KmqImageElement>;
    }
  }
}
