// The transformer of `crates/transformer` in onnxruntime-web: its graph, and how it is run.
//
// The graph is of standard operators, among them those that make a norm, a rotation or attention at once
// (RMSNormalization, RotaryEmbedding, Attention); weights are constants, which the runtime packs when it starts. The
// same in small steps (ReduceMean, Softmax, Concat …) and with the runtime's own GroupQueryAttention was tried and is
// slower, but for GroupQueryAttention in the largest model's generation, where it is about equal.
import * as ort from "/ort/ort.wasm.min.mjs";

import { tensors } from "./engine-peer.mjs";
import { FLOAT, Graph, INT64 } from "./onnx-writer.mjs";

ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = "/ort/";

const OPTIONS = {
  executionProviders: ["wasm"],
  graphOptimizationLevel: "all",
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
};

function transpose(values, rows, columns) {
  return Float32Array.from(values, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]);
}

/** Names of a layer's keys and values. */
const cacheNames = (when, layer) => [`${when}_keys_${layer}`, `${when}_values_${layer}`];

/** A model with tied embedding: of its whole context, or with `cached` of one token after those in the cache. */
function encode(shape, values, cached) {
  const { width, heads, hidden, vocabulary, context, base } = shape;
  const { embedding, blocks, finalNorm } = tensors(shape, values);
  const dHead = width / heads;
  const half = dHead / 2;
  const time = cached ? 1 : context;
  const graph = new Graph();
  const norm = (input, gain) =>
    graph.node("RMSNormalization", [input, graph.constant([width], gain)], { axis: 2, epsilon: 1e-5 });
  const linear = (input, weight, inputs, outputs, names) =>
    graph.node("MatMul", [input, graph.constant([inputs, outputs], transpose(weight, outputs, inputs))], {}, names);
  const angles = Float64Array.from({ length: context * half }, (_, at) => Math.floor(at / half) * base ** (-(at % half) / half));
  const [cosines, sines] = [Math.cos, Math.sin].map((f) => graph.constant([context, half], Float32Array.from(angles, f)));
  const positions = cached
    ? graph.input("position", INT64, [1, 1])
    : graph.constant([1, context], BigInt64Array.from({ length: context }, (_, position) => BigInt(position)));
  const rotate = (input) => graph.node("RotaryEmbedding", [input, cosines, sines, positions], { num_heads: heads });
  const attention = { q_num_heads: heads, kv_num_heads: heads, scale: 1 / Math.sqrt(dHead) };

  // The factor on a tied embedding is in the table.
  const table = graph.constant([vocabulary, width], embedding.map((value) => Math.sqrt(width) * value));
  let residual = graph.node("Gather", [table, graph.input("tokens", INT64, [1, time])]);
  const add = (branch) => (residual = graph.node("Add", [residual, branch]));
  blocks.forEach((block, layer) => {
    const parts = ["query", "key", "value"].map((part) => `${part}_${layer}`);
    const all = linear(norm(residual, block.attentionNorm), block.queryKeyValue, width, 3 * width);
    graph.node("Split", [all], { axis: 2, num_outputs: 3 }, parts);
    const [query, key, value] = parts;
    const heard = [rotate(query), rotate(key), value];
    const mixed = `mixed_${layer}`;
    if (cached) {
      const [past, present] = ["past", "present"].map((when) => cacheNames(when, layer));
      for (const name of past) graph.input(name, FLOAT, [1, heads, "past", dHead]);
      for (const name of present) graph.output(name, FLOAT, [1, heads, "present", dHead]);
      graph.node("Attention", [...heard, "", ...past], attention, [mixed, ...present]);
    } else {
      graph.node("Attention", heard, { ...attention, is_causal: 1 }, [mixed]);
    }
    add(linear(mixed, block.output, width, width));
    const rectified = graph.node("Relu", [linear(norm(residual, block.mlpNorm), block.up, width, hidden)]);
    add(linear(graph.node("Mul", [rectified, rectified]), block.down, hidden, width));
  });
  linear(norm(residual, finalNorm), embedding, width, vocabulary, ["logits"]);
  graph.output("logits", FLOAT, [1, time, vocabulary]);
  return graph.encode();
}

/** A function of tokens that resolves to the logits [context, vocabulary]. */
export async function forward(shape, values, tokens) {
  const session = await ort.InferenceSession.create(encode(shape, values, false), OPTIONS);
  const feeds = { tokens: new ort.Tensor("int64", BigInt64Array.from(tokens, BigInt), [1, shape.context]) };
  return async () => (await session.run(feeds)).logits.data;
}

/** A model that reads token by token; the keys and values that a run returns are fed to the next. */
export class Decoder {
  static async create(shape, values) {
    const decoder = new Decoder();
    decoder.session = await ort.InferenceSession.create(encode(shape, values, true), OPTIONS);
    const empty = new ort.Tensor("float32", new Float32Array(0), [1, shape.heads, 0, shape.width / shape.heads]);
    const layers = Array.from({ length: shape.layers }, (_, layer) => layer);
    decoder.empty = Object.fromEntries(layers.flatMap((layer) => cacheNames("past", layer)).map((name) => [name, empty]));
    decoder.names = layers.flatMap((layer) => {
      const present = cacheNames("present", layer);
      return cacheNames("past", layer).map((name, part) => [name, present[part]]);
    });
    decoder.clear();
    return decoder;
  }

  clear() {
    this.feeds = { ...this.empty };
    this.position = 0;
  }

  /** Resolves to the logits of the token that follows. */
  async read(token) {
    const { feeds } = this;
    feeds.tokens = new ort.Tensor("int64", BigInt64Array.of(BigInt(token)), [1, 1]);
    feeds.position = new ort.Tensor("int64", BigInt64Array.of(BigInt(this.position)), [1, 1]);
    const results = await this.session.run(feeds);
    for (const [past, present] of this.names) feeds[past] = results[present];
    this.position += 1;
    return results.logits.data;
  }
}
