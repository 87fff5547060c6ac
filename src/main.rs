//! The program: reads the command line and calls one function of the library.

use std::process::ExitCode;

use tenfoot::cli::Cli;

fn main() -> ExitCode {
    let cli = Cli::read();
    let variable = std::env::var("TENFOOT_LOG").ok();
    match cli.options.log_filter(variable.as_deref()) {
        Ok(filter) => tenfoot::log::start(filter),
        Err(wrong) => Cli::refuse(wrong),
    }
    tenfoot::command::run(cli).into()
}
