import type { Limits } from "../index.js";

/** Whether a request is for an image whose name ends with .kmq. */
export function wantsKmq(request: Request): boolean;

/**
 * The answer of the network, as PNG if it is a kmq file: for `respondWith` in a service worker. Of the limits,
 * `work` is 2^29 unless it is given.
 */
export function kmqResponse(request: Request, options?: { limits?: Partial<Limits> }): Promise<Response>;
