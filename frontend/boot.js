// Wakes the islands of a page: the parts that are better with WASM. The page itself works without.
// Stands in the page with its nonce, as a module: it runs when the document is complete.
// A page without an island loads nothing; others load when the browser has nothing better to do.
// `data-islands` on the document tells styles and tests how far it is: "none", or "awake" at the end.
const root = document.documentElement;

// Islands wake from the outside in. What stands between an island and the island inside it
// (`leptos-children`) belongs to the outer one, and says so through `$$on_hydrate`.
async function wake(wasm, node, belongs) {
  for (const child of [...node.children]) {
    if (child.localName === "leptos-island") {
      belongs?.();
      await wasm[child.dataset.component]?.(child);
      await wake(wasm, child, belongs);
    } else {
      await wake(wasm, child, child.localName === "leptos-children" ? child.$$on_hydrate : belongs);
    }
  }
}

async function start() {
  const wasm = await import("{{app.js}}");
  await wasm.default({ module_or_path: "{{app.wasm}}" });
  wasm.hydrate();
  await wake(wasm, document.body);
  root.dataset.islands = "awake";
}

if (document.querySelector("leptos-island")) {
  (window.requestIdleCallback ?? setTimeout)(start);
} else {
  root.dataset.islands = "none";
}
