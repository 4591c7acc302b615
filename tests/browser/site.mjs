// Serves the built site as a plain file server would: under some path of a shared host, with no headers of its own.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { createGzip } from "node:zlib";

export const DIST = process.env.ESSAY_DIST ?? new URL("../../dist", import.meta.url).pathname;

/** Where the essay stands on its host: any path must do. */
export const BASE = "/some/course/essay/";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".data": "application/octet-stream",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * Starts a server on a free port.
 *
 * `pages` maps paths outside of the essay to HTML, for pages that embed it. `gzip` compresses what it sends, as
 * hosts do: only measurements of speed need that.
 */
export async function serve({ pages = new Map(), gzip = false } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    if (pages.has(path)) {
      response.writeHead(200, { "Content-Type": TYPES[".html"] }).end(pages.get(path));
      return;
    }
    const name = normalize(path.slice(BASE.length));
    const file = join(DIST, path.endsWith("/") ? join(name, "index.html") : name);
    const known = path.startsWith(BASE) && !name.startsWith("..") && (await stat(file).catch(() => null))?.isFile();
    if (!known) {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("no such file");
      return;
    }
    const type = { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" };
    if (gzip && extname(file) !== ".woff2") {
      response.writeHead(200, { ...type, "Content-Encoding": "gzip" });
      createReadStream(file).pipe(createGzip()).pipe(response);
    } else {
      response.writeHead(200, type);
      createReadStream(file).pipe(response);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    port,
    pages,
    origin: `http://127.0.0.1:${port}`,
    /** Address of a page of the essay, such as `en/index.html?theme=dark`. */
    address: (page) => `http://127.0.0.1:${port}${BASE}${page}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
