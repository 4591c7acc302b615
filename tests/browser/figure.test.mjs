// The figure `scaling-law` in the page: by mouse, touch and keyboard, its files, and its state in the address.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import {
  EMBEDS,
  FIGURE,
  LANGUAGES,
  PAGES,
  PHONE,
  WORDS,
  button,
  changedText,
  choice,
  open,
  openAwake,
  plotBox,
  pointReadout,
  programRuns,
  settled,
  site,
  wakeFigure,
} from "./reader.mjs";

// What does not need the text around the figure is tested on its embed page, which opens faster.
const { zh: ZH, en: EN } = EMBEDS;

const readouts = (page) => page.locator(`${FIGURE} .readout__value`).allTextContents();
const state = (page) => new URL(page.url()).searchParams;

/** Waits until the address holds a state of the figure: it is written a moment after the last change. */
const stateIs = (page, name, pattern) =>
  page.waitForURL((url) => pattern.test(url.searchParams.get(`scaling-law.${name}`) ?? ""));

for (const language of LANGUAGES) {
  test(`${language}: the figure sleeps until the reader comes near, then wakes`, async (t) => {
    // A short window at the top of a long page.
    const page = await open(t, PAGES[language], { window: { width: 390, height: 500 } });
    await programRuns(page);
    await settled(page);
    const figure = page.locator(FIGURE);
    assert.equal(await figure.getAttribute("data-state"), "static");
    const fetched = () => page.requested.filter((address) => address.endsWith(".data")).length;
    assert.equal(fetched(), 0, "nothing is fetched for a figure that is far away");
    await figure.scrollIntoViewIfNeeded();
    await page.locator(`${FIGURE}[data-state=ready] canvas`).waitFor();
    assert.equal(fetched(), 1);
    assert.equal(await page.locator(`${FIGURE} .plot__twin`).count(), 0, "the still picture is replaced");
  });

  test(`${language}: the figure wakes alone on its embed page`, async (t) => {
    const page = await openAwake(t, EMBEDS[language]);
    assert.equal((await readouts(page)).length, 4);
    assert.deepEqual(page.problems, []);
  });
}

for (const [name, language, path] of [
  ["zh, page", "zh", PAGES.zh],
  ["en, page", "en", PAGES.en],
  ["en, embed", "en", EMBEDS.en],
]) {
  test(`${name}: nothing goes wrong while every control is used`, async (t) => {
    const page = await openAwake(t, path);
    for (const input of await page.locator(`${FIGURE} input[type=radio]`).all()) {
      await input.check({ force: true });
    }
    for (const slider of await page.locator(`${FIGURE} input[type=range]`).all()) {
      await slider.focus();
      for (const key of ["End", "ArrowLeft", "Home", "ArrowRight", "PageUp"]) await page.keyboard.press(key);
    }
    for (const chip of await page.locator(`${FIGURE} .chip`).all()) await chip.click();
    const { x, y, width, height } = await plotBox(page);
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    // Out of the plot, and out of the window.
    await page.mouse.move(x - 50, y - 100, { steps: 3 });
    await page.mouse.move(x + width + 50, y + height + 100, { steps: 3 });
    await page.mouse.up();
    await button(page, WORDS[language].data).click();
    await button(page, WORDS[language].share).click();
    await page.keyboard.press("Escape");
    await button(page, WORDS[language].data).click();
    for (const themes of await page.locator("[data-theme-button]").all()) await themes.click();
    await page.setViewportSize({ width: 340, height: 700 });
    await settled(page);
    await button(page, WORDS[language].reset).click();
    await settled(page);
    assert.deepEqual(page.problems, []);
    assert.equal(await page.locator("html").getAttribute("data-figures"), "ready");
  });
}

