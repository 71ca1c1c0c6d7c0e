// What TypeScript must accept, and after @ts-expect-error must not.

import { DEFAULT_LIMITS, KmqError, decode, decodeInWorker, palettes, setWorkerUrl, toPng, toRgba, type KmqImage } from "kmq";
import { KmqImageElement } from "kmq/element";
import { kmqResponse, wantsKmq } from "kmq/response";
import { registerServiceWorker } from "kmq/register";
import * as oneFile from "kmq/min";

const bytes = new Uint8Array(0);
const image: KmqImage = decode(bytes, { limits: { work: 2 * DEFAULT_LIMITS.work }, whole: false });
const tiles: boolean[] = decode(bytes, { salvage: true }).intact;
const pixels: ImageData = image.toImageData();
const again = new ImageData(toRgba(image), image.width, image.height);
const night = toRgba({ ...image, palette: palettes(image).get("night") ?? image.palette });

export async function all(signal: AbortSignal): Promise<Blob> {
  const other: KmqImage = await decodeInWorker(await new Blob().arrayBuffer(), { signal, deadline: 100, transfer: true });
  const fault: KmqError | null = (await decodeInWorker(bytes, { salvage: true })).fault;
  const element: KmqImageElement = document.createElement("kmq-img");
  element.src = "a.kmq";
  element.loading = "lazy";
  await element.decode();
  if (element.error instanceof KmqError) console.log(element.error.number, element.naturalWidth, fault);
  KmqImageElement.limits = { work: 1 };
  const request = new Request("a.kmq");
  const response: Response | null = wantsKmq(request) ? await kmqResponse(request, { limits: { pixels: 1 } }) : null;
  const scope: string | undefined = (await registerServiceWorker("/kmq-sw.js", { scope: "/" }))?.scope;
  console.log(scope, tiles, pixels, again, night, response, oneFile.decode(bytes).colors);
  return new Blob([await toPng(other)]);
}

setWorkerUrl("/kmq-worker.js");
setWorkerUrl(new URL("kmq-worker.js", document.baseURI));
setWorkerUrl(null);

// @ts-expect-error: a file is bytes
decode("a.kmq");
// @ts-expect-error: no such limit
decode(bytes, { limits: { pixel: 1 } });
// @ts-expect-error: only with salvage
console.log(image.intact);
// @ts-expect-error: not one of its values
document.createElement("kmq-img").loading = "later";
