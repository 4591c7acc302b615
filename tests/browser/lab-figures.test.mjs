// The figures that need the lab where things are not as they should be: no worker, no vectors, a hidden tab, two at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { button, open, openAwake, site } from "./reader.mjs";

const EMBED = (figure) => `en/embed/${figure}.html`;
/** What shows that a model has answered in each figure. */
const ANSWERED = {
  "few-shot": ".guesses[aria-busy=false] .guess",
  code: ".code__words[aria-busy=false] .word",
  reasoning: ".reasoning[aria-busy=false] .reasoning__line",
  verse: ".verse[aria-busy=false] .word",
};
const step = (page) => page.locator("#fig-induction-lab .plot").getAttribute("aria-valuenow").then(Number);

/** Makes the page believe that its tab is hidden or not. */
const setHidden = (page, isHidden) =>
  page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);

for (const [figure, answer] of Object.entries(ANSWERED)) {
  test(`${figure}: where the browser starts no worker, the model answers on the page`, async (t) => {
    const before = (page) =>
      page.addInitScript(() => {
        window.Worker = class {
          constructor() {
            throw new DOMException("no workers here", "SecurityError");
          }
        };
      });
    const page = await openAwake(t, EMBED(figure), { figure: `#fig-${figure}`, before });
    await page.locator(`#fig-${figure} ${answer}`).first().waitFor();
    assert.deepEqual(page.problems, []);
  });
}

test("code: a browser without vectors gets the same program", async (t) => {
  const plain = async (route) => {
    const script = await route.fetch();
    route.fulfill({ response: script, body: (await script.text()).replace("WebAssembly.validate(VECTORS)", "false") });
  };
  const words = async (page) => {
    await page.locator(`#fig-code ${ANSWERED.code}`).first().waitFor();
    return page.locator("#fig-code .code__words .word").allTextContents();
  };
  const before = (page) => page.context().route("**/lab.js", plain);
  const without = await openAwake(t, EMBED("code"), { figure: "#fig-code", before });
  const own = await words(without);
  assert.ok(without.requested.some((url) => url.endsWith("engine_bg.wasm")));
  const page = await openAwake(t, EMBED("code"), { figure: "#fig-code" });
  assert.deepEqual(own, await words(page));
});

test("a training stops while the tab is hidden, and goes on where it was", async (t) => {
  const page = await openAwake(t, EMBED("induction-lab"), { figure: "#fig-induction-lab" });
  await button(page, "Train it on this device", "#fig-induction-lab").click();
  await page.locator("#fig-induction-lab .legend__entry", { hasText: "measured here" }).first().waitFor();
  await setHidden(page, true);
  // What was already on its way still arrives.
  await page.waitForTimeout(500);
  const hidden = await step(page);
  await page.waitForTimeout(1000);
  assert.equal(await step(page), hidden);
  await setHidden(page, false);
  await page.waitForFunction(
    (before) => Number(document.querySelector(".plot").getAttribute("aria-valuenow")) > before,
    hidden,
  );
  assert.deepEqual(page.problems, []);
});

test("the same figure twice in a page: each frame has an answer of its own", async (t) => {
  const frame = (state) => `<iframe src="${site.address(EMBED("code"))}?${state}" title="A figure" width="700" height="900"></iframe>`;
  site.pages.set(
    "/twice.html",
    `<!doctype html><html lang="en"><title>A host</title><link rel="icon" href="data:," />
     ${frame("code.a=1.2.4.8.16.32")}${frame("code.a=0.1.3.6.10.15")}`,
  );
  const page = await open(t, `http://127.0.0.1:${site.port}/twice.html`);
  const program = async (index) => {
    const own = page.frameLocator("iframe").nth(index);
    // The still page shows the answer to its own sequence until the figure wakes.
    await own.locator(`#fig-code[data-state=ready] ${ANSWERED.code}`).first().waitFor();
    return (await own.locator(".code__words .word").allTextContents()).join(" ");
  };
  assert.deepEqual([await program(0), await program(1)], ["def 1 2 return 2 * f(n-1)", "def 0 1 return f(n-1) + n"]);
  await page.frameLocator("iframe").first().locator(".chip", { hasText: "Fibonacci from 1" }).click();
  await page.frameLocator("iframe").first().locator(".code__outcome", { hasText: "All twelve" }).waitFor();
  assert.equal(await program(1), "def 0 1 return f(n-1) + n", "the other stays");
  assert.deepEqual(page.problems, []);
});
