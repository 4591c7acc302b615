// The figure `freezing`: it runs while it is seen, rests when it is not, and answers to the reader.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { LANGUAGES, PAGES, open, programRuns, settled } from "./reader.mjs";
import { BASE } from "./site.mjs";

const FIGURE = "#fig-freezing";
const EMBEDS = { zh: "embed/freezing.html", en: "en/embed/freezing.html" };

/** Opens a page and goes to the figure, which then is in this state. */
async function openAt(t, path, { state = "running", ...options } = {}) {
  const page = await open(t, path, options);
  await programRuns(page);
  // Its frame, which is in the page from the start: the stage is replaced when the figure wakes.
  await page.locator(FIGURE).evaluate((frame) => frame.scrollIntoView({ behavior: "instant" }));
  await page.locator(`${FIGURE}[data-state=${state}] canvas.freezing__canvas`).waitFor();
  await page.waitForFunction(() => document.querySelector(".freezing__canvas").width > 200);
  await settled(page);
  return page;
}

/** What is painted on the stage, as a text that another picture does not have. */
const painted = (page) => page.evaluate(() => document.querySelector(".freezing__canvas").toDataURL());

/** Waits until something else is painted. */
const moves = (page, before) =>
  page.waitForFunction((old) => document.querySelector(".freezing__canvas").toDataURL() !== old, before);

/** Whether the picture stays as it is for half a second: thirty frames of anything that moves. */
async function rests(page) {
  const before = await painted(page);
  await page.waitForTimeout(500);
  return before === (await painted(page));
}

/** The first readout: the order. */
const order = (page) =>
  page.evaluate(() => Number(document.querySelector("#fig-freezing .readout__value").textContent));
const orderFalls = (page, below) =>
  page.waitForFunction(
    (limit) => Number(document.querySelector("#fig-freezing .readout__value").textContent) < limit,
    below,
  );
const button = (page, name) => page.locator(`${FIGURE} button`, { hasText: name });

test("off the screen and in a hidden tab it stands still, and goes on from there", async (t) => {
  const page = await openAt(t, PAGES.en);
  await moves(page, await painted(page));

  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await page.locator(`${FIGURE}[data-state=ready]`).waitFor();
  assert.ok(await rests(page), "it rests off the screen");
  const left = await painted(page);
  await page.locator(`${FIGURE} .freezing__stage`).scrollIntoViewIfNeeded();
  await page.locator(`${FIGURE}[data-state=running]`).waitFor();
  await moves(page, left);

  const hide = (hidden) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await hide(true);
  await page.locator(`${FIGURE}[data-state=ready]`).waitFor();
  assert.ok(await rests(page), "it rests in a hidden tab");
  const hidden = await painted(page);
  await hide(false);
  await moves(page, hidden);
  assert.deepEqual(page.problems, []);
});

test("with reduced motion it starts paused, steps by hand, and plays when asked", async (t) => {
  const page = await openAt(t, EMBEDS.en, { state: "ready", reducedMotion: "reduce" });
  assert.ok(await rests(page));
  const still = await painted(page);
  await button(page, "Step").click();
  await moves(page, still);
  assert.ok(await rests(page), "one step and no more");
  await button(page, "Play").click();
  await page.locator(`${FIGURE}[data-state=running]`).waitFor();
  await moves(page, await painted(page));
  await button(page, "Pause").click();
  await page.locator(`${FIGURE}[data-state=ready]`).waitFor();
  assert.ok(await rests(page));
});

for (const language of LANGUAGES) {
  test(`${language}: nothing goes wrong while every control is used`, async (t) => {
    const page = await openAt(t, EMBEDS[language]);
    for (const input of await page.locator(`${FIGURE} input[type=radio]`).all()) await input.check({ force: true });
    const slider = page.locator(`${FIGURE} input[type=range]`);
    await slider.focus();
    for (const key of ["End", "ArrowLeft", "Home", "ArrowRight", "PageUp"]) await page.keyboard.press(key);
    for (const chip of await page.locator(`${FIGURE} .chip`).all()) await chip.click();
    const { x, y, width, height } = await page.locator(`${FIGURE} .freezing__stage`).boundingBox();
    await page.mouse.move(x + 0.3 * width, y + 0.3 * height);
    await page.mouse.down();
    await page.mouse.move(x + 0.8 * width, y + 0.7 * height, { steps: 10 });
    await page.mouse.move(x - 40, y - 40, { steps: 3 });
    await page.mouse.up();
    for (const themes of await page.locator("[data-theme-button]").all()) await themes.click();
    await page.setViewportSize({ width: 340, height: 700 });
    await settled(page);
    await page.locator(`${FIGURE} .figure__tools button`).first().click();
    await settled(page);
    assert.deepEqual(page.problems, []);
    assert.equal(await page.locator("html").getAttribute("data-figures"), "ready");
  });
}

