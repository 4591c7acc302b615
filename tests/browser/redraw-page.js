// In the page that redraw-bench.mjs measures: moves a figure's control, looks at what a redraw draws, and gives the same
// to uPlot in a box of the same size.
window.redraws = (() => {
  let compared;
  const frame = () => new Promise(requestAnimationFrame);
  const channel = new MessageChannel();
  channel.port1.start();
  /** The program redraws in microtasks; a message arrives after them. */
  const afterTasks = () =>
    new Promise((resolve) => {
      channel.port1.addEventListener("message", resolve, { once: true });
      channel.port2.postMessage(null);
    });

  /** A way to send the events of one move: of a pointer that holds the plot, or of a slider. */
  function control(figure, { slider }, pointerType) {
    if (slider !== undefined) {
      const input = figure.querySelectorAll("input[type=range]")[slider];
      const [min, max] = [Number(input.min), Number(input.max)];
      return {
        begin() {},
        move([share]) {
          input.value = min + share * (max - min);
          input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        },
        end() {},
      };
    }
    const plot = figure.querySelector(".plot");
    const send = (type, [across, down]) => {
      const box = plot.getBoundingClientRect();
      const [clientX, clientY] = [box.x + across * box.width, box.y + down * box.height];
      plot.dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerId: 1, pointerType, button: 0, buttons: 1, clientX, clientY }),
      );
    };
    return {
      begin(at) {
        send("pointerdown", at);
        // A finger must first show that it does not scroll.
        send("pointermove", [at[0] + 0.05, at[1]]);
      },
      move: (at) => send("pointermove", at),
      end: (at) => send("pointerup", at),
    };
  }

  /** Counts pictures: each begins by filling the whole canvas. */
  function countPictures(canvas) {
    const counted = { pictures: 0 };
    const context = canvas.getContext("2d");
    context.fillRect = function (x, y, width, height) {
      counted.pictures += Number(width === canvas.width && height === canvas.height);
      CanvasRenderingContext2D.prototype.fillRect.call(this, x, y, width, height);
    };
    counted.stop = () => delete context.fillRect;
    return counted;
  }

  /**
   * What one redraw draws, without axes and words: curves as lists of points, and marks as lists of centers of the same
   * size. Places are parts of the canvas. Lines along an axis are left out: they are grid, rules and dashes of these.
   */
  function drawn(canvas, redraw) {
    const context = canvas.getContext("2d");
    const shapes = { curves: [], marks: [] };
    let path = [];
    const place = (x, y) => [x / canvas.width, 1 - y / canvas.height];
    // What follows each other in one color and size is one series.
    const add = (list, color, radius, points) => {
      const last = list.at(-1);
      if (last?.color === color && last.radius === radius) last.points.push(...points);
      else list.push({ color, radius, points });
    };
    const isAlongAxis = ([from, ...rest]) =>
      rest.every((to) => to[0] === from[0]) || rest.every((to) => to[1] === from[1]);
    const finish = (color) => {
      for (const piece of path) {
        if (piece.radius !== undefined) add(shapes.marks, color, piece.radius, [place(...piece.center)]);
        else if (piece.length > 1 && !isAlongAxis(piece)) add(shapes.curves, color, null, piece.map((at) => place(...at)));
      }
    };
    const hooks = {
      beginPath: () => (path = []),
      moveTo: (x, y) => path.push([[x, y]]),
      lineTo: (x, y) => (path.length > 0 ? path.at(-1).push([x, y]) : path.push([[x, y]])),
      arc: (x, y, radius) => path.push({ center: [x, y], radius }),
      stroke: () => finish(context.strokeStyle),
      fill: () => finish(context.fillStyle),
      fillRect: (x, y, width, height) => {
        if (width < canvas.width) add(shapes.marks, context.fillStyle, width / 2, [place(x + width / 2, y + height / 2)]);
      },
    };
    for (const [name, hook] of Object.entries(hooks)) {
      context[name] = function (...values) {
        hook(...values);
        CanvasRenderingContext2D.prototype[name].apply(this, values);
      };
    }
    return Promise.resolve(redraw()).then(afterTasks).then(() => {
      for (const name of Object.keys(hooks)) delete context[name];
      return shapes;
    });
  }

  /** uPlot with these shapes on logarithmic axes over six powers of ten; `redraw` draws them a little further right. */
  function peer(shapes, { width, height }) {
    const value = (place) => 10 ** (6 * Math.min(1, Math.max(0, place)));
    const data = (shift) => [
      null,
      ...[...shapes.curves, ...shapes.marks].map(({ points }) => [
        points.map(([x]) => value(x + shift)),
        points.map(([, y]) => value(y)),
      ]),
    ];
    const dots = (radius) => (plot, index) =>
      uPlot.orient(plot, index, (series, xs, ys, scaleX, scaleY, toX, toY, left, top, wide, high) => {
        const fill = new Path2D();
        xs.forEach((x, at) => {
          const [across, down] = [toX(x, scaleX, wide, left), toY(ys[at], scaleY, high, top)];
          fill.moveTo(across + radius, down);
          fill.arc(across, down, radius, 0, 2 * Math.PI);
        });
        return { fill, stroke: null, flags: 0 };
      });
    const series = {
      facets: ["x", "y"].map((scale) => ({ scale, auto: true })),
      points: { show: false },
    };
    const range = () => [1, 1e6];
    const box = document.createElement("div");
    // In sight, as the figure is: what is painted off the screen may be painted later.
    box.style.cssText = `position: fixed; left: 0; bottom: 0; width: ${width}px; height: ${height}px; pointer-events: none`;
    document.body.append(box);
    const plot = new uPlot(
      {
        mode: 2,
        width,
        height,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false, distr: 3, range }, y: { distr: 3, range } },
        axes: [{}, {}],
        series: [
          {},
          ...shapes.curves.map(({ color }) => ({ ...series, stroke: color, width: 2, paths: uPlot.paths.linear() })),
          ...shapes.marks.map(({ color, radius }) => ({ ...series, fill: color, paths: dots(radius) })),
        ],
      },
      data(0),
      box,
    );
    let turn = 0;
    return { redraw: () => plot.setData(data((turn = (turn + 1) % 50) * 1e-4)) };
  }

  /** Takes hold of a figure's control, and gives uPlot what the figure draws. */
  async function begin({ figure: id, gesture, pointerType }) {
    const figure = document.querySelector(`#fig-${id}`);
    const canvas = figure.querySelector("canvas");
    const { path } = gesture;
    const own = control(figure, gesture, pointerType);
    let turn = 0;
    const next = () => path[(turn += 1) % path.length];
    own.begin(path[0]);
    await frame();
    const shapes = await drawn(canvas, () => own.move(next()));
    const rival = peer(shapes, canvas.getBoundingClientRect());
    await frame();
    compared = { own: () => own.move(next()), peer: rival.redraw, counted: countPictures(canvas) };
    const count = (list) => list.reduce((sum, { points }) => sum + points.length, 0);
    return { curves: shapes.curves.length, points: count(shapes.curves), marks: count(shapes.marks) };
  }

  /** So many moves of the figure (`own`) or redraws of uPlot (`peer`), one a frame: script time of each, milliseconds. */
  async function round({ whose, moves }) {
    const times = [];
    for (let move = 0; move < moves; move += 1) {
      const start = performance.now();
      compared[whose]();
      await afterTasks();
      times.push(performance.now() - start);
      await frame();
    }
    return times;
  }

  /** The same, for whole frames: milliseconds from one to the next, and tasks over 50 ms. */
  async function frames({ whose, moves }) {
    const tasks = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ type: "longtask" });
    const intervals = [];
    let last = await frame();
    for (let move = 0; move < moves; move += 1) {
      compared[whose]();
      const now = await frame();
      intervals.push(now - last);
      last = now;
    }
    observer.disconnect();
    return { intervals, tasks };
  }

  return { begin, round, frames, pictures: () => compared.counted.pictures };
})();
