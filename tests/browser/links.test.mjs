// Every address in every built page leads to something that is there.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { DIST } from "./site.mjs";

const files = (await readdir(DIST, { recursive: true })).map((file) => file.replaceAll("\\", "/"));
const pages = new Map();
for (const file of files.filter((name) => name.endsWith(".html"))) {
  pages.set(file, await readFile(join(DIST, file), "utf8"));
}

const attributes = (html, names) =>
  [...html.matchAll(new RegExp(`\\s(?:${names})="([^"]*)"`, "g"))].map(([, value]) => value.replaceAll("&amp;", "&"));
const ids = new Map([...pages].map(([file, html]) => [file, attributes(html, "id")]));

/** File and fragment that a relative address in a page means. */
function target(page, address) {
  const [path, fragment = ""] = address.split("#");
  const [name] = path.split("?");
  const file = name === "" ? page : normalize(join(dirname(page), name)).replaceAll("\\", "/");
  return { file: file === "." || file.endsWith("/") ? join(file, "index.html") : file, fragment: decodeURIComponent(fragment) };
}

test("the site has the pages of its contract", () => {
  for (const page of ["index.html", "en/index.html", "embed/scaling-law.html", "en/embed/scaling-law.html", "404.html"]) {
    assert.ok(pages.has(page), page);
  }
});

for (const [page, html] of pages) {
  test(`${page}: every address that it names exists`, () => {
    const relative = attributes(html, "href|src|data-js|data-wasm|data-source|data-other|data-essay|data-offline").filter(
      (address) => !/^[a-z]+:/.test(address),
    );
    assert.ok(relative.length > 5);
    const broken = relative.filter((address) => {
      const { file, fragment } = target(page, address);
      if (!files.includes(file)) return true;
      return fragment !== "" && pages.has(file) && fragment !== "top" && !ids.get(file).includes(fragment);
    });
    assert.deepEqual(broken, []);
    assert.deepEqual(relative.filter((address) => address.startsWith("/")), [], "addresses that bind the site to a path");
  });

  test(`${page}: no id stands twice`, () => {
    const own = ids.get(page);
    assert.deepEqual(own.filter((id, index) => own.indexOf(id) !== index), []);
  });

  test(`${page}: links to other sites are encrypted`, () => {
    assert.deepEqual(attributes(html, "href|src").filter((address) => address.startsWith("http:")), []);
  });
}

for (const page of ["index.html", "en/index.html"]) {
  test(`${page}: every work in the list is cited, and leads back to each citation`, () => {
    const html = pages.get(page);
    const list = html.slice(html.indexOf("references__list"));
    const works = [...list.matchAll(/<li id="ref-([^"]+)"/g)].map(([, key]) => key);
    assert.ok(works.length >= 10);
    for (const work of works) {
      const cited = ids.get(page).filter((id) => new RegExp(`^cite-${work}-\\d+$`).test(id));
      const back = attributes(list, "href").filter((href) => href.startsWith(`#cite-${work}-`)).map((href) => href.slice(1));
      assert.ok(cited.length > 0, `${work} is cited`);
      assert.deepEqual(back, cited, `${work} leads back to its citations`);
    }
  });

  test(`${page}: both languages have the same blocks, sections and figures`, () => {
    const shared = (own) => ids.get(own).filter((id) => /^(b\d+|sec-|fig-|note-)/.test(id));
    assert.deepEqual(shared("index.html"), shared("en/index.html"));
  });
}
