// The figure induction-lab as a reader uses it.
import assert from "node:assert/strict";
import test from "node:test";
import { PAGES, button, openAwake, plotBox } from "./reader.mjs";

const FIGURE = "#fig-induction-lab";
const EMBED = { zh: "embed/induction-lab.html", en: "en/embed/induction-lab.html" };
const value = (page, label) => page.locator(`${FIGURE} .readout`, { hasText: label }).locator(".readout__value");
const remark = (page, text) => page.locator(`${FIGURE} .remark`, { hasText: text });
const step = (page) => page.locator(`${FIGURE} .plot`).getAttribute("aria-valuenow").then(Number);

test("a recorded run is there at once, and mouse and keys scrub through all of it", async (t) => {
  const page = await openAwake(t, PAGES.en, { figure: FIGURE });
  assert.equal(await page.locator(`${FIGURE} .induction-lab__map`).count(), 2);
  const maps = page.locator(`${FIGURE} .induction-lab__maps`);
  const late = await maps.innerHTML();
  const { x, y, width, height } = await plotBox(page, FIGURE);
  await page.mouse.click(x + 0.3 * width, y + 0.3 * height);
  await page.waitForURL(/induction-lab\.at=/);
  assert.ok(Number(await value(page, "Matching score").textContent()) < 0.4);
  assert.notEqual(await maps.innerHTML(), late);
  const before = await step(page);
  await page.locator(`${FIGURE} .plot`).press("ArrowRight");
  assert.ok((await step(page)) > before);
  assert.deepEqual(page.problems, []);
});

test("a model is trained here, the heads form, and to cut one off undoes it", async (t) => {
  const page = await openAwake(t, `${EMBED.en}?induction-lab.seed=7&induction-lab.fast=on`, { figure: FIGURE });
  const began = Date.now();
  await button(page, "Train it on this device", FIGURE).click();
  await page.locator(`${FIGURE} .legend__entry`, { hasText: "measured here" }).first().waitFor();
  const whole = remark(page, "Whole, the model copies");
  await whole.waitFor({ timeout: 60_000 });
  t.diagnostic(`trained and measured in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  assert.ok(Number(await value(page, "Matching score").textContent()) > 0.5);
  const share = async (of) => Number((await of.textContent()).match(/([\d.]+)%/)[1]);
  const right = await share(whole);
  assert.ok(right > 80, `${right}`);
  assert.match(await page.locator(`${FIGURE} .guess`).first().textContent(), /^d/);
  await button(page, "Cut off layer 2", FIGURE).click();
  const cut = remark(page, "With the head cut off");
  await page.waitForFunction(
    ([figure, before]) => {
      const told = [...document.querySelectorAll(`${figure} .remark`)].find((one) => /cut off/.test(one.textContent));
      return told && Number(told.textContent.match(/([\d.]+)%/)?.[1]) < before / 2;
    },
    [FIGURE, right],
  );
  assert.ok((await share(cut)) < right / 2);
  await button(page, "Data table", FIGURE).click();
  assert.equal(await page.locator(`${FIGURE} .data caption .badge[data-provenance=here]`).count(), 1);
  assert.deepEqual(page.problems, []);
});

test("training pauses and goes on where it was, and another seed starts anew", async (t) => {
  const page = await openAwake(t, EMBED.zh, { figure: FIGURE });
  await button(page, "在这台设备上训练", FIGURE).click();
  await page.locator(`${FIGURE} .legend__entry`, { hasText: "本页实测" }).first().waitFor();
  await button(page, "暂停", FIGURE).click();
  await page.waitForTimeout(300);
  const paused = await step(page);
  await page.waitForTimeout(500);
  assert.equal(await step(page), paused, "it stands still");
  await button(page, "继续", FIGURE).click();
  await page.waitForFunction(
    ([figure, before]) => Number(document.querySelector(`${figure} .plot`).getAttribute("aria-valuenow")) > before,
    [FIGURE, paused],
  );
  await button(page, "种子 1，换一个", FIGURE).click();
  await page.waitForURL(/induction-lab\.seed=2/);
  await button(page, "在这台设备上训练", FIGURE).waitFor();
  assert.equal(await page.locator(`${FIGURE} .legend__entry`, { hasText: "本页实测" }).count(), 0);
  assert.deepEqual(page.problems, []);
});

test("one layer is foretold to fail, and a lab that cannot start is a sentence", async (t) => {
  const before = (page) => page.context().route("**/lab/**", (route) => route.fulfill({ status: 404 }));
  const page = await openAwake(t, `${EMBED.en}?induction-lab.model=one-layer`, { figure: FIGURE, before });
  await remark(page, "in 0; 0 copied").waitFor();
  assert.ok(Number(await value(page, "Matching score").textContent()) < 0.3);
  await button(page, "Train it on this device", FIGURE).click();
  await page.locator(`${FIGURE} .failure`).waitFor();
  assert.equal(await page.locator(`${FIGURE} .plot`).count(), 1, "the recorded run stays");
});
