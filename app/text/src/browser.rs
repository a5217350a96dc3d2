//! What people call a browser. What it says about itself is forty words long and names its rivals; nobody recognises it.

use crate::{Lang, Say};

const ON: Say = Say::new("{browser} på {system}", "{browser} on {system}");

/// Marks and names, the telling ones first: each browser also claims to be those below it.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Version/", "Safari"),
];

/// The same of systems: an iPhone is "like Mac OS X", and Android is a Linux.
const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

/// A browser as people know it (`Firefox på Linux`), from what it says about itself (RFC 9110, 10.1.5); none when that
/// tells nothing they would recognise. Never a word of the header itself: whoever signs in may write there what he likes.
pub fn name(agent: &str, lang: Lang) -> Option<String> {
    let browser = find(BROWSERS, agent).filter(|name| *name != "Safari" || agent.contains("Safari/"))?;
    Some(match find(SYSTEMS, agent) {
        Some(system) => ON.fill(lang, &[("browser", browser), ("system", system)]),
        None => browser.to_owned(),
    })
}

fn find(known: &[(&str, &'static str)], agent: &str) -> Option<&'static str> {
    known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_have_the_names_people_know() {
        for (agent, danish, english) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox på Linux",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                "Edge på Windows",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                "Chrome på Windows",
                "Chrome on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 OPR/120.0.0.0",
                "Opera på Windows",
                "Opera on Windows",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
                "Chrome på Linux",
                "Chrome on Linux",
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
                "Chrome på ChromeOS",
                "Chrome on ChromeOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
                "Safari på iPhone",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1",
                "Chrome på iPhone",
                "Chrome on iPhone",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
                "Firefox på iPad",
                "Firefox on iPad",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
                "Safari på Mac",
                "Safari on Mac",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
                "Samsung Internet på Android",
                "Samsung Internet on Android",
            ),
            (
                "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
                "Firefox på Android",
                "Firefox on Android",
            ),
            ("Firefox/140.0", "Firefox", "Firefox"),
        ] {
            assert_eq!(name(agent, Lang::Da).as_deref(), Some(danish), "{agent}");
            assert_eq!(name(agent, Lang::En).as_deref(), Some(english), "{agent}");
        }
    }

    #[test]
    fn what_nobody_knows_has_no_name_and_writes_none() {
        for agent in
            ["", "curl/8.5.0", "Mozilla/5.0 (X11; Linux x86_64)", "Ring til 12345678, Linux", "Version/1.0"]
        {
            assert_eq!(name(agent, Lang::Da), None, "{agent}");
        }
        let dressed = "Ring til 12345678 Firefox/140.0 {system}";
        assert_eq!(name(dressed, Lang::Da).as_deref(), Some("Firefox"));
    }
}
