//! The program: reads the command line and calls one function of the library.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use tenfoot::cli::Cli;

fn main() -> ExitCode {
    let cli = Cli::read();
    let variable = std::env::var("TENFOOT_LOG").ok();
    match cli.options.log_filter(variable.as_deref()) {
        Ok(filter) => tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(io::stderr)
            .with_ansi(io::stderr().is_terminal())
            .init(),
        Err(wrong) => Cli::refuse(wrong),
    }
    tenfoot::command::run(cli).into()
}
