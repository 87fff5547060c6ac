//! `tenfoot fetch`: one call with the stored session, its body as it came; on a
//! terminal without what would steer it.

use std::collections::HashSet;

use super::exit::{Exit, Failure, Outcome};
use super::{channels, output, setup};
use crate::channel::NextPage;
use crate::cli::{self, Options};
use crate::clock::SharedClock;

pub(super) async fn run(options: &Options, what: &cli::Fetch, clock: SharedClock) -> Outcome {
    let setup = setup(options, &clock)?;
    let channel = channels::find(&setup.config.channels, &what.channel)?;
    let flow = setup.flow_of(&setup.profile());
    let Some(session) = flow.restore().await? else {
        return Err(Failure::new(
            Exit::NotSignedIn,
            "Nobody is signed in. Run `tenfoot sign-in` first.",
        ));
    };
    let keeper = flow.keeper(session);

    let mut page: Option<NextPage> = None;
    // A service may lead in a circle.
    let mut asked = HashSet::from([NextPage::from(channel.url.url().clone())]);
    for number in 1..=what.page {
        let response = setup
            .channels
            .fetch(channel, page.as_ref(), &keeper)
            .await?;
        if number == what.page {
            output::body(&response.body)?;
            return response.reports.map_or(Ok(()), |why| Err(why.into()));
        }
        page = response.next.filter(|next| asked.insert(next.clone()));
        if page.is_none() {
            // Not that there is no other page.
            if let Some(why) = response.unread {
                return Err(why.into());
            }
            let pages = if number == 1 {
                "1 page".to_owned()
            } else {
                format!("{number} pages")
            };
            return Err(Failure::new(
                Exit::Failed,
                format!("“{}” has only {pages}.", channel.name),
            ));
        }
    }
    Ok(())
}
