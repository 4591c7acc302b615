// In the page: the engine, the same in plain JavaScript and in onnxruntime-web do the same work by turns, after what
// they compute has been compared.
import * as onnx from "./engine-onnx.mjs";
import * as peer from "./engine-peer.mjs";

/** Turns of a measurement, and about how long one is. */
const TURNS = 100;
const TURN_MS = 2;
/** Before the first turn everyone works for so long, which is enough for the browser to optimize their code. */
const WARM_UP_MS = 400;

/** Tokens that are generated. */
const GENERATED = 64;

/** The model that the reader trains (`crates/worker/src/induction.rs`), and the rows of a batch. */
const INDUCTION = { layers: 2, width: 32, heads: 1, hidden: 0, vocabulary: 28, context: 32, tied: false, base: 100 };
const ROWS = 16;
const BATCHES = 8;

/** Sums of f32 in another order, at most 512 terms and eight blocks deep, of numbers of order one. */
const LOGIT_TOLERANCE = 1e-4;
/** Adam divides by the root of the squared gradient: a weight whose gradient is rounding can move the other way. */
const LOSS_TOLERANCE = 1e-4;
const COMPARED_STEPS = 10;

const { instance } = await WebAssembly.instantiateStreaming(fetch("/engine.wasm"));
const { memory, ...engine } = instance.exports;
const floats = (place, n) => new Float32Array(memory.buffer, place, n).slice();
const store = (place, tokens) => new Uint16Array(memory.buffer, place, tokens.length).set(tokens);

/** Milliseconds a call of each of the named functions, by turns. A function gets a number of calls to make. */
async function byTurns(runners) {
  const results = [];
  for (const [name, run] of Object.entries(runners)) {
    const start = performance.now();
    let calls = 0;
    for (; performance.now() - start < WARM_UP_MS; calls += 1) await run(1);
    const second = performance.now();
    await run(calls);
    const callsInTurn = Math.max(1, Math.round((calls * TURN_MS) / (performance.now() - second)));
    results.push({ name, run, calls: callsInTurn, times: [] });
  }
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const { run, calls, times } of results) {
      const start = performance.now();
      await run(calls);
      times.push((performance.now() - start) / calls);
    }
  }
  return Object.fromEntries(results.map(({ name, times }) => [name, times]));
}

function compare(what, values, expected, tolerance) {
  if (values.length !== expected.length) throw new Error(`${what}: ${values.length} numbers instead of ${expected.length}`);
  values.forEach((value, at) => {
    const difference = Math.abs(value - expected[at]);
    if (!(difference <= tolerance * Math.max(1, Math.abs(expected[at])))) {
      throw new Error(`${what}: number ${at} is ${value} instead of ${expected[at]}`);
    }
  });
}

function createModel({ layers, heads, width, hidden, vocabulary, context, tied, base }) {
  const model = engine.model(layers, heads, width, hidden, vocabulary, context, tied, base);
  return { model, values: floats(engine.values(model), engine.values_len(model)) };
}

