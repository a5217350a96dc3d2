//! Lays out the site folder: files under `pkg/` named after their content, so that they may be cached for ever,
//! the files of `public/` under their own names, and a manifest that tells the pages which name is today's.

use crate::Outcome;
use crate::browser::Parts;
use crate::inputs::{files_below, hex};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Logical name → path below the site's root, as JSON.
pub(crate) const MANIFEST: &str = "manifest.json";

/// Writes everything a browser may ask for into `site`.
pub(crate) fn pack(parts: &Parts, site: &Path) -> Outcome<()> {
    fs::create_dir_all(site.join("pkg"))?;
    let mut names = BTreeMap::new();
    for file in parts {
        let logical = file.file_name().and_then(|name| name.to_str()).ok_or("a part has a name")?;
        names.insert(logical.to_owned(), place(logical, &fs::read(file)?, site)?);
    }
    let boot = boot_script(&fs::read_to_string("frontend/boot.js")?, &names)?;
    names.insert("boot.js".to_owned(), place("boot.js", boot.as_bytes(), site)?);
    fs::write(site.join(MANIFEST), serde_json::to_vec_pretty(&names)?)?;
    copy_public(site)
}

/// Stores one file under a name that changes with its content; returns the path from the site's root.
fn place(logical: &str, content: &[u8], site: &Path) -> Outcome<String> {
    let (stem, extension) = logical.split_once('.').ok_or("a logical name has an extension")?;
    let digest = hex(&Sha256::digest(content));
    let name = format!("/pkg/{stem}.{}.{extension}", digest.get(..16).unwrap_or(&digest));
    fs::write(site.join(name.trim_start_matches('/')), content)?;
    Ok(name)
}

/// The start script knows today's names: no page and no second request has to tell it. A name nobody wrote, and a module
/// nobody starts, are mistakes.
fn boot_script(script: &str, names: &BTreeMap<String, String>) -> Outcome<String> {
    let mut script = script.to_owned();
    for (logical, name) in
        names.iter().filter(|(logical, _)| Path::new(logical).extension() != Some("css".as_ref()))
    {
        let mark = format!("{{{{{logical}}}}}");
        if !script.contains(&mark) {
            return Err(format!("boot.js: no {mark}").into());
        }
        script = script.replace(&mark, name);
    }
    if script.contains("{{") {
        Err("boot.js: a name stands for no file".into())
    } else {
        Ok(without_comments(&script))
    }
}

/// Drops whole-line comments and indentation: the script stands in every page.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

fn copy_public(site: &Path) -> Outcome<()> {
    let mut files: Vec<PathBuf> = Vec::new();
    files_below(Path::new("public"), &mut files)?;
    for file in files {
        let to = site.join(file.strip_prefix("public")?);
        fs::create_dir_all(to.parent().unwrap_or(site))?;
        fs::copy(&file, to)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_the_content_and_keeps_its_ending() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("pkg")).unwrap();
        let [one, same, other] =
            ["one", "one", "other"].map(|text| place("app.css", text.as_bytes(), site.path()).unwrap());
        assert_eq!(one, same);
        assert_ne!(one, other);
        assert!(one.starts_with("/pkg/app.") && Path::new(&one).extension().is_some_and(|end| end == "css"));
        assert_eq!(fs::read_to_string(site.path().join(one.trim_start_matches('/'))).unwrap(), "one");
    }

    #[test]
    fn the_script_names_every_module_and_nothing_else() {
        let names = |all: &[&str]| all.iter().map(|it| ((*it).to_owned(), format!("/pkg/{it}"))).collect();
        let both = names(&["app.js", "app.css"]);
        assert_eq!(boot_script("import('{{app.js}}')", &both).unwrap(), "import('/pkg/app.js')\n");
        assert!(
            boot_script("import('{{app.js}}')", &names(&["app.js", "keys.wasm"])).is_err(),
            "never started"
        );
        assert!(boot_script("'{{app.js}} {{keys.js}}'", &both).is_err(), "never made");
    }

    #[test]
    fn the_script_in_the_page_carries_no_comments() {
        assert_eq!(without_comments("// why\nlet a = 1;\n\n  // more\n  a();\n"), "let a = 1;\na();\n");
    }
}
