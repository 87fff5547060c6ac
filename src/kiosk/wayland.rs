//! The Wayland compositor's outputs, asked by a connection of our own (`zxdg_output_manager_v1`).

use std::error::Error;

use wayland_client::globals::{GlobalListContents, registry_queue_init};
use wayland_client::protocol::wl_output::{self, WlOutput};
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::{ConnectError, Connection, Dispatch, Proxy as _, QueueHandle, delegate_noop};
use wayland_protocols::xdg::xdg_output::zv1::client::zxdg_output_manager_v1::ZxdgOutputManagerV1 as Manager;
use wayland_protocols::xdg::xdg_output::zv1::client::zxdg_output_v1::{
    Event as Told, ZxdgOutputV1 as Described,
};

use super::outputs::{Output, Outputs};

/// Tells where the outputs are, from left to right, now and after each change of that, until the
/// compositor is gone or `tell` says that nobody listens any more. Blocks.
pub fn outputs(tell: impl Fn(Outputs) -> bool) {
    if let Err(why) = watch(tell) {
        tracing::debug!(%why, "changes of the compositor's outputs aren't heard of");
    }
}

/// Whether the library that speaks to a compositor is there.
#[must_use]
pub fn has_library() -> bool {
    !matches!(
        Connection::connect_to_env(),
        Err(ConnectError::NoWaylandLib)
    )
}

fn watch(tell: impl Fn(Outputs) -> bool) -> Result<(), Box<dyn Error>> {
    let connection = Connection::connect_to_env()?;
    let (globals, mut queue) = registry_queue_init::<Known>(&connection)?;
    let handle = queue.handle();
    // Names came with the second version.
    let manager: Manager = globals.bind(&handle, 2..=3, ())?;
    let mut known = Known {
        manager,
        outputs: Vec::new(),
    };
    for global in globals.contents().clone_list() {
        if global.interface == WlOutput::interface().name {
            known.add(globals.registry(), global.name, global.version, &handle);
        }
    }
    let mut before = Outputs::default();
    loop {
        let _ = queue.roundtrip(&mut known)?;
        let outputs = known.outputs();
        if !outputs.all.is_empty() && outputs != before {
            before.clone_from(&outputs);
            if !tell(outputs) {
                return Ok(());
            }
        }
        let _ = queue.blocking_dispatch(&mut known)?;
    }
}

/// What the compositor has told.
struct Known {
    manager: Manager,
    outputs: Vec<Entry>,
}

/// An output, and the number that it goes by.
struct Entry {
    number: u32,
    output: WlOutput,
    described: Described,
    told: Output,
}

impl Known {
    fn add(
        &mut self,
        registry: &WlRegistry,
        number: u32,
        version: u32,
        events: &QueueHandle<Self>,
    ) {
        let output = registry.bind::<WlOutput, _, _>(number, version.min(3), events, ());
        let described = self.manager.get_xdg_output(&output, events, number);
        self.outputs.push(Entry {
            number,
            output,
            described,
            told: Output {
                name: String::new(),
                x: 0,
                y: 0,
                width: 0,
                height: 0,
            },
        });
    }

    fn remove(&mut self, number: u32) {
        self.outputs.retain(|entry| {
            let stays = entry.number != number;
            if !stays {
                entry.described.destroy();
                if entry.output.version() >= wl_output::REQ_RELEASE_SINCE {
                    entry.output.release();
                }
            }
            stays
        });
    }

    fn outputs(&self) -> Outputs {
        let all = self.outputs.iter().map(|entry| &entry.told);
        let mut all: Vec<Output> = all.filter(|it| it.width > 0).cloned().collect();
        all.sort_by_key(|output| (output.x, output.y));
        Outputs {
            all,
            physical: false,
        }
    }
}

impl Dispatch<WlRegistry, GlobalListContents> for Known {
    fn event(
        known: &mut Self,
        registry: &WlRegistry,
        event: wl_registry::Event,
        _: &GlobalListContents,
        _: &Connection,
        events: &QueueHandle<Self>,
    ) {
        if let wl_registry::Event::Global {
            name,
            interface,
            version,
        } = &event
            && *interface == WlOutput::interface().name
        {
            known.add(registry, *name, *version, events);
        } else if let wl_registry::Event::GlobalRemove { name } = event {
            known.remove(name);
        }
    }
}

impl Dispatch<Described, u32> for Known {
    fn event(
        known: &mut Self,
        _: &Described,
        event: Told,
        number: &u32,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        let Some(entry) = known.outputs.iter_mut().find(|it| it.number == *number) else {
            return;
        };
        let told = &mut entry.told;
        if let Told::LogicalPosition { x, y } = event {
            (told.x, told.y) = (x, y);
        } else if let Told::LogicalSize { width, height } = event {
            (told.width, told.height) = (width.max(0).unsigned_abs(), height.max(0).unsigned_abs());
        } else if let Told::Name { name } = event {
            told.name = name;
        }
    }
}

// What it says of itself is told better by the other.
delegate_noop!(Known: ignore WlOutput);
delegate_noop!(Known: Manager);
