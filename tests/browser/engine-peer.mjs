// The transformer of `crates/transformer` in plain JavaScript: what its results are checked with and its speed is
// measured by.
//
// The same architecture (RMSNorm before each block, rotary positions, causal attention, ReLU² MLP or none, no biases),
// the same order of parameters, the same AdamW. What pays in JavaScript was tried and kept: typed arrays of 32-bit
// floats with sums in doubles, all products through one kernel that makes two rows by four columns at a time from
// contiguous rows, operands transposed for it, attention in blocks that leave the future out, no allocation while it
// runs.

const EPSILON = 1e-5;

/** Positions that attention takes at a time. */
const BLOCK = 8;

/** What `Settings::adam_w` trains with. */
const LEARNING_RATE = 1e-2;
const BETA_1 = 0.9;
const BETA_2 = 0.99;
const ADAM_EPSILON = 1e-8;
const WEIGHT_DECAY = 0.01;

/** Rows of contiguous values, `stride` apart, of which the first begins at `start`. */
class Rows {
  constructor(values, stride, start = 0) {
    this.values = values;
    this.stride = stride;
    this.start = start;
  }

  from(start) {
    this.start = start;
    return this;
  }
}

/**
 * out = left · rightᵀ for `left` [rows, inner] and `right` [columns, inner], or out += where `add` is 1 rather than 0.
 * `columns` is a multiple of four.
 */
function product(out, left, right, rows, columns, inner, add) {
  const { values: o, stride: oStride } = out;
  const { values: l, stride: lStride } = left;
  const { values: r, stride: rStride } = right;
  let row = 0;
  for (; row + 1 < rows; row += 2) {
    const a = left.start + row * lStride;
    const b = a + lStride;
    for (let column = 0; column < columns; column += 4) {
      const c0 = right.start + column * rStride;
      const c1 = c0 + rStride;
      const c2 = c1 + rStride;
      const c3 = c2 + rStride;
      let a0 = 0, a1 = 0, a2 = 0, a3 = 0;
      let b0 = 0, b1 = 0, b2 = 0, b3 = 0;
      for (let k = 0; k < inner; k += 1) {
        const la = l[a + k];
        const lb = l[b + k];
        const r0 = r[c0 + k];
        const r1 = r[c1 + k];
        const r2 = r[c2 + k];
        const r3 = r[c3 + k];
        a0 += la * r0;
        a1 += la * r1;
        a2 += la * r2;
        a3 += la * r3;
        b0 += lb * r0;
        b1 += lb * r1;
        b2 += lb * r2;
        b3 += lb * r3;
      }
      const p = out.start + row * oStride + column;
      const q = p + oStride;
      o[p] = add * o[p] + a0;
      o[p + 1] = add * o[p + 1] + a1;
      o[p + 2] = add * o[p + 2] + a2;
      o[p + 3] = add * o[p + 3] + a3;
      o[q] = add * o[q] + b0;
      o[q + 1] = add * o[q + 1] + b1;
      o[q + 2] = add * o[q + 2] + b2;
      o[q + 3] = add * o[q + 3] + b3;
    }
  }
  if (row === rows) return;
  const a = left.start + row * lStride;
  for (let column = 0; column < columns; column += 4) {
    let a0 = 0, a1 = 0, a2 = 0, a3 = 0;
    const c0 = right.start + column * rStride;
    const c1 = c0 + rStride;
    const c2 = c1 + rStride;
    const c3 = c2 + rStride;
    for (let k = 0; k < inner; k += 1) {
      const la = l[a + k];
      a0 += la * r[c0 + k];
      a1 += la * r[c1 + k];
      a2 += la * r[c2 + k];
      a3 += la * r[c3 + k];
    }
    const p = out.start + row * oStride + column;
    o[p] = add * o[p] + a0;
    o[p + 1] = add * o[p + 1] + a1;
    o[p + 2] = add * o[p + 2] + a2;
    o[p + 3] = add * o[p + 3] + a3;
  }
}

