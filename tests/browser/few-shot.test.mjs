// The figure few-shot as a reader uses it: a real model answers, and its answer follows the examples.
import assert from "node:assert/strict";
import test from "node:test";
import { PAGES, button, openAwake } from "./reader.mjs";

const FIGURE = "#fig-few-shot";
const EMBED = { zh: "embed/few-shot.html", en: "en/embed/few-shot.html" };
const rows = (page) => page.locator(`${FIGURE} .few-shot__row`);
const field = (page, label) => page.getByLabel(label, { exact: true });
const slider = (page, name) => page.locator(`${FIGURE} .slider`, { hasText: name }).locator("input");
const weights = (page) => page.locator(`${FIGURE} .few-shot__weights`);
const has = (page, query) => page.waitForURL((url) => query.test(decodeURIComponent(url.search)));

/** Waits for the answer to the present prompt. */
const answered = (page, text) => page.locator(`${FIGURE} .few-shot__guess[aria-busy=false]`, { hasText: text }).waitFor();

test("the chapter's prompt is answered live, without a changed weight", async (t) => {
  const page = await openAwake(t, PAGES.zh, { figure: FIGURE });
  await answered(page, "早上好");
  assert.equal(await page.locator(`${FIGURE} .guess`).count(), 5);
  assert.equal(await page.locator(`${FIGURE} .guess[data-right]`).count(), 1);
  await weights(page).getByText("权重一个也没有变").waitFor();
  const [before, after] = (await weights(page).textContent()).match(/\b[0-9a-f]{8}\b/g);
  assert.equal(before, after);
  const fetched = page.requested.filter((url) => url.endsWith(".bin"));
  assert.equal(fetched.length, 1, "only the chosen size is fetched");
  // Without examples there is nothing to follow.
  await slider(page, "示例个数").press("Home");
  await page.locator(`${FIGURE} .guesses[aria-busy=false]`).waitFor();
  assert.equal(await rows(page).count(), 1);
  await has(page, /few-shot\.n=0/);
  assert.deepEqual(page.problems, []);
});

test("examples are edited, moved, removed and made up", async (t) => {
  const page = await openAwake(t, EMBED.en, { figure: FIGURE, phone: true });
  await answered(page, "早上好");
  const question = field(page, "Word for the model to answer");
  await question.fill("cat");
  await question.press("Tab");
  await answered(page, "猫");
  await has(page, /few-shot\.p=(\d+\.){16}\d+/);
  await question.fill("xyzzy");
  await question.press("Tab");
  await page.getByText("“xyzzy” is not in the model’s vocabulary").waitFor();
  assert.equal(await question.inputValue(), "cat", "the word that was there stays");
  await button(page, "↑", FIGURE).nth(1).click();
  await page.waitForFunction(() => document.querySelector(".few-shot__word").value === "Thank you");
  await button(page, "×", FIGURE).first().click();
  await page.waitForFunction(() => document.querySelectorAll(".few-shot__row").length === 2);
  assert.equal(await field(page, "Example 1, word").inputValue(), "Hello");

  await page.locator(`${FIGURE} select`).selectOption({ label: "a map that you make up" });
  const value = await field(page, "Example 1, answer").inputValue();
  await answered(page, value);
  await field(page, "Example 1, answer").fill("Q");
  await field(page, "Example 1, answer").press("Tab");
  await answered(page, "Q");
  await has(page, /few-shot\.task=map&few-shot\.p=/);
  const again = await openAwake(t, page.url(), { figure: FIGURE });
  await answered(again, "Q");
  assert.deepEqual([...page.problems, ...again.problems], []);
});

test("a smaller model cannot, and a head of one's choice is shown", async (t) => {
  const page = await openAwake(t, `${EMBED.zh}?few-shot.task=map&rung=1x8`, { figure: FIGURE });
  await answered(page, "");
  assert.equal(await page.locator(`${FIGURE} .guess`).count(), 5);
  const larger = await openAwake(t, EMBED.zh, { figure: FIGURE });
  await answered(larger, "早上好");
  const arcs = larger.locator(`${FIGURE} .few-shot__arcs`);
  const first = await arcs.innerHTML();
  await slider(larger, "注意力头").press("Home");
  await larger.waitForFunction((before) => document.querySelector(".few-shot__arcs").innerHTML !== before, first);
  await has(larger, /few-shot\.head=0/);
  assert.deepEqual([...page.problems, ...larger.problems], []);
});

test("swapped examples lead astray where letters are asked for, and it is measured here", async (t) => {
  const page = await openAwake(t, `${EMBED.en}?few-shot.task=next&rung=3x48`, { figure: FIGURE });
  await answered(page, "");
  const share = async () => Number((await page.locator(`${FIGURE} .remark`).last().textContent()).match(/right in ([\d.]+)%/)[1]);
  await button(page, "Measure 3x48 here", FIGURE).click();
  await page.locator(`${FIGURE} .legend__entry`, { hasText: "measured here" }).waitFor();
  const right = await share();
  await button(page, "Swap the examples’ answers", FIGURE).click();
  await has(page, /few-shot\.wrong=on/);
  assert.equal(await page.locator(`${FIGURE} .legend__entry`, { hasText: "measured here" }).count(), 0, "of another prompt");
  await button(page, "Measure 3x48 here", FIGURE).click();
  await page.locator(`${FIGURE} .legend__entry`, { hasText: "measured here" }).waitFor();
  assert.ok((await share()) < right, `${await share()} of ${right}`);
  await button(page, "Data table", FIGURE).click();
  assert.equal(await page.locator(`${FIGURE} .data caption .badge[data-provenance=here]`).count(), 1);
  assert.deepEqual(page.problems, []);
});

test("weights that cannot be had are a sentence in the figure, and can be asked for again", async (t) => {
  let isBroken = true;
  const before = (page) =>
    page.context().route("**/models/*.bin", (route) => (isBroken ? route.fulfill({ status: 404 }) : route.continue()));
  const page = await openAwake(t, EMBED.en, { figure: FIGURE, before });
  await page.locator(`${FIGURE} .failure`, { hasText: "HTTP 404" }).waitFor();
  assert.equal(await page.locator(`${FIGURE} .plot`).count(), 1, "the recorded picture stays");
  isBroken = false;
  await button(page, "Try again", FIGURE).click();
  await answered(page, "早上好");
});
