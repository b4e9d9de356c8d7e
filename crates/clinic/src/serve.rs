//! Serving: limits, headers and an end that finishes what was accepted.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::problem::{Problem, What, dress};
use crate::{doors, routes};

/// Largest form, in bytes: the longest one has some hundred fields.
const FORM_BYTES_MAX: usize = 256 * 1024;
/// Longest time for one request, in seconds: a picture over a slow network takes long.
const REQUEST_SECONDS_MAX: u64 = 60;

/// What tells a server to stop.
pub trait Stopping: Future<Output = ()> + Send + 'static {}
impl<T: Future<Output = ()> + Send + 'static> Stopping for T {}

/// The whole application.
pub fn router(app: Arc<App>) -> Router {
    routes::router()
        .fallback(|| async { Problem::no_such_page() })
        .method_not_allowed_fallback(|| async { Problem::plain(What::Method) })
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(REQUEST_SECONDS_MAX)))
        .layer(from_fn_with_state(Arc::clone(&app), doors::pace))
        .layer(from_fn(doors::guard))
        .layer(from_fn_with_state(Arc::clone(&app), dress))
        .layer(CompressionLayer::new())
        // outermost, so that every response has them, whoever made it
        .layer(from_fn(doors::headers))
        .with_state(app)
}

/// Serves until it is told to stop; then finishes every request that it accepted.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Stopping) -> io::Result<()> {
    axum::serve(listener, router(app).into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(stop).await
}