/** Writes the transpose of `rows` [n, width] to `out` [width, n], row-major. */
function transpose(out, rows, n, width) {
  const { values, stride, start } = rows;
  for (let j = 0; j < width; j += 1) {
    for (let i = 0; i < n; i += 1) out[j * n + i] = values[start + i * stride + j];
  }
}

/** Replaces the `n` values from `start` on by the softmax of `scale` times them. */
function softmax(values, start, n, scale) {
  let max = -Infinity;
  for (let k = start; k < start + n; k += 1) if (values[k] > max) max = values[k];
  let sum = 0;
  for (let k = start; k < start + n; k += 1) {
    const e = Math.exp(scale * (values[k] - max));
    values[k] = e;
    sum += e;
  }
  const factor = 1 / sum;
  for (let k = start; k < start + n; k += 1) values[k] *= factor;
}

/** Normalizes `rows` rows of `input` into `out` and keeps the factors in `inverse`. */
function normalize(out, inverse, input, gain, rows) {
  const d = gain.length;
  for (let row = 0; row < rows; row += 1) {
    const start = row * d;
    let squares = 0;
    for (let k = 0; k < d; k += 1) squares += input[start + k] * input[start + k];
    const factor = 1 / Math.sqrt(squares / d + EPSILON);
    inverse[row] = factor;
    for (let k = 0; k < d; k += 1) out[start + k] = input[start + k] * factor * gain[k];
  }
}

/** Adds to `gradInput` and `gradGain` what `normalize` passes back. */
function normalizeBackward(gradInput, gradGain, gradOut, inverse, input, gain, rows) {
  const d = gain.length;
  for (let row = 0; row < rows; row += 1) {
    const start = row * d;
    const factor = inverse[row];
    let along = 0;
    for (let k = 0; k < d; k += 1) {
      const grad = gradOut[start + k];
      const x = input[start + k];
      gradGain[k] += grad * x * factor;
      along += grad * gain[k] * x;
    }
    along *= factor ** 3 / d;
    for (let k = 0; k < d; k += 1) gradInput[start + k] += factor * gain[k] * gradOut[start + k] - along * input[start + k];
  }
}

/** Rotates `heads` heads from `start` on by the angles of a position; `direction` -1 rotates back. */
function rotate({ cosines, sines, half }, values, start, heads, position, direction) {
  const angle = position * half;
  for (let head = 0; head < heads; head += 1) {
    const first = start + head * 2 * half;
    const second = first + half;
    for (let k = 0; k < half; k += 1) {
      const cos = cosines[angle + k];
      const sin = direction * sines[angle + k];
      const x = values[first + k];
      const y = values[second + k];
      values[first + k] = x * cos - y * sin;
      values[second + k] = x * sin + y * cos;
    }
  }
}

function rotations({ width, heads, context, base }) {
  const half = width / heads / 2;
  const angle = (_, at) => Math.floor(at / half) * base ** (-(at % half) / half);
  const angles = Float64Array.from({ length: context * half }, angle);
  return { half, cosines: angles.map(Math.cos), sines: angles.map(Math.sin) };
}

/** The tensors of a flat buffer, in the order of `Layout`. */
export function tensors({ layers, width, hidden, vocabulary, tied }, values) {
  let at = 0;
  const take = (n) => values.subarray(at, (at += n));
  const embedding = take(vocabulary * width);
  const blocks = Array.from({ length: layers }, () => ({
    attentionNorm: take(width),
    queryKeyValue: take(3 * width * width),
    output: take(width * width),
    ...(hidden > 0 && { mlpNorm: take(width), up: take(hidden * width), down: take(width * hidden) }),
  }));
  const finalNorm = take(width);
  const unembedding = tied ? embedding : take(vocabulary * width);
  if (at !== values.length) throw new Error(`${values.length} parameters instead of ${at}`);
  return { embedding, blocks, finalNorm, unembedding };
}

const floats = (n) => new Float32Array(n);

