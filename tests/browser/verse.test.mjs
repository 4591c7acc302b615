// The figure verse as a reader uses it: a real model continues a poem, and each rule is judged.
import assert from "node:assert/strict";
import test from "node:test";
import { PAGES, button, openAwake } from "./reader.mjs";

const FIGURE = "#fig-verse";
const EMBED = { zh: "embed/verse.html", en: "en/embed/verse.html" };
const slider = (page, name) => page.locator(`${FIGURE} .slider`, { hasText: name }).locator("input");
const written = (page) => page.locator(`${FIGURE} .verse[aria-busy=false]`).waitFor();
const lines = (page) => page.locator(`${FIGURE} .verse__words`).allTextContents();
const has = (page, query) => page.waitForURL((url) => query.test(decodeURIComponent(url.search)));

test("the text's first line is continued, as in the still page, and another poem differs", async (t) => {
  const page = await openAwake(t, PAGES.zh, { figure: FIGURE });
  await written(page);
  const first = await lines(page);
  assert.equal(first[0], "在数据的海洋里游弋，");
  assert.equal(first.length, 4);
  const still = await (await fetch(page.url())).text();
  assert.ok(still.includes(first[1].slice(-3, -1)), "the still page has the same poem");
  assert.equal(await page.locator(`${FIGURE} .verse__rules [data-kept]`).count(), 3);
  assert.equal(page.requested.filter((url) => url.endsWith(".bin")).length, 1, "only the chosen size is fetched");
  await button(page, "再写一首", FIGURE).click();
  await has(page, /verse\.s=2/);
  await page.waitForFunction(
    ([figure, before]) => {
      const poem = [...document.querySelectorAll(`${figure} .verse__words`)].map((line) => line.textContent);
      return document.querySelector(`${figure} .verse[aria-busy=false]`) && poem.join() !== before;
    },
    [FIGURE, first.join()],
  );
  assert.equal((await lines(page))[0], first[0], "the first line stays");
  assert.deepEqual(page.problems, []);
});

test("a first line of one's own keeps its length, and the address keeps the poem", async (t) => {
  const page = await openAwake(t, EMBED.en, { figure: FIGURE, phone: true });
  await written(page);
  await page.locator(`${FIGURE} .select`, { hasText: "First line" }).locator("select").selectOption({ label: "机器人 robots" });
  await has(page, /verse\.w=|[?&]w=/);
  await page.locator(`${FIGURE} .verse__words`, { hasText: /^在in机器人robots的of.{1}/ }).waitFor();
  await written(page);
  assert.match(await page.locator(`${FIGURE} .verse__measure`).first().textContent(), /^9 characters ✓rhymes ✓$/);
  await slider(page, "Temperature").press("Home");
  await has(page, /t=0/);
  await page.locator(`${FIGURE} .verse__outcome`, { hasText: "the same poem each time" }).waitFor();
  const again = await openAwake(t, page.url(), { figure: FIGURE });
  await written(again);
  assert.deepEqual(await lines(again), await lines(page));
  assert.deepEqual([...page.problems, ...again.problems], []);
});

test("a word's rivals come on demand, and go when it is tapped again", async (t) => {
  const page = await openAwake(t, EMBED.en, { figure: FIGURE, phone: true });
  await written(page);
  assert.equal(await page.locator(`${FIGURE} .guess`).count(), 0);
  const word = page.locator(`${FIGURE} .verse__line:nth-child(2) .word`).nth(1);
  await word.tap();
  await has(page, /at=1/);
  assert.ok([5, 6].includes(await page.locator(`${FIGURE} .guess`).count()), "the likeliest five, and its own");
  const text = (await word.textContent()).match(/^[^a-z]+/)[0];
  assert.ok((await page.locator(`${FIGURE} .guess`).allTextContents()).some((guess) => guess.startsWith(`${text} ✓`)));
  await word.tap();
  await page.locator(`${FIGURE} .guess`).first().waitFor({ state: "detached" });
  assert.deepEqual(page.problems, []);
});

test("a couplet by the smallest model breaks the rules, and both scores are measured here", async (t) => {
  const page = await openAwake(t, `${EMBED.en}?rung=1x8`, { figure: FIGURE });
  await page.locator(`${FIGURE} .segmented__choice`, { hasText: "English couplet" }).click();
  await has(page, /form=couplet/);
  await page.locator(`${FIGURE} .verse[data-form=couplet] .verse__words`, { hasText: "thesmallrobotlistensbythesea," }).waitFor();
  await written(page);
  assert.ok((await page.locator(`${FIGURE} .verse__rules [data-kept=false]`).count()) > 0);
  await button(page, "Measure 1x8 here", FIGURE).click();
  await page.locator(`${FIGURE} .legend__entry`, { hasText: "Measured here just now" }).waitFor();
  await button(page, "Data table", FIGURE).click();
  assert.equal(await page.locator(`${FIGURE} .data caption .badge[data-provenance=here]`).count(), 2);
  assert.deepEqual(page.problems, []);
});

test("weights that are damaged are a sentence in the figure, and can be asked for again", async (t) => {
  let isBroken = true;
  const before = (page) =>
    page.context().route("**/models/*.bin", (route) =>
      isBroken ? route.fulfill({ body: Buffer.from("no weights at all") }) : route.continue(),
    );
  const page = await openAwake(t, EMBED.en, { figure: FIGURE, before });
  await page.locator(`${FIGURE} .failure`).waitFor();
  assert.equal(await page.locator(`${FIGURE} .plot`).count(), 1, "the plot stays");
  isBroken = false;
  await button(page, "Try again", FIGURE).click();
  await written(page);
});
