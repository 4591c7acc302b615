// Runs before the first paint: applies what must not flicker. The theme button itself is in src/page/theme.rs.
(() => {
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  const among = (value, ...values) => (values.includes(value) ? value : null);

  let stored = null;
  try {
    stored = localStorage.getItem("theme");
  } catch {
    // Storage is off limits in some frames; the theme then follows the device.
  }
  root.dataset.theme = among(query.get("theme"), "auto", "light", "dark") ?? among(stored, "light", "dark") ?? "auto";

  if (query.get("controls") === "off") root.dataset.controls = "off";

  const language = among(query.get("lang"), "zh", "en");
  if (language && language !== root.dataset.language) {
    const other = new URL(root.dataset.other, document.baseURI);
    query.delete("lang");
    other.search = query.toString();
    other.hash = location.hash;
    location.replace(other);
  }

  // A browser that knows no modules will never run boot.js: say so at once.
  if (!("noModule" in HTMLScriptElement.prototype)) root.dataset.figures = "stopped";
})();
