//! `resurface serve`: a clinic in the browser.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use resurface_clinic::{App, NoRules, Rules};
use resurface_forecast::{BasePoints, Population};
use resurface_knowledge::Knowledge;
use resurface_ledger::clinic::{Charts, Clinic, Founding};
use resurface_ledger::identity::{DisplayName, RelyingParty};
use resurface_ledger::seal::Method;
use resurface_ledger::surroundings::Surroundings;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::lock::Lock;
use super::{plan, source};
use crate::arguments::{Browser, ServeArguments};
use crate::clinic::{Machine, Session};
use crate::ending::{Answer, Exit, Failure};
#[cfg(feature = "tls")]
use crate::files;
use crate::request::Request;

/// Serves until it is told to stop.
pub(super) fn serve(request: &Request, typed: &ServeArguments) -> Result<Answer, Failure> {
    let (knowledge, population) = source::knowledge_and_population(request)?;
    let clinic = match (&typed.found, &typed.dir) {
        (Some(name), Some(dir)) => found(request, name, dir)?,
        (_, Some(dir)) => Session::open(&request.access.about(dir))?.into_clinic(),
        (_, None) => Session::open(&request.access)?.into_clinic(),
    };
    let rules = rules(knowledge, population)?;
    let server = Server::new()?;
    let end = server.listen_for_the_end();
    let app = match &typed.reached_at {
        Some(address) => with_passkeys(app(clinic, rules)?, address)?,
        None => app(clinic, rules)?,
    };
    server.serve(app, typed.listen, over(typed)?, Browser::LeftAlone, "", end)?;
    Ok(Answer::page(String::new()))
}

/// What decisions rest on, in every language of its readers.
pub(super) fn rules(knowledge: Knowledge, population: Population) -> Result<Rules, Failure> {
    Rules::of(knowledge, population, BasePoints::new(plan::SEED_DEFAULT)).map_err(no_rules)
}

/// What lies between a browser and the program.
pub(super) enum Over {
    /// Nothing: for this machine alone, or behind a proxy that speaks TLS.
    Plain,
    /// TLS.
    #[cfg(feature = "tls")]
    Tls(resurface_clinic::Certificate),
}

impl Over {
    const fn scheme(&self) -> &'static str {
        match self {
            Self::Plain => "http",
            #[cfg(feature = "tls")]
            Self::Tls(_) => "https",
        }
    }
}

fn over(typed: &ServeArguments) -> Result<Over, Failure> {
    let (Some(chain), Some(key)) = (&typed.tls_cert, &typed.tls_key) else { return Ok(Over::Plain) };
    with_certificate(chain, key)
}

/// Largest certificate or key that is read, in bytes.
#[cfg(feature = "tls")]
const PEM_BYTES_MAX: usize = 1024 * 1024;

#[cfg(feature = "tls")]
fn with_certificate(chain: &Path, key: &Path) -> Result<Over, Failure> {
    let (chain_pem, key_pem) = (files::read_bytes(chain, PEM_BYTES_MAX)?, files::read_bytes(key, PEM_BYTES_MAX)?);
    Ok(Over::Tls(resurface_clinic::Certificate { chain_pem, key_pem }))
}

#[cfg(not(feature = "tls"))]
fn with_certificate(_: &Path, _: &Path) -> Result<Over, Failure> {
    Err(Failure::new(Exit::NotBuilt, "this program was built without TLS")
        .hint("build it with `--features tls`, or put a proxy with TLS in front of it"))
}

/// The clinic with passkeys that are bound to an address.
#[cfg(feature = "passkeys")]
fn with_passkeys(app: App, address: &RelyingParty) -> Result<App, Failure> {
    Ok(app.with_passkeys(address.clone()))
}

#[cfg(not(feature = "passkeys"))]
fn with_passkeys(_: App, _: &RelyingParty) -> Result<App, Failure> {
    Err(Failure::new(Exit::NotBuilt, "this program was built without passkeys")
        .hint("build it with `--features passkeys`, or leave out --reached-at"))
}

/// A clinic that this machine alone reaches is reached as localhost, as a number is no address for a passkey.
fn with_passkeys_at_localhost(app: App, scheme: &str, at: SocketAddr) -> App {
    let localhost = format!("{scheme}://localhost:{}", at.port()).parse();
    match localhost {
        Ok(localhost) if cfg!(feature = "passkeys") && at.ip().is_loopback() && app.relying_party().is_none() => {
            app.with_passkeys(localhost)
        }
        _ => app,
    }
}

