// The text: complete before any script, well set at every width, and every link leads somewhere.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { DESK, FIGURE, LANGUAGES, PAGES, PHONE, open, openAwake, programRuns, settled } from "./reader.mjs";

const source = await readFile(new URL("../fixtures/chapter.zh.md", import.meta.url), "utf8");
/** Headings of the chapter as its source has them; a comment in the code sample looks like one. */
const headings = source
  .replace(/^```[\s\S]*?^```/gm, "")
  .split("\n")
  .filter((line) => /^#{2,3} /.test(line))
  .map((line) => line.replace(/^#+ /, "").trim());

for (const language of LANGUAGES) {
  test(`${language}: without scripts the text is complete and no control pretends to work`, async (t) => {
    const page = await open(t, PAGES[language], { phone: true, javaScriptEnabled: false });
    const shown = await page.evaluate(() => {
      const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
      return {
        headings: all("main :is(h2, h3)").map((heading) => heading.firstChild.textContent.trim()),
        tables: all("main table:not(.figure *)").map((table) => table.rows.length),
        formulas: all("main .formula math").length,
        samples: all("main .sample").length,
        references: all(".references__list li").length,
        figures: all("main .figure").length,
        twins: all(".plot svg").length,
        paragraphs: all("main p[data-block]").length,
        notices: all(".notice").map((notice) => notice.textContent),
        controls: all("button, input, select, textarea").map((control) => control.outerHTML),
      };
    });
    if (language === "zh") assert.deepEqual(shown.headings.slice(0, headings.length), headings);
    const numbers = shown.headings.map((heading) => heading.match(/^5\.4\.\d|[（(]\d[）)]/)?.[0].replace(/[（）()]/g, ""));
    assert.deepEqual(numbers.slice(0, 7), ["5.4.1", "5.4.2", "1", "2", "3", "4", "5.4.3"]);
    assert.equal(shown.tables.length, 2, "tables 5-1 and 5-2");
    assert.ok(shown.tables.every((rows) => rows >= 3));
    assert.equal(shown.formulas, 1);
    assert.ok(shown.samples >= 4, `${shown.samples} samples`);
    assert.ok(shown.paragraphs >= 20, `${shown.paragraphs} paragraphs`);
    assert.ok(shown.references >= 10, `${shown.references} references`);
    assert.equal(shown.twins, shown.figures, "one of each figure's two still pictures");
    assert.equal(shown.notices.length, 1, `the line about scripts, and no other: ${shown.notices}`);
    assert.deepEqual(shown.controls, []);
  });
}

for (const language of LANGUAGES) {
  test(`${language}: nothing scrolls sideways from 320 to 2560 px, light and dark`, async (t) => {
    const page = await openAwake(t, PAGES[language]);
    for (const width of [320, 390, 768, 1000, 1280, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await settled(page);
        const [needed, has, culprits] = await page.evaluate(() => {
          const root = document.documentElement;
          const clipped = (element) => {
            for (let parent = element.parentElement; parent; parent = parent.parentElement) {
              if (["auto", "scroll", "hidden"].includes(getComputedStyle(parent).overflowX)) return true;
            }
            return false;
          };
          const out = [...document.body.querySelectorAll("*")].filter((element) => {
            const { left, right } = element.getBoundingClientRect();
            return right > left && (right > innerWidth + 0.5 || left < -0.5) && element.checkVisibility() && !clipped(element);
          });
          return [root.scrollWidth, innerWidth, out.map((element) => element.className || element.tagName).slice(0, 5)];
        });
        assert.ok(needed <= has, `${needed} px of content in ${has} px, ${colorScheme}: ${culprits}`);
      }
    }
  });
}

/** Mean number of characters on the full lines of long paragraphs, spaces included. */
function charactersPerLine() {
  const perLine = [];
  for (const paragraph of document.querySelectorAll("main section > p[data-block]")) {
    const lines = new Map();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".note, .note-mark, .cite__card") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    const glyphs = [];
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let index = 0; index < node.length; index += 1) {
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        const rect = range.getBoundingClientRect();
        if (rect.width > 0) glyphs.push({ character: node.data[index], ...rect.toJSON() });
      }
    }
    for (const glyph of glyphs) {
      const line = Math.round(glyph.bottom / 8);
      const key = [line - 1, line, line + 1].find((near) => lines.has(near)) ?? line;
      lines.set(key, [...(lines.get(key) ?? []), glyph]);
    }
    const full = [...lines.values()].slice(0, -1);
    const width = paragraph.getBoundingClientRect().width;
    for (const line of full) {
      // The script that fills the line: a few Latin words in a Chinese line would count as many narrow characters.
      const chinese = line.filter((glyph) => /\p{Script=Han}/u.test(glyph.character));
      const counted = chinese.length > line.length / 2 ? chinese : line;
      const mean = counted.reduce((sum, glyph) => sum + glyph.width, 0) / counted.length;
      perLine.push(width / mean);
    }
  }
  return { lines: perLine.length, mean: perLine.reduce((sum, count) => sum + count, 0) / perLine.length };
}