test("dragging along the plot with the mouse moves the point, and it follows outside of the plot", async (t) => {
  const page = await openAwake(t, PAGES.zh);
  const { x, y, width, height } = await plotBox(page);
  const before = await pointReadout(page).textContent();
  await page.mouse.move(x + 0.3 * width, y + height / 2);
  await page.mouse.down();
  const pressed = await changedText(pointReadout(page), before);
  await page.mouse.move(x + 0.6 * width, y + height / 2, { steps: 4 });
  const dragged = await changedText(pointReadout(page), pressed);
  await page.mouse.move(x + 0.8 * width, y + height + 40, { steps: 2 });
  await changedText(pointReadout(page), dragged);
  // What is read may lag behind the picture until the point is released.
  await page.mouse.up();
  await settled(page);
  const outside = await pointReadout(page).textContent();
  await page.mouse.move(x + 0.4 * width, y + height / 2, { steps: 2 });
  await settled(page);
  assert.equal(await pointReadout(page).textContent(), outside, "a released point stays");
  await stateIs(page, "at", /e\d/);
});

test("however fast a drag was, its last place is the one that is read", async (t) => {
  const page = await openAwake(t, EN);
  const { x, y, width, height } = await plotBox(page);
  const plot = page.locator(`${FIGURE} .plot`);
  await page.mouse.move(x + 0.2 * width, y + height / 2);
  await page.mouse.down();
  // All within one task of the page, between two renderings.
  await plot.evaluate((element, shares) => {
    const box = element.getBoundingClientRect();
    for (const share of shares) {
      const at = { clientX: Math.round(box.x + share * box.width), clientY: box.y + box.height / 2 };
      element.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, pointerId: 1, ...at }));
    }
  }, [0.3, 0.6, 0.4, 0.7]);
  await page.waitForTimeout(300);
  const held = await plot.getAttribute("aria-valuenow");
  await page.mouse.up();
  await page.mouse.click(Math.round(x + 0.7 * width), y + height / 2);
  assert.equal(held, await plot.getAttribute("aria-valuenow"));
  assert.deepEqual(page.problems, []);
});

test("the point stands where the mouse is: the ends of a decade are a tenfold apart", async (t) => {
  const page = await openAwake(t, PAGES.en);
  const { x, y, width, height } = await plotBox(page);
  const at = async (share) => {
    await page.mouse.click(x + share * width, y + height / 2);
    const before = state(page).get("scaling-law.at");
    await page.waitForURL((url) => ![null, before].includes(url.searchParams.get("scaling-law.at")));
    return Number(state(page).get("scaling-law.at"));
  };
  const [low, middle, high] = [await at(0.3), await at(0.5), await at(0.7)];
  const ratio = Math.log10(high / middle) / Math.log10(middle / low);
  assert.ok(low < middle && middle < high);
  // Equal steps of the mouse are equal factors on a logarithmic axis, to the width of a pixel.
  assert.ok(Math.abs(ratio - 1) < 0.03, `${low} ${middle} ${high}`);
});

