//! What is said of a code that was asked for, by what shows hers.

use super::BrowserDesk;
use app::desk::{CodeFrom, Slip};
use domain::code::six_digits;
use domain::code_device::typed_digits;
use domain::ids::FlowId;
use usecases::see_factors::{see_step_up_ways, see_ways};
use usecases::who::Here;

impl BrowserDesk {
    /// What shows the codes of whoever signs in here.
    pub(super) async fn codes_in(&self, flow: FlowId) -> CodeFrom {
        see_ways(&self.cx, flow).await.map_or(CodeFrom::App, |ways| CodeFrom::of(ways.app, ways.device))
    }

    /// What shows the codes of whoever is signed in here.
    pub(super) async fn codes_of(&self, here: &Here) -> CodeFrom {
        see_step_up_ways(&self.cx, here)
            .await
            .map_or(CodeFrom::App, |ways| CodeFrom::of(ways.app, ways.device))
    }
}

/// Where no code was typed.
pub(super) fn code_missing(from: CodeFrom) -> Slip {
    if from == CodeFrom::App { Slip::CodeMissing } else { Slip::ShownCodeMissing }
}

/// Where it did not fit, with so many tries left.
pub(super) fn code_wrong(from: CodeFrom, typed: &str, left: u32) -> Slip {
    let (few, again) = ((left <= 3).then_some(left), left < 9);
    match from {
        CodeFrom::App if six_digits(typed).is_none() => Slip::CodeShape,
        CodeFrom::App => Slip::CodeWrong { left: few, again },
        CodeFrom::Device | CodeFrom::Either if typed_digits(typed).is_none() => Slip::ShownCodeShape,
        CodeFrom::Device | CodeFrom::Either => Slip::ShownCodeWrong { left: few, again },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_digits_are_no_mistake_where_a_device_may_show_them() {
        let wrong = |from, typed| code_wrong(from, typed, 8);
        for (typed, app, device) in [
            ("12345", Slip::CodeShape, Slip::ShownCodeShape),
            (
                "123 456",
                Slip::CodeWrong { left: None, again: true },
                Slip::ShownCodeWrong { left: None, again: true },
            ),
            ("12345678", Slip::CodeShape, Slip::ShownCodeWrong { left: None, again: true }),
        ] {
            assert_eq!(wrong(CodeFrom::App, typed), app, "{typed}");
            assert_eq!(wrong(CodeFrom::Device, typed), device, "{typed}");
            assert_eq!(wrong(CodeFrom::Either, typed), device, "{typed}");
        }
        let last = Slip::ShownCodeWrong { left: Some(3), again: true };
        assert_eq!(code_wrong(CodeFrom::Device, "123456", 3), last, "tries are told when few are left");
    }
}
