//! Serving over TLS, where no proxy in front does: rustls, with ring as the only provider of cryptography.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;

use crate::app::App;
use crate::doors::OverTls;
use crate::serve::{Stopping, router};

/// What a browser is shown, and what proves it.
pub struct Certificate {
    /// The certificate and those above it, as PEM.
    pub chain_pem: Vec<u8>,
    /// Its private key, as PEM.
    pub key_pem: Vec<u8>,
}

/// Longest time that is given to requests that were accepted when it ends, in seconds.
const LAST_REQUESTS_SECONDS: u64 = 30;

/// Serves over TLS until it is told to stop; then finishes the requests that it accepted.
///
/// # Errors
/// When the certificate or the key is none, or the listener fails.
pub async fn serve_over_tls(
    listener: TcpListener,
    certificate: Certificate,
    app: Arc<App>,
    stop: impl Stopping,
) -> io::Result<()> {
    // A second one is refused, and the first one is the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = RustlsConfig::from_pem(certificate.chain_pem, certificate.key_pem).await?;
    let handle = Handle::new();
    let ending = handle.clone();
    tokio::spawn(async move {
        stop.await;
        ending.graceful_shutdown(Some(Duration::from_secs(LAST_REQUESTS_SECONDS)));
    });
    let service = router(app).layer(Extension(OverTls)).into_make_service_with_connect_info::<SocketAddr>();
    axum_server::from_tcp_rustls(listener, config)?.handle(handle).serve(service).await
}
