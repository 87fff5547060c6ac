//! Who may mean harm to the person in front of the TV, what stops them, and what doesn't.
//!
//! What there is to take: the **tokens** of a session (the refresh token above all, which
//! makes new ones), the **device code** and the client's secret while a flow runs, what
//! the API **holds for a person**, and what the **screen** makes them believe.
//!
//! # Outside of the room
//!
//! | who | what stops them | what does not |
//! |---|---|---|
//! | **Somebody far away who sends the person a code** of a flow of their own (remote phishing, RFC 8628 §5.4) | Nothing here can: their flow never passes this TV. tenfoot teaches the habit that helps: a code is asked for only when a person presses the button, and is shown with “Approve only if you started this on this TV” and the host that the page belongs to. | The provider's page has to say what is approved, and for whom. |
//! | **Somebody far away who wants this TV to show their account** | Who signed in is named after the sign-in, with “Not you?” in reach, which revokes and deletes. | A person who doesn't look. |
//! | **The network between** | TLS by rustls with the system's roots, never weakened; plain `http:` only to this machine itself ([`config::Endpoint`](crate::config::Endpoint)). The issuer is compared to the letter, an ID token is believed only with a signature by the issuer's keys. No redirect is followed with a code, a secret or a refresh token; the bearer token stays behind at the first hop to another origin. Codes end by a clock that nobody can set. | It can be silent or slow: the code stays on the screen until its end. It sees which hosts are asked. A provider may name an activation page with `http:`; it is shown as it is. |
//! | **The provider's answers** | At most 1 MiB, nesting bounded, numbers brought into range. A user code or an address that can't be shown to the letter is refused; every other text loses the characters that steer a terminal or turn its direction ([`text`](crate::text)). Nothing is opened and no markup interpreted. | It is trusted with the identity: it can name anybody. |
//! | **Whoever gets hold of a token alone**, out of an API's log or a proxy | With `dpop = true`, tokens are bound to a key that never leaves this TV ([`dpop`](crate::oauth::dpop)): each request proves it afresh. PKCE binds the code to this flow. | Without it a bearer token works from anywhere until it ends: keep its life short at the provider. |
//! | **The API's answers** | At most 64 MiB a page and 16 MiB a picture. Text is drawn as text. Pictures are decoded by Rust code (PNG, JPEG, GIF, WebP), refused before they take 256 MiB. A next page is asked for on the channel's own origin alone, a 401 is answered by one renewal. | It gets the access token: that is its purpose. It can show any words and pictures, one that looks like a code screen among them, though only in its channel's place on the screen. |
//! | **Hosts of pictures** that an answer names | No token, no configured header: these go to the channel's own origin alone. `https:` only, no credentials in addresses, and not this machine by a loopback address unless the channel itself is there. | They learn this network's address, tenfoot's version and when somebody looks. Other machines in the house can be asked for a picture over `https:`, as can this one by a name that resolves to it; the answer goes to the screen and nowhere else. |
//!
//! # In the room, and at the machine
//!
//! | who | what stops them | what does not |
//! |---|---|---|
//! | **Somebody who reads the code off the screen** (RFC 8628 §5.2) | The user code alone gives nobody tokens: these go to the holder of the device code, which is never shown or logged. A code that was used or has ended is worth nothing. | They can approve it first, with their own account: the TV then shows that account and its name. |
//! | **Other guests with the remote control** | The button that signs out never has the focus unasked. `--kiosk` keeps Back from leaving the app. | Whoever holds the remote sees what is signed in and can sign out. There is no PIN; a profile is a place for a session, not a lock. |
//! | **Another user of this machine** | A session is in the person's keyring or in a file that is 0600 in a directory 0700, as is a code while it is out ([`pending`](crate::session::pending)), and as is what the API answered last ([`channel::cache`](crate::channel::cache)); a file that became open to others is closed again and one of another owner is not used. Secrets are in no argument, no environment variable, no log at any level (`tests/secrets.rs`). | root, and every program of the same user: they can read the file and the memory. |
//! | **Whoever carries the box away** | The tokens have the scopes that were asked for and no more. A sign-out, or the provider's own list of devices, ends them. | The session file isn't encrypted: until it is revoked, its refresh token works from anywhere, with `dpop = true` together with the key beside it. An encrypted disk is the answer, or a keyring with a password, not tenfoot. |
//! | **A crash, a power cut, `kill -9`** | A session is replaced whole or not at all, and a rotated token is on disk before it is used (`tests/kill.rs`). A [`Secret`](crate::secret::Secret) is zeroed when it goes. | Copies in the buffers of TLS and HTTP aren't zeroed; swap and core dumps are the system's business. Where the provider allows no overlap, an answer that is lost with the process costs the session. |
//! | **Whoever reaches the demo** ([`demo`](crate::demo)) | It listens on loopback unless `--listen` says otherwise, and then says in words who can come in. Five wrong codes a minute from one address, at least a million codes, forms that only the browser they were made for can send. There is nothing real behind it, and nothing of it is kept. | Its two people have no passwords, and with `--listen 0.0.0.0` all of it is plain HTTP for the whole network: that is for trying out at home. |
//!
//! The crates that tenfoot is made of are pinned by `Cargo.lock`; `tests/run dependencies`
//! checks their licences, their source, and, where the list can be had, known
//! vulnerabilities.
