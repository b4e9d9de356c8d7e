//! Public keys as COSE writes them (RFC 9053), and signatures by them.

use minicbor::Decoder;

use super::PasskeyRefused;
use super::authenticator::fields;

/// The algorithms that a device may choose from, the first one rather, by their numbers in COSE: Ed25519, ECDSA on P-256 with
/// SHA-256, and RSA with SHA-256, which some computers with Windows know alone.
pub(super) const ALGORITHMS: [i64; 3] = [ED25519, ES256, RS256];
const ED25519: i64 = -8;
const ES256: i64 = -7;
const RS256: i64 = -257;

/// A public key.
#[cfg_attr(not(feature = "passkeys"), expect(dead_code, reason = "what it holds is used where a signature is verified"))]
pub(super) enum PublicKey<'a> {
    Ed25519(&'a [u8]),
    /// The point, uncompressed.
    Es256([u8; 65]),
    Rs256 {
        modulus: &'a [u8],
        exponent: &'a [u8],
    },
}

/// The fields of a key: by number, as what stands behind one depends on the kind of key.
#[derive(Default)]
struct Fields<'a> {
    kind: Option<i64>,
    algorithm: Option<i64>,
    curve: Option<i64>,
    /// -1, where it is no curve, then -2 and -3.
    bytes: [Option<&'a [u8]>; 3],
}

impl<'a> PublicKey<'a> {
    /// Reads a key of one of the algorithms that were offered.
    pub(super) fn read(cose: &'a [u8]) -> Result<Self, PasskeyRefused> {
        let Fields { kind, algorithm, curve, bytes } = Fields::read(cose)?;
        match (kind, algorithm, curve, bytes) {
            (Some(1), Some(ED25519), Some(6), [None, Some(x), None]) if x.len() == 32 => Ok(Self::Ed25519(x)),
            (Some(2), Some(ES256), Some(1), [None, Some(x), Some(y)]) if x.len() == 32 && y.len() == 32 => {
                let mut point = [4; 65];
                point[1..33].copy_from_slice(x);
                point[33..].copy_from_slice(y);
                Ok(Self::Es256(point))
            }
            (Some(3), Some(RS256), None, [Some(modulus), Some(exponent), None]) => Ok(Self::Rs256 { modulus, exponent }),
            _ => Err(PasskeyRefused::NotUnderstood),
        }
    }

    pub(super) const fn algorithm(&self) -> i64 {
        match self {
            Self::Ed25519(_) => ED25519,
            Self::Es256(_) => ES256,
            Self::Rs256 { .. } => RS256,
        }
    }

    /// Whether the holder of the private key signed this.
    #[cfg(feature = "passkeys")]
    pub(super) fn verify(&self, signed: &[u8], signature: &[u8]) -> Result<(), PasskeyRefused> {
        use ring::signature::{
            ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
        };
        let verified = match self {
            Self::Ed25519(x) => UnparsedPublicKey::new(&ED25519, x).verify(signed, signature),
            Self::Es256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(signed, signature),
            Self::Rs256 { modulus, exponent } => {
                RsaPublicKeyComponents { n: modulus, e: exponent }.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature)
            }
        };
        verified.map_err(|_| PasskeyRefused::WrongSignature)
    }

    /// Nothing is verified by a program that was built without it.
    #[cfg(not(feature = "passkeys"))]
    #[expect(clippy::unused_self, reason = "as where it is verified")]
    pub(super) const fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), PasskeyRefused> {
        Err(PasskeyRefused::NotBuilt)
    }
}

impl<'a> Fields<'a> {
    fn read(cose: &'a [u8]) -> Result<Self, PasskeyRefused> {
        let mut decoder = Decoder::new(cose);
        let mut read = Self::default();
        let (mut first, mut second, mut third) = (None, None, None);
        for _ in 0..fields(&mut decoder)? {
            match decoder.i64()? {
                1 if read.kind.is_none() => read.kind = Some(decoder.i64()?),
                3 if read.algorithm.is_none() => read.algorithm = Some(decoder.i64()?),
                -1 if read.kind == Some(3) && first.is_none() => first = Some(decoder.bytes()?),
                -1 if read.curve.is_none() => read.curve = Some(decoder.i64()?),
                -2 if second.is_none() => second = Some(decoder.bytes()?),
                -3 if third.is_none() => third = Some(decoder.bytes()?),
                _ => return Err(PasskeyRefused::NotUnderstood),
            }
        }
        read.bytes = [first, second, third];
        if decoder.position() == cose.len() { Ok(read) } else { Err(PasskeyRefused::NotUnderstood) }
    }
}