/** Touches as a finger makes them: with pauses of a frame, so that the browser can tell a scroll. */
async function finger(page) {
  const session = await page.context().newCDPSession(page);
  const send = (type, points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  return {
    async swipe([fromX, fromY], [toX, toY], steps = 12) {
      await send("touchStart", [{ x: fromX, y: fromY }]);
      for (let step = 1; step <= steps; step += 1) {
        const share = step / steps;
        await send("touchMove", [{ x: fromX + (toX - fromX) * share, y: fromY + (toY - fromY) * share }]);
        await page.evaluate(() => new Promise(requestAnimationFrame));
      }
      await send("touchEnd", []);
    },
  };
}

test("a tap moves the point", async (t) => {
  const page = await openAwake(t, PAGES.zh, { phone: true });
  const { x, y, width, height } = await plotBox(page);
  const before = await pointReadout(page).textContent();
  await page.touchscreen.tap(x + 0.4 * width, y + height / 2);
  await changedText(pointReadout(page), before);
});

test("a finger that drags sideways moves the point and does not scroll", async (t) => {
  const page = await openAwake(t, PAGES.zh, { phone: true });
  const { x, y, width, height } = await plotBox(page);
  const [before, top] = [await pointReadout(page).textContent(), await page.evaluate(() => scrollY)];
  await (await finger(page)).swipe([x + 0.2 * width, y + height / 2], [x + 0.8 * width, y + height / 2 + 5]);
  await changedText(pointReadout(page), before);
  await settled(page);
  assert.equal(await page.evaluate(() => scrollY), top);
  assert.ok(await page.evaluate(() => scrollX === 0));
  await stateIs(page, "at", /e\d/);
});

test("a finger that swipes upwards over the plot scrolls the page and leaves the point alone", async (t) => {
  const page = await openAwake(t, PAGES.zh, { phone: true });
  const { x, y, width, height } = await plotBox(page);
  const [before, top] = [await pointReadout(page).textContent(), await page.evaluate(() => scrollY)];
  await (await finger(page)).swipe([x + 0.4 * width, y + 0.8 * height], [x + 0.4 * width + 3, y + 0.1 * height]);
  await settled(page);
  assert.ok((await page.evaluate(() => scrollY)) > top + 100, "the page scrolled");
  assert.equal(await pointReadout(page).textContent(), before);
});

test("arrow keys, page keys, Home and End move the point, and say its value", async (t) => {
  const page = await openAwake(t, EN);
  const plot = page.locator(`${FIGURE} .plot`);
  await plot.focus();
  const value = async () => Number(await plot.getAttribute("aria-valuenow"));
  const after = async (key) => {
    const before = await value();
    await page.keyboard.press(key);
    await page.waitForFunction(
      ([selector, old]) => Number(document.querySelector(selector).ariaValueNow) !== old,
      [`${FIGURE} .plot`, before],
    );
    return (await value()) - before;
  };
  const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}, not ${expected}`);
  // In powers of ten: a tenth for an arrow, a whole one for a page.
  near(await after("ArrowLeft"), -0.1);
  near(await after("ArrowRight"), 0.1);
  near(await after("PageUp"), 1);
  near(await after("PageDown"), -1);
  await after("Home");
  near(await value(), Number(await plot.getAttribute("aria-valuemin")));
  await after("End");
  near(await value(), Number(await plot.getAttribute("aria-valuemax")));
  assert.match(await plot.getAttribute("aria-valuetext"), /N/);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "slider", "the focus stays");
});

test("tabs change the quantity by keyboard and by mouse", async (t) => {
  const page = await openAwake(t, EN);
  const label = page.locator(`${FIGURE} .readout__label`).first();
  const params = await label.textContent();
  await page.locator(`${FIGURE} input[name=scaling-law-axis]`).first().focus();
  await page.keyboard.press("ArrowRight");
  const tokens = await changedText(label, params);
  await stateIs(page, "axis", /^d$/);
  await page.keyboard.press("ArrowRight");
  await changedText(label, tokens);
  await stateIs(page, "axis", /^c$/);
  await choice(page, "Parameters N").click();
  await page.waitForURL((url) => !url.searchParams.has("scaling-law.axis"));
  assert.equal(await label.textContent(), params);
});

test("sliders bend the law, the published one stays in the legend, and both buttons bring it back", async (t) => {
  const page = await openAwake(t, EN);
  const original = await readouts(page);
  const slider = page.locator(`${FIGURE} input[type=range]`).first();
  const entries = () => page.locator(`${FIGURE} .legend__entry`).count();
  const published = await entries();
  for (const back of [WORDS.en.reset, "Back to the published constants"]) {
    await slider.focus();
    const loss = page.locator(`${FIGURE} .readout__value`).nth(1);
    const before = await loss.textContent();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press("ArrowRight");
    await changedText(loss, before);
    assert.equal(await entries(), published + 1);
    await stateIs(page, "alpha", /^0\.08/);
    await button(page, back).click();
    await page.waitForURL((url) => url.search === "");
    assert.deepEqual(await readouts(page), original);
    assert.equal(await entries(), published);
    assert.equal(await slider.inputValue(), "0.076", "the slider goes back with the law");
  }
});

test("a second law shows on demand with its source and a warning not to compare heights", async (t) => {
  const page = await openAwake(t, EN);
  const before = await page.locator(`${FIGURE} .legend__entry`).count();
  await choice(page, "Hoffmann").click();
  const remark = page.locator(`${FIGURE} .remark`, { hasText: "Hoffmann et al. 2022" });
  await remark.waitFor();
  assert.match(await remark.textContent(), /compare their shapes, not their heights/);
  assert.equal(await page.locator(`${FIGURE} .legend__entry`).count(), before + 1);
  await stateIs(page, "second", /^hoffmann$/);
});

/** Counts how often the figure's canvas is painted. */
const countPaintings = (page) =>
  page.addInitScript(() => {
    window.paintings = 0;
    // A painting begins by filling the whole canvas; nothing else in it is a filled rectangle.
    const { fillRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillRect = function (...box) {
      window.paintings += 1;
      fillRect.apply(this, box);
    };
  });

/** Paintings from now until there is none for half a second's frames. */
const paintingsUntilCalm = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let [calm, last] = [0, window.paintings];
        const look = () => {
          calm = window.paintings === last ? calm + 1 : 0;
          last = window.paintings;
          if (calm < 30) requestAnimationFrame(look);
          else resolve(window.paintings);
        };
        look();
      }),
  );

for (const [reducedMotion, claim, fits] of [
  ["no-preference", "morphs through frames between", (count) => count >= 4],
  ["reduce", "jumps at once when motion is to be reduced", (count) => count >= 1 && count <= 2],
]) {
  test(`the switch to linear axes ${claim}`, async (t) => {
    const page = await openAwake(t, ZH, { reducedMotion, before: countPaintings });
    const before = await paintingsUntilCalm(page);
    await choice(page, WORDS.zh.linear).first().click();
    const count = (await paintingsUntilCalm(page)) - before;
    assert.ok(fits(count), `${count} paintings`);
    await stateIs(page, "x", /^linear$/);
  });
}

test("the data table lists every series with its provenance", async (t) => {
  const page = await openAwake(t, ZH);
  assert.equal(await page.locator(`${FIGURE} .data`).count(), 0);
  await button(page, WORDS.zh.data).click();
  const tables = page.locator(`${FIGURE} .data__table`);
  await tables.first().waitFor();
  assert.ok((await tables.count()) >= 2);
  assert.equal(await page.locator(`${FIGURE} .data .badge`).count(), await tables.count());
  assert.ok((await page.locator(`${FIGURE} .data td`).count()) > 20);
  assert.equal(await button(page, WORDS.zh.data).getAttribute("aria-expanded"), "true");
  await button(page, WORDS.zh.data).click();
  await tables.first().waitFor({ state: "detached" });
});

/** What lies in the clipboard after a press on an item of the share menu. */
async function copied(page, item) {
  await button(page, WORDS.en.share).click();
  await button(page, item).click();
  await page.locator(".share__outcome").waitFor();
  await button(page, WORDS.en.share).click();
  assert.deepEqual(page.problems, []);
  return page.evaluate(() => navigator.clipboard.readText());
}

const withClipboard = { permissions: ["clipboard-read", "clipboard-write"] };

test("the copied link restores the state in a new page", async (t) => {
  const page = await openAwake(t, EN, withClipboard);
  await choice(page, WORDS.en.tokens).click();
  await choice(page, "Besiroglu").click();
  await page.locator(`${FIGURE} .plot`).focus();
  await page.keyboard.press("PageDown");
  await stateIs(page, "at", /e\d/);
  const link = await copied(page, "Copy link");
  assert.equal(new URL(link).searchParams.get("scaling-law.axis"), "d");
  assert.equal(new URL(link).hash, "#fig-scaling-law");
  const other = await openAwake(t, link);
  assert.deepEqual(await readouts(other), await readouts(page));
  assert.equal(await other.locator(`${FIGURE} input[name=scaling-law-axis]`).nth(1).isChecked(), true);
  assert.equal(await other.locator(`${FIGURE} input[name=scaling-law-second]`).nth(2).isChecked(), true);
});

test("the copied embed code is a frame with the embed page in this state", async (t) => {
  const page = await openAwake(t, `${EN}?scaling-law.axis=c`, withClipboard);
  const code = await copied(page, "Copy embed code");
  const [, source] = code.match(/^<iframe src="([^"]+)" title="[^"]+".*><\/iframe>$/);
  const address = source.replaceAll("&amp;", "&");
  assert.equal(address, `${site.address(EN)}?scaling-law.axis=c`);
  const embed = await openAwake(t, address);
  assert.deepEqual(await readouts(embed), await readouts(page));
});

test("where copying is not allowed, the text is shown for copying by hand", async (t) => {
  const page = await openAwake(t, EN, {
    before: (own) =>
      own.addInitScript(() => Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined })),
  });
  await button(page, WORDS.en.share).click();
  await button(page, "Copy link").click();
  const area = page.locator(".share__outcome textarea");
  await area.waitFor();
  assert.match(await area.inputValue(), /#fig-scaling-law$/);
});

test("Escape closes the share menu and gives the focus back to its button", async (t) => {
  const page = await openAwake(t, EN);
  await button(page, WORDS.en.share).click();
  await button(page, "Copy link").focus();
  await page.keyboard.press("Escape");
  await page.locator(".share__menu").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.closest("button")?.textContent), WORDS.en.share);
});

async function saved(page, format) {
  await button(page, WORDS.en.share).click();
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, `Save ${format}`).click()]);
  assert.equal(download.suggestedFilename(), `scaling-law.${format.toLowerCase()}`);
  const file = await readFile(await download.path());
  assert.deepEqual(page.problems, []);
  return file;
}

test("the saved CSV has every point with provenance and source", async (t) => {
  const page = await openAwake(t, `${EN}?scaling-law.second=hoffmann`);
  const lines = (await saved(page, "CSV")).toString("utf8").replace("\u{feff}", "").trimEnd().split("\r\n");
  const columns = lines[0].split(",");
  assert.deepEqual(columns.slice(0, 2), ["series", "item"]);
  assert.deepEqual(columns.slice(-2), ["provenance", "source"]);
  assert.ok(lines.length > 30, `${lines.length} lines`);
  const cells = lines.slice(1).map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell));
  assert.ok(cells.every((row) => /published|schematic|here/.test(row[columns.length - 2])));
  assert.ok(cells.every((row) => Number.isFinite(Number(row[2])) && Number.isFinite(Number(row[3]))));
  const sources = new Set(cells.map((row) => row[columns.length - 1]));
  for (const name of ["Kaplan", "Hoffmann", "Brown"]) {
    assert.ok([...sources].some((source) => source.includes(name)), `${name} in ${[...sources]}`);
  }
});

test("the saved SVG is a whole picture with its sources", async (t) => {
  const page = await openAwake(t, EN);
  const text = (await saved(page, "SVG")).toString("utf8");
  const [root, size, words] = await page.evaluate((source) => {
    const { documentElement: svg } = new DOMParser().parseFromString(source, "image/svg+xml");
    return [svg.nodeName, ["width", "height"].map((name) => svg.getAttribute(name)), svg.textContent];
  }, text);
  assert.equal(root, "svg");
  assert.deepEqual(size, ["760", "460"]);
  assert.match(words, /Kaplan et al\. 2020/);
  assert.match(words, /Scale & Emergence/);
  assert.ok(!text.includes("var(--"), "a picture that stands alone has its own colors");
});

test("the saved PNG is 760 by 460 at two pixels a CSS pixel, and is not blank", async (t) => {
  const page = await openAwake(t, EN);
  const png = await saved(page, "PNG");
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2 * 760, 2 * 460]);
  const colors = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = data;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let index = 0; index < pixels.length; index += 4) seen.add(pixels.slice(index, index + 4).join());
    return seen.size;
  }, `data:image/png;base64,${png.toString("base64")}`);
  assert.ok(colors > 20, `${colors} colors`);
});

const DAMAGED = {
  "values out of range": "scaling-law.axis=zzz&scaling-law.at=NaN&scaling-law.alpha=999&scaling-law.scale=-1e999",
  "escapes that decode to nothing": "scaling-law.at=%E0%A4%A&scaling-law.axis=%00&%ff%fe=%&scaling-law.=1&.=&=&&&",
  "unknown keys": "scaling-law.colour=red&other.axis=d&utm_source=mail&theme=plaid&lang=tlh&controls=maybe",
  "keys given twice": "scaling-law.axis=d&scaling-law.axis=c&scaling-law.at=1e10&scaling-law.at=x",
  "huge numbers": `scaling-law.at=${"9".repeat(400)}&scaling-law.scale=1e308&scaling-law.alpha=1e-320`,
  "another language's digits": "scaling-law.at=%E4%B8%80%E4%BA%BF&scaling-law.alpha=0,076",
  markup: "scaling-law.axis=%3Cscript%3Ealert(1)%3C/script%3E&scaling-law.second=%22%3E%3Cimg%20src=x%3E",
};

test("a damaged address gives a working figure", async (t) => {
  const page = await open(t, ZH);
  for (const [damage, query] of Object.entries(DAMAGED)) {
    await page.goto(site.address(`${ZH}?${query}`));
    await wakeFigure(page);
    const values = await readouts(page);
    assert.equal(values.length, 4, damage);
    assert.ok(values.every((value) => /\d/.test(value) && !/NaN|inf/i.test(value)), `${damage}: ${values}`);
    await page.locator(`${FIGURE} .plot`).focus();
    const before = await pointReadout(page).textContent();
    await page.keyboard.press("Home");
    await page.keyboard.press("PageUp");
    await changedText(pointReadout(page), before);
    assert.deepEqual(page.problems, [], damage);
  }
});

test("a state in the address is shown, and what is not the figure's stays in the address", async (t) => {
  const page = await openAwake(t, `${EN}?utm_source=mail&scaling-law.axis=d&scaling-law.at=1e9`);
  assert.equal(await page.locator(`${FIGURE} input[name=scaling-law-axis]`).nth(1).isChecked(), true);
  assert.match(await pointReadout(page).textContent(), /^1(\.00)? billion/);
  await button(page, WORDS.en.reset).click();
  await page.waitForURL((url) => url.search === "?utm_source=mail");
});

test("the canvas has at least two pixels a CSS pixel on a phone, and fills its plot", async (t) => {
  const page = await openAwake(t, ZH, { phone: true });
  const [canvas, css, plot] = await page.evaluate(() => {
    const element = document.querySelector("figure canvas");
    return [element.width, element.getBoundingClientRect().width, element.closest(".plot").clientWidth];
  });
  assert.ok(Math.abs(canvas - 2 * css) <= 2, `${canvas} pixels on ${css}`);
  assert.ok(Math.abs(css - plot) <= 1);
  assert.ok(plot > 0.8 * PHONE.width - 40);
});

test("a figure that wakes takes no more and no less room than its still picture", async (t) => {
  const page = await open(t, PAGES.zh, { window: { width: 390, height: 500 } });
  const height = () => page.locator(FIGURE).evaluate((figure) => figure.getBoundingClientRect().height);
  const before = await height();
  await wakeFigure(page);
  assert.ok(Math.abs((await height()) - before) <= 1, `${before} px before, ${await height()} px after`);
});
