//! What a clinic keeps apart from its data to unwrap its keys: a key file or a passphrase.

use std::fmt;

use zeroize::Zeroizing;

/// A secret of the clinic; wiped on drop, and `Debug` shows its kind only.
pub enum Secret {
    /// The 256 bits of a key file, as [`read_key_file`](super::read_key_file) gives them.
    KeyFile(Zeroizing<[u8; 32]>),
    /// A passphrase as it was typed, without the line end. Its bytes count: the same letters in another Unicode form are
    /// another passphrase.
    Passphrase(Zeroizing<String>),
}

impl Secret {
    /// The kind of this secret.
    pub fn method(&self) -> Method {
        match self {
            Secret::KeyFile(_) => Method::KeyFile,
            Secret::Passphrase(_) => Method::Passphrase,
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({:?})", self.method())
    }
}

/// The kind of secret that unwraps a ring, so that the program knows what to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// A key file.
    KeyFile,
    /// A passphrase.
    Passphrase,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Method::KeyFile => "key file",
            Method::Passphrase => "passphrase",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_kind_of_a_secret_only() {
        let passphrase = Secret::Passphrase(Zeroizing::new("ice pick".to_owned()));

        assert_eq!(format!("{passphrase:?}"), "Secret(Passphrase)");
        assert_eq!(format!("{:?}", Secret::KeyFile(Zeroizing::new([171; 32]))), "Secret(KeyFile)");
    }
}
