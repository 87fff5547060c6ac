//! The part of the window that is drawn in: all of it, or one output where it covers several.

use iced::{Rectangle, Task};

use super::{App, Message, window};
use crate::kiosk::outputs::Outputs;
use crate::ui::{Element, stage};

impl App {
    /// Where in the window everything is drawn, in logical pixels.
    pub(super) fn part(&self) -> Rectangle {
        let wanted = self.display.output.as_deref();
        self.outputs.part(self.size, self.density, wanted)
    }

    /// The outputs are these from now on.
    pub(super) fn outputs_are(&mut self, outputs: Outputs) -> Task<Message> {
        self.outputs = outputs;
        let names: Vec<_> = self.outputs.all.iter().map(|it| it.name.as_str()).collect();
        let names = names.join(", ");
        tracing::info!(outputs = names, "outputs");
        self.keep_to_output()
    }

    /// Goes to the output that the configuration names.
    pub(super) fn keep_to_output(&mut self) -> Task<Message> {
        let wanted = self.display.output.as_deref();
        if wanted.is_some() && self.outputs.named(wanted).is_none() {
            tracing::warn!(output = wanted, "display.output isn't among the outputs");
        }
        let follow = match self.options.windowed {
            None => window::follow(&self.outputs, self.density, wanted),
            Some(_) => Task::none(),
        };
        Task::batch([self.laid_out_in_part(), follow])
    }

    /// Lays everything out for the part of the window that is drawn in, if it is another.
    pub(super) fn laid_out_in_part(&mut self) -> Task<Message> {
        let look = self.looks();
        if look == self.look {
            return Task::none();
        }
        self.look = look;
        self.laid_out_anew()
    }

    /// `shown` in the part of the window that is drawn in.
    pub(super) fn in_part<'a>(&self, shown: Element<'a, Message>) -> Element<'a, Message> {
        stage::within(self.size, self.part(), shown)
    }
}
