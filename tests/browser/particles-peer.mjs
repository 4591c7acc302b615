// Lennard-Jones particles in plain JavaScript, as `crates/particles` has them: the peer that its speed is measured by.
//
// The same potential, integrator, time step and criterion for the neighbor list. What pays in JavaScript was tried and
// kept: typed arrays of doubles, each pair once, pairs within the box apart from those across its edge, the energy
// only when asked for, no allocation while it runs.

const R_CUT = 2.5;
const SKIN = 0.4;
const REACH = R_CUT + SKIN;
const R_CUT_SQUARED = R_CUT ** 2;
const R6_AT_CUT = R_CUT ** -6;
const FORCE_SHIFT = (48 * R6_AT_CUT * R6_AT_CUT - 24 * R6_AT_CUT) / R_CUT_SQUARED;
const ENERGY_SHIFT = 4 * (R6_AT_CUT * R6_AT_CUT - R6_AT_CUT) + 0.5 * FORCE_SHIFT * R_CUT_SQUARED;

export class Simulation {
  /** Positions and velocities as x, y, x, y, …; the box's two sides. */
  constructor(positions, velocities, [width, height], timeStep) {
    this.n = positions.length / 2;
    this.width = width;
    this.height = height;
    this.timeStep = timeStep;
    this.positions = Float64Array.from(positions);
    this.velocities = Float64Array.from(velocities);
    this.forces = new Float64Array(2 * this.n);
    this.reference = new Float64Array(2 * this.n);
    this.columns = Math.floor(width / REACH);
    this.rows = Math.floor(height / REACH);
    if (this.columns < 3 || this.rows < 3) throw new Error("the box is too small for cells");
    this.cells = new Int32Array(this.n);
    this.cellStarts = new Int32Array(this.columns * this.rows + 1);
    this.members = new Int32Array(this.n);
    this.starts = new Int32Array(this.n + 1);
    // Places of x in the arrays: twice the index.
    this.neighbors = new Int32Array(40 * this.n);
    this.edgeStarts = new Int32Array(this.n + 1);
    this.edgeNeighbors = new Int32Array(40 * this.n);
    this.edgeShifts = new Float64Array(80 * this.n);
    this.list();
    this.interact();
  }

  advance(steps) {
    const { n, positions, velocities, forces, timeStep } = this;
    const half = 0.5 * timeStep;
    for (let step = 0; step < steps; step += 1) {
      for (let k = 0; k < 2 * n; k += 1) {
        velocities[k] += half * forces[k];
        positions[k] += timeStep * velocities[k];
      }
      if (this.isStale()) this.list();
      this.interact();
      for (let k = 0; k < 2 * n; k += 1) velocities[k] += half * forces[k];
    }
  }

  isStale() {
    const { n, positions, reference } = this;
    const allowance = (0.5 * SKIN) ** 2;
    for (let k = 0; k < 2 * n; k += 2) {
      const dx = positions[k] - reference[k];
      const dy = positions[k + 1] - reference[k + 1];
      if (dx * dx + dy * dy > allowance) return true;
    }
    return false;
  }

