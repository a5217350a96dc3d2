//! How an island stands in a page: the server writes its markup, whole and for good; the browser wakes it.
//!
//! The markup is never built a second time in the browser. What that would cost is a view type for every element, a
//! reader for every property, and the graph of what depends on what: twelve kilobytes an island. So an island here is
//! *around* what the server wrote, finds the parts that live, and listens. Its words stand in `data-` attributes.

use leptos::prelude::*;
use web_sys::Element;

/// What wakes an island: it gets the island's own element, and gives up when a part is not where it should be.
pub(crate) type Wake = fn(&Element) -> Option<()>;

/// On the server: what is inside, as it is.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn around(inside: Children, _wake: Wake) -> impl IntoView {
    inside()
}

/// In the browser: what is inside stands there already.
#[cfg(feature = "hydrate")]
pub(crate) fn around(_inside: Children, wake: Wake) -> impl IntoView {
    asleep::Asleep(wake)
}

#[cfg(feature = "hydrate")]
mod asleep {
    use super::Wake;
    use leptos::tachys::html::attribute::Attribute;
    use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
    use leptos::tachys::hydration::Cursor;
    use leptos::tachys::view::add_attr::AddAnyAttr;
    use leptos::tachys::view::{Position, PositionState, Render, RenderHtml};
    use web_sys::Element;
    use web_sys::wasm_bindgen::JsCast;

    /// A view that builds nothing and, hydrated, wakes what is there. One type for all islands.
    pub(super) struct Asleep(pub(super) Wake);

    impl Render for Asleep {
        type State = ();
        fn build(self) {}
        fn rebuild(self, _state: &mut ()) {}
    }

    impl AddAnyAttr for Asleep {
        type Output<A: Attribute> = Self;
        fn add_any_attr<A: Attribute>(self, _attribute: A) -> Self {
            self
        }
    }

    impl RenderHtml for Asleep {
        type AsyncOutput = Self;
        type Owned = Self;
        const MIN_LENGTH: usize = 0;

        fn dry_resolve(&mut self) {}

        async fn resolve(self) -> Self {
            self
        }

        fn to_html_with_buf(
            self,
            _html: &mut String,
            _position: &mut Position,
            _escape: bool,
            _branches: bool,
            _attributes: Vec<AnyAttribute>,
        ) {
        }

        fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, _position: &PositionState) {
            // The cursor has not moved yet: it stands at the island's own element.
            let Asleep(wake) = self;
            let _complete = cursor.current().dyn_ref::<Element>().and_then(wake);
        }

        fn into_owned(self) -> Self {
            self
        }
    }
}
