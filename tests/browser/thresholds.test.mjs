// The figure `thresholds` in the page: the bar by mouse, touch and keyboard, and the phrases of the text that set it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, PAGES, changedText, open, openAwake, programRuns } from "./reader.mjs";

const FIGURE = "#fig-thresholds";
const EMBEDS = { zh: "embed/thresholds.html", en: "en/embed/thresholds.html" };

const awake = (t, path, options) => openAwake(t, path, { figure: FIGURE, ...options });

const size = (page, row) => page.locator(`${FIGURE} .estimates__value`).nth(row);
const bar = (page) => page.locator(`${FIGURE} .slider__value`);

test("the bar follows a mouse, a tap and the keyboard, and the sizes follow the bar", async (t) => {
  const page = await awake(t, EMBEDS.en, { phone: true });
  const plot = page.locator(`${FIGURE} .plot`);
  const before = await bar(page).textContent();
  const box = await plot.boundingBox();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.35, { steps: 4 });
  await page.mouse.up();
  const high = await changedText(bar(page), before);
  const first = await size(page, 0).textContent();
  await page.touchscreen.tap(box.x + box.width * 0.6, box.y + box.height * 0.8);
  const low = await changedText(bar(page), high);
  assert.notEqual(await size(page, 0).textContent(), first);
  await plot.focus();
  await page.keyboard.press("PageUp");
  await changedText(bar(page), low);
  await page.waitForURL((url) => url.searchParams.has("thresholds.bar"));
  assert.deepEqual(page.problems, []);
});

for (const language of LANGUAGES) {
  test(`${language}: each threshold of the text shows its evidence`, async (t) => {
    const page = await open(t, PAGES[language]);
    await programRuns(page);
    for (const [index, family] of ["TriviaQA", "Codex", "LaMDA"].entries()) {
      await page.locator("a[data-sets=thresholds]").nth(index).click();
      await page.locator(`${FIGURE}[data-state=ready] canvas`).waitFor();
      await page.locator(`${FIGURE} .estimates th`, { hasText: family }).waitFor();
    }
    assert.deepEqual(page.problems, []);
  });
}
