//! A line to the database that can be cut: at once, or after so many more questions.

use async_trait::async_trait;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result, SessionStore};
use usecases::ports::store::{Store, StoreFault, Tx};

/// So long as nothing is cut.
const WHOLE: u32 = u32::MAX;

/// How many more questions get through. Cloning shares it.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    left: Arc<AtomicU32>,
    /// Whether one question alone is lost.
    once: Arc<AtomicBool>,
}

impl Default for Line {
    fn default() -> Self {
        Self { left: Arc::new(AtomicU32::new(WHOLE)), once: Arc::default() }
    }
}

impl Line {
    pub(crate) fn cut_after(&self, questions: u32) {
        self.once.store(false, Ordering::SeqCst);
        self.left.store(questions, Ordering::SeqCst);
    }

    /// Loses the one question after so many; those that follow get through.
    pub(crate) fn lose_one_after(&self, questions: u32) {
        self.left.store(questions, Ordering::SeqCst);
        self.once.store(true, Ordering::SeqCst);
    }

    pub(crate) fn mend(&self) {
        self.cut_after(WHOLE);
    }

    fn carries(&self) -> bool {
        let one_less = |left: u32| if left == WHOLE { Some(WHOLE) } else { left.checked_sub(1) };
        let carries = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok();
        if !carries && self.once.load(Ordering::SeqCst) {
            self.mend();
        }
        carries
    }
}

/// What is asked over such a line.
#[derive(Clone)]
pub(crate) struct Cut<T> {
    pub(crate) line: Line,
    pub(crate) behind: T,
}

impl<T> fmt::Debug for Cut<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cut").field("line", &self.line).finish_non_exhaustive()
    }
}

impl<T> Cut<T> {
    fn store(&self) -> std::result::Result<&T, StoreFault> {
        if self.line.carries() {
            Ok(&self.behind)
        } else {
            Err(StoreFault::Database("the line is cut".into()))
        }
    }

    fn records(&self) -> Result<&T> {
        if self.line.carries() { Ok(&self.behind) } else { Err(Error::Backend("the line is cut".into())) }
    }
}

#[async_trait]
impl Store for Cut<Arc<dyn Store>> {
    async fn begin(&self, name: &'static str) -> std::result::Result<Box<dyn Tx>, StoreFault> {
        self.store()?.begin(name).await
    }

    async fn begin_at_once(&self, name: &'static str) -> std::result::Result<Box<dyn Tx>, StoreFault> {
        self.store()?.begin_at_once(name).await
    }

    async fn reading(&self, name: &'static str) -> std::result::Result<Box<dyn Tx>, StoreFault> {
        self.store()?.reading(name).await
    }

    async fn look(&self, name: &'static str) -> std::result::Result<Box<dyn Tx>, StoreFault> {
        self.store()?.look(name).await
    }
}

#[async_trait]
impl<S: SessionStore + Clone> SessionStore for Cut<S> {
    async fn create(&self, record: &mut Record) -> Result<()> {
        self.records()?.create(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.records()?.save(record).await
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        self.records()?.load(id).await
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.records()?.delete(id).await
    }
}
