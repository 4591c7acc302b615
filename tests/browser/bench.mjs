// How fast the page is in this machine's browser: start-up, waking. Prints; judges nothing.
import { launch } from "./browser.mjs";
import { keepLongTasks, median, milliseconds, toldTasks } from "./gauges.mjs";
import { serve } from "./site.mjs";

const STARTS = 5;

// Windows so low that the figure is far away at the start.
const READERS = [
  { name: "desk, 1280 px, 2 device pixels a CSS pixel", viewport: { width: 1280, height: 500 }, slowdown: 1 },
  { name: "phone, 390 px, processor 4 times slower", viewport: { width: 390, height: 500 }, slowdown: 4, isMobile: true },
];

/** Notes when the program runs and when the figure is ready. */
function keepTimes() {
  window.times = {};
  new MutationObserver(() => {
    const { times } = window;
    if (document.documentElement.dataset.figures === "ready") times.program ??= performance.now();
    if (document.querySelector("figure[data-state=ready] canvas")) times.figure ??= performance.now();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-figures", "data-state"] });
}

/** Goes to the figure; returns how long it took to be ready, and the long tasks until now. */
async function approach() {
  const start = performance.now();
  document.querySelector("#fig-scaling-law").scrollIntoView({ block: "center", behavior: "instant" });
  const frame = () => new Promise(requestAnimationFrame);
  while (window.times.figure === undefined) await frame();
  return { program: window.times.program, figure: window.times.figure - start, tasks: window.longTasks };
}

const site = await serve({ gzip: true });
const browser = await launch();
try {
  for (const { name, viewport, slowdown, isMobile = false } of READERS) {
    const starts = [];
    for (let start = 0; start < STARTS; start += 1) {
      const context = await browser.newContext({ viewport, isMobile, deviceScaleFactor: 2, serviceWorkers: "block" });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
      await page.addInitScript(keepLongTasks);
      await page.addInitScript(keepTimes);
      await page.goto(site.address("index.html"));
      await page.locator("html[data-figures=ready]").waitFor();
      starts.push(await page.evaluate(approach));
      await context.close();
    }
    const typical = (field) => milliseconds(median(starts.map((start) => start[field])));
    console.log(name);
    console.log(`  navigation to running program   ${typical("program")} (median of ${STARTS})`);
    console.log(`  near the figure to figure ready ${typical("figure")} (median of ${STARTS})`);
    console.log(`  tasks over 50 ms until then     ${toldTasks(starts[STARTS - 1].tasks)}`);
  }
} finally {
  await browser.close();
  await site.close();
}
