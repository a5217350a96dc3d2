//! The site's files, inside the programme.

use http_edge::{Found, Site};
use rust_embed::RustEmbed;

/// What `make site` built; read from disk in development builds, embedded in release.
#[derive(RustEmbed)]
#[folder = "$SITE"]
#[allow_missing = true]
struct Files;

/// The files of the site.
#[derive(Debug)]
pub(crate) struct Embedded;

impl Site for Embedded {
    fn file(&self, path: &str) -> Option<Found> {
        Files::get(path).map(|file| Found { bytes: file.data })
    }
}

/// The files pages name, from the bundle's manifest.
pub(crate) fn assets() -> app::desk::Assets {
    let manifest = Files::get("manifest.json").map(|file| file.data.into_owned()).unwrap_or_default();
    let text = String::from_utf8(manifest).unwrap_or_default();
    let place = |name: &str| {
        let start = text.find(&format!("\"{name}\""))? + name.len() + 2;
        text.get(start..)?.split('"').nth(1).map(str::to_owned)
    };
    let boot = place("boot.js").and_then(|path| Files::get(path.trim_start_matches('/')));
    app::desk::Assets {
        css: place("app.css").unwrap_or_default(),
        boot: boot.and_then(|file| String::from_utf8(file.data.into_owned()).ok()).unwrap_or_default(),
    }
}
