//! How a GPU is found, tried and given up.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use iced::wgpu;

use super::{Adapter, By, Machine, Renderer, This};
use crate::paths;
use crate::storage::private;

/// iced's own choice, which it takes from the environment alone.
const VARIABLE: &str = "ICED_BACKEND";
const SOFTWARE: &str = "tiny-skia";
/// Where the kernel offers what draws. Nothing is asked of drivers where it has none.
const DEVICES: &str = "/dev/dri";
const DEVICE: &str = "renderD";

impl Machine for This {
    fn is_built(&self) -> bool {
        true
    }

    fn failed(&self) -> bool {
        mark().is_some_and(|mark| mark.exists())
    }

    fn has_device(&self) -> bool {
        fs::read_dir(DEVICES).is_ok_and(|devices| {
            let mut names = devices.flatten().map(|device| device.file_name());
            names.any(|name| name.to_string_lossy().starts_with(DEVICE))
        })
    }

    fn adapters(&self) -> Vec<Adapter> {
        // A driver that looks at the display would use the socket up that a compositor left.
        if std::env::var_os("WAYLAND_SOCKET").is_some() {
            return Vec::new();
        }
        // A driver may fail as soon as it is asked.
        if self.is_start {
            leave_mark();
        }
        let instance = wgpu::Instance::new(&wgpu::InstanceDescriptor {
            flags: wgpu::InstanceFlags::empty(),
            ..wgpu::InstanceDescriptor::default()
        });
        let found = instance.enumerate_adapters(wgpu::Backends::all());
        let adapter = |info: wgpu::AdapterInfo| Adapter {
            hardware: is_hardware(info.device_type),
            name: format!("{} ({})", info.name, info.backend),
        };
        found
            .iter()
            .map(|found| adapter(found.get_info()))
            .collect()
    }
}

/// A virtual machine's GPU is passed on from a real one.
const fn is_hardware(device: wgpu::DeviceType) -> bool {
    match device {
        wgpu::DeviceType::IntegratedGpu
        | wgpu::DeviceType::DiscreteGpu
        | wgpu::DeviceType::VirtualGpu => true,
        wgpu::DeviceType::Cpu | wgpu::DeviceType::Other => false,
    }
}

/// Lies beside the cache from a start with a GPU until it has drawn for a while.
fn mark() -> Option<PathBuf> {
    Some(paths::cache_dir().ok()?.join("gpu-tried"))
}

/// Whether a GPU is to draw.
static WANTED: AtomicBool = AtomicBool::new(false);

/// Whether the mark is this start's.
static LEFT: AtomicBool = AtomicBool::new(false);

/// Draws so from now on.
pub(super) fn follow(by: By) {
    if by == By::Software && LEFT.swap(false, Ordering::Relaxed) {
        // No driver failed.
        let _ = mark().map(fs::remove_file);
    }
    match by {
        By::Gpu => WANTED.store(true, Ordering::Relaxed),
        By::Software if std::env::var_os(VARIABLE).as_deref() == Some(OsStr::new(SOFTWARE)) => {}
        By::Software => begin_anew(),
    }
}

/// Until something has been drawn for a while.
fn leave_mark() {
    let Some(mark) = mark() else {
        return;
    };
    let kept = mark.parent().map_or(Ok(()), private::make_base);
    match kept.and_then(|()| private::put(&mark, &[])) {
        Ok(()) => LEFT.store(true, Ordering::Relaxed),
        Err(why) => tracing::warn!("a failure of the GPU won’t be noted: {why}"),
    }
}

fn begin_anew() {
    let mut words = std::env::args_os();
    let name = words.next().unwrap_or_default();
    let error = std::env::current_exe().map(|program| {
        Command::new(program)
            .arg0(name)
            .args(words)
            .env(VARIABLE, SOFTWARE)
            .exec()
    });
    let (Ok(error) | Err(error)) = error;
    tracing::warn!("whatever iced finds draws: {error}");
}

/// Tells what draws in fact, and that it does.
pub(super) fn drawn(renderer: &Renderer) {
    /// What it takes for a driver to fail.
    const A_WHILE: Duration = Duration::from_secs(3);
    static FIRST: Once = Once::new();
    FIRST.call_once(|| {
        match renderer {
            Renderer::Primary(_) => tracing::info!(renderer = "gpu", "drawing"),
            Renderer::Secondary(_) if WANTED.load(Ordering::Relaxed) => {
                let reason = "the GPU’s driver doesn’t take the window";
                tracing::warn!(renderer = "software", reason, "drawing");
            }
            Renderer::Secondary(_) => tracing::info!(renderer = "software", "drawing"),
        }
        // A mark that isn't there costs nothing to remove, and to look for it takes the disk.
        if let Some(mark) = mark() {
            drop(std::thread::spawn(move || {
                std::thread::sleep(A_WHILE);
                let _ = fs::remove_file(mark);
            }));
        }
    });
}
