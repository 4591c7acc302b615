// How fast the figures about scale redraw in this machine's browser: the script time of a move, from the event to the
// painted canvas, beside uPlot drawing the same curves and marks in the same page by turns; then the frames of a phone
// with a slow processor while a finger drags. Prints; judges nothing. FIGURE names one figure to measure it alone,
// PROFILE=1 prints where the script of each redraw spends its time instead.
import { launch } from "./browser.mjs";
import { milliseconds, quantile, spread, toldTasks } from "./gauges.mjs";
import { serve } from "./site.mjs";

const ROUNDS = 6;
const MOVES = 30;
const FRAMES = 240;
/** The processor's slow-down on the phone. */
const SLOWDOWN = 4;

const DESK = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** There and back between two places, as parts of the plot's box or of the slider. */
function sweep(from, to, steps = 40) {
  const there = Array.from({ length: steps + 1 }, (_, step) =>
    from.map((start, axis) => start + ((to[axis] - start) * step) / steps),
  );
  return [...there, ...there.slice(1, -1).reverse()];
}

const ACROSS = { path: sweep([0.2, 0.4], [0.8, 0.5]) };
const UPWARDS = { path: sweep([0.4, 0.8], [0.5, 0.2]) };

/** What is moved in each figure: by a pointer on the plot, or with the slider of this index. */
const GESTURES = [
  { figure: "scaling-law", gesture: ACROSS },
  { figure: "gpt-growth", gesture: { path: [[0.4, 0.5], [0.6, 0.5], [0.8, 0.5]] } },
  { figure: "gpt-growth", state: "view=dots", gesture: { path: sweep([0.7, 0.5], [0.9, 0.5]) } },
  { figure: "perplexity", gesture: { path: sweep([0.05], [1]), slider: 0 } },
  { figure: "perplexity", state: "view=sizes", gesture: UPWARDS },
  { figure: "perplexity", state: "view=superglue", gesture: { path: sweep([0.1, 0.5], [0.95, 0.5], 8) } },
  { figure: "compute-optimal", gesture: ACROSS },
  { figure: "compute-optimal", gesture: { path: sweep([0.1], [0.9]), slider: 0 } },
  { figure: "ladder", gesture: { path: sweep([0.8, 0.3], [0.8, 0.7]) } },
  { figure: "ladder", state: "stage=shown&fit=all", gesture: { path: sweep([0.8, 0.3], [0.8, 0.7]) } },
  { figure: "emergence", gesture: { path: sweep([0.5, 0.8], [0.95, 0.2]) } },
  { figure: "emergence", state: "task=arithmetic&stage=shown", gesture: { path: sweep([0], [1], 39), slider: 0 } },
  { figure: "thresholds", gesture: UPWARDS },
  { figure: "scale-race", gesture: ACROSS },
  { figure: "training-cost", gesture: ACROSS },
];

/** A page with a figure awake and its control in hand, and a session to steer its browser. */
async function wake(browser, site, { figure, state = "", gesture }, reader, pointerType) {
  // uPlot comes from outside of the page, which its policy forbids.
  const context = await browser.newContext({ ...reader, serviceWorkers: "block", bypassCSP: true });
  const page = await context.newPage();
  const query = state === "" ? "" : `?${state.split("&").map((pair) => `${figure}.${pair}`).join("&")}`;
  await page.goto(site.address(`embed/${figure}.html${query}`));
  await page.locator(`#fig-${figure}[data-state=ready] canvas`).waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
  await page.locator(".plot").scrollIntoViewIfNeeded();
  const folder = new URL("peers/node_modules/uplot/dist/", import.meta.url).pathname;
  await page.addStyleTag({ path: `${folder}uPlot.min.css` });
  for (const path of [`${folder}uPlot.iife.min.js`, new URL("redraw-page.js", import.meta.url).pathname]) {
    await page.addScriptTag({ path });
  }
  const drawn = await page.evaluate((task) => redraws.begin(task), { figure, gesture, pointerType });
  return { page, context, drawn, session: await context.newCDPSession(page) };
}

