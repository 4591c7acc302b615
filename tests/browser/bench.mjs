// How fast the page is in this machine's browser: start-up, waking, redrawing. Prints; judges nothing.
import { launch } from "./browser.mjs";
import { serve } from "./site.mjs";

const STARTS = 5;
const MOVES = 200;

// Windows so low that the figure is far away at the start.
const READERS = [
  { name: "desk, 1280 px, 2 device pixels a CSS pixel", viewport: { width: 1280, height: 500 }, slowdown: 1 },
  { name: "phone, 390 px, processor 4 times slower", viewport: { width: 390, height: 500 }, slowdown: 4, isMobile: true },
];

const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];
const milliseconds = (value) => `${value.toFixed(1)} ms`;

/** Notes when the program runs, when the figure is ready, and every task of more than 50 ms. */
function keepTimes() {
  window.times = { tasks: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.times.tasks.push(entry.duration);
  }).observe({ type: "longtask", buffered: true });
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
  return { program: window.times.program, figure: window.times.figure - start, tasks: window.times.tasks };
}

/** Drags the point; returns the script time of each move, from the event to the painted canvas. */
async function drag(moves) {
  const plot = document.querySelector(".plot");
  const box = plot.getBoundingClientRect();
  const frame = () => new Promise(requestAnimationFrame);
  const channel = new MessageChannel();
  channel.port1.start();
  const afterTasks = () =>
    new Promise((resolve) => {
      channel.port1.addEventListener("message", resolve, { once: true });
      channel.port2.postMessage(null);
    });
  const send = (type, share) =>
    plot.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        pointerId: 1,
        pointerType: "mouse",
        button: 0,
        buttons: 1,
        clientX: box.x + share * box.width,
        clientY: box.y + box.height / 2,
      }),
    );
  // A painting begins by filling the whole canvas; nothing else in it is a filled rectangle.
  let painted = 0;
  const { fillRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillRect = function (...box) {
    painted += 1;
    fillRect.apply(this, box);
  };
  window.times.tasks = [];
  send("pointerdown", 0.2);
  await frame();
  painted = 0;
  const durations = [];
  for (let move = 1; move <= moves; move += 1) {
    const start = performance.now();
    send("pointermove", 0.2 + (0.6 * move) / moves);
    // The program redraws in microtasks; a message arrives after them.
    await afterTasks();
    durations.push(performance.now() - start);
    await frame();
  }
  send("pointerup", 0.8);
  await frame();
  return { durations, painted, tasks: window.times.tasks };
}

const told = (tasks) =>
  tasks.length === 0 ? "none" : `${tasks.length}, the longest ${milliseconds(Math.max(...tasks))}`;

const site = await serve({ gzip: true });
const browser = await launch();
try {
  for (const { name, viewport, slowdown, isMobile = false } of READERS) {
    const starts = [];
    let dragged;
    for (let start = 0; start < STARTS; start += 1) {
      const context = await browser.newContext({ viewport, isMobile, deviceScaleFactor: 2, serviceWorkers: "block" });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
      await page.addInitScript(keepTimes);
      await page.goto(site.address("index.html"));
      await page.locator("html[data-figures=ready]").waitFor();
      starts.push(await page.evaluate(approach));
      if (start === STARTS - 1) dragged = await page.evaluate(drag, MOVES);
      await context.close();
    }
    const median = (field) => milliseconds(quantile(starts.map((start) => start[field]), 0.5));
    const { durations, painted, tasks } = dragged;
    console.log(name);
    console.log(`  navigation to running program   ${median("program")} (median of ${STARTS})`);
    console.log(`  near the figure to figure ready ${median("figure")} (median of ${STARTS})`);
    console.log(`  tasks over 50 ms until then     ${told(starts[STARTS - 1].tasks)}`);
    console.log(
      `  moving the point                median ${milliseconds(quantile(durations, 0.5))}, ` +
        `p95 ${milliseconds(quantile(durations, 0.95))} of script a move (${MOVES} moves, ${painted} pictures)`,
    );
    console.log(`  tasks over 50 ms meanwhile      ${told(tasks)}`);
  }
} finally {
  await browser.close();
  await site.close();
}
