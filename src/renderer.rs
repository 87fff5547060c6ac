//! What draws the picture: the processor, or a GPU where the machine has one.
//!
//! A GPU is worth what it costs (time at the start, memory) only if it is one: iced would
//! take any Vulkan driver, those in software too. So it is looked for first, and a driver
//! that failed is not tried at the next start. All of this is in a build with the feature
//! `gpu` alone; without it nothing but the processor draws.

#[cfg(feature = "gpu")]
mod gpu;
pub mod software;

use std::sync::OnceLock;

use crate::config;
use crate::i18n::Phrase;

/// What all screens are drawn with.
#[cfg(feature = "gpu")]
pub type Renderer = iced_renderer::fallback::Renderer<iced_wgpu::Renderer, software::Renderer>;
/// What all screens are drawn with.
#[cfg(not(feature = "gpu"))]
pub type Renderer = software::Renderer;

/// A driver that could draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adapter {
    /// What it calls itself.
    pub name: String,
    /// Whether it is more than a program.
    pub hardware: bool,
}

/// What draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The processor.
    Software,
    /// A GPU, and the processor should that fail.
    Gpu,
}

/// What draws, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What draws.
    pub by: By,
    /// Why.
    pub reason: Phrase,
}

/// What a decision depends on.
pub trait Machine {
    /// Whether this build can draw with a GPU.
    fn is_built(&self) -> bool;
    /// Whether the last start with a GPU didn't get as far as a picture.
    fn failed(&self) -> bool;
    /// Whether there is a device that draws.
    fn has_device(&self) -> bool;
    /// The drivers, which takes some time to find out.
    fn adapters(&self) -> Vec<Adapter>;
}

/// Decides what draws.
#[must_use]
pub fn decide(wanted: config::Renderer, machine: &impl Machine) -> Decision {
    let software = |id: &'static str| Decision {
        by: By::Software,
        reason: Phrase::new(id),
    };
    if wanted == config::Renderer::Software {
        return software("renderer-wanted");
    }
    if !machine.is_built() {
        return software("renderer-not-built");
    }
    if machine.failed() {
        return software("renderer-failed");
    }
    let any = wanted == config::Renderer::Gpu;
    if !any && !machine.has_device() {
        return software("renderer-no-gpu");
    }
    let adapters = machine.adapters();
    match adapters.iter().find(|adapter| adapter.hardware) {
        Some(gpu) => Decision {
            by: By::Gpu,
            reason: Phrase::new("renderer-found").with("name", &gpu.name),
        },
        None if any && !adapters.is_empty() => Decision {
            by: By::Gpu,
            reason: Phrase::new("renderer-wanted"),
        },
        None => software("renderer-no-gpu"),
    }
}

/// What draws on this machine: what was decided at the start of this program, if anything
/// was, else what would be.
#[must_use]
pub fn here(wanted: config::Renderer) -> Decision {
    let decided = DECIDED.get().cloned();
    decided.unwrap_or_else(|| decide(wanted, &This { is_start: false }))
}

/// What was decided at the start.
static DECIDED: OnceLock<Decision> = OnceLock::new();

/// Sees to it that what should draw does. Where that takes another environment, the program
/// begins anew in it: to be called before anything else is begun.
pub fn prepare(wanted: config::Renderer) {
    let decision = decide(wanted, &This { is_start: true });
    let _ = DECIDED.set(decision.clone());
    #[cfg(feature = "gpu")]
    gpu::follow(decision.by);
    let by = match decision.by {
        By::Software => "software",
        By::Gpu => "gpu",
    };
    let reason = decision.reason.to_string();
    if wanted == config::Renderer::Gpu && decision.by == By::Software {
        tracing::warn!(renderer = by, reason, "display.renderer is \"gpu\"");
    } else {
        tracing::info!(renderer = by, reason, "renderer");
    }
}

/// What draws with the processor, where that is what draws.
pub fn software(renderer: &mut Renderer) -> Option<&mut software::Renderer> {
    #[cfg(not(feature = "gpu"))]
    return Some(renderer);
    #[cfg(feature = "gpu")]
    match renderer {
        Renderer::Primary(_) => None,
        Renderer::Secondary(renderer) => Some(renderer),
    }
}

/// To be told of each drawing: the first tells what draws in fact.
pub fn drawn(renderer: &Renderer) {
    #[cfg(feature = "gpu")]
    gpu::drawn(renderer);
    #[cfg(not(feature = "gpu"))]
    let _ = renderer;
}

/// This machine.
struct This {
    /// Whether the decision is about to be followed.
    #[cfg_attr(
        not(feature = "gpu"),
        expect(dead_code, reason = "only a GPU is tried")
    )]
    is_start: bool,
}

#[cfg(not(feature = "gpu"))]
impl Machine for This {
    fn is_built(&self) -> bool {
        false
    }

    fn failed(&self) -> bool {
        false
    }

    fn has_device(&self) -> bool {
        false
    }

    fn adapters(&self) -> Vec<Adapter> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Renderer;

    struct Tv {
        built: bool,
        failed: bool,
        device: bool,
        adapters: &'static [(&'static str, bool)],
    }

    impl Machine for Tv {
        fn is_built(&self) -> bool {
            self.built
        }

        fn failed(&self) -> bool {
            self.failed
        }

        fn has_device(&self) -> bool {
            self.device
        }

        fn adapters(&self) -> Vec<Adapter> {
            assert!(!self.adapters.is_empty(), "asked in vain");
            let adapter = |&(name, hardware): &(&str, bool)| Adapter {
                name: name.to_owned(),
                hardware,
            };
            self.adapters.iter().map(adapter).collect()
        }
    }

    const TV: Tv = Tv {
        built: true,
        failed: false,
        device: true,
        adapters: &[("llvmpipe", false), ("Intel UHD 605", true)],
    };
    const SERVER: Tv = Tv {
        adapters: &[("llvmpipe", false)],
        ..TV
    };

    fn by(wanted: Renderer, machine: &Tv) -> (By, String) {
        let decision = decide(wanted, machine);
        (decision.by, decision.reason.to_string())
    }

    #[test]
    fn auto_takes_a_gpu_only_if_it_is_hardware() {
        let (drawn, reason) = by(Renderer::Auto, &TV);
        assert_eq!(drawn, By::Gpu);
        assert!(reason.contains("Intel UHD 605"), "{reason}");
        assert_eq!(by(Renderer::Auto, &SERVER).0, By::Software);
    }

    #[test]
    fn drivers_are_not_asked_where_no_device_is() {
        let none = Tv {
            device: false,
            adapters: &[],
            ..TV
        };
        assert_eq!(by(Renderer::Auto, &none).0, By::Software);
    }

    #[test]
    fn who_asks_for_a_gpu_gets_any_driver_and_who_asks_for_software_none() {
        assert_eq!(by(Renderer::Gpu, &SERVER).0, By::Gpu);
        assert_eq!(by(Renderer::Software, &TV).0, By::Software);
    }

    #[test]
    fn a_gpu_that_failed_is_not_tried_again_and_a_build_without_has_none() {
        let failed = Tv { failed: true, ..TV };
        let built = Tv { built: false, ..TV };
        for wanted in [Renderer::Auto, Renderer::Gpu] {
            assert_eq!(by(wanted, &failed).0, By::Software);
            assert_eq!(by(wanted, &built).0, By::Software);
            assert_ne!(by(wanted, &failed).1, by(wanted, &built).1);
        }
    }
}
