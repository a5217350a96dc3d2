//! What the browser runs: the bound and shrunk WASM, its JavaScript glue, and the style sheet.

use crate::{Outcome, tool};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// The name of all parts before they are named after their content.
const NAME: &str = "app";

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

/// The files of one build, not yet named or compressed.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) wasm: PathBuf,
    pub(crate) script: PathBuf,
    pub(crate) style: PathBuf,
}

/// Makes the parts from the compiled WASM and the style sources, in `work`.
pub(crate) fn parts(wasm: &Path, work: &Path) -> Outcome<Parts> {
    let parts =
        Parts { wasm: work.join("app.wasm"), script: work.join("app.js"), style: work.join("app.css") };
    bind(wasm, work)?;
    let bound = work.join(format!("{NAME}_bg.wasm"));
    tool(
        Command::new("style/node_modules/.bin/wasm-opt").args(WASM_OPT).arg(bound).arg("-o").arg(&parts.wasm),
    )?;
    tool(
        Command::new("style/node_modules/.bin/tailwindcss")
            .args(["--input", "style/tailwind.css", "--minify", "--output"])
            .arg(&parts.style),
    )?;
    Ok(parts)
}

/// wasm-bindgen as a library: our lock file then keeps it in step with the one inside the WASM.
fn bind(wasm: &Path, work: &Path) -> Outcome<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate(work)
        .map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    Ok(())
}
