//! What a store of browsers' records and whoever asks for one tell each other past the library between them, which has no
//! words for it: who is signed in at a record's browser, and which record a new one takes the place of. Each is a question or a
//! write less.

use core::cell::RefCell;
use domain::ids::BrowserId;
use domain::person::Person;
use domain::session::Session;

/// Under this name a record says what the HTTP edge knows of its browser; `browser` in that is its id.
pub const BROWSER: &str = "browser";
/// Under this name a record that is to be made says whose place it takes: the id before, as the cookie says it. It is kept
/// nowhere.
pub const BEFORE: &str = "before";

/// Who is signed in at a browser, as a store found it together with that browser's record.
#[derive(Clone, Debug)]
pub struct Along {
    /// At which browser.
    pub browser: BrowserId,
    /// The session that is open there, and whose it is; whether it still counts is not looked at.
    pub here: Option<(Session, Person)>,
}

tokio::task_local! {
    static ALONG: RefCell<Option<Along>>;
    static POSTPONES: ();
}

/// Waits for what deletes a record that another will take the place of ([`BEFORE`]): it goes when that one comes, in one write.
pub async fn postponing<T>(deletes: impl Future<Output = T>) -> T {
    POSTPONES.scope((), deletes).await
}

/// Whether what is deleted now goes later.
pub fn is_postponed() -> bool {
    POSTPONES.try_with(|()| ()).is_ok()
}

/// Waits for what asks for a record, and gives what its store said along; nothing where it did not look.
pub async fn with_along<T>(asks: impl Future<Output = T>) -> (T, Option<Along>) {
    let listens = async {
        let answer = asks.await;
        (answer, ALONG.with(RefCell::take))
    };
    ALONG.scope(RefCell::new(None), listens).await
}

/// What a store found along with the record that it is asked for. Who asks for a record alone does not listen.
pub fn say_along(along: Along) {
    let _ = ALONG.try_with(|said| said.replace(Some(along)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_said_along_is_heard_once_and_by_whoever_asked() {
        let browser: BrowserId = uuid::Uuid::from_u128(7).into();
        let says = || async move { say_along(Along { browser, here: None }) };
        says().await;
        let ((), along) = with_along(async {}).await;
        assert!(along.is_none(), "nobody listened");
        let ((), along) = with_along(says()).await;
        assert_eq!(along.map(|along| along.browser), Some(browser));
        let ((), along) = with_along(async {}).await;
        assert!(along.is_none());
    }
}