for (const [language, low, high] of [["zh", 30, 38], ["en", 60, 75]]) {
  test(`${language}: a line holds ${low} to ${high} characters at 1280 px`, async (t) => {
    const page = await open(t, PAGES[language]);
    await page.evaluate(() => document.fonts.ready);
    const { lines, mean } = await page.evaluate(charactersPerLine);
    assert.ok(lines > 30, `only ${lines} full lines were found`);
    assert.ok(mean >= low && mean <= high, `${mean.toFixed(1)} characters a line`);
  });
}

for (const language of LANGUAGES) {
  test(`${language}: on a phone a tap on any mark opens its note below, and another closes it`, async (t) => {
    const page = await open(t, PAGES[language], { phone: true });
    await programRuns(page);
    for (const mark of await page.locator(".note-mark").all()) {
      const note = page.locator(`.note${await mark.getAttribute("href")}`);
      await mark.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
      const { x, y, width, height } = await mark.boundingBox();
      const tap = () => page.touchscreen.tap(x + width / 2, y + height / 2);
      assert.equal(await note.isVisible(), false);
      assert.equal(await mark.getAttribute("aria-expanded"), "false");
      await tap();
      await note.waitFor({ state: "visible" });
      assert.equal(await mark.getAttribute("aria-expanded"), "true");
      const box = await note.boundingBox();
      assert.ok(box.y >= y + height / 2 && box.y < y + 200, `the note at ${box.y} is just below the mark at ${y}`);
      await tap();
      await note.waitFor({ state: "hidden" });
      assert.equal(await mark.getAttribute("aria-expanded"), "false");
    }
  });
}

