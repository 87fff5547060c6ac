use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;

use super::*;

/// What a server that can be understood does: it answers each command, and tells what it
/// was asked for.
async fn serve(stream: UnixStream, heard: mpsc::UnboundedSender<String>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut speaking = false;
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.as_str() {
            "." if speaking => {
                speaking = false;
                "225-17\r\n225 OK MESSAGE QUEUED\r\n"
            }
            _ if speaking => "",
            "SPEAK" => {
                speaking = true;
                "230 OK RECEIVING DATA\r\n"
            }
            "CANCEL self" => "213 OK CANCELED\r\n",
            line if line.starts_with("SET self LANGUAGE") => "201 OK LANGUAGE SET\r\n",
            line if line.starts_with("SET self PRIORITY") => "202 OK PRIORITY SET\r\n",
            line if line.starts_with("SET self PUNCTUATION") => "205 OK PUNCTUATION SET\r\n",
            line if line.starts_with("SET self CLIENT_NAME") => "208 OK CLIENT NAME SET\r\n",
            _ => "500 ERR UNKNOWN COMMAND\r\n",
        };
        let _ = heard.send(line);
        if write.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

struct Room {
    folder: tempfile::TempDir,
    heard: mpsc::UnboundedReceiver<String>,
    tell: mpsc::UnboundedSender<String>,
    connections: Arc<Mutex<Vec<tokio::task::AbortHandle>>>,
}

impl Room {
    fn new() -> Self {
        let (tell, heard) = mpsc::unbounded_channel();
        Self {
            folder: tempfile::tempdir().unwrap(),
            heard,
            tell,
            connections: Arc::default(),
        }
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("speechd.sock")
    }

    fn open(&self) {
        let _ = std::fs::remove_file(self.socket());
        let listener = UnixListener::bind(self.socket()).unwrap();
        let (tell, connections) = (self.tell.clone(), Arc::clone(&self.connections));
        drop(tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = tokio::spawn(serve(stream, tell.clone()));
                connections.lock().unwrap().push(serving.abort_handle());
            }
        }));
    }

    fn hang_up(&self) {
        for connection in self.connections.lock().unwrap().drain(..) {
            connection.abort();
        }
    }

    /// The next words that are spoken, and the commands before them.
    async fn words(&mut self) -> (Vec<String>, String) {
        let mut commands = Vec::new();
        loop {
            let line = self.heard.recv().await.unwrap();
            if line == "SPEAK" {
                return (commands, self.heard.recv().await.unwrap());
            }
            commands.push(line);
        }
    }
}

#[tokio::test]
async fn words_are_spoken_in_their_language_and_end_what_is_being_spoken() {
    let mut room = Room::new();
    room.open();
    let voice = Voice::new(room.socket(), "de").unwrap();
    voice.speak("W, D, J, B; M, J, H, T".to_owned());
    let (commands, words) = room.words().await;
    assert_eq!(words, "W, D, J, B; M, J, H, T");
    assert!(commands.contains(&"SET self LANGUAGE de".to_owned()));
    assert!(commands.contains(&"SET self PUNCTUATION some".to_owned()));
    voice.speak("Neuer Code".to_owned());
    let (commands, words) = room.words().await;
    assert_eq!(
        (commands.last().unwrap().as_str(), words.as_str()),
        ("CANCEL self", "Neuer Code")
    );
}

#[tokio::test]
async fn a_service_that_comes_later_is_found_by_the_next_words() {
    let mut room = Room::new();
    let voice = Voice::new(room.socket(), "en").unwrap();
    voice.speak("Nobody hears this".to_owned());
    tokio::task::yield_now().await;
    room.open();
    voice.speak("Hello".to_owned());
    assert_eq!(room.words().await.1, "Hello");
}

#[tokio::test]
async fn a_service_that_was_started_anew_speaks_the_next_words() {
    let mut room = Room::new();
    room.open();
    let voice = Voice::new(room.socket(), "en").unwrap();
    voice.speak("One".to_owned());
    assert_eq!(room.words().await.1, "One");
    room.hang_up();
    tokio::task::yield_now().await;
    voice.speak("Two".to_owned());
    assert_eq!(room.words().await.1, "Two");
}

#[tokio::test(start_paused = true)]
async fn a_service_that_stalls_holds_nobody_up_and_the_newest_words_are_spoken_after_it() {
    let mut room = Room::new();
    let stalled = UnixListener::bind(room.socket()).unwrap();
    let voice = Voice::new(room.socket(), "en").unwrap();
    for number in 0..100 {
        voice.speak(format!("Item {number}"));
        tokio::task::yield_now().await;
    }
    drop(stalled);
    room.open();
    voice.speak("The last".to_owned());
    loop {
        if room.words().await.1 == "The last" {
            break;
        }
    }
}

#[test]
fn words_are_one_line_that_does_not_end_the_message() {
    assert_eq!(one_line("One\r\n.\r\nQUIT"), "One  .  QUIT");
    assert_eq!(one_line("."), " .");
}

#[tokio::test]
async fn what_is_spoken_is_never_shown() {
    let voice = Voice::new(PathBuf::from("nowhere"), "en").unwrap();
    voice.speak("W, D, J, B".to_owned());
    assert!(!format!("{voice:?}").contains("W, D"));
}
