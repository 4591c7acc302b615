// One figure in a frame of another site's page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EMBEDS, LANGUAGES, PAGES, open, openAwake, site } from "./reader.mjs";

/** A page, of another origin unless named so, that embeds the figure and keeps what the frame tells it. */
async function host(t, { attributes = "", name = "localhost" } = {}) {
  site.pages.set(
    "/host.html",
    `<!doctype html><html lang="en"><title>A host</title>
     <link rel="icon" href="data:," />
     <script>window.messages = []; addEventListener("message", (event) => messages.push(event.data));</script>
     <iframe src="${site.address(EMBEDS.en)}" title="A figure" width="700" height="900" ${attributes}></iframe>`,
  );
  // The same machine by another name is another origin.
  const page = await open(t, `http://${name}:${site.port}/host.html`, { serviceWorkers: "allow" });
  // Foreign by intent; everything else that is foreign is a problem.
  page.problems = page.problems.filter((problem) => problem !== `foreign request: ${page.url()}`);
  const frame = page.frameLocator("iframe");
  await frame.locator("figure[data-state=ready] canvas").waitFor();
  return { page, frame };
}

const send = (page, message) =>
  page.evaluate((data) => document.querySelector("iframe").contentWindow.postMessage(data, "*"), message);
const heights = (page) =>
  page.evaluate(() => messages.filter((message) => message?.type === "essay:resize").map((message) => message.height));
const isChecked = (frame, index) => frame.locator("input[name=scaling-law-axis]").nth(index).isChecked();

for (const [name, attributes] of [
  ["a plain frame", ""],
  ["a sandbox that allows scripts and its own origin", 'sandbox="allow-scripts allow-same-origin"'],
]) {
  test(`the figure works in ${name}`, async (t) => {
    const { page, frame } = await host(t, { attributes });
    const readout = frame.locator(".readout__value").first();
    const before = await readout.textContent();
    await frame.locator(".plot").focus();
    await page.keyboard.press("Home");
    await frame.locator(`.readout:first-child .readout__value:not(:text-is("${before}"))`).waitFor();
    assert.notEqual(await readout.textContent(), before);
    assert.deepEqual(page.problems, []);
  });
}

test("the frame tells its host the height of its content, and again when it changes", async (t) => {
  const { page, frame } = await host(t);
  await page.waitForFunction(() => messages.some((message) => message?.type === "essay:resize"));
  const told = await page.evaluate(() => messages.find((message) => message?.type === "essay:resize"));
  assert.equal(told.figure, "scaling-law");
  const before = (await heights(page)).at(-1);
  assert.equal(before, await frame.locator("body").evaluate((body) => Math.ceil(body.getBoundingClientRect().height)));
  await frame.locator("button", { hasText: "Data table" }).click();
  await page.waitForFunction(
    (old) => messages.filter((message) => message?.type === "essay:resize").at(-1).height > old + 100,
    before,
  );
  await frame.locator("button", { hasText: "Data table" }).click();
  await page.waitForFunction(
    (old) => Math.abs(messages.filter((message) => message?.type === "essay:resize").at(-1).height - old) <= 1,
    before,
  );
});

test("a frame as tall as it asks for does not scroll, and does not grow for ever", async (t) => {
  const { page, frame } = await host(t);
  await page.waitForFunction(() => messages.length > 0);
  await page.evaluate(() => {
    const follow = ({ data }) => data?.type === "essay:resize" && (document.querySelector("iframe").height = data.height);
    messages.forEach((data) => follow({ data }));
    addEventListener("message", follow);
  });
  const count = async () => (await heights(page)).length;
  for (let last = -1, now = await count(); last !== now; now = await count()) {
    last = now;
    await frame.locator("body").evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
    assert.ok(now < 20, `${await heights(page)}`);
  }
  const [needed, has] = await frame.locator("html").evaluate((root) => [root.scrollHeight, root.clientHeight]);
  assert.ok(needed <= has + 1, `${needed} in ${has}`);
});

test("the host sets the figure's state with a message", async (t) => {
  const { page, frame } = await host(t);
  await send(page, { type: "essay:set", figure: "scaling-law", state: "axis=d&second=hoffmann" });
  await frame.locator(".remark", { hasText: "Hoffmann et al. 2022" }).waitFor();
  assert.ok(await isChecked(frame, 1));
});

