// The figure emergence as a reader uses it: predict by mouse, finger and keys, then reveal.
import assert from "node:assert/strict";
import test from "node:test";
import { PAGES, button, changedText, choice, openAwake, plotBox } from "./reader.mjs";

const FIGURE = "#fig-emergence";
const EMBED = "en/embed/emergence.html";
const plot = (page) => page.locator(`${FIGURE} .plot`);
const remark = (page) => page.locator(`${FIGURE} .prediction .remark`);
const sketchIs = (page, pattern) => page.waitForURL((url) => pattern.test(url.searchParams.get("emergence.sketch") ?? ""));

test("a curve drawn with the mouse is compared with what was hidden", async (t) => {
  const page = await openAwake(t, EMBED, { figure: FIGURE });
  assert.ok(await button(page, "Reveal", FIGURE).isDisabled(), "nothing is drawn yet");
  const { x, y, width, height } = await plotBox(page, FIGURE);
  await page.mouse.move(x + 0.4 * width, y + 0.8 * height);
  await page.mouse.down();
  await page.mouse.move(x + 0.95 * width, y + 0.5 * height, { steps: 8 });
  await page.mouse.up();
  const task = await remark(page).textContent();
  await button(page, "Reveal", FIGURE).click();
  assert.match(await changedText(remark(page), task), /off by \d+ percentage points/);
  assert.equal(await page.locator(`${FIGURE} .legend__entry`, { hasText: "Your line" }).count(), 1, "the line stays");
  assert.deepEqual(page.problems, []);
});

test("a finger draws up and down, and the page stays where it is", async (t) => {
  const page = await openAwake(t, EMBED, { figure: FIGURE, phone: true });
  const { x, y, width, height } = await plotBox(page, FIGURE);
  const session = await page.context().newCDPSession(page);
  const send = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  const scroll = () => page.evaluate(() => scrollY);
  const before = await scroll();
  const at = (share) => [{ x: x + 0.9 * width, y: y + share * height }];
  await send("touchStart", at(0.8));
  for (const share of [0.7, 0.6, 0.5, 0.4, 0.3, 0.2]) await send("touchMove", at(share));
  await send("touchEnd", []);
  await sketchIs(page, /\.\d{3}$/);
  assert.equal(await scroll(), before);
});

test("the arrow keys draw, and the answer can be had without drawing", async (t) => {
  const page = await openAwake(t, EMBED, { figure: FIGURE });
  await plot(page).focus();
  for (const key of ["ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp"]) await page.keyboard.press(key);
  await sketchIs(page, /^\.\d+$/);
  assert.match(await plot(page).getAttribute("aria-valuetext"), /^2\.7B: \d/);
  await button(page, "Reset", FIGURE).click();
  await button(page, "Skip", FIGURE).click();
  await plot(page).focus();
  await page.keyboard.press("End");
  await page.waitForFunction(
    (figure) => document.querySelector(`${figure} .plot`).getAttribute("aria-valuetext") === "175B: 100.0%",
    FIGURE,
  );
  assert.deepEqual(page.problems, []);
});

test("every task can be seen in every score and against both axes", async (t) => {
  const page = await openAwake(t, EMBED, { figure: FIGURE });
  const list = page.locator(`${FIGURE} select`);
  for (const index of (await list.locator("option").all()).keys()) {
    await list.selectOption({ index });
    for (const name of ["per token", "log-probability", "loss", "all right", "parameters"]) {
      await choice(page, name, FIGURE).click();
    }
  }
  await button(page, "Reset", FIGURE).click();
  await page.waitForFunction((figure) => document.querySelector(`${figure} select`).selectedIndex === 0, FIGURE);
  assert.equal(await page.locator("html").getAttribute("data-figures"), "ready");
  assert.deepEqual(page.problems, []);
});

test("the chapter's three properties set the figure", async (t) => {
  const page = await openAwake(t, PAGES.zh, { figure: FIGURE });
  const phrases = page.locator(".figure-link[data-sets=emergence]");
  assert.deepEqual(await phrases.allTextContents(), ["突发性", "不可预测", "质的跃变"]);
  await phrases.nth(2).click();
  await page.waitForURL(/emergence\.metric=logprob/);
  assert.deepEqual(page.problems, []);
});
