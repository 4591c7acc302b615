// The browser that tests and measurements use: the one that CHROME names.
import { chromium } from "playwright-core";

/** For a browser in a container: no sandbox, no graphics card, nothing that it fetches of its own accord. */
export const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"];

export const CHROME = process.env.CHROME;
if (!CHROME) throw new Error("set CHROME to the path of a Chromium, or use `cargo xtask test`, which finds one");

export const launch = () => chromium.launch({ executablePath: CHROME, args: FLAGS });
