// The lab as the site ships it: script, programs and weights, in a worker and on the page.
//
// What it answers is tested natively (crates/worker/tests); this is about the way there and back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EMBEDS, PAGES, open, programRuns } from "./reader.mjs";

// A request as crates/worker/src/message.rs encodes it: Start, client 1, the run, Read with this model two tokens, no head
// cut off, five guesses, after the last token only, with its attention.
const read = (run, rung) => [0, 1, run, 0, 0, rung.length, ...new TextEncoder().encode(rung), 0, 2, 11, 12, 0, 5, 1, 1];

/** Whether a message holds five guesses, each a token and four bytes. */
const hasGuesses = (message) => message.length > 25 && !message.includes("1x8");

/** Starts a lab, sends it requests one after the other and returns the last message about each run. */
function ask(page, requests, { onPage = false } = {}) {
  return page.evaluate(
    async ([all, isOnPage]) => {
      const folder = new URL(document.documentElement.dataset.lab, document.baseURI);
      const { port1, port2 } = new MessageChannel();
      if (isOnPage) {
        const script = document.createElement("script");
        Object.assign(script, { type: "module", src: new URL("lab.js", folder) });
        await new Promise((resolve) => {
          script.onload = resolve;
          document.head.append(script);
        });
        document.dispatchEvent(new CustomEvent("essay:lab", { detail: port2 }));
      } else {
        const worker = new Worker(new URL("lab.js", folder), { type: "module" });
        worker.onerror = () => port2.postMessage("the worker did not start");
        worker.postMessage(null, [port2]);
      }
      const heard = [];
      let tell = () => {};
      port1.onmessage = ({ data }) => {
        heard.push(typeof data === "string" ? data : [...data]);
        tell();
      };
      for (const request of all) {
        const before = heard.length;
        port1.postMessage(new Uint8Array(request));
        // A run ends with Finished or Failed; what ends it comes with or after the rest.
        await new Promise((resolve) => {
          tell = () => heard.length > before && setTimeout(resolve, 300);
        });
      }
      return heard.map((message) => (typeof message === "string" ? message : String.fromCharCode(...message)));
    },
    [requests, onPage],
  );
}

const labRequests = (page) => page.requested.filter((url) => /\/(lab|models)\//.test(url)).map((url) => url.split("/").at(-1));

for (const path of [PAGES.en, EMBEDS.zh]) {
  test(`${path}: the lab is fetched when it is needed, and only what the browser can run`, async (t) => {
    const page = await open(t, path);
    await programRuns(page);
    assert.deepEqual(labRequests(page), []);
    const heard = await ask(page, [read(1, "1x8")]);
    assert.ok(hasGuesses(heard.at(-1)), JSON.stringify(heard));
    const requested = labRequests(page);
    assert.deepEqual(requested.slice(0, 3), ["lab.js", "engine_simd.js", "engine_simd_bg.wasm"]);
    assert.match(requested[3], /^1x8-.*\.bin$/);
    assert.equal(requested.length, 4);
    assert.deepEqual(page.problems, []);
  });
}

test("where no worker can start, the same program runs on the page", async (t) => {
  const page = await open(t, PAGES.zh);
  await programRuns(page);
  const heard = await ask(page, [read(1, "1x8")], { onPage: true });
  assert.ok(hasGuesses(heard.at(-1)), JSON.stringify(heard));
  assert.deepEqual(page.problems, []);
});

test("a browser without vectors gets the plain program", async (t) => {
  const plain = async (route) => {
    const answer = await route.fetch();
    route.fulfill({ response: answer, body: (await answer.text()).replace("WebAssembly.validate(VECTORS)", "false") });
  };
  const page = await open(t, PAGES.en, { before: (own) => own.context().route("**/lab.js", plain) });
  await programRuns(page);
  assert.ok(hasGuesses((await ask(page, [read(1, "1x8")])).at(-1)));
  assert.ok(labRequests(page).includes("engine_bg.wasm") && !labRequests(page).includes("engine_simd_bg.wasm"));
});

const FAULTS = {
  missing: (route) => route.fulfill({ status: 404 }),
  unreachable: (route) => route.abort(),
  "cut short": async (route) => route.fulfill({ body: (await (await route.fetch()).body()).subarray(0, 500) }),
  altered: async (route) => {
    const body = Buffer.from(await (await route.fetch()).body());
    body[100] ^= 1;
    route.fulfill({ body });
  },
};

for (const [fault, answer] of Object.entries(FAULTS)) {
  test(`weights that are ${fault} fail with a reason, and a later request succeeds`, async (t) => {
    let isBroken = true;
    const page = await open(t, PAGES.en, {
      before: (own) => own.context().route("**/models/*.bin", (route) => (isBroken ? answer(route) : route.continue())),
    });
    await programRuns(page);
    const failed = await ask(page, [read(1, "1x8")]);
    // Failed(Weights { rung, reason }): report 15, problem 2.
    assert.ok(failed.at(-1).includes("\u0002\u00031x8"), JSON.stringify(failed));
    isBroken = false;
    const heard = await ask(page, [read(2, "1x8")]);
    assert.ok(hasGuesses(heard.at(-1)), JSON.stringify(heard));
  });
}
