//! The last touch on a document before it leaves.

use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// No page is larger.
const LARGEST_PAGE: usize = 4 << 20;
const END: &str = "</body></html>";

/// Writes what the renderer leaves for the islands as valid HTML: a browser builds the same document, and a validator
/// has nothing to say. A layer around the pages; leaves everything else alone.
pub async fn tidied(response: Response) -> Response {
    if !is_html(response.headers()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_PAGE).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let Ok(document) = core::str::from_utf8(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(tidy(document)))
}

fn is_html(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html"))
}

/// The renderer's marks are `<!>`, which every parser reads as an empty comment and calls an error; and it writes
/// its scripts after the end of the document, where every parser moves them back into it.
fn tidy(document: &str) -> String {
    let marked = document.replace("<!>", "<!---->");
    match marked.split_once(END) {
        Some((page, after)) if !after.is_empty() => [page, after, END].concat(),
        _ => marked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_comments_and_scripts_come_inside() {
        let rendered = "<html><body><p>a<!>b</p></body></html><script>x</script>";
        assert_eq!(tidy(rendered), "<html><body><p>a<!---->b</p><script>x</script></body></html>");
        assert_eq!(tidy("<p>no document</p>"), "<p>no document</p>");
    }

    #[tokio::test]
    async fn only_pages_are_touched() {
        let response = ([(CONTENT_TYPE, "text/javascript")], "'<!>'").into_response();
        let bytes = to_bytes(tidied(response).await.into_body(), 100).await.unwrap();
        assert_eq!(&bytes[..], b"'<!>'");
    }
}
