// The figure ladder as a reader uses it. It must work with however many models have been trained.
import assert from "node:assert/strict";
import test from "node:test";
import { button, changedText, choice, openAwake, plotBox } from "./reader.mjs";

const FIGURE = "#fig-ladder";
const EMBED = "en/embed/ladder.html";
const readout = (page, label) =>
  page.locator(`${FIGURE} .readout`, { hasText: label }).locator(".readout__value").first();

test("pulling an end of the line changes its slope, and the page says how far off it is", async (t) => {
  const page = await openAwake(t, EMBED, { figure: FIGURE });
  const slope = readout(page, "exponent");
  assert.equal(await slope.textContent(), "0.00");
  const miss = await readout(page, "Typical miss").textContent();
  const { x, y, width, height } = await plotBox(page, FIGURE);
  await page.mouse.move(x + 0.97 * width, y + 0.5 * height);
  await page.mouse.down();
  await page.mouse.move(x + 0.97 * width, y + 0.85 * height, { steps: 4 });
  await page.mouse.up();
  await changedText(slope, "0.00");
  assert.notEqual(await readout(page, "Typical miss").textContent(), miss);
  await page.waitForURL(/ladder\.alpha=/);
  assert.deepEqual(page.problems, []);
});

test("a finger pulls the line down without scrolling, and the arrow keys move it", async (t) => {
  const page = await openAwake(t, EMBED, { figure: FIGURE, phone: true });
  const { x, y, width, height } = await plotBox(page, FIGURE);
  await page.touchscreen.tap(x + 0.95 * width, y + 0.7 * height);
  await page.waitForURL(/ladder\.alpha=/);
  const plot = page.locator(`${FIGURE} .plot`);
  const before = await plot.getAttribute("aria-valuenow");
  await plot.press("ArrowUp");
  await page.waitForFunction(
    ([figure, now]) => document.querySelector(`${figure} .plot`).getAttribute("aria-valuenow") > now,
    [FIGURE, before],
  );
  assert.deepEqual(page.problems, []);
});

test("the fit has an interval, a card opens and closes, and every control can be used", async (t) => {
  const page = await openAwake(t, EMBED, { figure: FIGURE });
  await choice(page, "all visible", FIGURE).click();
  assert.match(await readout(page, "95% interval").textContent(), /^\d\.\d{3} \(.+…\d\.\d{3}\)$/);
  const card = page.locator(`${FIGURE} .chip`).first();
  await card.click();
  await readout(page, "Layers").waitFor();
  await card.click();
  await readout(page, "Layers").waitFor({ state: "detached" });
  for (const input of await page.locator(`${FIGURE} input[type=radio]`).all()) await input.check({ force: true });
  for (const slider of await page.locator(`${FIGURE} input[type=range]`).all()) {
    await slider.focus();
    for (const key of ["End", "Home", "ArrowRight", "PageUp"]) await page.keyboard.press(key);
  }
  await button(page, "Data table", FIGURE).click();
  await button(page, "Reset", FIGURE).click();
  assert.equal(await page.locator("html").getAttribute("data-figures"), "ready");
  assert.deepEqual(page.problems, []);
});

test("a size is measured again on this device, and agrees with what was published", async (t) => {
  const page = await openAwake(t, `${EMBED}?ladder.size=1x16`, { figure: FIGURE });
  // The lowest and the highest of its seeds, or the loss of the only one.
  const published = (await readout(page, "Loss, nats").textContent()).split("–").map(Number);
  await button(page, "Measure the loss of 1x16", FIGURE).click();
  const found = page.locator(`${FIGURE} .remark`, { hasText: "this device" });
  await found.waitFor();
  const [, loss, error] = (await found.textContent()).match(/of ([\d.]+) ± ([\d.]+) nats/).map(Number);
  const isNear = loss > published[0] - 4 * error && loss < published.at(-1) + 4 * error;
  assert.ok(isNear, `${loss} ± ${error}, published ${published}`);
  await page.locator(`${FIGURE} .legend__entry`, { hasText: "this device" }).waitFor();
  await button(page, "Data table", FIGURE).click();
  assert.equal(await page.locator(`${FIGURE} .data caption .badge[data-provenance=here]`).count(), 1);
  assert.deepEqual(page.problems, []);
});
