//! A real browser the size of a phone: Chromium, told what to do by ChromeDriver
//! in the words of the WebDriver protocol (W3C).

#![allow(dead_code, reason = "each test takes what it needs")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};

/// Pixels of style sheets.
pub(crate) const WIDTH: u32 = 390;
pub(crate) const HEIGHT: u32 = 844;

/// A page that is open; ChromeDriver and Chromium end with it.
#[derive(Debug)]
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    client: reqwest::Client,
}

impl Browser {
    /// Opens Chromium. Fails loudly where it or ChromeDriver is missing.
    pub(crate) async fn open() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver must be installed (Debian: chromium-driver)");
        let port = port_of(&mut driver);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut browser = Self {
            driver,
            port,
            session: String::new(),
            client,
        };
        let options = json!({
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-proxy-server",
                     "--disable-dev-shm-usage", format!("--window-size={WIDTH},{HEIGHT}")],
            "mobileEmulation": { "deviceMetrics": { "width": WIDTH, "height": HEIGHT, "pixelRatio": 2.0, "touch": true } },
        });
        let wanted = json!({ "alwaysMatch": {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        } });
        let answer = browser
            .command("session", json!({ "capabilities": wanted }))
            .await;
        browser.session = format!("session/{}", answer["sessionId"].as_str().unwrap());
        browser
    }

    pub(crate) async fn go(&self, address: &str) {
        self.tell("url", json!({ "url": address })).await;
    }

    /// Presses what `css` finds, and waits for the page that follows. ChromeDriver
    /// may answer before a form is on its way, so the old page is marked.
    pub(crate) async fn press(&self, css: &str) {
        let element = self.find(css).await;
        let _ = self.script("window.left = true").await;
        let _ = self
            .tell(&format!("element/{element}/click"), json!({}))
            .await;
        let arrived = async {
            while self
                .script("return !window.left && document.readyState === 'complete'")
                .await
                != true
            {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), arrived)
            .await
            .unwrap_or_else(|_| panic!("nothing follows on {css}"));
    }

    pub(crate) async fn fill(&self, css: &str, text: &str) {
        let element = self.find(css).await;
        self.tell(&format!("element/{element}/value"), json!({ "text": text }))
            .await;
    }

    pub(crate) async fn text(&self, css: &str) -> String {
        self.script(&format!("return document.querySelector({css:?}).innerText"))
            .await
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) async fn script(&self, script: &str) -> Value {
        self.tell("execute/sync", json!({ "script": script, "args": [] }))
            .await
    }

    /// Whether the person prefers a dark page.
    pub(crate) async fn prefer_dark(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await;
    }

    /// The whole page as a PNG in `target/tmp/activation`.
    pub(crate) async fn picture(&self, name: &str) -> PathBuf {
        let answer = self
            .devtools(
                "Page.captureScreenshot",
                json!({ "captureBeyondViewport": true }),
            )
            .await;
        let png = base64::prelude::BASE64_STANDARD
            .decode(answer["data"].as_str().unwrap())
            .unwrap();
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("activation");
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("{name}.png"));
        std::fs::write(&file, png).unwrap();
        file
    }

    /// What the browser complained of.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.tell("se/log", json!({ "type": "browser" })).await;
        log.as_array()
            .unwrap()
            .iter()
            .map(|line| line["message"].as_str().unwrap().to_owned())
            .collect()
    }

    async fn find(&self, css: &str) -> String {
        let answer = self
            .tell("element", json!({ "using": "css selector", "value": css }))
            .await;
        answer
            .as_object()
            .unwrap()
            .values()
            .next()
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    }

    async fn devtools(&self, command: &str, params: Value) -> Value {
        self.tell(
            "goog/cdp/execute",
            json!({ "cmd": command, "params": params }),
        )
        .await
    }

    async fn tell(&self, command: &str, body: Value) -> Value {
        self.command(&format!("{}/{command}", self.session), body)
            .await
    }

    async fn command(&self, path: &str, body: Value) -> Value {
        let response = self
            .client
            .post(format!("http://127.0.0.1:{}/{path}", self.port))
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let status = response.status();
        let mut answer: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        assert!(
            status.is_success(),
            "chromedriver refuses {path}: {}",
            answer["value"]["message"]
        );
        answer["value"].take()
    }
}

/// ChromeDriver names the free port that it took in its first lines.
fn port_of(driver: &mut Child) -> u16 {
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    // The first line says 0, what was asked for; the last says what was taken.
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .filter_map(|line| {
            line.rsplit_once("on port ")?
                .1
                .trim_end_matches('.')
                .parse()
                .ok()
        })
        .find(|&port| port != 0)
        .expect("chromedriver names its port");
    // It goes on writing; nobody reading would end it.
    let _reader = std::thread::spawn(move || lines.for_each(drop));
    port
}

impl Drop for Browser {
    /// Ends Chromium through its driver, then the driver, whatever happened before.
    fn drop(&mut self) {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let request = format!(
                "DELETE /{} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n",
                self.session
            );
            let _ = stream.write_all(request.as_bytes());
            let _ = stream.read(&mut [0; 64]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
