//! `tenfoot sign-in`: the device flow in a terminal.

use std::pin::pin;
use std::time::Duration;

use futures::StreamExt as _;

use super::events::{OutputEvent, seconds};
use super::exit::{Exit, Failure, Outcome};
use super::{output, qr, setup};
use crate::cli::Options;
use crate::clock::{Moment, SharedClock};
use crate::config::Backend;
use crate::oauth::flow::{End, Prompt, Reason, Wait};
use crate::session::Session;
use crate::session::sign_in::Begin;
use crate::session::sign_in::Event;
use crate::stop;

pub(super) async fn run(options: &Options, json: bool, clock: SharedClock) -> Outcome {
    let setup = setup(options, &clock)?;
    if setup.config.storage.backend == Backend::Memory {
        return Err(Failure::new(
            Exit::Usage,
            "storage.backend is \"memory\": a session made here would be gone at once. Use \"auto\".",
        ));
    }
    let profile = setup.profile();
    if profile.is_guest() {
        return Err(Failure::new(
            Exit::Usage,
            "The profile \"guest\" is kept in memory alone: a session made here would be gone at once. \
             Name another.",
        ));
    }
    let flow = setup.flow_of(&profile);
    let mut teller = if json {
        Teller::Program
    } else {
        Teller::person()
    };
    match flow.restore().await {
        Ok(Some(old)) => output::note(&format!(
            "Signed in as {} already; this replaces it.",
            old.who.label()
        )),
        Ok(None) => {}
        // The flow itself finds out whether a session can be stored.
        Err(why) => output::note(&format!("tenfoot: {why}")),
    }

    let begin = if flow.has_code() {
        output::note("The code of the last time still lives: going on with it.");
        Begin::Kept
    } else {
        Begin::Fresh
    };
    let mut events = Box::pin(flow.events_of(begin));
    let mut stopped = pin!(stop::asked());
    loop {
        let event = tokio::select! {
            biased;
            () = &mut stopped => {
                flow.forget_code().await;
                teller.cancelled()?;
                return Err(Failure::said(Exit::Failed));
            }
            event = events.next() => event,
        };
        let Some(event) = event else {
            return Err(Failure::new(
                Exit::Failed,
                "The sign-in stopped without a result.",
            ));
        };
        teller.tell(&event, clock.now())?;
        match event {
            Event::SignedIn(_) => {
                // Who names a profile doesn't say who uses the TV.
                if setup.named.is_none() {
                    setup.profiles.make_current(&profile)?;
                }
                return Ok(());
            }
            Event::Ended(end) => {
                let exit = Exit::from(&end);
                return Err(if json {
                    Failure::said(exit)
                } else {
                    Failure::new(exit, advice(&end))
                });
            }
            Event::Code(_) | Event::Checking | Event::Waiting(_) | Event::Approved => {}
        }
    }
}

fn advice(end: &End) -> String {
    match end {
        End::Expired | End::Denied { .. } => {
            format!("{end} Run `tenfoot sign-in` again for a new code.")
        }
        End::AnswerLost
        | End::NoCode(_)
        | End::Refused(_)
        | End::Unreachable(_)
        | End::Misconfigured(_)
        | End::Untrusted(_)
        | End::NotStored(_) => end.to_string(),
    }
}

/// Who is told what happens.
#[derive(Debug)]
enum Teller {
    /// One JSON object a line.
    Program,
    /// Sentences; on a terminal the last one is overwritten as things go on.
    Person { terminal: bool, last: String },
}

impl Teller {
    fn person() -> Self {
        Self::Person {
            terminal: output::is_terminal(),
            last: String::new(),
        }
    }

    fn tell(&mut self, event: &Event, now: Moment) -> Outcome {
        match self {
            Self::Program => {
                OutputEvent::of(event, now).map_or(Ok(()), |told| output::line(&told.to_line()))
            }
            Self::Person { terminal, last } => match event {
                Event::Code(prompt) => show(prompt, *terminal),
                // What stands there already says it.
                Event::Checking => Ok(()),
                Event::Waiting(wait) => progress(*terminal, last, wait_words(wait, now, *terminal)),
                Event::Approved => progress(
                    *terminal,
                    last,
                    "Approved. Fetching the session.".to_owned(),
                ),
                Event::SignedIn(session) => {
                    end_progress(*terminal)?;
                    output::line(&signed_in(session))
                }
                Event::Ended(_) => end_progress(*terminal),
            },
        }
    }

