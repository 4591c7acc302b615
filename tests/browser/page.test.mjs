// The page around the text: language, theme, contents, anchors, reading progress.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EMBEDS, FIGURE, PAGES, button, open, openAwake, programRuns, settled, site } from "./reader.mjs";

const OTHER = { zh: "en", en: "zh" };

/** Brings an element just below the bar, at once. */
const scrollTo = async (page, selector) => {
  await page.locator(selector).evaluate((element) => element.scrollIntoView({ block: "start", behavior: "instant" }));
  await settled(page);
};

for (const [language, block] of [["zh", "#b3"], ["zh", "#b12"], ["en", "#b25"]]) {
  test(`${language}: the language switch keeps the place at ${block}`, async (t) => {
    const page = await open(t, PAGES[language]);
    await programRuns(page);
    await scrollTo(page, block);
    const link = await page.locator("[data-language-switch]").boundingBox();
    await page.mouse.click(link.x + link.width / 2, link.y + link.height / 2);
    await page.waitForURL(new RegExp(`${PAGES[OTHER[language]]}#`));
    await settled(page);
    assert.equal(new URL(page.url()).hash, block);
    const { y } = await page.locator(block).boundingBox();
    assert.ok(y >= 0 && y < 200, `${block} is ${y} px below the window's upper edge`);
  });
}

test("the language switch keeps the place by keyboard too: what is focused in the bar does not scroll the page", async (t) => {
  const page = await open(t, PAGES.zh, { reducedMotion: "reduce" });
  await programRuns(page);
  await scrollTo(page, "#b12");
  const top = await page.evaluate(() => scrollY);
  for (const control of [".bar__title", "[data-theme-button]", "[data-language-switch]"]) {
    await page.locator(control).focus();
    await settled(page);
    assert.equal(await page.evaluate(() => scrollY), top, control);
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`${PAGES.en}#b12$`));
});

test("the language switch keeps the state of the figure", async (t) => {
  const page = await openAwake(t, PAGES.zh);
  await page.locator(`${FIGURE} input[name=scaling-law-axis]`).nth(2).check({ force: true });
  await page.waitForURL((url) => url.searchParams.get("scaling-law.axis") === "c");
  await page.locator("[data-language-switch]").click();
  await page.waitForURL((url) => url.pathname.endsWith(PAGES.en) && url.searchParams.get("scaling-law.axis") === "c");
});

test("the language switch works without scripts", async (t) => {
  const page = await open(t, PAGES.en, { javaScriptEnabled: false });
  await page.locator("[data-language-switch]").click();
  await page.waitForURL(new RegExp(PAGES.zh));
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
});

test("?lang= goes to the page in that language and keeps state and place", async (t) => {
  const page = await open(t, `${PAGES.zh}?lang=en&scaling-law.axis=d#b5`);
  await page.waitForURL(site.address(`${PAGES.en}?scaling-law.axis=d#b5`));
  const back = await open(t, `${PAGES.en}?lang=zh`);
  await back.waitForURL(site.address(PAGES.zh));
  const same = await open(t, `${PAGES.zh}?lang=zh`);
  await programRuns(same);
  assert.equal(await same.locator("html").getAttribute("data-language"), "zh");
});

test("?lang= goes to the embed page in that language", async (t) => {
  const page = await open(t, `${EMBEDS.zh}?lang=en`);
  await page.waitForURL(site.address(EMBEDS.en));
});

const theme = (page) => page.locator("html").getAttribute("data-theme");
const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const brightness = (color) => color.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;

test("the theme button goes from the device's theme to light to dark and back, and says which", async (t) => {
  const page = await open(t, PAGES.en);
  await programRuns(page);
  const themes = page.locator("[data-theme-button]");
  const seen = [];
  for (let press = 0; press < 4; press += 1) {
    seen.push([await theme(page), await themes.getAttribute("aria-label")]);
    await themes.click();
  }
  const labels = ["Theme: follows the device", "Theme: light", "Theme: dark"];
  assert.deepEqual(seen, ["auto", "light", "dark", "auto"].map((code, index) => [code, labels[index % 3]]));
});

test("a chosen theme stays after a reload and in the other language, before the first paint", async (t) => {
  const page = await open(t, PAGES.en, { colorScheme: "light" });
  await programRuns(page);
  const light = await background(page);
  for (let press = 0; press < 2; press += 1) await page.locator("[data-theme-button]").click();
  assert.equal(await theme(page), "dark");
  const dark = await background(page);
  assert.ok(brightness(light) > 200 && brightness(dark) < 60, `${light}, ${dark}`);
  // Without the program, so that only what runs before the first paint can have set it.
  await page.route("**/*.wasm", (route) => route.abort());
  for (const path of [PAGES.en, PAGES.zh]) {
    await page.goto(site.address(path));
    assert.equal(await background(page), dark);
  }
});

