//! Long exports an auditor ordered: how far each is, and its files once they are there (54).

use crate::desk::{OrderPage, OrderShown, OrderStage, Stop};
use crate::frame::{Page, in_path, page};
use crate::pages::auditor::{cancel_form, export_page, titled};
use crate::parts::{back_link, link, paragraphs, primary_link, summary_list};
use crate::scene::Scene;
use islands::watch_page;
use leptos::prelude::*;
use text::format;
use text::pages::auditor as words;

pub(crate) fn order() -> AnyView {
    let id = in_path("order").and_then(|text| text.parse().ok());
    page(
        move |desk| async move {
            match id {
                Some(id) => desk.order_page(id).await,
                None => Err(Stop::Missing),
            }
        },
        order_page,
    )
}

fn order_page(scene: &Scene, seen: OrderPage) -> Page {
    match seen {
        OrderPage::Ready(made) => export_page(scene, *made),
        OrderPage::Waits(order, word) => waits(scene, order, word),
    }
}

/// Where one that is ordered stands.
fn path(order: &OrderShown) -> String {
    format!("/revision/bestilling/{}", order.id)
}

fn waits(scene: &Scene, order: OrderShown, word: &'static str) -> Page {
    let goes_on = matches!(order.stage, OrderStage::Waits | OrderStage::Runs { .. });
    let steps = goes_on.then(|| {
        view! {
            {progress(order.stage)}
            <p>{scene.tell(words::ORDER_LEAVE)}</p>
            <p class="actions">{primary_link(path(&order), scene.say(words::ORDER_LOOK))}</p>
            {cancel_form(order.id, scene.say(words::ORDER_CANCEL))}
            {watch_page(format!("{}/trin", path(&order)), word)}
        }
    });
    let anew = (!goes_on).then(|| {
        view! { <p class="actions">{primary_link("/revision", scene.say(words::ORDER_ANEW))}</p> }
    });
    let body = view! {
        <p class="lead">{lead(scene, order.stage)}</p>
        {paragraphs([ordered(scene, &order)])}
        {steps}
        {anew}
        {back_link("/revision", scene.say(words::BACK))}
    };
    let page = Page::new(titled(scene, order.evidence), body.into_any());
    if goes_on { page.with_islands() } else { page }
}

/// How much is done, as a bar; the words above say the same.
fn progress(stage: OrderStage) -> Option<AnyView> {
    let OrderStage::Runs { percent, .. } = stage else { return None };
    let value = percent.to_string();
    Some(view! { <p><progress max="100" value=value aria-hidden="true"></progress></p> }.into_any())
}

fn ordered(scene: &Scene, order: &OrderShown) -> String {
    scene.fill(words::ORDER_AT, &[("moment", &format::moment(order.ordered_at, scene.lang()))])
}

fn lead(scene: &Scene, stage: OrderStage) -> String {
    match stage {
        OrderStage::Waits => scene.tell(words::ORDER_WAITS),
        OrderStage::Runs { done, of, percent } => {
            let (done, of, percent) = (done.to_string(), of.to_string(), percent.to_string());
            scene.fill(words::ORDER_RUNS, &[("done", &done), ("of", &of), ("percent", &percent)])
        }
        OrderStage::Ready(until) => {
            scene.fill(words::ORDER_READY, &[("moment", &format::moment(until, scene.lang()))])
        }
        OrderStage::Expired => scene.tell(words::ORDER_EXPIRED),
        OrderStage::Cancelled => scene.tell(words::ORDER_CANCELLED),
        OrderStage::RoleLost => scene.tell(words::ORDER_ROLE_LOST),
        OrderStage::Interrupted => scene.tell(words::ORDER_INTERRUPTED),
        OrderStage::TooLarge => scene.tell(words::ORDER_TOO_LARGE),
    }
}

/// Those an auditor ordered, where there are any.
pub(crate) fn list(scene: &Scene, orders: &[OrderShown]) -> Option<AnyView> {
    if orders.is_empty() {
        return None;
    }
    let rows = orders.iter().map(|order| {
        let state = state(scene, order.stage);
        let at = format::moment(order.ordered_at, scene.lang());
        let value = view! { {link(path(order), &titled(scene, order.evidence))} ". " {state} };
        (at, value.into_any())
    });
    Some(view! { <h2>{scene.say(words::ORDERS)}</h2> {summary_list(rows)} }.into_any())
}

fn state(scene: &Scene, stage: OrderStage) -> String {
    match stage {
        OrderStage::Waits => scene.tell(words::STATE_WAITS),
        OrderStage::Runs { percent, .. } => {
            scene.fill(words::STATE_RUNS, &[("percent", &percent.to_string())])
        }
        OrderStage::Ready(until) => {
            scene.fill(words::STATE_READY, &[("moment", &format::moment(until, scene.lang()))])
        }
        OrderStage::Expired => scene.tell(words::STATE_EXPIRED),
        OrderStage::Cancelled | OrderStage::RoleLost => scene.tell(words::STATE_CANCELLED),
        OrderStage::Interrupted | OrderStage::TooLarge => scene.tell(words::STATE_FAILED),
    }
}
