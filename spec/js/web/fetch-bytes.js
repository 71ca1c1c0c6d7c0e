// The file of an element, as <img> would request it.

/** No kmq file within the limits of a page is larger. */
const MAX_BYTES = 2 ** 28;

// Attributes with other values count as missing.
const REFERRER_POLICIES = ["no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin",
  "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url"];
const PRIORITIES = ["high", "low"];

export async function fetchBytes(url, { crossOrigin, referrerPolicy, fetchPriority }, signal) {
  const response = await fetch(url, {
    signal,
    credentials: crossOrigin === "use-credentials" ? "include" : "same-origin",
    referrerPolicy: REFERRER_POLICIES.includes(referrerPolicy) ? referrerPolicy : "",
    priority: PRIORITIES.includes(fetchPriority) ? fetchPriority : "auto",
  });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  const parts = [];
  let length = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MAX_BYTES) {
      await reader.cancel();
      throw new RangeError(`${url}: more than ${MAX_BYTES} bytes`);
    }
    parts.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
