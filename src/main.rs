//! The program: reads the command line and calls one function of the library.

use std::process::ExitCode;

use tenfoot::cli::Cli;

fn main() -> ExitCode {
    let forbidden = tenfoot::core_dump::forbid();
    let cli = Cli::read();
    let variable = std::env::var("TENFOOT_LOG").ok();
    match cli.options.log_filter(variable.as_deref()) {
        Ok(filter) => tenfoot::log::start(filter),
        Err(wrong) => Cli::refuse(wrong),
    }
    if let Err(why) = forbidden {
        tracing::warn!(%why, "a crash may write secrets to the disk");
    }
    tenfoot::command::run(cli).into()
}
