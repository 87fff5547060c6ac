//! The one place that writes to the terminal.
//!
//! Whoever reads along may stop reading, as in `tenfoot status | head -1`: what was
//! asked for is then done without a listener, and nothing is said about it.

use std::io::{self, IsTerminal, Write};

use super::exit::{Exit, Failure, Outcome};
use crate::text;

/// Whether a person looks at what is printed.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Prints a line. What came from a server can't steer the terminal: characters that
/// would become a replacement character.
pub(super) fn line(text: &str) -> Outcome {
    raw(format!("{}\n", plain(text)).as_bytes())
}

/// Prints bytes as they are, at once.
pub(super) fn raw(bytes: &[u8]) -> Outcome {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(bytes)
        .and_then(|()| stdout.flush())
        .or_else(unless_broken_pipe)
}

/// Prints an API's answer: as it is to a program, readable and harmless to a person.
pub(super) fn body(bytes: &[u8]) -> Outcome {
    if !is_terminal() {
        return raw(bytes);
    }
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| plain(&line.replace('\t', "    ")))
        .collect();
    raw(lines.join("\n").as_bytes())
}

/// Says something on stderr, beside what a program may read on stdout.
pub(super) fn note(text: &str) {
    // With nobody to tell, there is nothing left to do.
    let _ = writeln!(io::stderr().lock(), "{}", plain(text));
}

/// The text without characters that steer.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if text::steers(c) && c != '\n' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

fn unless_broken_pipe(why: io::Error) -> Outcome {
    if why.kind() == io::ErrorKind::BrokenPipe {
        return Ok(());
    }
    Err(Failure::new(
        Exit::Failed,
        format!("the output can't be written: {why}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_cannot_steer_the_terminal() {
        assert_eq!(plain("Ada\u{1b}[2J\tB"), "Ada\u{fffd}[2J\u{fffd}B");
    }

    #[test]
    fn a_reader_who_left_is_no_failure_but_a_full_disk_is() {
        assert_eq!(unless_broken_pipe(io::ErrorKind::BrokenPipe.into()), Ok(()));
        assert!(unless_broken_pipe(io::ErrorKind::StorageFull.into()).is_err());
    }
}
