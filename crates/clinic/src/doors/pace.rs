//! How fast one visitor may ask: a bucket of tokens for each of them and each kind of request.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use resurface_care::chart::Digest;

use super::{Visitor, proxy};
use crate::app::App;
use crate::problem::{Problem, What};

/// Visitors that are remembered; above it, those who have asked for nothing lately are forgotten.
const REMEMBERED: usize = 10_000;

/// A kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A page or a document.
    Reading,
    /// A form, or something that a program sends.
    Writing,
    /// A password, or a link that is tried: each costs a slow hash, or could be a guess.
    Door,
}

impl Kind {
    fn of(request: &Request) -> Self {
        let path = request.uri().path();
        let door = ["/sign-in", "/step-up", "/passkey", "/passkey/ask"].iter().any(|end| path.ends_with(end))
            || path.starts_with("/set-up/");
        match *request.method() {
            Method::GET | Method::HEAD => Self::Reading,
            _ if door => Self::Door,
            _ => Self::Writing,
        }
    }

    /// Requests at once, and seconds until there is another: settings of ours, far above what a hand or a page does.
    const fn measure(self) -> (f64, f64) {
        match self {
            Self::Reading => (600.0, 0.1),
            Self::Writing => (200.0, 0.5),
            Self::Door => (30.0, 5.0),
        }
    }
}

/// Who asks: whoever is signed in, else the address that they ask from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Token(Digest),
    Address(IpAddr),
    /// The address is not known: all of these share one bucket.
    Somebody,
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

/// The buckets.
#[derive(Default)]
pub(crate) struct Pace(Mutex<BTreeMap<(Who, Kind), Bucket>>);

impl Pace {
    /// Takes a token, or says for how many seconds there is none.
    fn take(&self, who: Who, kind: Kind, now: Timestamp) -> Result<(), i64> {
        let (most, seconds_each) = kind.measure();
        let filled = |bucket: &Bucket, (most, each): (f64, f64)| {
            (bucket.tokens + now.duration_since(bucket.at).as_secs_f64().max(0.0) / each).min(most)
        };
        // Whoever panicked took one token more or less.
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|(_, kind), bucket| filled(bucket, kind.measure()) < kind.measure().0);
        }
        let bucket = buckets.entry((who, kind)).or_insert(Bucket { tokens: most, at: now });
        let tokens = filled(bucket, (most, seconds_each));
        if tokens < 1.0 {
            *bucket = Bucket { tokens, at: now };
            #[expect(clippy::cast_possible_truncation, reason = "at most the seconds of one token")]
            return Err(((1.0 - tokens) * seconds_each).ceil() as i64);
        }
        *bucket = Bucket { tokens: tokens - 1.0, at: now };
        Ok(())
    }
}

/// Lets a request in, unless there were too many.
pub(crate) async fn pace(State(app): State<Arc<App>>, visitor: Visitor, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/assets/") {
        return next.run(request).await;
    }
    let address = || proxy::address(request.extensions(), request.headers()).map_or(Who::Somebody, Who::Address);
    let kind = Kind::of(&request);
    // A token is no proof before it is looked up: whoever tries passwords is known by the address alone. Whoever makes tokens
    // up costs one look-up for each, and guesses none.
    let who =
        visitor.token.as_ref().filter(|_| kind != Kind::Door).map_or_else(address, |token| Who::Token(*token.hash().digest()));
    let now = app.clinic().surroundings().now();
    match app.pace.take(who, kind, now) {
        Ok(()) => next.run(request).await,
        Err(seconds) => {
            let said = format!("too much was asked for in a short time: try again in {seconds} s");
            let wait_until = Some(now + SignedDuration::from_secs(seconds));
            Problem { wait_until, ..Problem::new(What::Wait, said) }.into_response()
        }
    }
}
