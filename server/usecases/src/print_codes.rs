//! The printed sheet: one blocking code and ten recovery codes, shown once. Only keyed MACs of them are kept.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::{KeyUse, Mac};
use crate::record::{Entry, record, tell};
use domain::audit::EventKind;
use domain::ids::{FlowId, PersonId};
use domain::notice::Template;
use domain::printed::{PrintedCode, PrintedKind, RECOVERY_CODES};
use zeroize::Zeroizing;

/// A sheet, in clear: it exists in this answer and on her paper only.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Blocks her login.
    pub blocking: PrintedCode,
    /// Possession, once each.
    pub recovery: Vec<PrintedCode>,
}

impl Sheet {
    /// One code a line, the blocking code first: to be sealed, never written in clear.
    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let all: Vec<&str> =
            core::iter::once(&self.blocking).chain(&self.recovery).map(PrintedCode::expose).collect();
        Zeroizing::new(all.join("\n").into_bytes())
    }

    /// Reads them back.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut lines = core::str::from_utf8(bytes).ok()?.lines();
        let blocking = PrintedCode::typed(PrintedKind::Blocking, lines.next()?).ok()?;
        let recovery = lines.map(|line| PrintedCode::typed(PrintedKind::Recovery, line));
        Some(Self { blocking, recovery: recovery.collect::<Result<_, _>>().ok()? })
    }
}

/// The place a sealed sheet is bound to.
pub(crate) fn sheet_place(flow: FlowId) -> String {
    format!("flows/sheet/{flow}")
}

/// Makes a new sheet; the one before is dead. Written inside the transaction of what gave her the right to it.
pub(crate) async fn print_codes(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<Sheet, Fault> {
    let sheet = Sheet {
        blocking: fresh(cx, PrintedKind::Blocking)?,
        recovery: (0..RECOVERY_CODES).map(|_| fresh(cx, PrintedKind::Recovery)).collect::<Result<_, _>>()?,
    };
    keep(cx, tx, person, core::slice::from_ref(&sheet.blocking)).await?;
    keep(cx, tx, person, &sheet.recovery).await?;
    record(cx, tx, Entry::by(EventKind::CodesPrinted, person).fact("recovery", RECOVERY_CODES)).await?;
    tell(cx, tx, person, Template::CodesPrinted).await?;
    Ok(sheet)
}

/// What is kept of a code: bound to its kind and owner, so that nobody else's sheet opens this door.
pub(crate) fn material(person: PersonId, code: &PrintedCode) -> Vec<u8> {
    format!("printed:{}:{person}:{}", code.kind().word(), code.expose()).into_bytes()
}

fn fresh(cx: &Cx, kind: PrintedKind) -> Result<PrintedCode, Fault> {
    let mut random = [0u8; 9];
    cx.house.entropy.fill(&mut random)?;
    Ok(PrintedCode::of(kind, random))
}

async fn keep(cx: &Cx, tx: &mut dyn Tx, person: PersonId, codes: &[PrintedCode]) -> Result<(), Fault> {
    let Some(first) = codes.first() else { return Ok(()) };
    let macs: Vec<Mac> = codes
        .iter()
        .map(|code| cx.house.vault.mac(KeyUse::Codes, &material(person, code)))
        .collect::<Result<_, _>>()?;
    Ok(tx.put_printed(person, first.kind(), &macs, cx.now).await?)
}
