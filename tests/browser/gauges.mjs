// What the measurements of the page read off a browser, and how they tell it.

/** In the page, before anything else: notes every task of more than 50 ms in `window.longTasks`. */
export function keepLongTasks() {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
    type: "longtask",
    buffered: true,
  });
}

/** Megabytes of JavaScript's heap that are in use, after what is not has been collected. */
export async function usedHeap(session) {
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize / 1e6;
}

/** The value below which this share of the values lies. */
export const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];

export const median = (values) => quantile(values, 0.5);

export const milliseconds = (value) => `${value.toFixed(1)} ms`;

/** Median and 95th percentile of times. */
export const spread = (times) => `median ${milliseconds(median(times))}, p95 ${milliseconds(quantile(times, 0.95))}`;

/** Long tasks in a word or two. */
export const toldTasks = (tasks) =>
  tasks.length === 0 ? "none" : `${tasks.length}, the longest ${Math.max(...tasks).toFixed(0)} ms`;
