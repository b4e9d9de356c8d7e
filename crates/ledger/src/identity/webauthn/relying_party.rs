//! The address under which browsers reach the clinic: what a passkey is bound to, so that no other site gets an answer of it.

use std::str::FromStr;

/// The address that passkeys are bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    id: String,
    origin: String,
}

/// An address to which no passkey can be bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRelyingParty {
    /// It is no address of a site.
    #[error("not the address of a site: write it as a browser shows it, such as https://clinic.example.org, without a path")]
    NotAnAddress,
    /// It is reached without TLS.
    #[error("passkeys work over https alone, except at localhost: give the clinic an https address (--tls-cert, or a proxy)")]
    NeedsHttps,
    /// It is a number and no name.
    #[error("passkeys are bound to a name, and this is the number of a machine: give the clinic a name, or use localhost")]
    NotAName,
}

impl RelyingParty {
    /// The name of the host.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Scheme, host and port, as a browser writes them.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl FromStr for RelyingParty {
    type Err = NoRelyingParty;

    fn from_str(address: &str) -> Result<Self, NoRelyingParty> {
        let address = address.to_ascii_lowercase();
        let (scheme, rest) = address.split_once("://").ok_or(NoRelyingParty::NotAnAddress)?;
        let site = rest.strip_suffix('/').unwrap_or(rest);
        if site.starts_with('[') {
            return Err(NoRelyingParty::NotAName);
        }
        let (host, port) = match site.split_once(':') {
            Some((host, port)) => (host, Some(port.parse::<u16>().map_err(|_| NoRelyingParty::NotAnAddress)?)),
            None => (site, None),
        };
        let usual_port = match scheme {
            "https" => 443,
            "http" if host == "localhost" || host.ends_with(".localhost") => 80,
            "http" => return Err(NoRelyingParty::NeedsHttps),
            _ => return Err(NoRelyingParty::NotAnAddress),
        };
        checked(host)?;
        // A browser leaves the usual port out.
        let port = port.filter(|port| *port != usual_port).map(|port| format!(":{port}")).unwrap_or_default();
        Ok(Self { id: host.to_owned(), origin: format!("{scheme}://{host}{port}") })
    }
}

/// Whether a host is a name of letters, figures and hyphens between dots, and no number of a machine.
fn checked(host: &str) -> Result<(), NoRelyingParty> {
    let is_label = |label: &str| {
        let ends = label.starts_with('-') || label.ends_with('-');
        !label.is_empty() && !ends && label.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
    };
    if host.len() > 253 || !host.split('.').all(is_label) {
        return Err(NoRelyingParty::NotAnAddress);
    }
    // What ends in a number is read as one by a browser.
    let last = host.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|sign| sign.is_ascii_digit()) { Err(NoRelyingParty::NotAName) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{NoRelyingParty, RelyingParty};

    #[test]
    fn an_address_is_read_as_a_browser_writes_it() {
        for (address, id, origin) in [
            ("https://clinic.example.org", "clinic.example.org", "https://clinic.example.org"),
            ("HTTPS://Clinic.Example.org:443/", "clinic.example.org", "https://clinic.example.org"),
            ("https://clinic.example.org:8443", "clinic.example.org", "https://clinic.example.org:8443"),
            ("http://localhost:8720", "localhost", "http://localhost:8720"),
            ("http://clinic.localhost:80", "clinic.localhost", "http://clinic.localhost"),
        ] {
            let read: RelyingParty = address.parse().unwrap();
            assert_eq!((read.id(), read.origin()), (id, origin), "{address}");
        }
    }

    #[test]
    fn what_no_passkey_can_be_bound_to_is_refused_with_the_reason() {
        use NoRelyingParty::{NeedsHttps, NotAName, NotAnAddress};
        for (address, why) in [
            ("clinic.example.org", NotAnAddress),
            ("https://", NotAnAddress),
            ("https://clinic.example.org/desk", NotAnAddress),
            ("https://ada@clinic.example.org", NotAnAddress),
            ("https://clinic.example.org:https", NotAnAddress),
            ("https://clinic..example.org", NotAnAddress),
            ("https://hautärztin.example", NotAnAddress),
            ("ftp://clinic.example.org", NotAnAddress),
            ("http://clinic.example.org", NeedsHttps),
            ("http://127.0.0.1:8720", NeedsHttps),
            ("http://localhost.example.org", NeedsHttps),
            ("https://192.168.1.20", NotAName),
            ("https://[::1]:8720", NotAName),
        ] {
            assert_eq!(address.parse::<RelyingParty>(), Err(why), "{address}");
        }
    }
}