/** A model that reads `batch` sequences of its whole context at once. */
export class Model {
  constructor(shape, values, batch = 1) {
    const { width, heads, hidden, vocabulary, context, layers, tied } = shape;
    const rows = batch * context;
    this.shape = shape;
    this.batch = batch;
    this.rows = rows;
    this.tensors = tensors(shape, values);
    this.rotations = rotations(shape);
    this.inputScale = tied ? Math.sqrt(width) : 1;
    this.residuals = Array.from({ length: (hidden > 0 ? 2 : 1) * layers + 1 }, () => floats(rows * width));
    this.layers = Array.from({ length: layers }, () => ({
      normed: floats(rows * width),
      inverse: floats(rows),
      qkv: floats(rows * 3 * width),
      probs: floats(batch * heads * context * context),
      mixed: floats(rows * width),
      mlpNormed: floats(rows * width),
      mlpInverse: floats(rows),
      hidden: floats(rows * hidden),
      rectified: floats(rows * hidden),
    }));
    this.normed = floats(rows * width);
    this.inverse = floats(rows);
    this.logits = floats(rows * vocabulary);
    this.turned = floats((width / heads) * context);
  }

  /** Logits [batch, context, vocabulary]. */
  forward(tokens) {
    const { shape, rows, residuals, tensors, inputScale } = this;
    const { width, hidden, vocabulary } = shape;
    const [stream] = residuals;
    for (let row = 0; row < rows; row += 1) {
      for (let k = 0; k < width; k += 1) stream[row * width + k] = inputScale * tensors.embedding[tokens[row] * width + k];
    }
    let at = 0;
    for (let layer = 0; layer < this.layers.length; layer += 1) {
      const weights = tensors.blocks[layer];
      const acts = this.layers[layer];
      normalize(acts.normed, acts.inverse, residuals[at], weights.attentionNorm, rows);
      linear(acts.qkv, acts.normed, weights.queryKeyValue, rows, width, 3 * width, 0);
      this.attend(acts);
      residuals[at + 1].set(residuals[at]);
      linear(residuals[at + 1], acts.mixed, weights.output, rows, width, width, 1);
      at += 1;
      if (hidden === 0) continue;
      normalize(acts.mlpNormed, acts.mlpInverse, residuals[at], weights.mlpNorm, rows);
      linear(acts.hidden, acts.mlpNormed, weights.up, rows, width, hidden, 0);
      for (let k = 0; k < rows * hidden; k += 1) {
        const positive = acts.hidden[k] > 0 ? acts.hidden[k] : 0;
        acts.rectified[k] = positive * positive;
      }
      residuals[at + 1].set(residuals[at]);
      linear(residuals[at + 1], acts.rectified, weights.down, rows, hidden, width, 1);
      at += 1;
    }
    normalize(this.normed, this.inverse, residuals[at], tensors.finalNorm, rows);
    linear(this.logits, this.normed, tensors.unembedding, rows, width, vocabulary, 0);
    return this.logits;
  }

  attend({ qkv, probs, mixed }) {
    const { width, heads, context } = this.shape;
    const dHead = width / heads;
    const scale = 1 / Math.sqrt(dHead);
    for (let row = 0; row < this.rows; row += 1) rotate(this.rotations, qkv, row * 3 * width, 2 * heads, row % context, 1);
    const queries = new Rows(qkv, 3 * width);
    const keys = new Rows(qkv, 3 * width);
    const values = new Rows(qkv, 3 * width);
    const turned = new Rows(this.turned, context);
    const map = new Rows(probs, context);
    const out = new Rows(mixed, width);
    for (let sequence = 0; sequence < this.batch; sequence += 1) {
      for (let head = 0; head < heads; head += 1) {
        const start = sequence * context * 3 * width + head * dHead;
        const mapStart = (sequence * heads + head) * context * context;
        keys.from(start + width);
        transpose(this.turned, values.from(start + 2 * width), context, dHead);
        for (let first = 0; first < context; first += BLOCK) {
          const end = Math.min(context, first + BLOCK);
          map.from(mapStart + first * context);
          product(map, queries.from(start + first * 3 * width), keys, end - first, end, dHead, 0);
          for (let position = first; position < end; position += 1) {
            const row = mapStart + position * context;
            softmax(probs, row, position + 1, scale);
            for (let future = position + 1; future < end; future += 1) probs[row + future] = 0;
          }
          out.from((sequence * context + first) * width + head * dHead);
          product(out, map, turned, end - first, dHead, end, 0);
        }
      }
    }
  }
}

