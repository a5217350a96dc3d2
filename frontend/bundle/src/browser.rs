//! What the browser runs: the bound and shrunk WASM, its JavaScript glue, and the style sheet.

use crate::{Outcome, tool};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// The compiled WASM of the pages' own module; what it is called in a browser.
const PAGES: (&str, &str) = ("frontend", "app");

/// What the optimiser may use: features every browser of the last years has.
const WASM_OPT: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The files of one build, named as pages know them, not yet after their content.
pub(crate) type Parts = Vec<PathBuf>;

/// Makes the parts from the compiled modules and the style sources, in `work`.
pub(crate) fn parts(modules: &[PathBuf], work: &Path) -> Outcome<Parts> {
    let style = work.join("app.css");
    tool(
        Command::new("style/node_modules/.bin/tailwindcss")
            .args(["--input", "style/tailwind.css", "--minify", "--output"])
            .arg(&style),
    )?;
    let mut parts = vec![style];
    for module in modules {
        let compiled = module.file_stem().and_then(|stem| stem.to_str()).ok_or("a module has a name")?;
        let name = if compiled == PAGES.0 { PAGES.1 } else { compiled };
        bind(module, name, work)?;
        let (bound, shrunk) = (work.join(format!("{name}_bg.wasm")), work.join(format!("{name}.wasm")));
        tool(
            Command::new("style/node_modules/.bin/wasm-opt").args(WASM_OPT).arg(bound).arg("-o").arg(&shrunk),
        )?;
        parts.extend([work.join(format!("{name}.js")), shrunk]);
    }
    Ok(parts)
}

/// wasm-bindgen as a library: our lock file then keeps it in step with the one inside the WASM.
fn bind(wasm: &Path, name: &str, work: &Path) -> Outcome<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate(work)
        .map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    Ok(())
}
