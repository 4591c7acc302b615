// How fast crates/particles is in this machine's browser: with vectors, without, and beside plain JavaScript that
// starts from the same liquid. All take turns, so that whatever else the machine does slows all alike. Prints; judges
// nothing. PARTICLES_WASM names the compiled example `in_browser`.
import { here, speedup, withPage } from "./bench-page.mjs";
import { median } from "./gauges.mjs";

const FILES = new Map([
  ["/peer.mjs", here("particles-peer.mjs")],
  ["/particles.wasm", process.env.PARTICLES_WASM],
]);

/** Columns and rows of the lattice that is melted. */
const SIZES = [
  [25, 20],
  [40, 25],
  [50, 40],
];

/** In the page: microseconds a step of each turn, and the drift of the energy per particle over 10,000 steps. */
async function measure([columns, rows]) {
  const { Simulation } = await import("/peer.mjs");
  let vectors;
  const imports = { bench: { run: (task, frame) => vectors.exports.run(task, frame) } };
  const program = await WebAssembly.instantiateStreaming(fetch("/particles.wasm"), imports);
  const { memory, ...particles } = program.instance.exports;
  const module = new Uint8Array(memory.buffer, particles.simd_module(), particles.simd_module_len()).slice();
  vectors = (await WebAssembly.instantiate(module, { env: { memory } })).instance;

  const liquid = particles.liquid(columns, rows);
  const n = columns * rows;
  const pairs = (place) => new Float64Array(memory.buffer, place, 2 * n).slice();
  const sides = [particles.side(liquid, 0), particles.side(liquid, 1)];
  const peer = new Simulation(
    pairs(particles.positions(liquid)),
    pairs(particles.velocities(liquid)),
    sides,
    particles.time_step(),
  );
  const [scalar, vector] = [false, true].map((withVectors) => particles.copy(liquid, withVectors));
  const runners = {
    javascript: { advance: (steps) => peer.advance(steps), energy: () => peer.totalEnergy() },
    scalar: { advance: (steps) => particles.advance(scalar, steps), energy: () => particles.total_energy(scalar) },
    vector: { advance: (steps) => particles.advance(vector, steps), energy: () => particles.total_energy(vector) },
  };
  const meanEnergy = ({ advance, energy }) => {
    let sum = 0;
    for (let sample = 0; sample < 100; sample += 1) {
      advance(5);
      sum += energy();
    }
    return sum / 100 / n;
  };
  const turns = 200;
  const steps = 10000 / turns;
  const results = Object.entries(runners).map(([name, runner]) => ({ name, runner, start: meanEnergy(runner), times: [] }));
  for (let turn = 0; turn < turns; turn += 1) {
    for (const { runner, times } of results) {
      const start = performance.now();
      runner.advance(steps);
      times.push(((performance.now() - start) / steps) * 1000);
    }
  }
  return results.map(({ name, runner, start, times }) => ({ name, times, drift: meanEnergy(runner) - start }));
}

await withPage(FILES, async (page) => {
  for (const size of SIZES) {
    const results = await page.evaluate(measure, size);
    const [javascript] = results;
    console.log(`${size[0] * size[1]} particles, constant energy, 10,000 steps`);
    for (const { name, times, drift } of results) {
      console.log(
        `  ${name.padEnd(11)}${median(times).toFixed(1).padStart(7)} µs a step (best ${Math.min(...times).toFixed(1)}), ` +
          `${speedup(times, javascript.times).toFixed(2)} times plain JavaScript, drift ${drift.toExponential(1)} per particle`,
      );
    }
  }
});
