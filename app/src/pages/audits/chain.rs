//! How the trail stands.

use crate::desk::{ChainShown, ChainWrong, OutsideShown};
use crate::parts::{paragraphs, summary_list};
use crate::scene::Scene;
use leptos::prelude::*;
use text::pages::audits as words;
use text::{Say, format};

/// What is right or wrong, and how far it is signed for.
pub(super) fn chain_shown(scene: &Scene, chain: ChainShown) -> AnyView {
    let (class, told) = match chain.wrong {
        Some(wrong) => {
            ("notice notice-error", vec![scene.tell(wrong_words(wrong)), scene.tell(words::WRONG_NEXT)])
        }
        None if chain.signed.is_none() => ("notice notice-info", vec![scene.tell(words::CHAIN_NOTHING)]),
        None => ("notice notice-success", vec![scene.tell(words::CHAIN_WHOLE)]),
    };
    let rows = facts(scene, chain).map(|(term, value)| (scene.tell(term), value.into_any()));
    view! {
        <h2>{scene.say(words::CHAIN)}</h2>
        <div class=class>{paragraphs(told)}</div>
        {summary_list(rows)}
        <p class="hint">{scene.tell(words::CHAIN_LIMITS)}</p>
    }
    .into_any()
}

fn facts(scene: &Scene, chain: ChainShown) -> [(Say, String); 4] {
    let signed = match chain.signed {
        None => scene.tell(words::SIGNED_NONE),
        Some((number, rows, at)) => {
            let moment = format::moment(at, scene.lang());
            let (number, rows) = (number.to_string(), rows.to_string());
            scene.fill(words::SIGNED_VALUE, &[("number", &number), ("rows", &rows), ("moment", &moment)])
        }
    };
    let sequenced = scene.fill(words::SEQUENCED_VALUE, &[("place", &chain.sequenced.to_string())]);
    let waiting = match chain.waiting {
        0 => scene.tell(words::WAITING_NONE),
        n => scene.fill(words::WAITING_VALUE, &[("n", &n.to_string())]),
    };
    let outside = match chain.outside {
        OutsideShown::Nowhere => scene.tell(words::OUTSIDE_NOWHERE),
        OutsideShown::Nothing => scene.tell(words::OUTSIDE_NOTHING),
        OutsideShown::Agrees(number) => scene.fill(words::OUTSIDE_AGREES, &[("number", &number.to_string())]),
        OutsideShown::Unlike => scene.tell(words::OUTSIDE_UNLIKE),
    };
    [
        (words::SIGNED, signed),
        (words::SEQUENCED, sequenced),
        (words::WAITING, waiting),
        (words::OUTSIDE, outside),
    ]
}

const fn wrong_words(wrong: ChainWrong) -> Say {
    match wrong {
        ChainWrong::Unsigned => words::WRONG_UNSIGNED,
        ChainWrong::NotGrown => words::WRONG_NOT_GROWN,
        ChainWrong::Behind => words::WRONG_BEHIND,
        ChainWrong::Forged => words::WRONG_FORGED,
        ChainWrong::Unusable => words::WRONG_UNUSABLE,
        ChainWrong::Tampered => words::WRONG_TAMPERED,
    }
}
