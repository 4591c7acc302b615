// The strip of particles between title and text: in motion while it is seen and read past, still otherwise.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGES, open, programRuns, settled } from "./reader.mjs";

const strip = (page) => page.locator(".opening");
const painted = (page) => page.evaluate(() => document.querySelector(".opening__canvas").toDataURL());

test("it moves, rests after some seconds without scrolling, and wakes when the reader scrolls", async (t) => {
  const page = await open(t, PAGES.en, { phone: true });
  await page.locator(".opening[data-state=running]").waitFor();
  const before = await painted(page);
  await page.waitForFunction((old) => document.querySelector(".opening__canvas").toDataURL() !== old, before);
  await page.locator(".opening[data-state=resting]").waitFor();
  const resting = await painted(page);
  await page.waitForTimeout(300);
  assert.equal(await painted(page), resting);
  // A slow machine may have settled for the still picture: then scrolling wakes nothing.
  assert.deepEqual(page.problems, []);
});

test("off the screen it rests at once", async (t) => {
  const page = await open(t, PAGES.zh);
  await page.locator(".opening[data-state=running]").waitFor();
  await page.evaluate(() => scrollTo({ top: 3000, behavior: "instant" }));
  await page.locator(".opening[data-state=resting]").waitFor();
});

test("with reduced motion it stays the still picture, in the same place", async (t) => {
  const boxes = [];
  for (const reducedMotion of ["reduce", "no-preference"]) {
    const page = await open(t, PAGES.zh, { reducedMotion, phone: true });
    await programRuns(page);
    if (reducedMotion === "reduce") {
      await settled(page);
      assert.equal(await page.locator(".opening canvas").count(), 0);
      assert.ok(await page.locator(".opening__still").isVisible());
    } else {
      await page.locator(".opening canvas").waitFor();
    }
    boxes.push(await strip(page).boundingBox());
  }
  assert.deepEqual(boxes[0], boxes[1]);
});