test("Melt takes the order away, and the visited states are saved as measured here", async (t) => {
  const page = await openAt(t, EMBEDS.en);
  assert.ok((await order(page)) > 0.2, "half way to a crystal");
  await button(page, "Melt").click();
  await orderFalls(page, 0.15);
  await page.waitForURL(/freezing\.t=0\.7/);
  await button(page, "Share").click();
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Save CSV").click()]);
  const csv = await readFile(await download.path(), "utf8");
  assert.match(csv, /"here, heating",.*,here,/);
  assert.match(csv, /,project,/);
});

test("the address sets size, temperature and seed; Reset begins again", async (t) => {
  const page = await openAt(t, `${EMBEDS.en}?freezing.n=64&freezing.t=0.65&freezing.seed=3`);
  assert.equal(await page.locator(`${FIGURE} input[name=freezing-n]:checked`).evaluate((input) => input.parentElement.textContent), "64");
  await orderFalls(page, 0.35);
  await button(page, "Reset").click();
  await page.waitForFunction(() => !location.search.includes("freezing."));
  await page.waitForFunction(() => Number(document.querySelector("#fig-freezing .readout__value").textContent) > 0.35);
});

for (const language of LANGUAGES) {
  test(`${language}: the analogy follows the temperature, says that it is one, and leads to the figure on emergence`, async (t) => {
    for (const path of [PAGES[language], EMBEDS[language]]) {
      const page = await openAt(t, path);
      const text = page.locator(`${FIGURE} .analogy__text`);
      const before = await text.textContent();
      await page.locator(`${FIGURE} input[type=range]`).focus();
      await page.keyboard.press("End");
      await page.waitForFunction((old) => document.querySelector(".analogy__text").textContent !== old, before);
      assert.equal(await text.locator("[data-provenance=schematic]").count(), 1);
      const address = new URL(await page.locator(`${FIGURE} .analogy__more a`).evaluate((link) => link.href));
      assert.equal(address.hash, "#fig-emergence");
      // An embedded figure stands alone: the other one is in the essay.
      const essay = new URL(PAGES[language], new URL(BASE, page.url()));
      assert.equal(address.pathname.replace(/index\.html$/, ""), essay.pathname.replace(/index\.html$/, ""));
      assert.equal(await page.locator("#fig-emergence").count(), path === PAGES[language] ? 1 : 0);
      assert.deepEqual(page.problems, []);
    }
  });
}

test("the phrase in the text sets the figure and brings it into view", async (t) => {
  const page = await open(t, PAGES.zh);
  await programRuns(page);
  await page.locator("a[data-sets=freezing]").click();
  await page.locator(`${FIGURE}[data-state=running]`).waitFor();
  assert.equal(await page.locator(`${FIGURE} input[type=range]`).inputValue(), "0.36");
});

test("a finger pushes sideways without scrolling, and scrolls upwards without pushing", async (t) => {
  const page = await openAt(t, PAGES.zh, { phone: true });
  const stage = page.locator(`${FIGURE} .freezing__stage`);
  await stage.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
  await settled(page);
  const { x, y, width, height } = await stage.boundingBox();
  const session = await page.context().newCDPSession(page);
  const swipe = async ([fromX, fromY], [toX, toY]) => {
    const send = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
    await send("touchStart", [{ x: fromX, y: fromY }]);
    for (let step = 1; step <= 10; step += 1) {
      await send("touchMove", [{ x: fromX + ((toX - fromX) * step) / 10, y: fromY + ((toY - fromY) * step) / 10 }]);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    await send("touchEnd", []);
    await settled(page);
  };
  const top = () => page.evaluate(() => scrollY);
  const before = await top();
  await swipe([x + 0.2 * width, y + 0.5 * height], [x + 0.8 * width, y + 0.52 * height]);
  assert.equal(await top(), before);
  await swipe([x + 0.5 * width, y + 0.9 * height], [x + 0.5 * width, y + 0.1 * height]);
  assert.ok((await top()) > before + 60, "the page scrolled");
  assert.deepEqual(page.problems, []);
});