/** Numbers below `bound`, the same in each run: the high bits of a linear congruence (Numerical Recipes, ranqd1). */
function drawer(bound) {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const repeated = (call) => (calls) => {
  for (let index = 0; index < calls; index += 1) call();
};

const repeatedInOrder = (call) => async (calls) => {
  for (let index = 0; index < calls; index += 1) await call();
};

function likeliest(logits) {
  let best = 0;
  for (let token = 1; token < logits.length; token += 1) if (logits[token] > logits[best]) best = token;
  return best;
}

/** Forward passes of a whole context, and tokens generated one by one; with the operations of each. */
export async function measureModel(shape) {
  const { context, vocabulary } = shape;
  const { model, values } = createModel(shape);
  const tokens = Uint16Array.from({ length: context }, drawer(vocabulary));
  const place = engine.tokens(model, context + 1);
  store(place, tokens);

  const javascript = new peer.Model(shape, values);
  const session = await onnx.forward(shape, values, tokens);
  const expected = javascript.forward(tokens);
  compare("logits", floats(engine.forward(model), context * vocabulary), expected, LOGIT_TOLERANCE);
  compare("logits of onnxruntime-web", await session(), expected, LOGIT_TOLERANCE);
  const forward = await byTurns({
    engine: repeated(() => engine.forward(model)),
    javascript: repeated(() => javascript.forward(tokens)),
    onnxruntime: repeatedInOrder(session),
  });

  const generated = new Uint16Array(GENERATED + 1).fill(tokens[0]);
  const decoder = new peer.Decoder(shape, values);
  const write = () => {
    decoder.clear();
    let logits;
    for (let position = 0; position < GENERATED; position += 1) {
      logits = decoder.read(generated[position]);
      generated[position + 1] = likeliest(logits);
    }
    return logits;
  };
  const onnxGenerated = generated.slice();
  const onnxDecoder = await onnx.Decoder.create(shape, values);
  const writeOnnx = async () => {
    onnxDecoder.clear();
    let logits;
    for (let position = 0; position < GENERATED; position += 1) {
      logits = await onnxDecoder.read(onnxGenerated[position]);
      onnxGenerated[position + 1] = likeliest(logits);
    }
    return logits;
  };
  const last = write();
  if (new Set(generated).size < 4) throw new Error(`a model that repeats itself shows little: ${generated}`);
  compare("last logits", floats(engine.generate(model, GENERATED), vocabulary), last, LOGIT_TOLERANCE);
  compare("generated tokens", new Uint16Array(memory.buffer, place, GENERATED + 1), generated, 0);
  compare("last logits of onnxruntime-web", await writeOnnx(), last, LOGIT_TOLERANCE);
  compare("tokens generated by onnxruntime-web", onnxGenerated, generated, 0);
  const generation = await byTurns({
    engine: repeated(() => engine.generate(model, GENERATED)),
    javascript: repeated(write),
    onnxruntime: repeatedInOrder(writeOnnx),
  });
  const flops = { forward: engine.forward_flops(model, context), generation: engine.forward_flops(model, GENERATED) };
  return { forward, generation, flops };
}

/** Training steps of the model that the reader trains. */
export async function measureTraining() {
  const { context, vocabulary } = INDUCTION;
  const { model, values } = createModel(INDUCTION);
  const draw = drawer(vocabulary);
  const n = ROWS * context;
  const inputs = Uint16Array.from({ length: BATCHES * n }, draw);
  // What is to be predicted matters to neither side's work: an older token, which two layers of attention can find.
  const targets = inputs.map((_, at) => inputs[at % context < 2 ? at : at - 2]);
  store(engine.tokens(model, inputs.length), inputs);
  store(engine.targets(model, targets.length), targets);
  const batches = Array.from({ length: BATCHES }, (_, batch) =>
    [inputs, targets].map((tokens) => tokens.subarray(batch * n, (batch + 1) * n)),
  );
  const trainer = new peer.Trainer(INDUCTION, values, ROWS);
  let [step, peerStep] = [0, 0];
  const train = () => engine.train(model, step++ % BATCHES, ROWS);
  const trainPeer = () => trainer.step(...batches[peerStep++ % BATCHES]);
  for (let compared = 0; compared < COMPARED_STEPS; compared += 1) {
    compare(`loss of step ${compared}`, [train()], [trainPeer()], LOSS_TOLERANCE);
  }
  const times = await byTurns({ engine: repeated(train), javascript: repeated(trainPeer) });
  return { times, flops: 3 * ROWS * engine.forward_flops(model, context) };
}

/** Products of matrices, and multiplications with additions that wait for nothing. */
export async function measureProducts(sizes) {
  const products = sizes.map(([m, k, n]) => {
    const product = engine.product(m, k, n);
    const expected = new Float32Array(m * n);
    const [left, weight] = [floats(engine.left(product), m * k), floats(engine.weight(product), n * k)];
    peer.linear(expected, left, weight, m, k, n, 0);
    compare("product", floats(engine.multiply(product, 1), m * n), expected, LOGIT_TOLERANCE);
    return [`${m}x${k}x${n}`, (calls) => engine.multiply(product, calls)];
  });
  /** Turns of the chain in a call. */
  const CHAIN = 1000;
  const peak = (calls) => engine.multiply_add(calls * CHAIN);
  const times = await byTurns({ peak, ...Object.fromEntries(products) });
  const flops = sizes.map(([m, k, n]) => [`${m}x${k}x${n}`, 2 * m * k * n]);
  return { times, flops: { peak: CHAIN * engine.multiply_add_flops(), ...Object.fromEntries(flops) } };
}
