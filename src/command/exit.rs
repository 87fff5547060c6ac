//! How the program ends.

use std::fmt;
use std::process::{ExitCode, Termination};

use super::output;
use crate::channel;
use crate::oauth::flow::End;
use crate::session::{store, token_manager};

/// What the program says to whoever started it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything asked for is done.
    Done = 0,
    /// Something else went wrong, or the person cancelled.
    Failed = 1,
    /// The command line or the configuration is wrong.
    Usage = 2,
    /// Nobody is signed in.
    NotSignedIn = 3,
    /// The sign-in was declined, or its code ran out.
    NotApproved = 4,
    /// The provider, the API or the network failed.
    Provider = 5,
    /// A kiosk was left through its service menu: nobody wants it to be started again.
    LeftByService = 10,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        self.into()
    }
}

/// What came of a command.
pub(super) type Outcome = Result<(), Failure>;

/// Why a command did not do what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    /// For a person; none where all is said already.
    words: Option<String>,
}

impl Failure {
    pub(super) fn new(exit: Exit, words: impl fmt::Display) -> Self {
        Self {
            exit,
            words: Some(words.to_string()),
        }
    }

    /// For a failure whose words were printed before.
    pub(super) const fn said(exit: Exit) -> Self {
        Self { exit, words: None }
    }

    /// Says it on stderr.
    pub(super) fn tell(&self) {
        if let Some(words) = &self.words {
            output::note(&format!("tenfoot: {words}"));
        }
    }
}

impl From<&End> for Exit {
    fn from(end: &End) -> Self {
        match end {
            End::Expired | End::Denied { .. } => Self::NotApproved,
            End::NoCode(refusal) | End::Refused(refusal) if refusal.is_about_configuration() => {
                Self::Usage
            }
            End::Misconfigured(why) if !why.is_providers_fault() => Self::Usage,
            End::AnswerLost
            | End::NoCode(_)
            | End::Refused(_)
            | End::Misconfigured(_)
            | End::Unreachable(_)
            | End::Untrusted(_) => Self::Provider,
            End::NotStored(_) => Self::Failed,
        }
    }
}

impl From<channel::Error> for Failure {
    fn from(error: channel::Error) -> Self {
        let exit = match &error {
            channel::Error::SignedOut(_)
            | channel::Error::NotAccepted {
                can_renew: false, ..
            } => Exit::NotSignedIn,
            channel::Error::NotStored(_) => Exit::Failed,
            channel::Error::Forbidden { .. }
            | channel::Error::NotAccepted {
                can_renew: true, ..
            }
            | channel::Error::Busy { .. }
            | channel::Error::Unreachable(_)
            | channel::Error::Unusable(_) => Exit::Provider,
        };
        Self::new(exit, error)
    }
}

impl From<token_manager::Error> for Failure {
    fn from(error: token_manager::Error) -> Self {
        let exit = match &error {
            token_manager::Error::Over(_) => Exit::NotSignedIn,
            token_manager::Error::NotRenewed(_) => Exit::Provider,
            token_manager::Error::NotStored(_) => Exit::Failed,
        };
        Self::new(exit, error)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::new(Exit::Failed, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::error::{Misconfiguration, Reason, Refusal};

    #[test]
    fn a_refusal_and_an_expiry_are_not_the_providers_failure() {
        assert_eq!(Exit::from(&End::Expired), Exit::NotApproved);
        assert_eq!(
            Exit::from(&End::Denied { description: None }),
            Exit::NotApproved
        );
        assert_eq!(
            Exit::from(&End::Unreachable(
                crate::web::RequestError::new("acme.example", crate::web::TransportError::CutOff)
                    .into()
            )),
            Exit::Provider
        );
        assert_eq!(
            Exit::from(&End::Misconfigured(Misconfiguration::NoDeviceEndpoint)),
            Exit::Usage
        );
    }

    #[test]
    fn a_401_asks_for_a_sign_in_where_nothing_can_renew_the_token() {
        let exit = |can_renew| {
            Failure::from(channel::Error::NotAccepted {
                can_renew,
                message: None,
            })
            .exit
        };

        assert_eq!(exit(false), Exit::NotSignedIn);
        assert_eq!(exit(true), Exit::Provider);
    }

    #[test]
    fn an_answer_that_holds_no_code_is_the_providers_failure() {
        for why in [
            Misconfiguration::NoCode,
            Misconfiguration::UntypeableCode,
            Misconfiguration::UnusableVerificationUri,
        ] {
            assert_eq!(Exit::from(&End::Misconfigured(why)), Exit::Provider);
        }
    }

    #[test]
    fn a_refusal_that_a_setting_here_can_change_is_a_usage_error() {
        let refused = |reason| {
            End::NoCode(Refusal {
                reason,
                error: "e".to_owned(),
                description: None,
            })
        };

        assert_eq!(Exit::from(&refused(Reason::UnknownClient)), Exit::Usage);
        assert_eq!(Exit::from(&refused(Reason::PkceRequired)), Exit::Usage);
        assert_eq!(Exit::from(&refused(Reason::Other)), Exit::Provider);
        assert_eq!(Exit::from(&End::AnswerLost), Exit::Provider);
    }
}
