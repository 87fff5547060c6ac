//! The screen after a sign-in that came to nothing.

use std::io::ErrorKind;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use tenfoot::oauth::error::{Misconfiguration, Reason, Refusal, Unavailable, Untrusted};
use tenfoot::oauth::flow::End;
use tenfoot::oauth::id_token;
use tenfoot::screen::ended::{Message, State};
use tenfoot::storage::{Error, Operation};
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;
use tenfoot::web::proxy::ProxyError;
use tenfoot::web::{RequestError, TlsError, TransportError};

use super::{Canvas, HOST, START, Scene, scene, show};

const NEW_CODE: &[&str] = &["Get a new code", "Back to the start"];
const TRY_AGAIN: &[&str] = &["Try again", "Back to the start"];

pub(super) const SCENES: &[Scene] = &[
    scene(
        "expired",
        |look, canvas| of(End::Expired, look, canvas),
        NEW_CODE,
    ),
    scene(
        "expired-start",
        |look, canvas| {
            let mut state = state(&End::Expired);
            state.update(Message::Press(Press::Right));
            show(state.view(look), canvas);
        },
        NEW_CODE,
    ),
    scene(
        "denied",
        |look, canvas| {
            let description = Some("The user has denied the request.".to_owned());
            of(End::Denied { description }, look, canvas);
        },
        NEW_CODE,
    ),
    scene(
        "denied-without-words",
        |look, canvas| of(End::Denied { description: None }, look, canvas),
        NEW_CODE,
    ),
    scene(
        "refused",
        |look, canvas| {
            of(End::Refused(refusal(Reason::InvalidGrant)), look, canvas);
        },
        NEW_CODE,
    ),
    scene(
        "unreachable",
        |look, canvas| unreachable(TransportError::NameNotFound, look, canvas),
        TRY_AGAIN,
    ),
    scene(
        "portal",
        |look, canvas| unreachable(TransportError::WebPage { status: 200 }, look, canvas),
        TRY_AGAIN,
    ),
    scene(
        "no-code",
        |look, canvas| of(End::NoCode(refusal(Reason::UnknownClient)), look, canvas),
        TRY_AGAIN,
    ),
    scene(
        "answer-lost",
        |look, canvas| of(End::AnswerLost, look, canvas),
        NEW_CODE,
    ),
    scene(
        "unavailable",
        |look, canvas| unreachable(TransportError::CutOff, look, canvas),
        TRY_AGAIN,
    ),
    scene(
        "proxy",
        |look, canvas| {
            let blocked = TransportError::Proxy {
                proxy: "proxy.acme.example:3128".to_owned(),
                error: ProxyError::AuthenticationRequired,
            };
            unreachable(blocked, look, canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "handshake",
        |look, canvas| {
            let refused = TransportError::Tls(TlsError::ClientCertificateRequired);
            unreachable(refused, look, canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "insecure",
        |look, canvas| unreachable(TransportError::Tls(TlsError::NotTrusted), look, canvas),
        TRY_AGAIN,
    ),
    scene(
        "clock",
        |look, canvas| {
            let behind = id_token::Error::Clock(SignedDuration::from_hours(-3));
            of(End::Unreachable(Unavailable::IdToken(behind)), look, canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "clock-unset",
        |look, canvas| {
            let unproven = TransportError::Tls(TlsError::NotTrusted);
            let end = End::Unreachable(RequestError::new(HOST, unproven).into());
            let state = State::new(&end, HOST, (START, Timestamp::UNIX_EPOCH), 0, 0.5);
            show(state.view(look), canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "clock-late",
        |look, canvas| {
            let ahead = id_token::Error::Clock(SignedDuration::from_hours(48));
            of(End::Untrusted(Untrusted::IdToken(ahead)), look, canvas);
        },
        NEW_CODE,
    ),
    scene(
        "busy",
        |look, canvas| {
            of(
                End::Unreachable(Unavailable::RateLimited {
                    error: None,
                    retry_after: None,
                }),
                look,
                canvas,
            );
        },
        TRY_AGAIN,
    ),
    scene(
        "read-only",
        |look, canvas| {
            let file = "/var/lib/tenfoot/sessions/default-2f6b1c0d.json";
            of(
                not_stored(file, ErrorKind::ReadOnlyFilesystem),
                look,
                canvas,
            );
        },
        TRY_AGAIN,
    ),
    scene(
        "misconfigured",
        |look, canvas| {
            of(
                End::Misconfigured(Misconfiguration::NoDeviceEndpoint),
                look,
                canvas,
            );
        },
        TRY_AGAIN,
    ),
    scene(
        "untrusted",
        |look, canvas| {
            let future = Untrusted::IdToken(id_token::Error::FromTheFuture);
            of(End::Untrusted(future), look, canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "not-stored",
        |look, canvas| {
            let file = "/home/ada/.local/state/tenfoot/sessions/default-2f6b1c0d.json";
            of(not_stored(file, ErrorKind::StorageFull), look, canvas);
        },
        TRY_AGAIN,
    ),
];

fn not_stored(file: &str, kind: ErrorKind) -> End {
    End::NotStored(Error::io(Operation::Store, Path::new(file), &kind.into()))
}

fn of(end: End, look: &Look, canvas: Canvas<'_>) {
    show(state(&end).view(look), canvas);
}

fn unreachable(cause: TransportError, look: &Look, canvas: Canvas<'_>) {
    of(
        End::Unreachable(RequestError::new(HOST, cause).into()),
        look,
        canvas,
    );
}

fn refusal(reason: Reason) -> Refusal {
    Refusal {
        reason,
        error: "invalid_client".to_owned(),
        description: Some("Invalid client or Invalid client credentials".to_owned()),
    }
}

/// At a time when somebody has set the clock.
fn state(end: &End) -> State {
    State::new(end, HOST, (START, Timestamp::MAX), 0, 0.5)
}
