//! What a picture costs after a key: the key, the screen that is built from it, its layout,
//! and the pixels that have changed. No window is opened, so nothing is handed to a display.
//!
//! `cargo run --release --example frames` prints medians and the slowest of a hundred, and
//! how much of the screen is painted; with `--json` the same for programs. `--only WORD` and
//! `--steps N` are for profilers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a tool for developers may fail loudly"
)]

#[allow(dead_code, reason = "each program uses a part of it")]
mod television;

use std::time::{Duration, Instant};

use television::{START, Tv, filled, pending, run};
use tenfoot::screen::{code, signed_in};
use tenfoot::ui::keys::Press;

/// The sizes that are measured.
const SIZES: [(u32, u32); 2] = [(1920, 1080), (3840, 2160)];

fn main() {
    television::load_fonts();
    let words: Vec<String> = std::env::args().collect();
    let after = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1).cloned()
    };
    let only = after("--only").unwrap_or_default();
    let steps = after("--steps").map_or(100, |steps| steps.parse().unwrap());
    let json = words.iter().any(|word| word == "--json");
    let mut figures = Vec::new();
    for size in SIZES {
        for kind in ["cards", "list", "table", "code"] {
            let name = format!("{kind} {}", size.1);
            if name.contains(&only) {
                figures.push((name, measured(kind, size, steps)));
            }
        }
    }
    if json {
        let figures = figures
            .iter()
            .map(|(name, figures)| (name.clone(), figures.json()));
        let figures: serde_json::Map<_, _> = figures.collect();
        println!("{}", serde_json::Value::Object(figures));
        return;
    }
    println!(
        "{:12} {:>10} {:>10} {:>10} {:>8}",
        "", "median", "99 %", "longest", "painted"
    );
    for (name, figures) in figures {
        let [median, late, longest] = [50, 99, 100].map(|part| figures.time(part));
        let share = figures.painted() * 100.0;
        println!("{name:12} {median:>10.1?} {late:>10.1?} {longest:>10.1?} {share:>7.2}%");
    }
}

/// What steps took, and which part of the screen was painted.
struct Figures {
    times: Vec<Duration>,
    parts: Vec<f64>,
}

impl Figures {
    /// The time that so many of a hundred steps take at most.
    fn time(&self, part: usize) -> Duration {
        let mut times = self.times.clone();
        times.sort();
        times[(times.len() * part / 100).min(times.len() - 1)]
    }

    /// The median part of the screen.
    fn painted(&self) -> f64 {
        let mut parts = self.parts.clone();
        parts.sort_by(f64::total_cmp);
        parts[parts.len() / 2]
    }

    fn json(&self) -> serde_json::Value {
        let ms = |part| self.time(part).as_secs_f64() * 1000.0;
        serde_json::json!({
            "median_ms": ms(50),
            "late_ms": ms(99),
            "longest_ms": ms(100),
            "painted": self.painted(),
        })
    }
}

fn measured(kind: &str, size: (u32, u32), steps: u32) -> Figures {
    let mut tv = Tv::new(size);
    if kind == "code" {
        return ticks(&mut tv, steps);
    }
    let look = tv.look;
    let mut state = filled(kind, 500, &look);
    let _ = tv.shown(state.view(&look));
    let mut figures = Figures {
        times: Vec::new(),
        parts: Vec::new(),
    };
    for number in 0..steps {
        let press = match (kind, number % 10) {
            ("cards", 0..=3) => Press::Right,
            ("cards", 5..=8) => Press::Left,
            _ if number < steps / 2 => Press::Down,
            _ => Press::Up,
        };
        let began = Instant::now();
        let action = state.update(signed_in::Message::Press(press), &look);
        let part = tv.shown(state.view(&look));
        figures.times.push(began.elapsed());
        figures.parts.push(part.painted);
        if let signed_in::Action::Run(task) = action {
            run(&mut state, task, &look);
        }
        // Pictures that have come, and the end of what moves.
        let _ = tv.shown(state.view(&look));
        tv.now += Duration::from_secs(1);
        let _ = tv.shown(state.view(&look));
    }
    figures
}

fn ticks(tv: &mut Tv, steps: u32) -> Figures {
    let mut figures = Figures {
        times: Vec::new(),
        parts: Vec::new(),
    };
    let look = tv.look;
    let mut state = code::State::new(pending(), &look);
    let _ = tv.shown(state.view(&look));
    for number in 1..=steps {
        tv.now += Duration::from_secs(1);
        let now = START + Duration::from_secs(number.into());
        let began = Instant::now();
        let _ = state.update(code::Message::Tick(now));
        let part = tv.shown(state.view(&look));
        figures.times.push(began.elapsed());
        figures.parts.push(part.painted);
    }
    figures
}
