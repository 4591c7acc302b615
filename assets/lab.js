// Runs the lab (crates/worker): in a worker of its own or, where none can start, as a module of the page. Starts the
// engine that the browser can run, gives it time in slices, and fetches the weights that it asks for.
//
// The page sends a MessagePort; requests come in through it and events go out, as bytes. A text going out says that
// the lab broke down. `prerender` fills in the models: name, address and bytes of each.
const MODELS = new Map({models});

const IN_WORKER = typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope;

// Milliseconds at work before messages are heard again. A page has to draw in between.
const SLICE = IN_WORKER ? 25 : 8;

// A module with one vector instruction: only browsers that know it call it valid.
const VECTORS = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

const here = (name) => new URL(name, import.meta.url);

async function engine() {
  const name = WebAssembly.validate(VECTORS) ? "engine_simd" : "engine";
  const lab = await import(here(`${name}.js`));
  await lab.default({ module_or_path: here(`${name}_bg.wasm`) });
  return lab;
}

/** Fetches a model; `loading` is told the bytes so far. */
async function fetchModel(address, length, loading, cache) {
  const answer = await fetch(here(address), { cache });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const bytes = new Uint8Array(length);
  let loaded = 0;
  for (const reader = answer.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, loaded);
    if (loaded + value.length > length) throw new Error(`more than ${length} bytes`);
    bytes.set(value, loaded);
    loaded += value.length;
    loading(loaded);
  }
}

async function serve(port) {
  const crash = (error) => {
    port.onmessage = null;
    port.postMessage(String(error?.message ?? error));
  };
  const waiting = [];
  port.onmessage = ({ data }) => waiting.push(data);

  let lab;
  let isAtWork = false;
  let next;

  /** Hands out what happened and fetches what is missing; returns without having worked. */
  function tell() {
    const events = lab.events();
    if (events) port.postMessage(events, [events.buffer]);
    for (let name = lab.wanted(); name; name = lab.wanted()) provide(name);
  }

  function slice() {
    try {
      isAtWork = lab.advance(SLICE);
      tell();
      if (isAtWork) next();
    } catch (error) {
      crash(error);
    }
  }

  function wake() {
    if (isAtWork) return;
    isAtWork = true;
    next();
  }

  /** Fetches a model; the lab's texts are bytes. */
  async function provide(name) {
    try {
      const [address, length] = MODELS.get(new TextDecoder().decode(name)) ?? [];
      if (!address) throw new Error("there is no such model");
      const loading = (loaded) => {
        lab.loading(name, loaded, length);
        tell();
      };
      let problem = lab.provide(name, await fetchModel(address, length, loading, "default"));
      // What a cache holds may be damaged; what the host sends now may not.
      if (problem) problem = lab.provide(name, await fetchModel(address, length, loading, "reload"));
      if (problem) throw new Error(new TextDecoder().decode(problem));
    } catch (error) {
      lab.fail(name, new TextEncoder().encode(error.message));
    }
    tell();
    wake();
  }

  // A message to itself comes after those that are waiting, and unlike a timer at once.
  const again = new MessageChannel();
  again.port1.onmessage = slice;
  next = IN_WORKER ? () => again.port2.postMessage(null) : () => setTimeout(slice);

  try {
    lab = await engine();
  } catch (error) {
    crash(error);
    return;
  }
  const handle = (data) => {
    try {
      lab.handle(data);
      wake();
    } catch (error) {
      crash(error);
    }
  };
  port.onmessage = ({ data }) => handle(data);
  waiting.forEach(handle);
}

if (IN_WORKER) onmessage = ({ ports }) => serve(ports[0]);
else document.addEventListener("essay:lab", ({ detail }) => serve(detail));
