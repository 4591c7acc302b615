// What breaks stays small: the text remains, and the reader is told in one line what does not work.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  EMBEDS,
  FIGURE,
  LANGUAGES,
  PAGES,
  WORDS,
  button,
  open,
  openAwake,
  programRuns,
  site,
  wakeFigure,
} from "./reader.mjs";

const stopped = (page) => page.locator("html[data-figures=stopped]").waitFor();

/** The text is there, one line says what stopped, and no control pretends to work. */
async function assertReadable(page) {
  const shown = await page.evaluate((figure) => {
    const visible = (selector) =>
      [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility({ visibilityProperty: true }));
    return {
      paragraphs: visible("main p[data-block]").length,
      notices: visible(".notice").map((notice) => notice.className),
      picture: visible(`${figure} svg`).length,
      caption: visible(`${figure} figcaption`).length,
      controls: visible(`${figure} :is(button, input), [data-theme-button]`).length,
    };
  }, FIGURE);
  assert.ok(shown.paragraphs >= 20, `${shown.paragraphs} paragraphs`);
  assert.deepEqual(shown.notices, ["notice notice--stopped"]);
  assert.equal(shown.caption, 1);
  return shown;
}

const WAYS = {
  "its module cannot be fetched": (page) => page.route("**/*.wasm", (route) => route.abort()),
  "its module is damaged": (page) =>
    page.route("**/*.wasm", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.body()).subarray(0, 50_000) });
    }),
  "its module is missing": (page) => page.route("**/*.wasm", (route) => route.fulfill({ status: 404, body: "gone" })),
  "its script cannot be fetched": (page) => page.route(/essay-[0-9a-f]+\.js$/, (route) => route.abort()),
  "the browser knows no WebAssembly": (page) => page.addInitScript(() => delete globalThis.WebAssembly),
};

for (const [way, before] of Object.entries(WAYS)) {
  test(`when ${way}, the text and the still picture stay and the reader is told`, async (t) => {
    const page = await open(t, PAGES.zh, { before });
    await stopped(page);
    const { picture, controls } = await assertReadable(page);
    assert.equal(picture, 1, "the still picture");
    assert.equal(controls, 0, "no dead controls");
    // What the page does without the program: notes open as the targets of their marks.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator(".note-mark").first().click();
    await page.locator(".note").first().waitFor({ state: "visible" });
  });
}

for (const language of LANGUAGES) {
  test(`${language}: when a figure panics while it wakes, the text stays and the reader is told where he reads`, async (t) => {
    const page = await open(t, PAGES[language], {
      before: (own) =>
        own.addInitScript(() => {
          const create = Document.prototype.createElement;
          Document.prototype.createElement = function (name, ...rest) {
            if (name === "canvas") throw new Error("no canvas in this test");
            return create.call(this, name, ...rest);
          };
        }),
    });
    // Not `programRuns` first: on a fast machine the figure is near at once and wakes before anyone could look.
    await page.locator(FIGURE).scrollIntoViewIfNeeded();
    await stopped(page);
    await assertReadable(page);
    const box = await page.locator(".notice--stopped").boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= page.viewportSize().height, `the line is in view: ${JSON.stringify(box)}`);
  });
}

test("when a figure panics while it is used, the text stays and the reader is told", async (t) => {
  const page = await openAwake(t, PAGES.en);
  await page.evaluate(() => {
    Document.prototype.createElement = () => {
      throw new Error("nothing can be made in this test");
    };
  });
  await button(page, WORDS.en.data).click();
  await stopped(page);
  const { controls } = await assertReadable(page);
  assert.equal(controls, 0, "what no longer works is hidden");
  await page.locator(".notice--stopped a").click();
  await programRuns(page);
  await wakeFigure(page);
});

const DATA_FAULTS = {
  missing: (route) => route.fulfill({ status: 404, body: "no such file" }),
  unreachable: (route) => route.abort(),
  empty: (route) => route.fulfill({ status: 200, body: Buffer.alloc(0) }),
  damaged: (route) => route.fulfill({ status: 200, body: Buffer.alloc(5000, 0xff) }),
  "cut short": async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 900) });
  },
  "a page of the host": (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>Not found</title>" }),
};