async function compare(browser, site, measured) {
  const { page, context, drawn, session } = await wake(browser, site, measured, DESK, "mouse");
  const processor = await processorTime(session);
  const times = { own: [], peer: [] };
  const busy = { own: 0, peer: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const whose of ["own", "peer"]) {
      const { script } = await processor(async () => {
        times[whose].push(...(await page.evaluate((task) => redraws.round(task), { whose, moves: MOVES })));
      });
      busy[whose] += script / (ROUNDS * MOVES);
    }
  }
  const pictures = await page.evaluate(() => redraws.pictures());
  await context.close();
  const ratio = (of) => of("own") / of("peer");
  const line = (whose) => `${spread(times[whose])}; ${milliseconds(busy[whose])} of processor`;
  console.log(`    script of a move       ${line("own")} (${times.own.length} moves, ${pictures} pictures)`);
  console.log(
    `    uPlot with the same    ${line("peer")} ` +
      `(${drawn.curves} curves of ${drawn.points} points, ${drawn.marks} marks)`,
  );
  console.log(
    `    times as long as uPlot ${ratio((whose) => quantile(times[whose], 0.5)).toFixed(2)} by the median, ` +
      `${ratio((whose) => busy[whose]).toFixed(2)} by the processor`,
  );
}

async function drag(browser, site, measured) {
  const { page, context, session } = await wake(browser, site, measured, PHONE, "touch");
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const processor = await processorTime(session);
  for (const whose of ["own", "peer"]) {
    let frames;
    const { all, script } = await processor(async () => {
      frames = await page.evaluate((task) => redraws.frames(task), { whose, moves: FRAMES });
    });
    const late = frames.intervals.filter((interval) => interval > 25).length;
    const who = whose === "own" ? `phone, ${SLOWDOWN} times slower ` : "uPlot there           ";
    console.log(
      `    ${who} ${spread(frames.intervals)} from frame to frame, ${late} of ${FRAMES} late; a frame is ` +
        `${milliseconds(all / FRAMES)} of processor, ${milliseconds(script / FRAMES)} of them script; ` +
        `tasks over 50 ms: ${toldTasks(frames.tasks)}`,
    );
  }
  await context.close();
}

/**
 * A way to measure how long the page's thread itself worked while something went on, milliseconds, in script and in all
 * (layout and painting too). Unlike times on the clock it does not grow when other programs want the same processor.
 */
async function processorTime(session) {
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, 1000 * value]));
  };
  return async (act) => {
    const before = await read();
    await act();
    const after = await read();
    const spent = (name) => after[name] - before[name];
    return { script: spent("ScriptDuration"), all: spent("TaskDuration") };
  };
}

/** Prints the functions in which redraws spend most time, by themselves. */
async function profile(browser, site, measured) {
  const { page, context, session } = await wake(browser, site, measured, DESK, "mouse");
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: 100 });
  await session.send("Profiler.start");
  await page.evaluate((task) => redraws.frames(task), { whose: "own", moves: FRAMES });
  const { profile: recorded } = await session.send("Profiler.stop");
  await context.close();
  const nodes = new Map(recorded.nodes.map((node) => [node.id, node]));
  const totals = new Map();
  recorded.samples.forEach((id, index) => {
    const { functionName, url } = nodes.get(id).callFrame;
    const name = `${functionName || "(nameless)"} ${url.split("/").at(-1)}`;
    totals.set(name, (totals.get(name) ?? 0) + recorded.timeDeltas[index] / 1000);
  });
  const names = [...totals].sort((a, b) => b[1] - a[1]).slice(0, 40);
  for (const [name, time] of names) console.log(`    ${milliseconds(time / FRAMES)} ${name}`);
}

const site = await serve();
const browser = await launch();
try {
  for (const measured of GESTURES) {
    if (process.env.FIGURE !== undefined && process.env.FIGURE !== measured.figure) continue;
    const how = measured.gesture.slider === undefined ? "the plot" : "a slider";
    console.log(`  ${measured.figure} ${measured.state ?? ""}: ${how}`);
    if (process.env.PROFILE !== undefined) {
      await profile(browser, site, measured);
      continue;
    }
    await compare(browser, site, measured);
    await drag(browser, site, measured);
  }
} finally {
  await browser.close();
  await site.close();
}