    fn cancelled(&self) -> Outcome {
        match self {
            Self::Program => output::line(&OutputEvent::cancelled().to_line()),
            Self::Person { terminal, .. } => {
                end_progress(*terminal)?;
                output::line("Cancelled.")
            }
        }
    }
}

fn show(prompt: &Prompt, terminal: bool) -> Outcome {
    output::line(&format!(
        "On your phone or computer, open\n\n    {}\n\n{}\n\n    {}\n",
        prompt.verification_uri,
        code_words(prompt),
        prompt.user_code
    ))?;
    let colours = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let style = if colours {
        qr::Style::Colours
    } else {
        qr::Style::Plain
    };
    if let Some(picture) = qr::lines(prompt.qr_text(), style) {
        let what = if prompt.verification_uri_complete.is_some() {
            "Or scan this:"
        } else {
            "This opens the address:"
        };
        output::line(what)?;
        output::raw(format!("\n{}\n\n", picture.join("\n")).as_bytes())?;
    }
    output::line(&format!(
        "Approve only if you started this yourself, and only at {}.\nThe code ends in {}.",
        prompt.page_host(),
        length(prompt.lifetime)
    ))
}

/// What is to be done with the code.
fn code_words(prompt: &Prompt) -> &'static str {
    if prompt.is_code_in_address() {
        "and check that the page shows the code"
    } else if prompt.is_case_sensitive() {
        "and enter the code (capital and small letters count)"
    } else {
        "and enter the code"
    }
}

fn wait_words(wait: &Wait, now: Moment, terminal: bool) -> String {
    let next = seconds(wait.next_poll.since(now));
    let (what, next_is) = match &wait.reason {
        Reason::Pending => ("Waiting for the approval.".to_owned(), "check"),
        Reason::SlowDown(interval) => (
            format!(
                "Waiting for the approval. The provider asks to check every {} s only.",
                seconds(*interval)
            ),
            "check",
        ),
        Reason::RateLimited => ("The provider asks for a pause.".to_owned(), "check"),
        Reason::Reconnecting(why) => (format!("Reconnecting: {why}"), "try"),
    };
    // Where nothing is overwritten, the seconds would be a new line each time.
    if terminal {
        format!("{what} Next {next_is} in {next} s.")
    } else {
        what
    }
}

fn signed_in(session: &Session) -> String {
    let renewal = match (&session.refresh_token, session.expires_at) {
        (None, Some(end)) => format!(" This ends at {}.", end.strftime("%F %T UTC")),
        (Some(_), _) | (None, None) => String::new(),
    };
    format!(
        "Signed in as {}.{renewal} Not you? Run `tenfoot sign-out`.",
        session.who.label()
    )
}

fn progress(terminal: bool, last: &mut String, words: String) -> Outcome {
    if terminal {
        return output::raw(format!("\r\x1b[K{}", output::plain(&words)).as_bytes());
    }
    if *last != words {
        output::line(&words)?;
        *last = words;
    }
    Ok(())
}

fn end_progress(terminal: bool) -> Outcome {
    if terminal {
        output::raw(b"\r\x1b[K")
    } else {
        Ok(())
    }
}

fn length(length: Duration) -> String {
    match seconds(length) {
        seconds @ 0..=119 => format!("{seconds} s"),
        seconds => format!("{} minutes", seconds / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_done_with_a_code_is_said() {
        let words = |code: &str, address: &str| {
            code_words(&Prompt {
                user_code: code.to_owned(),
                verification_uri: address.to_owned(),
                verification_uri_complete: None,
                deadline: Moment::from_boot(Duration::ZERO),
                lifetime: Duration::ZERO,
                interval: Duration::ZERO,
            })
        };
        let page = "https://acme.example/device";
        assert_eq!(words("WDJB-MJHT", page), "and enter the code");
        assert!(words("CKiQhNvt", page).contains("capital and small letters count"));
        let inside = words("shkakx", "https://acme.example/device/shkakx");
        assert!(inside.contains("shows the code") && !inside.contains("enter"));
    }
}