test("on a phone Enter opens a note and closes it", async (t) => {
  const page = await open(t, PAGES.zh, { phone: true });
  await programRuns(page);
  const mark = page.locator(".note-mark").first();
  const note = page.locator(".note").first();
  await mark.focus();
  await page.keyboard.press("Enter");
  await note.waitFor({ state: "visible" });
  assert.equal(await mark.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Enter");
  await note.waitFor({ state: "hidden" });
  assert.equal(await mark.getAttribute("aria-expanded"), "false");
});

test("without scripts the mark's link opens its note", async (t) => {
  const page = await open(t, PAGES.en, { phone: true, javaScriptEnabled: false });
  await page.locator(".note-mark").first().tap();
  await page.locator(".note").first().waitFor({ state: "visible" });
});

for (const language of LANGUAGES) {
  test(`${language}: on wide screens notes stand beside the text and overlap nothing`, async (t) => {
    const page = await openAwake(t, PAGES[language]);
    for (const width of [1000, 1280, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      await settled(page);
      const { clashes, orphans, inside, count } = await page.evaluate(() => {
        const box = (element) => ({ name: element.id || element.className, ...element.getBoundingClientRect().toJSON() });
        const notes = [...document.querySelectorAll(".note")];
        const boxes = notes.map(box);
        const others = [...document.querySelectorAll("figure.figure, .table, .sample, .contents, h2, h3")]
          .filter((element) => element.checkVisibility())
          .map(box);
        const overlap = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
        const clashes = [];
        boxes.forEach((note, index) => {
          for (const other of [...boxes.slice(index + 1), ...others]) {
            if (overlap(note, other)) clashes.push(`${note.name} and ${other.name}`);
          }
        });
        const marks = [...document.querySelectorAll(".note-mark")];
        const orphans = marks.filter((mark) => !document.querySelector(`.note${mark.getAttribute("href")}`)).length;
        const column = document.querySelector("main p[data-block]").getBoundingClientRect().right;
        const inside = boxes.filter((note) => note.left < column).map((note) => note.name);
        return { clashes, orphans, inside, count: Math.min(marks.length, notes.length) };
      });
      assert.ok(count >= 5, `${count} notes`);
      assert.equal(orphans, 0, "every mark has its note");
      assert.deepEqual(inside, [], `notes within the column at ${width} px`);
      assert.deepEqual(clashes, [], `overlaps at ${width} px`);
    }
  });

  test(`${language}: print shows every note at the end and hides bars and controls`, async (t) => {
    const page = await openAwake(t, PAGES[language]);
    const marks = await page.locator(".note-mark").count();
    await page.emulateMedia({ media: "print" });
    const shown = await page.evaluate(() => {
      const visible = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
      return {
        controls: visible(".bar, .notices, .contents, .skip, button, input").map((element) => element.className || element.type),
        notes: visible(".endnotes li").length,
        margin: visible(".note").length,
        blank: visible(".figure").filter((figure) => ![...figure.querySelectorAll("canvas, svg")].some((picture) => picture.checkVisibility())).length,
      };
    });
    assert.deepEqual(shown.controls, []);
    assert.equal(shown.notes, marks);
    assert.equal(shown.margin, 0);
    assert.equal(shown.blank, 0, "every figure has its picture");
  });
}

test("a citation opens on hover, and closes when the pointer leaves", async (t) => {
  const page = await open(t, PAGES.zh);
  await programRuns(page);
  const cite = page.locator(".cite:visible").first();
  await cite.locator(".cite__link").scrollIntoViewIfNeeded();
  assert.equal(await cite.locator(".cite__card").isVisible(), false);
  await cite.locator(".cite__link").hover();
  await cite.locator(".cite__card").waitFor({ state: "visible" });
  await page.mouse.move(0, DESK.height - 1);
  await cite.locator(".cite__card").waitFor({ state: "hidden" });
});

test("a citation opens on focus and closes on Escape", async (t) => {
  const page = await open(t, PAGES.en);
  await programRuns(page);
  const cite = page.locator(".cite:visible").first();
  await cite.locator(".cite__link").focus();
  await cite.locator(".cite__card").waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  await cite.locator(".cite__card").waitFor({ state: "hidden" });
});

test("a citation that is hovered closes on Escape too", async (t) => {
  const page = await open(t, PAGES.en);
  await programRuns(page);
  const cite = page.locator(".cite:visible").first();
  await cite.locator(".cite__link").hover();
  await cite.locator(".cite__card").waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  await cite.locator(".cite__card").waitFor({ state: "hidden" });
});

test("on a phone a tap on a citation opens its card within the window and goes nowhere", async (t) => {
  const page = await open(t, PAGES.zh, { phone: true });
  await programRuns(page);
  const cite = page.locator(`${FIGURE} .figure__caption .cite`).first();
  const address = page.url();
  await cite.locator(".cite__link").tap();
  const card = cite.locator(".cite__card");
  await card.waitFor({ state: "visible" });
  assert.equal(page.url(), address);
  const box = await card.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width && box.y >= 0 && box.y + box.height <= PHONE.height, JSON.stringify(box));
});

test("citation cards stay within the window at 1280 px", async (t) => {
  const page = await open(t, PAGES.en);
  const [count, out] = await page.evaluate(() => {
    const cites = [...document.querySelectorAll(".cite")].filter((cite) => cite.checkVisibility());
    const out = cites.filter((cite) => {
      cite.querySelector("a").focus();
      const { left, right } = cite.querySelector(".cite__card").getBoundingClientRect();
      return left < 0 || right > innerWidth;
    });
    return [cites.length, out.map((cite) => cite.id)];
  });
  assert.ok(count > 10);
  assert.deepEqual(out, []);
});
