// The figure compute-optimal as a reader uses it.
import assert from "node:assert/strict";
import test from "node:test";
import { PAGES, changedText, choice, openAwake, plotBox } from "./reader.mjs";

const FIGURE = "#fig-compute-optimal";
const answer = (page) => page.locator(`${FIGURE} .remark`).first();
const values = (page) => page.locator(`${FIGURE} .readout__value`).allTextContents();

test("what should have been trained is answered for each model and both sets of constants", async (t) => {
  const page = await openAwake(t, PAGES.en, { figure: FIGURE });
  const gpt3 = await answer(page).textContent();
  assert.match(gpt3, /best spent on 53\.0 billion parameters on 989 billion tokens.*GPT-3 is larger/);
  await page.locator(`${FIGURE} .chip`, { hasText: "Chinchilla" }).click();
  const chinchilla = await changedText(answer(page), gpt3);
  assert.match(chinchilla, /Chinchilla lies almost at the bottom/);
  await choice(page, "Hoffmann", FIGURE).click();
  assert.match(await changedText(answer(page), chinchilla), /Chinchilla is larger/);
  assert.deepEqual(page.problems, []);
});

test("the valley follows the slider of compute, the model mouse, finger and keys", async (t) => {
  const page = await openAwake(t, PAGES.en, { figure: FIGURE, phone: true });
  const [best, , , , own] = await values(page);
  const { x, y, width, height } = await plotBox(page, FIGURE);
  await page.touchscreen.tap(x + 0.4 * width, y + 0.4 * height);
  await page.waitForURL(/compute-optimal\.n=/);
  const [sameBest, , , , tapped] = await values(page);
  assert.equal(sameBest, best, "the budget is the same");
  assert.notEqual(tapped, own);
  await page.locator(`${FIGURE} .plot`).press("ArrowRight");
  await changedText(page.locator(`${FIGURE} .readout__value`).nth(4), tapped);
  await page.locator(`${FIGURE} input[type=range]`).press("End");
  await page.waitForURL(/compute-optimal\.c=1\.0000e27/);
  assert.notEqual((await values(page))[0], best);
  assert.deepEqual(page.problems, []);
});