  /** Wraps all positions and lists every pair within reach once. */
  list() {
    const { n, width, height, columns, rows, positions, cells, cellStarts, members } = this;
    const { starts, neighbors, edgeStarts, edgeNeighbors, edgeShifts } = this;
    cellStarts.fill(0);
    for (let i = 0; i < n; i += 1) {
      const x = positions[2 * i] - width * Math.floor(positions[2 * i] / width);
      const y = positions[2 * i + 1] - height * Math.floor(positions[2 * i + 1] / height);
      positions[2 * i] = x;
      positions[2 * i + 1] = y;
      const column = Math.min(columns - 1, Math.floor((x / width) * columns));
      const row = Math.min(rows - 1, Math.floor((y / height) * rows));
      const cell = row * columns + column;
      cells[i] = cell;
      cellStarts[cell + 1] += 1;
    }
    this.reference.set(positions);
    for (let cell = 0; cell < columns * rows; cell += 1) cellStarts[cell + 1] += cellStarts[cell];
    for (let i = n - 1; i >= 0; i -= 1) {
      // Counts down from the cell's end; afterwards the starts are right again.
      members[(cellStarts[cells[i] + 1] -= 1)] = i;
    }
    // Each start has become the cell's own one, one place late.
    cellStarts.copyWithin(0, 1);
    cellStarts[columns * rows] = n;
    let listed = 0;
    let edge = 0;
    for (let i = 0; i < n; i += 1) {
      starts[i] = listed;
      edgeStarts[i] = edge;
      const x = positions[2 * i];
      const y = positions[2 * i + 1];
      const column = cells[i] % columns;
      const row = (cells[i] - column) / columns;
      // The cell itself, and half of the eight around: the other half finds this particle from its own side.
      for (let part = 0; part < 5; part += 1) {
        let nearColumn = column + (part === 0 || part === 3 ? 0 : part === 2 ? -1 : 1);
        let nearRow = row + (part < 2 ? 0 : 1);
        let shiftX = 0;
        let shiftY = 0;
        if (nearColumn < 0) {
          nearColumn += columns;
          shiftX = -width;
        } else if (nearColumn === columns) {
          nearColumn = 0;
          shiftX = width;
        }
        if (nearRow === rows) {
          nearRow = 0;
          shiftY = height;
        }
        const cell = nearRow * columns + nearColumn;
        const end = cellStarts[cell + 1];
        if (shiftX === 0 && shiftY === 0) {
          for (let m = cellStarts[cell]; m < end; m += 1) {
            const j = members[m];
            if (part === 0 && j <= i) continue;
            const dx = x - positions[2 * j];
            const dy = y - positions[2 * j + 1];
            if (dx * dx + dy * dy < REACH * REACH) neighbors[listed++] = 2 * j;
          }
        } else {
          for (let m = cellStarts[cell]; m < end; m += 1) {
            const j = members[m];
            const dx = x - (positions[2 * j] + shiftX);
            const dy = y - (positions[2 * j + 1] + shiftY);
            if (dx * dx + dy * dy < REACH * REACH) {
              edgeShifts[2 * edge] = shiftX;
              edgeShifts[2 * edge + 1] = shiftY;
              edgeNeighbors[edge++] = 2 * j;
            }
          }
        }
      }
    }
    starts[n] = listed;
    edgeStarts[n] = edge;
  }

  /** All forces. */
  interact() {
    const { n, positions, forces, starts, neighbors, edgeStarts, edgeNeighbors, edgeShifts } = this;
    forces.fill(0);
    for (let i = 0; i < n; i += 1) {
      const x = positions[2 * i];
      const y = positions[2 * i + 1];
      let fx = 0;
      let fy = 0;
      const end = starts[i + 1];
      for (let k = starts[i]; k < end; k += 1) {
        const j = neighbors[k];
        const dx = x - positions[j];
        const dy = y - positions[j + 1];
        const r2 = dx * dx + dy * dy;
        if (r2 < R_CUT_SQUARED) {
          const inverse = 1 / r2;
          const r6 = inverse * inverse * inverse;
          const f = (48 * r6 - 24) * r6 * inverse - FORCE_SHIFT;
          fx += f * dx;
          fy += f * dy;
          forces[j] -= f * dx;
          forces[j + 1] -= f * dy;
        }
      }
      const edgeEnd = edgeStarts[i + 1];
      for (let k = edgeStarts[i]; k < edgeEnd; k += 1) {
        const j = edgeNeighbors[k];
        const dx = x - (positions[j] + edgeShifts[2 * k]);
        const dy = y - (positions[j + 1] + edgeShifts[2 * k + 1]);
        const r2 = dx * dx + dy * dy;
        if (r2 < R_CUT_SQUARED) {
          const inverse = 1 / r2;
          const r6 = inverse * inverse * inverse;
          const f = (48 * r6 - 24) * r6 * inverse - FORCE_SHIFT;
          fx += f * dx;
          fy += f * dy;
          forces[j] -= f * dx;
          forces[j + 1] -= f * dy;
        }
      }
      forces[2 * i] += fx;
      forces[2 * i + 1] += fy;
    }
  }

  /** Potential plus kinetic energy. */
  totalEnergy() {
    const { n, positions, velocities, starts, neighbors, edgeStarts, edgeNeighbors, edgeShifts } = this;
    let energy = 0;
    const add = (dx, dy) => {
      const r2 = dx * dx + dy * dy;
      if (r2 < R_CUT_SQUARED) {
        const r6 = 1 / (r2 * r2 * r2);
        energy += 4 * (r6 * r6 - r6) + 0.5 * FORCE_SHIFT * r2 - ENERGY_SHIFT;
      }
    };
    for (let i = 0; i < n; i += 1) {
      const x = positions[2 * i];
      const y = positions[2 * i + 1];
      for (let k = starts[i]; k < starts[i + 1]; k += 1) {
        add(x - positions[neighbors[k]], y - positions[neighbors[k] + 1]);
      }
      for (let k = edgeStarts[i]; k < edgeStarts[i + 1]; k += 1) {
        const j = edgeNeighbors[k];
        add(x - (positions[j] + edgeShifts[2 * k]), y - (positions[j + 1] + edgeShifts[2 * k + 1]));
      }
    }
    for (let k = 0; k < 2 * n; k += 1) energy += 0.5 * velocities[k] ** 2;
    return energy;
  }
}
