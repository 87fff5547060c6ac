//! Words spoken aloud by speech-dispatcher, where it runs (SSIP over its Unix socket).
//!
//! Nothing waits for it: the newest words take the place of those that weren't spoken yet,
//! and a service that is missing or stalls is told of once and asked again with the next
//! words. What is said may hold a code, so it is never logged.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ssip_client_async::fifo::asynchronous_tokio::{Builder, OwnedReadHalf, OwnedWriteHalf};
use ssip_client_async::tokio::AsyncClient;
use ssip_client_async::{
    ClientError, ClientName, ClientScope, MessageScope, OK_CANCELED, OK_LANGUAGE_SET,
    OK_PRIORITY_SET, OK_PUNCTUATION_SET, Priority, PunctuationMode,
};
use tokio::io::{BufReader, BufWriter};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::secret::Secret;

/// Speaks until it is dropped.
#[derive(Debug)]
pub struct Voice {
    words: watch::Sender<Secret>,
}

type Client = AsyncClient<BufReader<OwnedReadHalf>, BufWriter<OwnedWriteHalf>>;

/// How long the service may take for an answer.
const PATIENCE: Duration = Duration::from_secs(3);

impl Voice {
    /// A voice for the language of that tag (RFC 5646), by the service that listens at
    /// `socket`; nothing outside of a runtime.
    #[must_use]
    pub fn new(socket: PathBuf, language: &'static str) -> Option<Self> {
        let runtime = Handle::try_current().ok()?;
        let (words, said) = watch::channel(Secret::new(""));
        drop(runtime.spawn(keep_speaking(socket, language, said)));
        Some(Self { words })
    }

    /// Speaks these words instead of what is being spoken.
    pub fn speak(&self, words: String) {
        drop(self.words.send_replace(Secret::new(words)));
    }
}

/// Where the service of this person listens, unless it was set up to do so elsewhere.
#[must_use]
pub fn socket(runtime_directory: &Path) -> PathBuf {
    runtime_directory.join("speech-dispatcher/speechd.sock")
}

async fn keep_speaking(socket: PathBuf, language: &'static str, mut said: watch::Receiver<Secret>) {
    let mut client = None;
    let mut told = false;
    while said.changed().await.is_ok() {
        let words = said.borrow_and_update().clone();
        // A service that was started anew meanwhile is found at the second try.
        for _ in 0..2 {
            match timeout(PATIENCE, utter(&mut client, &socket, language, &words)).await {
                Ok(Ok(())) => {
                    told = false;
                    break;
                }
                Ok(Err(error)) => tell(&mut told, &error.to_string()),
                Err(_) => tell(&mut told, "no answer"),
            }
            if client.take().is_none() {
                break;
            }
        }
    }
}

fn tell(told: &mut bool, why: &str) {
    if !std::mem::replace(told, true) {
        tracing::info!(why, "speech-dispatcher doesn't speak");
    }
}

async fn utter(
    client: &mut Option<Client>,
    socket: &Path,
    language: &str,
    words: &Secret,
) -> Result<(), ClientError> {
    if client.is_none() {
        *client = Some(greet(socket, language).await?);
    }
    let Some(client) = client else {
        return Ok(());
    };
    let cancelled = client.cancel(MessageScope::Last).await?;
    let _ = cancelled.check_status(OK_CANCELED).await?;
    let asked = client.speak().await?;
    let _ = asked.check_receiving_data().await?;
    let sent = client.send_lines(&[one_line(words.expose())]).await?;
    let _ = sent.receive_message_id().await?;
    Ok(())
}

async fn greet(socket: &Path, language: &str) -> Result<Client, ClientError> {
    let mut client = Builder::default().path(socket).build().await?;
    let named = client
        .set_client_name(ClientName::new("tv", "tenfoot"))
        .await?;
    let _ = named.check_client_name_set().await?;
    let scope = || ClientScope::Current;
    let set = client.set_language(scope(), language).await?;
    let _ = set.check_status(OK_LANGUAGE_SET).await?;
    let set = client
        .set_punctuation_mode(scope(), PunctuationMode::Some)
        .await?;
    let _ = set.check_status(OK_PUNCTUATION_SET).await?;
    let set = client.set_priority(Priority::Message).await?;
    let _ = set.check_status(OK_PRIORITY_SET).await?;
    Ok(client)
}

/// A line of its own ends the words, and one dot alone ends them too.
fn one_line(words: &str) -> String {
    let line = words.split(char::is_control).collect::<Vec<_>>().join(" ");
    if line.starts_with('.') {
        format!(" {line}")
    } else {
        line
    }
}

#[cfg(test)]
mod tests;
