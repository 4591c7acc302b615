// The figure gpt-growth as a reader uses it.
import assert from "node:assert/strict";
import test from "node:test";
import { PAGES, changedText, choice, openAwake, plotBox, settled } from "./reader.mjs";

const FIGURE = "#fig-gpt-growth";
const remark = (page) => page.locator(`${FIGURE} .remark`);
const values = (page) => page.locator(`${FIGURE} .readout__value`).allTextContents();

test("the factors of table, sources and raw text are a tap away", async (t) => {
  const page = await openAwake(t, PAGES.en, { figure: FIGURE });
  const before = await remark(page).textContent();
  assert.match(before, /570 GB ÷ 40 GB = 14 times/);
  await choice(page, "Corrected", FIGURE).click();
  const corrected = await changedText(remark(page), before);
  assert.match(corrected, /4\.85 GB = 117 times/);
  await choice(page, "With 45 TB", FIGURE).click();
  assert.match(await changedText(remark(page), corrected), /= 1,125 times/);
  assert.deepEqual(page.problems, []);
});

test("the sentence on parameters zooms out from one dot to all of GPT-3", async (t) => {
  const page = await openAwake(t, PAGES.zh, { figure: FIGURE });
  await page.locator(".figure-link[data-sets=gpt-growth]").first().click();
  await page.locator(`${FIGURE} .readout__value`, { hasText: "1496" }).waitFor();
  assert.deepEqual(await values(page), ["1 个点", "13 个点", "1496 个点"]);
  // The corner of the picture is empty while GPT-3 fills the middle; with one dot in view there is only that dot.
  await page.waitForFunction((figure) => {
    const canvas = document.querySelector(`${figure} canvas`);
    const { data } = canvas.getContext("2d").getImageData(0, canvas.height / 2, canvas.width, 1);
    const inks = new Set();
    for (let index = 0; index < data.length; index += 4) inks.add(`${data[index]},${data[index + 1]}`);
    return inks.size > 3;
  }, FIGURE);
  assert.deepEqual(page.problems, []);
});

test("the zoom follows a finger and the arrow keys, and the address keeps it", async (t) => {
  const page = await openAwake(t, `${PAGES.en}?gpt-growth.view=dots`, { figure: FIGURE, phone: true });
  const plot = page.locator(`${FIGURE} .plot`);
  const { x, y, width, height } = await plotBox(page, FIGURE);
  await page.touchscreen.tap(x + width / 2, y + height / 2);
  await page.waitForURL(/gpt-growth\.room=/);
  const tapped = await plot.getAttribute("aria-valuetext");
  await plot.press("ArrowLeft");
  await page.waitForFunction(
    ([figure, text]) => document.querySelector(`${figure} .plot`).getAttribute("aria-valuetext") !== text,
    [FIGURE, tapped],
  );
  await page.locator(`${FIGURE} .chip`, { hasText: "GPT-1" }).click();
  await page.waitForURL(/gpt-growth\.model=gpt1/);
  await settled(page);
  assert.deepEqual(page.problems, []);
});
