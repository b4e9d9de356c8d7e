//! What a proxy in front says of a request; it is believed from this machine alone, where nobody but the proxy is.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// The mark of a request that came over TLS to this program itself.
#[derive(Clone, Copy)]
pub(crate) struct OverTls;

fn peer(extensions: &Extensions) -> Option<IpAddr> {
    Some(extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip())
}

/// What the proxy says under a name.
fn forwarded<'a>(extensions: &Extensions, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    peer(extensions).filter(IpAddr::is_loopback)?;
    headers.get(name)?.to_str().ok()
}

/// The address that a request comes from; behind a proxy on this machine, the last one of its list, which it has seen itself.
pub(super) fn address(extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
    let seen = forwarded(extensions, headers, "x-forwarded-for").and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    seen.or_else(|| peer(extensions))
}

/// Whether a request came over TLS, here or at the proxy in front.
pub(super) fn over_tls(extensions: &Extensions, headers: &HeaderMap) -> bool {
    extensions.get::<OverTls>().is_some() || forwarded(extensions, headers, "x-forwarded-proto") == Some("https")
}

#[cfg(test)]
mod tests {
    use super::{ConnectInfo, Extensions, HeaderMap, IpAddr, OverTls, SocketAddr, address, over_tls};

    fn from(peer: &str) -> (Extensions, HeaderMap) {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 50_000)));
        let named = [("x-forwarded-for", "203.0.113.9, 198.51.100.7"), ("x-forwarded-proto", "https")];
        let headers = named.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        (extensions, headers.into_iter().collect())
    }

    #[test]
    fn a_proxy_is_believed_from_this_machine_alone() {
        for (peer, seen, tls) in [
            ("127.0.0.1", "198.51.100.7", true),
            ("::1", "198.51.100.7", true),
            ("192.0.2.4", "192.0.2.4", false),
            ("2001:db8::4", "2001:db8::4", false),
        ] {
            let (extensions, headers) = from(peer);
            let found = (address(&extensions, &headers), over_tls(&extensions, &headers));
            assert_eq!(found, (Some(seen.parse::<IpAddr>().unwrap()), tls), "from {peer}");
        }
        let (mut direct, _) = from("192.0.2.4");
        direct.insert(OverTls);
        assert!(over_tls(&direct, &HeaderMap::new()));
        let (nobody, headers) = (Extensions::new(), from("127.0.0.1").1);
        assert_eq!((address(&nobody, &headers), over_tls(&nobody, &headers)), (None, false));
    }
}
