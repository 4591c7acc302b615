// How fast crates/transformer is in this machine's browser, beside plain JavaScript and onnxruntime-web on one thread.
// Prints; judges nothing but results, which must agree before anything is timed. ENGINE_WASM names the compiled example
// `in_browser`.
import { here, speedup, withPage } from "./bench-page.mjs";
import { median } from "./gauges.mjs";

const RUNTIME = ["ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"];
const FILES = new Map([
  ...["engine-page.mjs", "engine-peer.mjs", "engine-onnx.mjs", "onnx-writer.mjs"].map((name) => [`/${name}`, here(name)]),
  ...RUNTIME.map((name) => [`/ort/${name}`, here(`peers/node_modules/onnxruntime-web/dist/${name}`)]),
  ["/engine.wasm", process.env.ENGINE_WASM],
]);

/** Shapes with an MLP of four times the width, tied embedding and the ladder's rotary base. */
const MODELS = Object.entries({
  T0: { layers: 2, width: 32, heads: 2, vocabulary: 256, context: 64 },
  T1: { layers: 2, width: 64, heads: 4, vocabulary: 256, context: 64 },
  T2: { layers: 4, width: 128, heads: 4, vocabulary: 512, context: 128 },
}).map(([name, shape]) => [name, { ...shape, hidden: 4 * shape.width, tied: true, base: 1000 }]);

const PRODUCTS = [
  [64, 64, 64],
  [128, 512, 128],
];

const PEERS = { onnxruntime: "onnxruntime-web", javascript: "plain JavaScript" };

const best = (times) => Math.min(...times);
const milliseconds = (times) => `${median(times).toPrecision(3)} ms (best ${best(times).toPrecision(3)})`;
const gigaflops = (flops, times) =>
  `${(flops / median(times) / 1e6).toFixed(1)} GFLOP/s (best ${(flops / best(times) / 1e6).toFixed(1)})`;

/** On a busy machine long turns are interrupted more often than short ones; the best of each are least. */
const ratio = (times, slower) => `${speedup(times, slower).toFixed(2)} (of bests ${(best(slower) / best(times)).toFixed(2)})`;

function report(what, { engine, ...others }, flops) {
  console.log(`  ${what.padEnd(22)}${milliseconds(engine)}, ${gigaflops(flops, engine)}`);
  for (const [peer, times] of Object.entries(others)) {
    console.log(`${"".padEnd(24)}${ratio(engine, times)} times ${PEERS[peer]}: ${milliseconds(times)}`);
  }
}

await withPage(FILES, async (page) => {
  const measure = (name, argument) =>
    page.evaluate(async ([name, argument]) => (await import("/engine-page.mjs"))[name](argument), [name, argument]);

  const { times, flops } = await measure("measureProducts", PRODUCTS);
  console.log(`products, of ${gigaflops(flops.peak, times.peak)} that multiplications and additions of vectors reach`);
  for (const name of Object.keys(times).filter((name) => name !== "peak")) {
    const perOperation = (name) => times[name].map((time) => time / flops[name]);
    const share = ratio(perOperation(name), perOperation("peak"));
    console.log(`  ${name.padEnd(22)}${gigaflops(flops[name], times[name])}, ${share} of them`);
  }
  for (const [name, shape] of MODELS) {
    const { layers, width, heads, vocabulary, context } = shape;
    console.log(`${name}: ${layers} layers of width ${width}, ${heads} heads, vocabulary ${vocabulary}, context ${context}`);
    const { forward, generation, flops } = await measure("measureModel", shape);
    report("all positions", forward, flops.forward);
    report("64 tokens, with cache", generation, flops.generation);
  }
  console.log("the model that the reader trains");
  const training = await measure("measureTraining");
  report("training step", training.times, training.flops);
});
