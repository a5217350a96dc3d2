// Wakes the islands of a page: the parts that are better with WASM. The page itself works without.
// Stands in the page with its nonce, as a module: it runs when the document is complete.
// A page without an island loads nothing; others load when the browser has nothing better to do.
// `data-islands` on the document tells styles and tests how far it is: "none", or "awake" at the end.
const root = document.documentElement;
const islands = [...document.querySelectorAll("leptos-island")];

async function start() {
  const wasm = await import("{{app.js}}");
  await wasm.default({ module_or_path: "{{app.wasm}}" });
  wasm.hydrate();
  for (const island of islands) wasm[island.dataset.component]?.(island);
  root.dataset.islands = "awake";
}

if (islands.length) {
  (window.requestIdleCallback ?? setTimeout)(start);
} else {
  root.dataset.islands = "none";
}
