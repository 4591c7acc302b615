// The figure perplexity as a reader uses it.
import assert from "node:assert/strict";
import test from "node:test";
import { PAGES, openAwake, plotBox } from "./reader.mjs";

const FIGURE = "#fig-perplexity";
const EMBED = "en/embed/perplexity.html";
/** The readouts of the board; those of the text below come when a model has read it. */
const values = async (page) => (await page.locator(`${FIGURE} .readout__value`).allTextContents()).slice(0, 3);

test("so many words, so much loss: by slider, mouse and chip", async (t) => {
  const page = await openAwake(t, PAGES.en, { figure: FIGURE });
  assert.deepEqual(await values(page), ["5.00%", "3.00", "4.32"]);
  await page.locator(`${FIGURE} input[type=range]`).first().press("Home");
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

test("a model reads a text word by word, a larger one is less surprised, and the board shows by how much", async (t) => {
  const page = await openAwake(t, `${EMBED}?rung=1x8`, { figure: FIGURE });
  const fresh = page.locator(`${FIGURE} .surprise[aria-busy=false]`);
  const perplexity = page.locator(`${FIGURE} .readout`, { hasText: "Perplexity of this text" }).locator(".readout__value");
  await fresh.waitFor();
  const small = Number(await perplexity.textContent());
  await page.locator(`${FIGURE} .surprise__word`).nth(4).click();
  await page.waitForURL(/perplexity\.at=4/);
  assert.equal(await page.locator(`${FIGURE} .guess`).count(), 5);
  await page.locator(`${FIGURE} input[type=range]`).last().press("End");
  await page.waitForURL((url) => !url.searchParams.has("rung") || url.searchParams.get("rung") !== "1x8");
  await page.waitForFunction(
    ([figure, before]) => {
      const label = [...document.querySelectorAll(`${figure} .readout`)].find((one) => /this text/.test(one.textContent));
      return label && Number(label.querySelector(".readout__value").textContent) < before;
    },
    [FIGURE, small],
  );
  const large = Number(await perplexity.textContent());
  assert.ok(large > 1 && large < small, `${large} and ${small}`);
  await page.locator(`${FIGURE} .chip`, { hasText: `k = ${await perplexity.textContent()}` }).click();
  await page.waitForURL((url) => Math.abs(url.searchParams.get("perplexity.k") - large) < 0.02 * large);
  assert.deepEqual(page.problems, []);
});
