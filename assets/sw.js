// Keeps visited pages readable without a network. `prerender` fills in the two constants.
const BUILD = "{build}";
const FILES = ["{files}"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(BUILD).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const drop = async () => {
    const builds = await caches.keys();
    await Promise.all(builds.filter((name) => name.startsWith("essay-") && name !== BUILD).map((name) => caches.delete(name)));
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
  return (await caches.match(request)) ?? fetch(request);
}
