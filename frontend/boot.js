// Wakes the islands of a page: the parts that are better with WASM. The page itself works without.
// Stands in the page with its nonce, as a module: it runs when the document is complete.
// A page without an island loads nothing; others load when the browser has nothing better to do.
// A page with a use for a passkey has a module of its own for it, beside the others.
// `data-islands` on the document tells styles and tests how far it is: "none", or "awake" at the end.
const root = document.documentElement;
const islands = [...document.querySelectorAll("leptos-island")];

const keys = document.querySelector("form[data-ceremony]");

async function wake() {
  const wasm = await import("{{app.js}}");
  await wasm.default({ module_or_path: "{{app.wasm}}" });
  wasm.hydrate();
  for (const island of islands) wasm[island.dataset.component]?.(island);
}

async function passkeys() {
  const wasm = await import("{{passkeys.js}}");
  await wasm.default({ module_or_path: "{{passkeys.wasm}}" });
  wasm.start();
}

async function start() {
  await Promise.all([islands.length && wake(), keys && passkeys()]);
  root.dataset.islands = "awake";
}

if (islands.length || keys) {
  (window.requestIdleCallback ?? setTimeout)(start);
} else {
  root.dataset.islands = "none";
}
