// A reader with a browser: opens pages of the essay and notes everything that goes wrong on them.
//
// One browser and one server for each test file; every page gets a context, and so a storage, of its own.
import { after } from "node:test";
import { launch } from "./browser.mjs";
import { serve } from "./site.mjs";

export const PAGES = { zh: "index.html", en: "en/index.html" };
export const EMBEDS = { zh: "embed/scaling-law.html", en: "en/embed/scaling-law.html" };
export const LANGUAGES = ["zh", "en"];
export const FIGURE = "#fig-scaling-law";

/** Windows that readers have, CSS pixels. */
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 900 };

/** Longest wait for a state, milliseconds: far more than a slow machine needs, so that only a fault runs into it. */
const PATIENCE = 20_000;

export const site = await serve();
export const browser = await launch();

// What a page never answers would hang a test for ever: no file takes nearly as long as this.
setTimeout(() => browser.close(), 300_000).unref();

after(async () => {
  await browser.close();
  await site.close();
});

/**
 * Opens a page of the essay.
 *
 * `page.problems` collects console errors, uncaught exceptions, CSP violations and requests to other origins;
 * `page.requested` the addresses of all requests.
 *
 * @param t the test, which closes the page when it ends
 * @param {string} path page and query
 * @param {object} options `phone` (touch, two device pixels a CSS pixel), `window`, `before` (prepares the page),
 *   and options of Playwright's contexts
 */
export async function open(t, path, { phone = false, window, before, ...options } = {}) {
  const context = await browser.newContext({
    viewport: window ?? (phone ? PHONE : DESK),
    hasTouch: phone,
    isMobile: phone,
    deviceScaleFactor: phone ? 2 : 1,
    // Requests that a service worker answers cannot be observed or changed by a test.
    serviceWorkers: "block",
    ...options,
  });
  t.after(() => context.close());
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  watch(page);
  await before?.(page);
  await page.goto(path.startsWith("http") ? path : site.address(path));
  return page;
}

function watch(page) {
  page.problems = [];
  page.requested = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.problems.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    page.requested.push(url.href);
    const local = url.origin === site.origin || ["data:", "blob:"].includes(url.protocol);
    if (!local) page.problems.push(`foreign request: ${url.href}`);
  });
  page.context().on("weberror", (error) => page.problems.push(`error: ${error.error().message}`));
  page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) =>
      console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
}

/** Waits until the page's program runs. */
export const programRuns = (page) => page.locator("html[data-figures=ready]").waitFor();

/** Goes to a figure and waits until it can be used. */
export async function wakeFigure(page, figure = FIGURE) {
  await programRuns(page);
  await page.locator(figure).scrollIntoViewIfNeeded();
  await page.locator(`${figure}[data-state=ready] canvas`).waitFor();
  await page.waitForFunction((canvas) => document.querySelector(canvas).width > 300, `${figure} canvas`);
  await settled(page);
}

/** Opens a page and wakes a figure of it. */
export async function openAwake(t, path, { figure = FIGURE, ...options } = {}) {
  const page = await open(t, path, options);
  await wakeFigure(page, figure);
  return page;
}

/** Waits until layout and scroll position have stayed the same for five frames. */
export async function settled(page) {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        let [calm, last] = [0, ""];
        const look = () => {
          const now = `${scrollY} ${document.documentElement.scrollHeight}`;
          calm = now === last ? calm + 1 : 0;
          last = now;
          if (calm < 5) requestAnimationFrame(look);
          else resolve();
        };
        look();
      }),
  );
}

/** The figure's first readout: where the reader's point stands. */
export const pointReadout = (page) => page.locator(`${FIGURE} .readout__value`).first();

/** A figure's plot as a position on the screen. */
export async function plotBox(page, figure = FIGURE) {
  await page.locator(`${figure} .plot`).scrollIntoViewIfNeeded();
  await settled(page);
  return page.locator(`${figure} .plot`).boundingBox();
}

/** Waits until a locator's text is another than `before`, and returns it. */
export async function changedText(locator, before) {
  await locator
    .page()
    .waitForFunction(([element, text]) => element.textContent !== text, [await locator.elementHandle(), before]);
  return locator.textContent();
}

/** A choice of a figure by its words, such as a tab. */
export const choice = (page, name, figure = FIGURE) =>
  page.locator(`${figure} .segmented__choice`, { hasText: name });

/** What the figure says, in the two languages. */
export const WORDS = {
  zh: { tokens: "词元数 D", linear: "线性", reset: "重置", data: "数据表", share: "分享", retry: "重试" },
  en: { tokens: "Tokens D", linear: "linear", reset: "Reset", data: "Data table", share: "Share", retry: "Try again" },
};

/** A button of a figure by its words. */
export const button = (page, name, figure = FIGURE) => page.locator(`${figure} button`, { hasText: name });
