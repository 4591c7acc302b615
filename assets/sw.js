// Keeps visited pages readable without a network. `prerender` fills in the constants.
const BUILD = "{build}";
const FILES = ["{files}"];

// The lab and the models: kept from the first time that a figure needs them, over builds that leave them as they are.
const LAB = "lab";
const ON_DEMAND = new Set(["{on demand}"].map((file) => new URL(file, location).href));

addEventListener("install", (event) => {
  event.waitUntil(caches.open(BUILD).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const drop = async () => {
    const builds = await caches.keys();
    await Promise.all(builds.filter((name) => name.startsWith("essay-") && name !== BUILD).map((name) => caches.delete(name)));
    const lab = await caches.open(LAB);
    const outdated = (await lab.keys()).filter(({ url }) => !ON_DEMAND.has(url));
    await Promise.all(outdated.map((request) => lab.delete(request)));
    await clients.claim();
  };
  event.waitUntil(drop());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(request) : asset(request));
});

// Pages come from the network while there is one, so that a new edition shows at once.
async function page(request) {
  try {
    return await fetch(request);
  } catch {
    const kept = await caches.match(request, { ignoreSearch: true });
    const folder = () => caches.match(new URL("index.html", request.url), { ignoreSearch: true });
    return kept ?? (await folder()) ?? Response.error();
  }
}

// Other files carry their content's hash in their name: what is kept is right.
async function asset(request) {
  // Whoever asks to reload has found the kept one damaged.
  const kept = request.cache === "reload" ? undefined : await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && ON_DEMAND.has(request.url)) {
    const copy = answer.clone();
    // A full storage costs the reader no more than another download.
    caches.open(LAB).then((lab) => lab.put(request, copy)).catch(() => {});
  }
  return answer;
}
