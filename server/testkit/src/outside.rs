//! A place outside that is memory: a test reads, cuts, changes and hides it. And somebody who is told and remembers.

use async_trait::async_trait;
use std::sync::{Arc, Mutex, MutexGuard};
use usecases::ports::checkpoints::{CheckpointPlace, Herald};
use usecases::ports::outside::{OutsideFault, OutsidePlace, Standing};

/// What stands there. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct PlainOutside(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    text: Option<String>,
    broken: bool,
    writes: u32,
}

impl PlainOutside {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().expect("a whole place")
    }

    fn usable(&self) -> Result<MutexGuard<'_, Inside>, OutsideFault> {
        let inside = self.inside();
        if inside.broken { Err(OutsideFault::Unusable("the disk is gone".into())) } else { Ok(inside) }
    }

    /// What stands there.
    pub fn text(&self) -> String {
        self.inside().text.clone().unwrap_or_default()
    }

    /// Puts this there instead; nothing takes the place away.
    pub fn put(&self, text: Option<String>) {
        self.inside().text = text;
    }

    /// From now on it can or cannot be used.
    pub fn break_it(&self, broken: bool) {
        self.inside().broken = broken;
    }

    /// How many times something was written.
    pub fn writes(&self) -> u32 {
        self.inside().writes
    }
}

fn size(text: &str) -> u64 {
    u64::try_from(text.len()).expect("a short text")
}

#[async_trait]
impl OutsidePlace for PlainOutside {
    async fn read(&self) -> Result<Option<Standing>, OutsideFault> {
        let text = self.usable()?.text.clone();
        Ok(text.map(|text| Standing { size: size(&text), text }))
    }

    async fn size(&self) -> Result<Option<u64>, OutsideFault> {
        Ok(self.usable()?.text.as_deref().map(size))
    }

    async fn begin(&self, first: &str) -> Result<u64, OutsideFault> {
        let mut inside = self.usable()?;
        if inside.text.is_some() {
            return Err(OutsideFault::Changed);
        }
        inside.text = Some(first.to_owned());
        Ok(size(first))
    }

    async fn append(&self, after: u64, lines: &str) -> Result<u64, OutsideFault> {
        let mut inside = self.usable()?;
        let text = inside.text.as_mut().filter(|text| size(text) == after).ok_or(OutsideFault::Changed)?;
        text.push_str(lines);
        let now = size(text);
        inside.writes += 1;
        Ok(now)
    }

    fn name(&self) -> String {
        "memory".into()
    }
}

#[async_trait]
impl CheckpointPlace for PlainOutside {
    async fn last(&self) -> Result<Option<String>, OutsideFault> {
        Ok(self.usable()?.text.as_ref().and_then(|text| text.lines().last().map(str::to_owned)))
    }

    async fn read(&self) -> Result<Option<String>, OutsideFault> {
        Ok(self.usable()?.text.clone())
    }

    async fn append(&self, after: Option<&str>, lines: &str) -> Result<(), OutsideFault> {
        let mut inside = self.usable()?;
        if inside.text.as_deref().and_then(|text| text.lines().last()) != after {
            return Err(OutsideFault::Changed);
        }
        inside.text.get_or_insert_default().push_str(lines);
        inside.writes += 1;
        Ok(())
    }

    fn name(&self) -> String {
        "memory".into()
    }
}

/// Somebody who is told of checkpoints and remembers, or is deaf. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct PlainHerald {
    told: Arc<Mutex<Vec<String>>>,
    deaf: bool,
}

impl PlainHerald {
    /// One who cannot be told.
    pub fn deaf() -> Self {
        Self { deaf: true, ..Self::default() }
    }

    /// What it was told, in that order.
    pub fn told(&self) -> Vec<String> {
        self.told.lock().expect("a whole memory").clone()
    }
}

impl Herald for PlainHerald {
    fn tell(&self, line: &str) -> Result<(), OutsideFault> {
        if self.deaf {
            return Err(OutsideFault::Unusable("nobody listens".into()));
        }
        self.told.lock().expect("a whole memory").push(line.to_owned());
        Ok(())
    }
}
