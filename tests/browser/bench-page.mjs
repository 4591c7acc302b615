// An empty page for measurements, with the files that they load.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

import { launch } from "./browser.mjs";
import { median } from "./gauges.mjs";

const TYPES = { ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** With these a page is isolated from others, and may read a clock of 5 instead of 100 microseconds. */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Serves `files`, a map from paths to where the files are, opens the page and hands it to `use`. */
export async function withPage(files, use) {
  const server = createServer(async (request, response) => {
    const file = files.get(request.url);
    const type = file === undefined ? "text/html" : TYPES[extname(request.url)];
    response.writeHead(200, { "Content-Type": type, ...ISOLATION });
    response.end(file === undefined ? "<!doctype html><title>measurement</title>" : await readFile(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await use(page);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** A file beside this one. */
export const here = (name) => new URL(name, import.meta.url);

/** How many times faster, turn by turn, so that what slows one turn slows both sides of its ratio. */
export const speedup = (times, slower) => median(times.map((time, turn) => slower[turn] / time));