test("the host's state is checked like an address: bad values are dropped", async (t) => {
  const { page, frame } = await host(t);
  await send(page, { type: "essay:set", figure: "scaling-law", state: "axis=c&at=NaN&alpha=999&scale=-1e999&%&=&x" });
  await frame.locator(".readout__label", { hasText: "Compute C" }).waitFor();
  const values = await frame.locator(".readout__value").allTextContents();
  assert.ok(values.every((value) => /\d/.test(value) && !/NaN|inf/i.test(value)), values.join());
  assert.deepEqual(page.problems, []);
});

test("messages that are no command change nothing", async (t) => {
  const { page, frame } = await host(t);
  await send(page, { type: "essay:set", figure: "scaling-law", state: "axis=d" });
  await frame.locator(".readout__label", { hasText: "Tokens D" }).waitFor();
  for (const junk of [
    null,
    0,
    "essay:set",
    "x".repeat(100_000),
    [],
    ["essay:set", "scaling-law", "axis=c"],
    {},
    { type: "essay:set" },
    { type: "essay:set", figure: "scaling-law" },
    { type: "essay:set", figure: "scaling-law", state: 42 },
    { type: "essay:set", figure: "scaling-law", state: null },
    { type: "essay:set", figure: "scaling-law", state: { axis: "c" } },
    { type: "essay:set", figure: "another", state: "axis=c" },
    { type: "essay:reset", figure: "scaling-law", state: "axis=c" },
    { type: { toString: "essay:set" }, figure: "scaling-law", state: "axis=c" },
  ]) {
    await send(page, junk);
  }
  // Messages arrive in order: once this one has had its effect, the others had their chance.
  await send(page, { type: "essay:set", figure: "scaling-law", state: "axis=d&second=hoffmann" });
  await frame.locator(".remark", { hasText: "Hoffmann et al. 2022" }).waitFor();
  assert.ok(await isChecked(frame, 1));
  assert.deepEqual(page.problems, []);
});

test("no junk message resets the figure", async (t) => {
  const { page, frame } = await host(t);
  await send(page, { type: "essay:set", figure: "scaling-law", state: "axis=d" });
  await frame.locator(".readout__label", { hasText: "Tokens D" }).waitFor();
  await frame.locator("body").evaluate(() => {
    window.labels = [];
    const label = () => window.labels.push(document.querySelector(".readout__label").textContent);
    new MutationObserver(label).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await send(page, { type: "essay:set", figure: "scaling-law", state: 42 });
  await send(page, { type: "essay:set", figure: "scaling-law" });
  await send(page, { type: "essay:set", figure: "scaling-law", state: "axis=d&second=besiroglu" });
  await frame.locator(".remark", { hasText: "Besiroglu et al. 2024" }).waitFor();
  const labels = await frame.locator("body").evaluate(() => window.labels);
  assert.deepEqual([...new Set(labels)], ["Tokens D"]);
});

test("?controls=off leaves picture, readouts, caption and sources", async (t) => {
  const page = await openAwake(t, `${EMBEDS.zh}?controls=off`);
  assert.equal(await page.locator("figure :is(button, input):visible").count(), 0);
  for (const part of ["canvas", ".readouts", ".legend", "figcaption", ".figure__sources"]) {
    assert.ok(await page.locator(part).first().isVisible(), part);
  }
});

for (const language of LANGUAGES) {
  test(`${language}: the embed page has the figure's title, caption, sources and a link to its place in the essay`, async (t) => {
    const page = await open(t, EMBEDS[language]);
    for (const part of [".figure__title", "figcaption", ".figure__sources", ".embed__essay a"]) {
      assert.ok(await page.locator(part).isVisible(), part);
    }
    const link = await page.locator(".embed__essay a").evaluate((anchor) => anchor.href);
    assert.equal(link, `${site.address(PAGES[language])}#fig-scaling-law`);
  });
}

test("an embedded figure registers no service worker in its host's page", async (t) => {
  // On the essay's own origin: elsewhere the browser would refuse anyway.
  const { page } = await host(t, { name: "127.0.0.1" });
  const own = page.frames().find((frame) => frame.url().includes("/embed/"));
  // It would be registered when the page has loaded, which is before the figure wakes.
  assert.equal(await own.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
});
