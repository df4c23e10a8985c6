//! What a request says of its URL: same origin as the page, or another, whose server CORS has to ask.

use eventsource_wasm::Page;

use crate::script::{OTHER, OWN, Script};

/// Whether the first request of this source is cross-origin.
#[track_caller]
fn is_cross_origin(page_origin: &str, url: &str) -> bool {
    let mut source = Script::on(Page { origin: page_origin.into(), https: false }, url);
    source.brings(&[&format!("request {url}")]);
    source.cross_origin[0]
}

#[test]
fn the_own_origin_is_not_cross_origin() {
    assert!(!is_cross_origin("http://a.test", OWN));
    assert!(!is_cross_origin("http://a.test:8844", "http://a.test:8844/s"));
}

#[test]
fn another_origin_is_cross_origin() {
    assert!(is_cross_origin("http://a.test", OTHER));
    assert!(is_cross_origin("http://a.test", "https://a.test/s"));
    assert!(is_cross_origin("http://a.test", "http://a.test:8844/s"));
}

#[test]
fn everything_is_cross_origin_to_an_opaque_one() {
    assert!(is_cross_origin("null", OWN));
    assert!(is_cross_origin("null", OTHER));
}

#[test]
fn nothing_is_cross_origin_where_there_are_no_origins() {
    assert!(!is_cross_origin("", OWN));
    assert!(!is_cross_origin("", OTHER));
}

#[test]
fn urls_without_a_server_are_not_cross_origin() {
    for url in ["data:text/event-stream,x", "blob:http://b.test/1"] {
        assert!(!is_cross_origin("http://a.test", url), "{url}");
    }
}

#[test]
fn each_request_is_told_by_the_url_it_goes_to() {
    let mut source = Script::new(OWN);
    source.outputs();
    for url in [OTHER, OTHER, OWN, OWN] {
        source.responds_from(url).outputs();
        source.ends().outputs();
        source.wait_is_over().brings(&[&format!("request {url}")]);
    }
    assert_eq!(source.cross_origin, [false, true, true, false, false]);
}

#[test]
fn requests_after_a_refusal_and_a_probe_are_told_too() {
    let mut source = Script::new(OTHER);
    source.outputs();
    source.is_refused().outputs();
    source.probe_is_answered(true).outputs();
    source.responds().outputs();
    source.receives("id:1\n\n").outputs();
    source.ends().outputs();
    source.wait_is_over().brings(&["request http://b.test/s with id 1"]);
    source.is_refused().brings(&["request http://b.test/s"]);
    assert_eq!(source.cross_origin, [true; 4]);
}
