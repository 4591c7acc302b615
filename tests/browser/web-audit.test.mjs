// Lighthouse over the finished page, as on a phone. Last, because it takes the machine for itself.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { CHROME, FLAGS } from "./browser.mjs";
import { serve } from "./site.mjs";

const LIGHTHOUSE = join(dirname(createRequire(import.meta.url).resolve("lighthouse/package.json")), "cli/index.js");

const site = await serve({ gzip: true });
after(() => site.close());

test("Lighthouse gives accessibility, best practices and SEO their full 100", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "essay-lighthouse-"));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const report = join(folder, "report.json");
  const flags = ["--headless=new", ...FLAGS, `--user-data-dir=${join(folder, "profile")}`];
  await promisify(execFile)(
    process.execPath,
    [
      LIGHTHOUSE,
      site.address("index.html"),
      "--quiet",
      "--output=json",
      `--output-path=${report}`,
      `--chrome-flags=${flags.join(" ")}`,
    ],
    { env: { ...process.env, CHROME_PATH: CHROME } },
  );
  const { categories, audits } = JSON.parse(await readFile(report, "utf8"));
  const points = (name) => Math.round(100 * categories[name].score);
  const shown = (name) => audits[name].displayValue;
  t.diagnostic(
    `performance ${points("performance")} (depends on the machine): first paint ${shown("first-contentful-paint")}, ` +
      `largest ${shown("largest-contentful-paint")}, blocked ${shown("total-blocking-time")}, ` +
      `layout shift ${shown("cumulative-layout-shift")}`,
  );
  for (const name of ["accessibility", "best-practices", "seo"]) {
    const lost = categories[name].auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
      .map(({ id }) => `${id}: ${JSON.stringify(audits[id].details?.items?.slice(0, 3) ?? audits[id].explanation)}`);
    assert.equal(points(name), 100, `${name}: ${lost.join("\n")}`);
  }
});