/// A clinic that is to be served.
pub(super) fn app(clinic: Clinic, rules: Rules) -> Result<App, Failure> {
    App::new(clinic, rules, env!("CARGO_PKG_VERSION")).map_err(no_rules)
}

fn no_rules(error: NoRules) -> Failure {
    match error {
        NoRules::Ledger(error) => error.into(),
        NoRules::Knowledge(reports) => Failure::knowledge(&reports),
        error => Failure::new(Exit::KnowledgeFaults, error),
    }
}

/// Founds a clinic, without a user.
fn found(request: &Request, name: &DisplayName, dir: &Path) -> Result<Clinic, Failure> {
    let machine: Arc<dyn Surroundings> = Arc::new(Machine::new()?);
    let lock = Lock::choose(&request.access, dir, Method::KeyFile)?;
    let founding = Founding { name: name.as_str().to_owned(), charts: Charts::Real };
    let around = Arc::clone(&machine);
    lock.make(machine.as_ref(), |secret| Clinic::found(dir, &founding, secret, around))
}

/// Requests that are answered at the same time, at most; the next one waits for its turn. Each takes a thread, a connection to the
/// ledger and what memory it needs.
const DESKS_MAX: usize = 32;

/// The threads on which requests are waited for.
pub(super) struct Server {
    runtime: Runtime,
}

/// Whether the program was told to end; known to as many as ask.
#[derive(Clone)]
pub(super) struct End(watch::Receiver<bool>);

impl End {
    /// Whether it was told to.
    pub(super) fn has_come(&self) -> bool {
        *self.0.borrow()
    }

    async fn comes(mut self) {
        // Nobody is left to tell it: then it has come.
        let _ = self.0.wait_for(|told| *told).await;
    }
}

impl Server {
    pub(super) fn new() -> Result<Self, Failure> {
        let mut threads = tokio::runtime::Builder::new_multi_thread();
        let runtime = threads.enable_all().max_blocking_threads(DESKS_MAX).build();
        Ok(Self { runtime: runtime.map_err(|error| Failure::new(Exit::Failed, error))? })
    }

    /// Waits for whoever tells the program to end, from now on.
    pub(super) fn listen_for_the_end(&self) -> End {
        let (tell, told) = watch::channel(false);
        self.runtime.spawn(async move {
            stopped().await;
            tell.send_replace(true);
        });
        End(told)
    }

    /// Serves until the end comes; `before` is said to whoever started it, before where to go.
    pub(super) fn serve(
        &self,
        app: App,
        at: SocketAddr,
        over: Over,
        browser: Browser,
        before: &str,
        end: End,
    ) -> Result<(), Failure> {
        let failed = |error| Failure::new(Exit::Failed, format!("{at}: {error}"));
        self.runtime.block_on(async {
            let listener = TcpListener::bind(at).await.map_err(failed)?;
            let at = listener.local_addr().map_err(failed)?;
            let address = format!("{}://{at}", over.scheme());
            let app = with_passkeys_at_localhost(app, over.scheme(), at);
            // Whoever started it reads where to go; that nobody reads it is no reason not to serve.
            let mut stderr = std::io::stderr();
            if let Some(path) = app.set_up_address()? {
                let _ =
                    writeln!(stderr, "This clinic has no user yet. Make the first one, within an hour, at\n  {address}{path}");
            }
            let _ = writeln!(stderr, "{before}Resurface is at {address} until it is told to stop (Ctrl-C)");
            if browser == Browser::Opened {
                open(&address);
            }
            let app = Arc::new(app);
            let served = match over {
                Over::Plain => resurface_clinic::serve(listener, app, end.comes()).await,
                #[cfg(feature = "tls")]
                Over::Tls(certificate) => {
                    let listener = listener.into_std().map_err(failed)?;
                    resurface_clinic::serve_over_tls(listener, certificate, app, end.comes()).await
                }
            };
            served.map_err(failed)
        })
    }
}

/// Opens a browser, where there is one: whoever sees none goes to the address that was printed.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    drop(command.spawn());
}

/// Waits until somebody asks the program to end.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupted => {}, _ = ended.recv() => {} }
            return;
        }
    }
    let _ = interrupted.await;
}
