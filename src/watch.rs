//! Tells when a file, or what lies beside it, may have changed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

/// Editors write a file in several steps; so long after the last of them it is read.
const QUIET: Duration = Duration::from_millis(300);

/// Watches places of the file system, by the kernel's own notices: nothing is asked for
/// again and again.
#[derive(Debug)]
pub struct Watch {
    places: Vec<PathBuf>,
    notices: mpsc::Receiver<()>,
    watcher: Option<RecommendedWatcher>,
    watched: Vec<PathBuf>,
}

impl Watch {
    /// Watches these directories, and those above them as long as they don't exist. Where
    /// the system has no notices left, that is logged and nothing is told.
    #[must_use]
    pub fn new(places: Vec<PathBuf>) -> Self {
        let (sender, notices) = mpsc::channel(1);
        let told = move |event: notify::Result<Event>| {
            // A notice that waits already stands for this one as well.
            if event.is_ok_and(|event| is_change(&event)) {
                let _ = sender.try_send(());
            }
        };
        let watcher = notify::recommended_watcher(told);
        if let Err(error) = &watcher {
            tracing::warn!(%error, "changes of the configuration are not noticed");
        }
        let mut watch = Self {
            places,
            notices,
            watcher: watcher.ok(),
            watched: Vec::new(),
        };
        watch.look_around();
        watch
    }

    /// Waits for something to change, and for the change to be over.
    pub async fn changed(&mut self) {
        self.noticed().await;
        self.look_around();
    }

    /// The same without looking around for what has come since, which takes the disk: see
    /// [`Watch::looked_around`].
    pub async fn noticed(&mut self) {
        if self.watcher.is_none() || self.notices.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
        while let Ok(Some(())) = tokio::time::timeout(QUIET, self.notices.recv()).await {}
    }

    /// Watches what is there by now of the places. Blocks.
    #[must_use]
    pub fn looked_around(mut self) -> Self {
        self.look_around();
        self
    }

    /// Watches what is there by now of the places.
    fn look_around(&mut self) {
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        let wanted: Vec<PathBuf> = self.places.iter().filter_map(|it| existing(it)).collect();
        for gone in self.watched.iter().filter(|it| !wanted.contains(it)) {
            let _ = watcher.unwatch(gone);
        }
        // What was removed and made anew is watched anew, too.
        self.watched = wanted;
        self.watched.dedup();
        for place in &self.watched {
            if let Err(error) = watcher.watch(place, RecursiveMode::NonRecursive) {
                tracing::debug!(place = %place.display(), %error, "can't be watched");
            }
        }
    }
}

/// Reading is none.
fn is_change(event: &Event) -> bool {
    !event.kind.is_access()
}

/// The directory, or the nearest one above it that exists.
fn existing(place: &Path) -> Option<PathBuf> {
    let there = place.ancestors().find(|above| above.is_dir());
    there.map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn notices(watch: &mut Watch) {
        let patience = Duration::from_secs(20);
        let noticed = tokio::time::timeout(patience, watch.changed()).await;
        assert!(noticed.is_ok(), "nothing was noticed");
    }

    #[tokio::test]
    async fn a_file_that_is_written_replaced_or_removed_is_noticed() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("config.toml");
        let mut watch = Watch::new(vec![directory.path().to_owned()]);

        std::fs::write(&file, "one").unwrap();
        notices(&mut watch).await;
        let beside = directory.path().join("new");
        std::fs::write(&beside, "two").unwrap();
        std::fs::rename(&beside, &file).unwrap();
        notices(&mut watch).await;
        std::fs::remove_file(&file).unwrap();
        notices(&mut watch).await;
    }

    #[tokio::test]
    async fn a_directory_that_comes_later_is_watched_from_then_on() {
        let directory = tempfile::tempdir().unwrap();
        let place = directory.path().join("tenfoot");
        let mut watch = Watch::new(vec![place.clone()]);

        std::fs::create_dir(&place).unwrap();
        notices(&mut watch).await;
        std::fs::write(place.join("config.toml"), "one").unwrap();
        notices(&mut watch).await;
    }

    #[test]
    fn reading_is_no_change() {
        use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
        let opened = EventKind::Access(AccessKind::Open(AccessMode::Read));
        assert!(!is_change(&Event::new(opened)));
        assert!(is_change(&Event::new(EventKind::Modify(ModifyKind::Any))));
    }
}
