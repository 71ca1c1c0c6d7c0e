// What TypeScript must accept in React, and after @ts-expect-error must not.

import type { RefObject } from "react";
import type { KmqImageElement } from "kmq/element";
import type {} from "kmq/react";

export function Photo({ src, shown }: { src: string; shown: RefObject<KmqImageElement | null> }) {
  const failed = (event: ErrorEvent) => console.log(event.message);
  return (
    <div>
      <kmq-img key="a" ref={shown} className="photo" src={src} alt="A lake" width={300} height="200" loading="lazy" onload={() => shown.current?.naturalWidth} onerror={failed} />
      {/* @ts-expect-error: React does not call it for custom elements */}
      <kmq-img src={src} alt="" onLoad={() => {}} />
      {/* @ts-expect-error: not one of its values */}
      <kmq-img src={src} alt="" loading="later" />
    </div>
  );
}
