// The figure code as a reader uses it: a real model writes the program of a sequence, and it is run.
import assert from "node:assert/strict";
import test from "node:test";
import { PAGES, button, openAwake } from "./reader.mjs";

const FIGURE = "#fig-code";
const EMBED = { zh: "embed/code.html", en: "en/embed/code.html" };
const slider = (page, name) => page.locator(`${FIGURE} .slider`, { hasText: name }).locator("input");
const written = (page) => page.locator(`${FIGURE} .code__words[aria-busy=false]`).waitFor();
const program = async (page) => (await page.locator(`${FIGURE} .code__words .word`).allTextContents()).join(" ");
const ticks = (page) => page.locator(`${FIGURE} .code__steps tr[data-right=true]`).count();
const has = (page, query) => page.waitForURL((url) => query.test(decodeURIComponent(url.search)));

test("a program is written as in the still page, and run step by step", async (t) => {
  const page = await openAwake(t, PAGES.zh, { figure: FIGURE });
  await written(page);
  const own = await program(page);
  assert.match(own, /^def 0 1 return /);
  const still = await (await fetch(page.url())).text();
  assert.ok(still.includes(own.slice("def 0 1 ".length)), "the still page has the program");
  await button(page, "从 1 起的斐波那契数", FIGURE).click();
  await has(page, /code\.a=1\.1\.2\.3\.5\.8/);
  await page.locator(`${FIGURE} .code__outcome`, { hasText: "十二项全对" }).waitFor();
  assert.equal(await program(page), "def 1 1 return f(n-1) + f(n-2)");
  assert.equal(await ticks(page), 12);
  await slider(page, "运行到").press("Home");
  await has(page, /code\.last=0/);
  assert.equal(await ticks(page), 1);
  await slider(page, "运行到").press("ArrowRight");
  assert.equal(await ticks(page), 2);
  assert.deepEqual(page.problems, []);
});

test("terms of one's own: the squares have no program here, and the page says so", async (t) => {
  const page = await openAwake(t, EMBED.en, { figure: FIGURE, phone: true });
  await written(page);
  await button(page, "Squares", FIGURE).tap();
  await has(page, /a=0\.1\.4\.9\.16\.25/);
  await page.locator(`${FIGURE} .code__outcome`, { hasText: "None of the programs" }).waitFor();
  assert.equal(await page.locator(`${FIGURE} .code__steps tr[data-hidden] td:last-child`, { hasText: "?" }).count(), 6);
  const fields = page.locator(`${FIGURE} .code__term`);
  for (const [index, term] of [2, 4, 6, 8, 10, 12].entries()) await fields.nth(index).fill(String(term));
  await has(page, /a=2\.4\.6\.8\.10\.12/);
  await page.locator(`${FIGURE} .code__outcome`, { hasText: /Training/ }).waitFor();
  await fields.nth(0).fill("x");
  assert.match(decodeURIComponent(page.url()), /a=2\.4\.6\.8\.10\.12/, "what is no number changes nothing");
  await button(page, "One that training never showed", FIGURE).tap();
  await page.locator(`${FIGURE} .code__outcome`, { hasText: "Training never shows it this sequence" }).waitFor();
  assert.deepEqual(page.problems, []);
});

test("a small model fails and its score is measured here; a word's rivals come on demand", async (t) => {
  const page = await openAwake(t, `${EMBED.en}?rung=1x8`, { figure: FIGURE });
  await written(page);
  assert.notEqual(await ticks(page), 12);
  await page.locator(`${FIGURE} .code__words .word`).first().click();
  await page.locator(`${FIGURE} .guess`).first().waitFor();
  await button(page, "Measure 1x8 here", FIGURE).click();
  await page.locator(`${FIGURE} .legend__entry`, { hasText: "Measured here just now" }).waitFor();
  await button(page, "Data table", FIGURE).click();
  assert.equal(await page.locator(`${FIGURE} .data caption .badge[data-provenance=here]`).count(), 1);
  assert.deepEqual(page.problems, []);
});

test("the call tree grows with n, by keyboard", async (t) => {
  const page = await openAwake(t, EMBED.en, { figure: FIGURE });
  const dots = page.locator(`${FIGURE} .calls__tree circle`);
  assert.equal(await dots.count(), 15);
  const n = page.locator(`${FIGURE} .calls .slider input`);
  await n.press("End");
  await has(page, /code\.n=9/);
  assert.equal(await dots.count(), 109);
  assert.equal(await page.locator(`${FIGURE} .calls__tree circle:not([data-repeated])`).count(), 10);
  await page.locator(`${FIGURE} .calls .remark`, { hasText: /109 calls, 1\.627 times as many/ }).waitFor();
  assert.deepEqual(page.problems, []);
});
