// The figure perplexity as a reader uses it.
import assert from "node:assert/strict";
import test from "node:test";
import { PAGES, openAwake, plotBox } from "./reader.mjs";

const FIGURE = "#fig-perplexity";
const values = (page) => page.locator(`${FIGURE} .readout__value`).allTextContents();

test("so many words, so much loss: by slider, mouse and chip", async (t) => {
  const page = await openAwake(t, PAGES.en, { figure: FIGURE });
  assert.deepEqual(await values(page), ["5.00%", "3.00", "4.32"]);
  await page.locator(`${FIGURE} input[type=range]`).press("Home");
  await page.waitForURL(/perplexity\.k=1\.00/);
  assert.deepEqual(await values(page), ["100%", "0", "0"]);
  await page.locator(`${FIGURE} .chip`, { hasText: "20.5" }).click();
  await page.waitForURL(/perplexity\.k=20\.50/);
  const { x, y, width, height } = await plotBox(page, FIGURE);
  await page.mouse.click(x + 0.9 * width, y + 0.5 * height);
  await page.waitForURL((url) => Number(url.searchParams.get("perplexity.k")) > 50);
  assert.deepEqual(page.problems, []);
});

test("the sentence on performance shows the scores, and the arrow keys read them", async (t) => {
  const page = await openAwake(t, PAGES.zh, { figure: FIGURE });
  await page.locator(".figure-link[data-state='view=superglue']").click();
  await page.locator(`${FIGURE} .readout__value`, { hasText: "73.2" }).waitFor();
  await page.locator(`${FIGURE} .plot`).press("Home");
  await page.locator(`${FIGURE} .readout__value`, { hasText: "50.2" }).waitFor();
  assert.deepEqual(await values(page), ["40.6", "54.4", "50.2"]);
  assert.deepEqual(page.problems, []);
});
