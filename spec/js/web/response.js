// Answers requests for kmq files with PNG, in a service worker.

import { decode } from "../kmq.js";
import { toPng } from "./png.js";

const SIGNATURE = [0xcb, 0x4b, 0x4d, 0x51];
/** What stays true of the image in another format */
const KEPT = ["Age", "Cache-Control", "Date", "Expires", "Last-Modified", "Timing-Allow-Origin", "Vary"];

/** A service worker answers nothing else while it decodes: a second or so, instead of six. */
const SERVICE_WORKER_WORK = 2 ** 29;

/** Whether a request is for an image whose name ends with .kmq. */
export function wantsKmq({ destination, url }) {
  return destination === "image" && /\.kmq$/i.test(new URL(url).pathname);
}

/**
 * The answer of the network as PNG. Another answer than a kmq file, such as an error or one from another
 * origin without CORS, is passed on as it is. A file that is damaged or exceeds a limit is answered by status
 * 422 with the reason as text; the browser shows a broken image, and the console has the reason, too.
 */
export async function kmqResponse(request, { limits } = {}) {
  const response = await fetch(request);
  if (!response.ok || response.type === "opaque") return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const as = (body, type) => new Response(body, { headers: headersOf(response, type) });
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) return as(bytes, response.headers.get("Content-Type"));
  try {
    return as(await toPng(decode(bytes, { limits: { work: SERVICE_WORKER_WORK, ...limits } })), "image/png");
  } catch (e) {
    const text = `${e.number ? `${e.number}, ` : ""}${e.message}`;
    console.error(`${request.url}: ${text}`);
    const headers = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
    return new Response(text, { status: 422, statusText: "Unprocessable Content", headers });
  }
}

function headersOf(response, type) {
  const headers = new Headers();
  if (type !== null) headers.set("Content-Type", type);
  for (const name of KEPT) if (response.headers.has(name)) headers.set(name, response.headers.get(name));
  return headers;
}
