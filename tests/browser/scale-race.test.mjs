// The figure `scale-race` in the page: filters, the range of the fit by mouse, touch and keyboard, and the phrases that set it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, PAGES, changedText, choice, open, openAwake, programRuns } from "./reader.mjs";

const FIGURE = "#fig-scale-race";
const EMBEDS = { zh: "embed/scale-race.html", en: "en/embed/scale-race.html" };

const awake = (t, path, options) => openAwake(t, path, { figure: FIGURE, ...options });

const readout = (page, index) => page.locator(`${FIGURE} .readout__value`).nth(index);
const [DOUBLING, INTERVAL, , FITTED] = [0, 1, 2, 3];

for (const language of LANGUAGES) {
  test(`${language}: filters change the trend, and what is unpublished is listed`, async (t) => {
    const page = await awake(t, EMBEDS[language]);
    assert.match(await page.locator(`${FIGURE} .remark`).textContent(), /GPT-4 \(2023-03\)/);
    const all = await readout(page, FITTED).textContent();
    await choice(page, language === "zh" ? "中国" : "China", FIGURE).click();
    await changedText(readout(page, FITTED), all);
    const params = await page.locator(`${FIGURE} .remark`).textContent();
    await choice(page, language === "zh" ? "计算量" : "Compute", FIGURE).click();
    await changedText(page.locator(`${FIGURE} .remark`), params);
    assert.deepEqual(page.problems, []);
  });
}

test("a mouse, a finger and the keyboard move the nearer end of the range", async (t) => {
  const page = await awake(t, EMBEDS.en, { phone: true });
  const plot = page.locator(`${FIGURE} .plot`);
  const before = await readout(page, FITTED).textContent();
  const box = await plot.boundingBox();
  // From the right end, at 2022, to the end of the axis.
  await page.mouse.move(box.x + box.width * 0.58, box.y + box.height * 0.5);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.95, box.y + box.height * 0.5, { steps: 4 });
  await page.mouse.up();
  const wide = await changedText(readout(page, FITTED), before);
  assert.ok(Number(wide) > Number(before));
  // The left end follows a tap beside it.
  await page.touchscreen.tap(box.x + box.width * 0.45, box.y + box.height * 0.5);
  const narrow = await changedText(readout(page, FITTED), wide);
  assert.ok(Number(narrow) < Number(wide));
  await plot.focus();
  for (const key of ["PageDown", "PageDown"]) await page.keyboard.press(key);
  await changedText(readout(page, FITTED), narrow);
  await page.waitForURL((url) => url.searchParams.has("scale-race.from") && url.searchParams.has("scale-race.to"));
  assert.deepEqual(page.problems, []);
});

test("a phrase of the text shows the sparse models", async (t) => {
  const page = await open(t, PAGES.en);
  await programRuns(page);
  const phrase = page.locator("a[data-sets=scale-race]", { hasText: "Switch Transformer" });
  await phrase.click();
  await page.locator(`${FIGURE}[data-state=ready] canvas`).waitFor();
  assert.ok(await choice(page, "sparse", FIGURE).locator("input").isChecked());
  assert.notEqual(await readout(page, DOUBLING).textContent(), "");
  assert.notEqual(await readout(page, INTERVAL).textContent(), "");
});