/** out = input · weightᵀ for `weight` [outputs, inputs], or out += where `add` is 1. */
export function linear(out, input, weight, rows, inputs, outputs, add) {
  product(new Rows(out, outputs), new Rows(input, inputs), new Rows(weight, inputs), rows, outputs, inputs, add);
}

/** A model that learns from batches. */
export class Trainer {
  constructor(shape, values, batch) {
    const { width, heads, hidden, vocabulary, context } = shape;
    const model = new Model(shape, values, batch);
    const { rows } = model;
    this.model = model;
    this.values = values;
    this.gradient = floats(values.length);
    this.gradients = tensors(shape, this.gradient);
    this.first = floats(values.length);
    this.second = floats(values.length);
    this.isGain = new Uint8Array(values.length);
    const marks = tensors(shape, this.isGain);
    for (const gain of [marks.finalNorm, ...marks.blocks.flatMap(({ attentionNorm, mlpNorm }) => [attentionNorm, mlpNorm ?? []])]) gain.fill(1);
    this.steps = 0;
    this.gradResidual = floats(rows * width);
    this.gradBranch = floats(rows * width);
    this.gradQkv = floats(rows * 3 * width);
    this.gradHidden = floats(rows * hidden);
    this.gradMap = floats(context * context);
    this.turnedMap = floats(context * context);
    this.turnedHead = floats((width / heads) * context);
    const widest = Math.max(3 * width, hidden, vocabulary);
    this.turnedOut = floats(rows * widest);
    this.turnedInput = floats(rows * Math.max(width, hidden));
    this.turnedWeight = floats(widest * Math.max(width, hidden));
  }

  /** One step on tokens and targets [batch, context]; returns the mean loss before it, in nats. */
  step(tokens, targets) {
    const loss = this.accumulate(tokens, targets);
    this.adam();
    return loss;
  }

  accumulate(tokens, targets) {
    const { model, gradient, gradients, gradResidual, gradBranch } = this;
    const { shape, rows, residuals, tensors, inputScale } = model;
    const { width, hidden, vocabulary, context } = shape;
    const logits = model.forward(tokens);
    let loss = 0;
    for (let row = 0; row < rows; row += 1) {
      const start = row * vocabulary;
      softmax(logits, start, vocabulary, 1);
      loss -= Math.log(logits[start + targets[row]]);
      logits[start + targets[row]] -= 1;
      for (let k = start; k < start + vocabulary; k += 1) logits[k] /= rows;
    }
    gradient.fill(0);
    this.linearBackward(gradBranch, gradients.unembedding, logits, model.normed, tensors.unembedding, width, vocabulary);
    gradResidual.fill(0);
    let at = residuals.length - 1;
    normalizeBackward(gradResidual, gradients.finalNorm, gradBranch, model.inverse, residuals[at], tensors.finalNorm, rows);
    for (let layer = model.layers.length - 1; layer >= 0; layer -= 1) {
      const weights = tensors.blocks[layer];
      const grads = gradients.blocks[layer];
      const acts = model.layers[layer];
      if (hidden > 0) {
        at -= 1;
        const { gradHidden } = this;
        this.linearBackward(gradHidden, grads.down, gradResidual, acts.rectified, weights.down, hidden, width);
        for (let k = 0; k < rows * hidden; k += 1) gradHidden[k] *= acts.hidden[k] > 0 ? 2 * acts.hidden[k] : 0;
        this.linearBackward(gradBranch, grads.up, gradHidden, acts.mlpNormed, weights.up, width, hidden);
        normalizeBackward(gradResidual, grads.mlpNorm, gradBranch, acts.mlpInverse, residuals[at], weights.mlpNorm, rows);
      }
      at -= 1;
      this.linearBackward(gradBranch, grads.output, gradResidual, acts.mixed, weights.output, width, width);
      this.attendBackward(acts, gradBranch);
      this.linearBackward(gradBranch, grads.queryKeyValue, this.gradQkv, acts.normed, weights.queryKeyValue, width, 3 * width);
      normalizeBackward(gradResidual, grads.attentionNorm, gradBranch, acts.inverse, residuals[at], weights.attentionNorm, rows);
    }
    for (let row = 0; row < model.batch * context; row += 1) {
      for (let k = 0; k < width; k += 1) gradients.embedding[tokens[row] * width + k] += inputScale * gradResidual[row * width + k];
    }
    return loss / rows;
  }

