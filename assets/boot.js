// Starts the program once the text is there, and says so when it can't be started. Trunk writes the two names.
const root = document.documentElement;
const script = document.querySelector("script[data-wasm]");
const address = (name) => new URL(name, document.baseURI).href;

async function start() {
  try {
    // Side by side; a failed fetch is reported where the program waits for it.
    const module = fetch(address(script.dataset.wasm));
    module.catch(() => {});
    const program = await import(address(script.dataset.js));
    await program.default({ module_or_path: module });
  } catch (error) {
    root.dataset.figures = "stopped";
    console.error(error);
  }
}

// Reading comes first: wait until the browser has nothing else to do, but not for ever.
const idle = window.requestIdleCallback ?? ((callback) => setTimeout(callback, 200));
const whenIdle = () => idle(start, { timeout: 2000 });
if (document.readyState === "complete") whenIdle();
else addEventListener("load", whenIdle, { once: true });

// Visited pages stay readable without a network. Not in frames: an embedded figure must not fill its host's storage.
if (root.dataset.offline && window.top === window && "serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(address(root.dataset.offline)).catch(console.error));
}
