// The figure `training-cost` in the page: presets, settings, dragging, and the phrases of the text that set it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, PAGES, changedText, open, openAwake, programRuns } from "./reader.mjs";

const FIGURE = "#fig-training-cost";
const EMBEDS = { zh: "embed/training-cost.html", en: "en/embed/training-cost.html" };

const awake = (t, path, options) => openAwake(t, path, { figure: FIGURE, ...options });

const value = (page, row) => page.locator(`${FIGURE} .estimates__value`).nth(row);
const [FLOPS, HOURS, DAYS, MONEY, , CARBON] = [0, 1, 2, 3, 4, 5];
const chip = (page, name) => page.locator(`${FIGURE} .chip`, { hasText: name });

for (const language of LANGUAGES) {
  test(`${language}: presets, devices and grids change what the run costs`, async (t) => {
    const page = await awake(t, EMBEDS[language]);
    assert.match(await value(page, DAYS).textContent(), /^14\.8/);
    const gpt3 = await value(page, MONEY).textContent();
    await page.locator(`${FIGURE} .segmented__choice`, { hasText: "H100" }).click();
    const today = await changedText(value(page, MONEY), gpt3);
    await chip(page, "Llama 3.1 405B").click();
    await changedText(value(page, MONEY), today);
    const carbon = await value(page, CARBON).textContent();
    const [hours] = await value(page, HOURS).allTextContents();
    await chip(page, language === "zh" ? "挪威" : "Norway").click();
    await changedText(value(page, CARBON), carbon);
    assert.equal(await value(page, HOURS).textContent(), hours, "the grid does not change the time");
    assert.deepEqual(page.problems, []);
  });
}

test("phone: a finger, a mouse and the keyboard move the budget, and the address follows", async (t) => {
  const page = await awake(t, EMBEDS.en, { phone: true });
  const plot = page.locator(`${FIGURE} .plot`);
  const before = await value(page, FLOPS).textContent();
  const box = await plot.boundingBox();
  await page.touchscreen.tap(box.x + box.width * 0.8, box.y + box.height * 0.5);
  const tapped = await changedText(value(page, FLOPS), before);
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.5);
  await page.mouse.down();
  const held = await changedText(value(page, FLOPS), tapped);
  // The same chart stays in hand while the sentence about a published run comes and goes.
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5, { steps: 5 });
  const moved = await changedText(value(page, FLOPS), held);
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.5, { steps: 5 });
  const dragged = await changedText(value(page, FLOPS), moved);
  await page.mouse.up();
  await plot.focus();
  await page.keyboard.press("PageUp");
  await changedText(value(page, FLOPS), dragged);
  await page.waitForURL((url) => url.searchParams.has("training-cost.d"));
  assert.deepEqual(page.problems, []);
});

test("a phrase of the text shows the energy", async (t) => {
  const page = await open(t, PAGES.zh);
  await programRuns(page);
  await page.locator("a[data-sets=training-cost]", { hasText: "能耗" }).click();
  await page.locator(`${FIGURE}[data-state=ready] canvas`).waitFor();
  assert.ok(await page.locator(`${FIGURE} .segmented__choice`, { hasText: "用电" }).locator("input").isChecked());
});

test("a phrase that sets the figure while it loads is not lost", async (t) => {
  const page = await open(t, PAGES.zh);
  await programRuns(page);
  const figure = page.locator(FIGURE);
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  await page.route(`**/${(await figure.getAttribute("data-source")).split("/").pop()}`, async (route) => {
    await arrived;
    await route.continue();
  });
  await figure.evaluate((element) => element.scrollIntoView());
  await page.locator(`${FIGURE}[data-state=loading]`).waitFor();
  await page.locator("a[data-sets=training-cost]", { hasText: "能耗" }).click();
  arrive();
  await page.locator(`${FIGURE}[data-state=ready] canvas`).waitFor();
  assert.ok(await page.locator(`${FIGURE} .segmented__choice`, { hasText: "用电" }).locator("input").isChecked());
});