for (const [fault, answer] of Object.entries(DATA_FAULTS)) {
  test(`when the figure's data are ${fault}, the figure says so and wakes on a second try`, async (t) => {
    const page = await open(t, EMBEDS.en, { before: (own) => own.route("**/*.data", answer) });
    await programRuns(page);
    const figure = page.locator(FIGURE);
    await figure.scrollIntoViewIfNeeded();
    const notice = figure.locator(".failure[role=alert]");
    await notice.waitFor();
    assert.equal(await figure.getAttribute("data-state"), "failed");
    assert.equal(await figure.locator("svg:visible").count(), 1, "the still picture stays");
    assert.equal(await page.locator("html").getAttribute("data-figures"), "ready", "the page goes on");
    // The first notice stands until the second try has failed too: wait for another one.
    await notice.evaluate((element) => element.setAttribute("data-first", ""));
    await button(page, WORDS.en.retry).click();
    await figure.locator(".failure[role=alert]:not([data-first])").waitFor();
    assert.equal(await figure.locator(".failure").count(), 1, "a second failure does not pile up");
    await page.unroute("**/*.data");
    await button(page, WORDS.en.retry).click();
    await wakeFigure(page);
    assert.equal(await figure.locator(".failure").count(), 0);
  });
}

test("when the figure's part of the program is missing, the figure says so and wakes on a second try", async (t) => {
  const gone = (route) => route.fulfill({ status: 404, body: "gone" });
  const page = await open(t, EMBEDS.en, { before: (own) => own.route("**/parts/**/*.wasm", gone) });
  await programRuns(page);
  const notice = page.locator(`${FIGURE} .failure[role=alert]`);
  await notice.waitFor();
  assert.equal(await page.locator(`${FIGURE} svg:visible`).count(), 1, "the still picture stays");
  assert.equal(await page.locator("html").getAttribute("data-figures"), "ready", "the page goes on");
  await page.unroute("**/parts/**/*.wasm");
  await button(page, WORDS.en.retry).click();
  await wakeFigure(page);
  assert.equal(await notice.count(), 0);
});

test("while the figure's data failed, the controls of its still picture are not shown as if they worked", async (t) => {
  const page = await open(t, PAGES.en, { before: (own) => own.route("**/*.data", (route) => route.abort()) });
  await programRuns(page);
  await page.locator(FIGURE).scrollIntoViewIfNeeded();
  await page.locator(`${FIGURE} .failure`).waitFor();
  const enabled = await page.locator(`${FIGURE} :is(button, input):visible:enabled`).allTextContents();
  assert.deepEqual(enabled, [WORDS.en.retry]);
});

/** Opens a page with a service worker and waits until it has kept every file. */
async function visit(t, path) {
  const page = await open(t, path, { serviceWorkers: "allow" });
  await programRuns(page);
  await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.ready;
    return registration.active?.state === "activated" && (await caches.keys()).some((name) => name.startsWith("essay-"));
  });
  return page;
}

for (const [name, first, again] of [
  ["the Chinese page", PAGES.zh, PAGES.zh],
  ["the English page", PAGES.en, PAGES.en],
  ["the folder's own address", "", ""],
  ["a link with a state", PAGES.zh, `${PAGES.zh}?scaling-law.axis=d`],
  ["the other language, never visited", PAGES.zh, PAGES.en],
]) {
  test(`offline, ${name} reloads with its whole text, its figure and a line that says so`, async (t) => {
    const page = await visit(t, first);
    await page.context().setOffline(true);
    await page.goto(site.address(again));
    assert.ok((await page.locator("main p[data-block]:visible").count()) >= 20);
    await page.locator(".notice--offline").waitFor({ state: "visible" });
    await wakeFigure(page);
    await page.context().setOffline(false);
    await page.locator(".notice--offline").waitFor({ state: "hidden" });
  });
}
