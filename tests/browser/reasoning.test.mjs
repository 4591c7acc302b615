// The figure reasoning as a reader uses it: a real model does a word problem in two ways, and each line is judged.
import assert from "node:assert/strict";
import test from "node:test";
import { PAGES, button, openAwake } from "./reader.mjs";

const FIGURE = "#fig-reasoning";
const EMBED = { zh: "embed/reasoning.html", en: "en/embed/reasoning.html" };
const slider = (page, name) => page.locator(`${FIGURE} .slider`, { hasText: name }).locator("input");
const answered = (page) => page.locator(`${FIGURE} .reasoning[aria-busy=false]`).waitFor();
const panel = (page, index) => page.locator(`${FIGURE} .reasoning__panel`).nth(index);
const lines = (page, index) => panel(page, index).locator(".reasoning__line > :first-child").allTextContents();
const has = (page, query) => page.waitForURL((url) => query.test(decodeURIComponent(url.search)));

test("the chapter's problem is answered in both ways, as the still page says", async (t) => {
  const page = await openAwake(t, PAGES.zh, { figure: FIGURE });
  await answered(page);
  assert.deepEqual(await lines(page, 1), ["24 × 1/3 = 8 ✓", "24 × 1/4 = 6 ✓", "8 + 6 = 14 ✓", "24 - 14 = 10 ✓"]);
  assert.match((await panel(page, 1).locator(".reasoning__question").textContent()), /^小明有 ?24个苹果，给小红.*分步算：$/);
  assert.equal((await lines(page, 2)).length, 1);
  assert.equal((await lines(page, 0)).at(-1), undefined);
  assert.equal(page.requested.filter((url) => url.endsWith(".bin")).length, 1, "only the chosen size is fetched");
  await page.locator(`${FIGURE} a[href="#note-apples"]`).waitFor();
  const still = await (await fetch(page.url())).text();
  for (const line of await lines(page, 1)) assert.ok(still.includes(line), `the still page has ${line}`);
  assert.deepEqual(page.problems, []);
});

test("other numbers, by sliders and by keyboard, stay in the address", async (t) => {
  const page = await openAwake(t, EMBED.en, { figure: FIGURE, phone: true });
  await answered(page);
  await slider(page, "Apples that Xiao Ming has").press("End");
  await has(page, /reasoning\.n=60/);
  await slider(page, "To Xiao Li").press("End");
  await has(page, /reasoning\.b=20/);
  await page.locator(`${FIGURE} .reasoning__question`, { hasText: "gives Xiaoli 20" }).first().waitFor();
  await answered(page);
  assert.match(await panel(page, 0).textContent(), /60 × 1\/3 = 20.*To Xiao Li: 20.*20 \+ 20 = 40.*60 - 40 = 20 apples/);
  assert.equal(await page.locator(`${FIGURE} a[href$="index.html#note-apples"]`).count(), 1, "a note of the essay");
  const again = await openAwake(t, page.url(), { figure: FIGURE });
  await answered(again);
  assert.deepEqual(await lines(again, 1), await lines(page, 1));
  await button(page, "Another problem", FIGURE).click();
  await page.locator(`${FIGURE} .reasoning__outcome`, { hasText: "Training never shows" }).waitFor();
  assert.deepEqual([...page.problems, ...again.problems], []);
});

test("a small model makes a mistake that is marked, and its score is measured here", async (t) => {
  const page = await openAwake(t, `${EMBED.en}?rung=2x16`, { figure: FIGURE });
  await answered(page);
  assert.equal(await page.locator(`${FIGURE} .reasoning__note`, { hasText: /first mistake|missing/ }).count(), 1);
  await button(page, "Measure 2x16 here", FIGURE).click();
  await page.locator(`${FIGURE} .legend__entry`, { hasText: "Measured here just now" }).waitFor();
  await page.locator(`${FIGURE} .remark`, { hasText: "2x16, 200 items" }).waitFor();
  await button(page, "Data table", FIGURE).click();
  assert.equal(await page.locator(`${FIGURE} .data caption .badge[data-provenance=here]`).count(), 2);
  assert.deepEqual(page.problems, []);
});

test("weights that cannot be had are a sentence in the figure, and can be asked for again", async (t) => {
  let isBroken = true;
  const before = (page) =>
    page.context().route("**/models/*.bin", (route) => (isBroken ? route.fulfill({ status: 404 }) : route.continue()));
  const page = await openAwake(t, EMBED.en, { figure: FIGURE, before });
  await page.locator(`${FIGURE} .failure`, { hasText: "HTTP 404" }).waitFor();
  assert.equal(await page.locator(`${FIGURE} .plot`).count(), 1, "the plot stays");
  isBroken = false;
  await button(page, "Try again", FIGURE).click();
  await answered(page);
});
