// How fast the figures with a model answer in this machine's browser: the first word, a key that is pressed, long tasks
// of the page meanwhile, and memory over time. Prints; judges nothing. MINUTES sets how long memory is watched (1).
import { launch } from "./browser.mjs";
import { keepLongTasks, median, toldTasks, usedHeap } from "./gauges.mjs";
import { serve } from "./site.mjs";

const ROUNDS = 15;
const MINUTES = Number(process.env.MINUTES ?? 1);
const RUNGS = ["1x8", "4x64", "6x128"];

const milliseconds = (values) => `median ${median(values).toFixed(0)} ms, worst ${Math.max(...values).toFixed(0)} ms`;

/** What is asked of each figure by one tap, and where the answer shows. */
const FIGURES = [
  { figure: "few-shot", taps: ["Other examples", "Swap the examples"], answer: ".guesses" },
  { figure: "code", taps: ["Powers of two", "Triangular"], answer: ".code__words" },
  { figure: "reasoning", taps: ["Another problem"], answer: ".reasoning__panel:nth-child(2) .reasoning__lines" },
  { figure: "verse", taps: ["Write another"], answer: ".verse" },
];

/**
 * Does something and returns the milliseconds until what `answer` names shows something else, or until the whole answer
 * is there if it is the same as before.
 */
async function untilAnswer([act, element, answer]) {
  const target = document.querySelector(element);
  const shown = document.querySelector(answer);
  const busy = shown.closest("[aria-busy]");
  const before = shown.textContent;
  let wasBusy = false;
  const changed = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const isBusy = busy.getAttribute("aria-busy") === "true";
      const isOther = shown.textContent !== before && shown.textContent !== "";
      if (isOther || (wasBusy && !isBusy)) {
        observer.disconnect();
        resolve(performance.now());
      }
      wasBusy ||= isBusy;
    });
    observer.observe(busy, { subtree: true, childList: true, characterData: true, attributeFilter: ["aria-busy"] });
    setTimeout(() => resolve(Infinity), 5000);
  });
  const start = performance.now();
  if (act === "click") target.click();
  else {
    target.value = act;
    target.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return (await changed) - start;
}

async function openFigure(browser, site, figure, query, slowdown) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, serviceWorkers: "block" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.addInitScript(keepLongTasks);
  await page.goto(site.address(`en/embed/${figure}.html${query}`));
  await page.locator(`#fig-${figure}[data-state=ready] canvas`).waitFor();
  return { page, session, context };
}

/** Asks for poem after poem from inside the page, where a click leaves nothing of the tool that drives the browser behind. */
async function writePoems(milliseconds) {
  const figure = document.querySelector("#fig-verse");
  const another = [...figure.querySelectorAll("button")].find((button) => button.textContent.includes("Write another"));
  const rest = () => new Promise((resolve) => setTimeout(resolve, 5));
  let poems = 0;
  for (const end = performance.now() + milliseconds; performance.now() < end; poems += 1) {
    another.click();
    do await rest();
    while (figure.querySelector("[aria-busy=true]"));
  }
  return poems;
}

const calm = (page, figure) => page.waitForFunction((id) => !document.querySelector(`${id} [aria-busy=true]`), `#fig-${figure}`);

const site = await serve({ gzip: true });
const browser = await launch();
try {
  for (const slowdown of [1, 4]) {
    console.log(`processor ${slowdown} times slower`);
    for (const { figure, taps, answer } of FIGURES) {
      for (const rung of RUNGS) {
        const { page, context } = await openFigure(browser, site, figure, `?rung=${rung}`, slowdown);
        await calm(page, figure);
        await page.evaluate(() => (window.longTasks.length = 0));
        const times = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const tap = page.locator(`#fig-${figure} button`, { hasText: taps[round % taps.length] }).first();
          if ((await tap.count()) === 0) continue;
          await tap.evaluate((element) => element.setAttribute("data-tap", ""));
          times.push(await page.evaluate(untilAnswer, ["click", "[data-tap]", `#fig-${figure} ${answer}`]));
          await page.evaluate(() => document.querySelector("[data-tap]")?.removeAttribute("data-tap"));
          await calm(page, figure);
        }
        const tasks = await page.evaluate(() => window.longTasks);
        console.log(`  ${figure}, ${rung}: tap to first word ${milliseconds(times)}; tasks over 50 ms: ${toldTasks(tasks)}`);
        await context.close();
      }
    }
    const { page, context } = await openFigure(browser, site, "few-shot", "?rung=4x64", slowdown);
    await calm(page, "few-shot");
    const keys = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const word = ["Goodbye", "Hello"][round % 2];
      keys.push(await page.evaluate(untilAnswer, [word, ".few-shot__word", "#fig-few-shot .guesses"]));
      await calm(page, "few-shot");
    }
    console.log(`  few-shot, 4x64: word typed to answer ${milliseconds(keys)}`);
    await context.close();
  }
  const { page, session, context } = await openFigure(browser, site, "verse", "", 1);
  const write = (milliseconds) => page.evaluate(writePoems, milliseconds);
  await write(10_000);
  const before = await usedHeap(session);
  const poems = await write(MINUTES * 60_000);
  console.log(`heap of the page before and after ${MINUTES} min and ${poems} poems: ${before.toFixed(1)} MB, ${(await usedHeap(session)).toFixed(1)} MB`);
  await context.close();
} finally {
  await browser.close();
  await site.close();
}