  /** Writes `gradInput` and adds to `gradWeight` for `weight` [outputs, inputs]. */
  linearBackward(gradInput, gradWeight, gradOut, input, weight, inputs, outputs) {
    const { rows } = this.model;
    const { turnedOut, turnedInput, turnedWeight } = this;
    transpose(turnedOut, new Rows(gradOut, outputs), rows, outputs);
    transpose(turnedInput, new Rows(input, inputs), rows, inputs);
    linear(gradWeight, turnedOut, turnedInput, outputs, rows, inputs, 1);
    transpose(turnedWeight, new Rows(weight, inputs), outputs, inputs);
    linear(gradInput, gradOut, turnedWeight, rows, outputs, inputs, 0);
  }

  /** Writes `gradQkv` from the gradient of the mixed values. */
  attendBackward({ qkv, probs }, gradMixed) {
    const { model, gradQkv, gradMap, turnedMap, turnedHead } = this;
    const { width, heads, context } = model.shape;
    const dHead = width / heads;
    const scale = 1 / Math.sqrt(dHead);
    const part = new Rows(qkv, 3 * width);
    const gradPart = new Rows(gradQkv, 3 * width);
    const gradOut = new Rows(gradMixed, width);
    const map = new Rows(probs, context);
    const grad = new Rows(gradMap, context);
    const mapTurned = new Rows(turnedMap, context);
    const headTurned = new Rows(turnedHead, context);
    for (let sequence = 0; sequence < model.batch; sequence += 1) {
      for (let head = 0; head < heads; head += 1) {
        const start = sequence * context * 3 * width + head * dHead;
        const outStart = sequence * context * width + head * dHead;
        const mapStart = (sequence * heads + head) * context * context;
        part.from(start + 2 * width);
        for (let first = 0; first < context; first += BLOCK) {
          const end = Math.min(context, first + BLOCK);
          product(grad.from(first * context), gradOut.from(outStart + first * width), part, end - first, end, dHead, 0);
        }
        for (let position = 0; position < context; position += 1) {
          const row = position * context;
          const probRow = mapStart + row;
          let mean = 0;
          for (let past = 0; past <= position; past += 1) mean += gradMap[row + past] * probs[probRow + past];
          for (let past = 0; past <= position; past += 1) {
            gradMap[row + past] = probs[probRow + past] * (gradMap[row + past] - mean) * scale;
          }
          gradMap.fill(0, row + position + 1, row + context);
        }
        transpose(turnedHead, part.from(start + width), context, dHead);
        for (let first = 0; first < context; first += BLOCK) {
          const end = Math.min(context, first + BLOCK);
          product(gradPart.from(start + first * 3 * width), grad.from(first * context), headTurned.from(0), end - first, dHead, end, 0);
        }
        transpose(turnedMap, grad.from(0), context, context);
        transpose(turnedHead, part.from(start), context, dHead);
        this.fromFuture(gradPart, start + width, mapTurned, headTurned);
        transpose(turnedMap, map.from(mapStart), context, context);
        transpose(turnedHead, gradOut.from(outStart), context, dHead);
        this.fromFuture(gradPart, start + 2 * width, mapTurned, headTurned);
      }
    }
    for (let row = 0; row < model.rows; row += 1) rotate(model.rotations, gradQkv, row * 3 * width, 2 * heads, row % context, -1);
  }

  /** Sums over the positions that see a key or value: its own and later ones. */
  fromFuture(out, start, mapTurned, headTurned) {
    const { width, heads, context } = this.model.shape;
    for (let first = 0; first < context; first += BLOCK) {
      const rows = Math.min(BLOCK, context - first);
      const seen = mapTurned.from(first * context + first);
      product(out.from(start + first * 3 * width), seen, headTurned.from(first), rows, width / heads, context - first, 0);
    }
  }

