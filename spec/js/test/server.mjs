// A server on loopback for folders and texts.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".map": "application/json", ".kmq": "image/x-kmq", ".png": "image/png" };

/**
 * @param folders by the first part of the path
 * @param made texts or buffers by path, or functions of request and response
 * @param headers of every answer
 */
export async function serve(folders, made = {}, headers = {}) {
  const served = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    served.push(path);
    try {
      const [, first, ...rest] = path.split("/");
      let body = made[path];
      if (typeof body === "function") {
        await body(request, response);
        return;
      }
      body ??= await readFile(join(folders[first] ?? "/nothing", normalize(`/${rest.join("/")}`)));
      response.writeHead(200, { "Content-Type": TYPES[extname(path) || ".html"] ?? "application/octet-stream", ...headers });
      response.end(body);
    } catch {
      response.writeHead(404, headers).end("not found");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    served,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
