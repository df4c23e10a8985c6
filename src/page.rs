//! What the page is to a URL: same origin, another one, or one it can never reach.
//!
//! Owns the facts of the page that the connection decides by. Knows no browser.

use alloc::string::String;

/// The place that a source is made in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The serialized origin (`null` for an opaque one); empty where there are no origins, as in Node.
    pub origin: String,
    /// Whether it came by HTTPS, so that plain HTTP is mixed content.
    pub https: bool,
}

impl Page {
    /// Whether a request to this URL (serialized by the URL Standard) is one that CORS governs.
    pub fn is_cross_origin(&self, url: &str) -> bool {
        !self.origin.is_empty() && http_origin(url).is_some_and(|origin| origin != self.origin)
    }

    /// Whether fetch refuses each request to this URL, so that trying again is, in the Standard's word, futile:
    /// a scheme it does not know, user name and password in the URL, or mixed content.
    pub fn never_reaches(&self, url: &str) -> bool {
        const REFUSED_SCHEMES: [&str; 6] = ["about", "ftp", "javascript", "mailto", "ws", "wss"];
        if REFUSED_SCHEMES.iter().any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| rest.starts_with(':'))) {
            return true;
        }
        let Some(authority) = authority(url) else { return false };
        authority.as_bytes().contains(&b'@')
            || (self.https && url.starts_with("http:") && !is_potentially_trustworthy(authority))
    }
}

/// The origin of an HTTP URL: serialized, where the URL has no user name and password.
pub fn http_origin(url: &str) -> Option<&str> {
    authority(url).map(|authority| &url[..scheme_length(url) + authority.len()])
}

/// What stands between `//` and the path of an HTTP URL.
fn authority(url: &str) -> Option<&str> {
    let rest = &url[scheme_length(url)..];
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    (rest.len() < url.len()).then(|| &rest[..end])
}

/// The length of `http://` or `https://`, 0 where there is another scheme.
fn scheme_length(url: &str) -> usize {
    ["http://", "https://"].into_iter().find(|scheme| url.starts_with(scheme)).map_or(0, str::len)
}

/// A loopback host is no mixed content. <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>
fn is_potentially_trustworthy(authority: &str) -> bool {
    if authority.starts_with("[::1]") {
        return true;
    }
    let end = authority.bytes().position(|byte| byte == b':').unwrap_or(authority.len());
    let host = &authority[..end];
    let is_ipv4_loopback =
        host.strip_prefix("127.").is_some_and(|rest| rest.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit()));
    is_ipv4_loopback || host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(origin: &str) -> Page {
        Page { origin: origin.into(), https: origin.starts_with("https:") }
    }

    #[test]
    fn cors_governs_other_origins_only() {
        let page = page("http://a.test:8844");
        for same in ["http://a.test:8844/", "http://a.test:8844/x?y", "data:,x", "blob:http://b.test/1", "app://b/x"] {
            assert!(!page.is_cross_origin(same), "{same}");
        }
        for other in ["http://a.test/", "https://a.test:8844/", "http://a.test:88441/", "http://b.test:8844/"] {
            assert!(page.is_cross_origin(other), "{other}");
        }
        assert!(super::tests::page("null").is_cross_origin("http://a.test/"));
        assert!(!super::tests::page("").is_cross_origin("http://a.test/"));
    }

    #[test]
    fn a_scheme_that_fetch_refuses_is_never_reached() {
        for refused in
            ["about:blank", "ftp://a.test/", "mailto:a@b.test", "javascript:0", "ws://a.test/", "wss://a.test/"]
        {
            assert!(page("http://a.test").never_reaches(refused), "{refused}");
        }
        for fetched in ["http://a.test/", "https://a.test/", "data:,x", "blob:http://a.test/1", "app://a/x", "abouts:x"]
        {
            assert!(!page("http://a.test").never_reaches(fetched), "{fetched}");
        }
    }

    #[test]
    fn a_url_with_credentials_is_never_reached() {
        assert!(page("http://a.test").never_reaches("http://user:password@a.test/"));
        assert!(!page("http://a.test").never_reaches("http://a.test/@"));
    }

    #[test]
    fn mixed_content_is_never_reached_except_on_loopback() {
        let page = page("https://a.test");
        assert!(page.never_reaches("http://a.test/"));
        assert!(page.never_reaches("http://127.a.test/"));
        for loopback in ["http://127.0.0.1:80/", "http://localhost/", "http://x.localhost:1/", "http://[::1]:80/"] {
            assert!(!page.never_reaches(loopback), "{loopback}");
        }
    }
}
