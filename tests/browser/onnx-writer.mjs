// Graphs as ONNX reads them: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, of which this writes what a model
// of a few operators needs.

const text = new TextEncoder();

/** Element types, `TensorProto.DataType`. */
export const FLOAT = 1;
export const INT64 = 7;

/** The edition of the operators, and of the file that may hold them. */
const OPSET = 23;
const IR_VERSION = 11;

/** Types of attributes, `AttributeProto.AttributeType`. */
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;

/** A message of Protocol Buffers: fields one after the other, each behind its number and wire type. */
class Message {
  parts = [];

  varint(value) {
    const bytes = [];
    for (let rest = value; ; rest = Math.floor(rest / 128)) {
      bytes.push(rest < 128 ? rest : (rest % 128) + 128);
      if (rest < 128) break;
    }
    this.parts.push(Uint8Array.from(bytes));
  }

  integer(field, value) {
    this.varint(field * 8);
    this.varint(value);
    return this;
  }

  float(field, value) {
    this.varint(field * 8 + 5);
    this.parts.push(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  bytes(field, bytes) {
    this.varint(field * 8 + 2);
    this.varint(bytes.length);
    this.parts.push(bytes);
    return this;
  }

  string(field, value) {
    return this.bytes(field, text.encode(value));
  }

  message(field, message) {
    return this.bytes(field, message.encode());
  }

  messages(field, messages) {
    for (const message of messages) this.message(field, message);
    return this;
  }

  encode() {
    const bytes = new Uint8Array(this.parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of this.parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
}

/** `ValueInfoProto`: a name with the type and shape of its tensor; a dimension is a number, or a name if it varies. */
function valueInfo(name, type, dims) {
  const dimension = (dim) => (typeof dim === "string" ? new Message().string(2, dim) : new Message().integer(1, dim));
  const shape = new Message().messages(1, dims.map(dimension));
  const tensor = new Message().integer(1, type).message(2, shape);
  return new Message().string(1, name).message(2, new Message().message(1, tensor));
}

/** Whole numbers are integers and others floats: `AttributeProto`. */
function attribute([name, value]) {
  const message = new Message().string(1, name);
  return Number.isInteger(value)
    ? message.integer(3, value).integer(20, ATTRIBUTE_INT)
    : message.float(2, value).integer(20, ATTRIBUTE_FLOAT);
}

/** A graph that grows node by node. Tensors are known by their names. */
export class Graph {
  #nodes = [];
  #constants = [];
  #inputs = [];
  #outputs = [];

  input(name, type, dims) {
    this.#inputs.push(valueInfo(name, type, dims));
    return name;
  }

  output(name, type, dims) {
    this.#outputs.push(valueInfo(name, type, dims));
  }

  /** A constant from a `Float32Array` or a `BigInt64Array`. */
  constant(dims, values) {
    const name = `constant_${this.#constants.length}`;
    const tensor = new Message();
    for (const dim of dims) tensor.integer(1, dim);
    tensor.integer(2, values instanceof Float32Array ? FLOAT : INT64).string(8, name);
    tensor.bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    this.#constants.push(tensor);
    return name;
  }

  /** The first output of a new node; `outputs` names all that are used, otherwise there is one. */
  node(operator, inputs, attributes = {}, outputs = [`result_${this.#nodes.length}`]) {
    const message = new Message();
    for (const input of inputs) message.string(1, input);
    for (const output of outputs) message.string(2, output);
    message.string(3, `node_${this.#nodes.length}`).string(4, operator);
    this.#nodes.push(message.messages(5, Object.entries(attributes).map(attribute)));
    return outputs[0];
  }

  /** The file, `ModelProto`. */
  encode() {
    const graph = new Message().messages(1, this.#nodes).string(2, "graph").messages(5, this.#constants);
    graph.messages(11, this.#inputs).messages(12, this.#outputs);
    const opset = new Message().string(1, "").integer(2, OPSET);
    return new Message().integer(1, IR_VERSION).message(7, graph).message(8, opset).encode();
  }
}