  adam() {
    const { values, gradient, first, second, isGain } = this;
    this.steps += 1;
    const rate = LEARNING_RATE / (1 - BETA_1 ** this.steps);
    const correction = 1 / (1 - BETA_2 ** this.steps);
    const keep = 1 - LEARNING_RATE * WEIGHT_DECAY;
    for (let k = 0; k < values.length; k += 1) {
      const g = gradient[k];
      const m = BETA_1 * first[k] + (1 - BETA_1) * g;
      const v = BETA_2 * second[k] + (1 - BETA_2) * g * g;
      first[k] = m;
      second[k] = v;
      const kept = isGain[k] === 1 ? values[k] : keep * values[k];
      values[k] = kept - (rate * m) / (Math.sqrt(v * correction) + ADAM_EPSILON);
    }
  }
}

/** A model that reads token by token and keeps keys and values. */
export class Decoder {
  constructor(shape, values) {
    const { width, hidden, vocabulary, context, layers, tied } = shape;
    this.shape = shape;
    this.tensors = tensors(shape, values);
    this.rotations = rotations(shape);
    this.inputScale = tied ? Math.sqrt(width) : 1;
    this.position = 0;
    this.residual = floats(width);
    this.normed = floats(width);
    this.inverse = floats(1);
    this.qkv = floats(3 * width);
    this.scores = floats(context);
    this.mixed = floats(width);
    this.hidden = floats(hidden);
    this.logits = floats(vocabulary);
    // Values with the position as the inner dimension, since that is what their mix sums over.
    this.caches = Array.from({ length: layers }, () => ({ keys: floats(context * width), values: floats(width * context) }));
  }

  clear() {
    this.position = 0;
  }

  /** The logits of the token that follows. */
  read(token) {
    const { shape, tensors, residual, normed, inverse, qkv, hidden, position } = this;
    const { width, heads } = shape;
    for (let k = 0; k < width; k += 1) residual[k] = this.inputScale * tensors.embedding[token * width + k];
    for (let layer = 0; layer < tensors.blocks.length; layer += 1) {
      const weights = tensors.blocks[layer];
      normalize(normed, inverse, residual, weights.attentionNorm, 1);
      linear(qkv, normed, weights.queryKeyValue, 1, width, 3 * width, 0);
      rotate(this.rotations, qkv, 0, 2 * heads, position, 1);
      this.attend(this.caches[layer]);
      linear(residual, this.mixed, weights.output, 1, width, width, 1);
      if (shape.hidden === 0) continue;
      normalize(normed, inverse, residual, weights.mlpNorm, 1);
      linear(hidden, normed, weights.up, 1, width, shape.hidden, 0);
      for (let k = 0; k < shape.hidden; k += 1) hidden[k] = hidden[k] > 0 ? hidden[k] * hidden[k] : 0;
      linear(residual, hidden, weights.down, 1, shape.hidden, width, 1);
    }
    this.position += 1;
    normalize(normed, inverse, residual, tensors.finalNorm, 1);
    linear(this.logits, normed, tensors.unembedding, 1, width, shape.vocabulary, 0);
    return this.logits;
  }

  attend({ keys, values }) {
    const { qkv, scores, mixed, position } = this;
    const { width, heads, context } = this.shape;
    const dHead = width / heads;
    const scale = 1 / Math.sqrt(dHead);
    const seen = position + 1;
    for (let k = 0; k < width; k += 1) {
      keys[position * width + k] = qkv[width + k];
      values[k * context + position] = qkv[2 * width + k];
    }
    const query = new Rows(qkv, width);
    const past = new Rows(keys, width);
    const out = new Rows(scores, context);
    const turned = new Rows(values, context);
    const mix = new Rows(mixed, width);
    for (let head = 0; head < heads; head += 1) {
      const start = head * dHead;
      // Four scores at a time; those beyond what was seen are not looked at.
      product(out, query.from(start), past.from(start), 1, Math.min(context, 4 * Math.ceil(seen / 4)), dHead, 0);
      softmax(scores, 0, seen, scale);
      product(mix.from(start), out, turned.from(start * context), 1, dHead, seen, 0);
    }
  }
}