test("?theme= sets the theme, and the device's theme counts where none is set", async (t) => {
  const dark = await open(t, `${PAGES.zh}?theme=dark`, { colorScheme: "light" });
  assert.ok(brightness(await background(dark)) < 60);
  const light = await open(t, `${PAGES.zh}?theme=light`, { colorScheme: "dark" });
  assert.ok(brightness(await background(light)) > 200);
  const device = await open(t, PAGES.zh, { colorScheme: "dark" });
  assert.ok(brightness(await background(device)) < 60);
});

test("the canvas is painted in the new theme's colors, by button and by device", async (t) => {
  const page = await openAwake(t, PAGES.zh, { colorScheme: "light" });
  const isPainted = (low, high) =>
    page.waitForFunction(
      ([from, to]) => {
        const canvas = document.querySelector("figure canvas");
        const { data } = canvas.getContext("2d").getImageData(3, 3, 1, 1);
        return data[3] === 255 && data[0] >= from && data[0] <= to;
      },
      [low, high],
    );
  await isPainted(200, 255);
  await page.emulateMedia({ colorScheme: "dark" });
  await isPainted(0, 60);
  await page.locator("[data-theme-button]").click();
  await isPainted(200, 255);
  await page.locator("[data-theme-button]").click();
  await isPainted(0, 60);
});

test("the contents mark the section that is being read", async (t) => {
  const page = await open(t, PAGES.zh);
  await programRuns(page);
  const sections = await page.locator("main section[id^=sec-]").evaluateAll((all) => all.map((one) => one.id));
  assert.equal(sections.length, 7);
  for (const id of [...sections, sections[0]]) {
    await scrollTo(page, `#${id}`);
    await page.locator(`.page > .contents a[href="#${id}"][aria-current]`).waitFor();
    assert.equal(await page.locator(".page > .contents [aria-current]").count(), 1);
  }
});

test("on a phone the contents open in the bar, lead to a section, and give the text back", async (t) => {
  const page = await open(t, PAGES.en, { phone: true });
  await programRuns(page);
  await page.locator(".bar__contents > summary").tap();
  const link = page.locator(".bar__contents .contents__link", { hasText: "5.4.3" });
  await link.tap();
  await page.waitForURL(/#sec-consequences$/);
  await settled(page);
  const { y } = await page.locator("#sec-consequences h2").boundingBox();
  assert.ok(y > 40 && y < 300, `the heading is ${y} px below the window's upper edge, under no bar`);
  assert.equal(await link.isVisible(), false, "the list does not cover the section");
});

test("every heading has a link to itself", async (t) => {
  const page = await open(t, PAGES.en);
  const links = await page
    .locator("main section[id^=sec-] > .heading")
    .evaluateAll((all) => all.map((heading) => [heading.parentElement.id, heading.querySelector("a")?.hash]));
  assert.equal(links.length, 7);
  for (const [id, hash] of links) assert.equal(hash, `#${id}`);
  await page.locator("#sec-code-generation .heading__link").click();
  await page.waitForURL(/#sec-code-generation$/);
});

test("the first Tab stop leads past the bar to the text", async (t) => {
  const page = await open(t, PAGES.zh);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.hash), "#chapter");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null), "the focus is in the text");
});

test("the line of reading progress follows the scroll position without a script", async (t) => {
  const page = await open(t, PAGES.zh, { javaScriptEnabled: false });
  const share = () => page.locator(".bar__progress").evaluate((line) => line.getBoundingClientRect().width / innerWidth);
  assert.ok((await share()) < 0.01);
  await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
  // Nothing in the page can wait for a frame here.
  let reached = 0;
  for (let look = 0; look < 100 && reached < 0.99; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    reached = await share();
  }
  assert.ok(reached >= 0.99, `${reached} of the width`);
});

test("a phrase of the text leads to its figure", async (t) => {
  const page = await open(t, PAGES.zh);
  await programRuns(page);
  await page.locator(`a.figure-link[href="${FIGURE}"]`).first().click();
  await page.locator(`${FIGURE}[data-state=ready]`).waitFor();
  await settled(page);
  const { y } = await page.locator(FIGURE).boundingBox();
  assert.ok(y >= 0 && y < 200, `${y}`);
});

test("print shows a figure in the state that the reader gave it", async (t) => {
  const page = await openAwake(t, PAGES.zh);
  await button(page, "GPT-1").click();
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(`${FIGURE} canvas`).isVisible());
  assert.equal(await page.locator(`${FIGURE} .readout__value`).first().textContent(), "1.17 亿");
});
