// How smoothly the particles of the figure `freezing` move in this machine's browser: frames, the script in them, long
// tasks, and memory over time. Prints; judges nothing. MINUTES sets how long memory is watched (1).
import { launch } from "./browser.mjs";
import { keepLongTasks, median, quantile, toldTasks, usedHeap } from "./gauges.mjs";
import { serve } from "./site.mjs";

const FRAMES = 600;
const MINUTES = Number(process.env.MINUTES ?? 1);
const READINGS = 10;

/** What is on the stage while frames are counted: the most particles, on their way to a crystal, each way to show them. */
const SCENES = ["particles", "bonds", "defects"].map((show) => ({ show, query: `n=1024&t=0.4&show=${show}` }));

/** Notes how long the program takes in each frame, and every memory that it has. */
function keepFrames() {
  window.scripts = [];
  window.unnotedFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    window.unnotedFrame((time) => {
      const start = performance.now();
      callback(time);
      window.scripts.push(performance.now() - start);
    });
  window.memories = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const instantiate = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await instantiate.apply(WebAssembly, given);
      const { exports } = made.instance ?? made;
      window.memories.push(...Object.values(exports).filter((one) => one instanceof WebAssembly.Memory));
      return made;
    };
  }
}

async function openStage(browser, site, query, slowdown) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, serviceWorkers: "block" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.addInitScript(keepLongTasks);
  await page.addInitScript(keepFrames);
  const state = query.replace(/(^|&)/g, "$1freezing.");
  await page.goto(site.address(`embed/freezing.html?${state}`));
  await page.locator("figure[data-state=running]").waitFor();
  return { page, session, context };
}

/** In the page: watches so many frames; returns the time between them, the script in each, and the long tasks. */
async function watch(frames) {
  const frame = () => new Promise(window.unnotedFrame);
  const intervals = [];
  let last = await frame();
  window.longTasks = [];
  window.scripts = [];
  for (let count = 0; count < frames; count += 1) {
    const now = await frame();
    intervals.push(now - last);
    last = now;
  }
  return { intervals, scripts: window.scripts, tasks: window.longTasks };
}

const spread = (values) => `median ${median(values).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms`;

const site = await serve({ gzip: true });
const browser = await launch();
try {
  for (const slowdown of [1, 4]) {
    console.log(`1,024 particles, processor ${slowdown} times slower, 2 device pixels a CSS pixel, ${FRAMES} frames`);
    for (const { show, query } of SCENES) {
      const { page, context } = await openStage(browser, site, query, slowdown);
      // The first frames find out how fast the machine is.
      await page.evaluate(watch, FRAMES / 4);
      const { intervals, scripts, tasks } = await page.evaluate(watch, FRAMES);
      console.log(`  ${show.padEnd(10)}frames ${spread(intervals)}; script ${spread(scripts)}; tasks over 50 ms: ${toldTasks(tasks)}`);
      await context.close();
    }
  }
  const { page, session, context } = await openStage(browser, site, "n=1024&t=0.4", 1);
  const reading = async () => {
    const wasm = await page.evaluate(() => window.memories.map((memory) => memory.buffer.byteLength / 1e6));
    return `${(await usedHeap(session)).toFixed(1)} and ${wasm.map((size) => size.toFixed(1)).join(" + ")}`;
  };
  await page.waitForTimeout(10_000);
  const readings = [await reading()];
  for (let count = 0; count < READINGS; count += 1) {
    await page.waitForTimeout((MINUTES * 60_000) / READINGS);
    readings.push(await reading());
  }
  console.log(`MB of the heap and of WebAssembly over ${MINUTES} min: ${readings.join(", ")}`);
  await context.close();
} finally {
  await browser.close();
  await site.close();
}
