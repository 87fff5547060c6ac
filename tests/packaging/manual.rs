//! The manual page: what clap knows, the commands below each other, and the rest as it is
//! written by hand.

use std::fmt::Write;

use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use tenfoot::cli::Cli;

/// A command that can be run.
pub(crate) struct Runnable {
    /// All its words, as in "config check".
    pub(crate) name: String,
    pub(crate) command: Command,
}

/// The whole page; `rest` are the sections that nothing here knows.
pub(crate) fn page(rest: &str) -> String {
    let man = Man::new(Cli::command()).manual("User Commands").date("");
    let mut made = Vec::new();
    man.render_title(&mut made).unwrap();
    man.render_name_section(&mut made).unwrap();
    man.render_synopsis_section(&mut made).unwrap();
    man.render_description_section(&mut made).unwrap();
    man.render_options_section(&mut made).unwrap();
    let mut page = String::from_utf8(made).unwrap();
    page.push_str(".SH COMMANDS\n");
    for command in commands(&Cli::command()) {
        describe(&mut page, &command);
    }
    page.push_str(rest);
    page
}

/// Every command that isn't only a word before others.
pub(crate) fn commands(program: &Command) -> Vec<Runnable> {
    let mut found = Vec::new();
    collect(program, "", &mut found);
    found
}

fn collect(above: &Command, words: &str, found: &mut Vec<Runnable>) {
    let help = |command: &&Command| command.get_name() != "help" && !command.is_hide_set();
    for command in above.get_subcommands().filter(help) {
        let name = format!("{words}{}", command.get_name());
        if command.is_subcommand_required_set() {
            collect(command, &format!("{name} "), found);
        } else {
            let command = command.clone();
            found.push(Runnable { name, command });
        }
    }
}

fn describe(page: &mut String, Runnable { name, command }: &Runnable) {
    let own = || {
        let wanted = |argument: &&Arg| {
            let id = argument.get_id();
            id != "help" && id != "version" && !argument.is_hide_set()
        };
        command.get_arguments().filter(wanted)
    };
    write!(page, ".TP\n.B {}", escaped(name)).unwrap();
    for argument in own() {
        write!(page, " {}", escaped(&usage(argument))).unwrap();
    }
    let about = command.get_long_about().or_else(|| command.get_about());
    writeln!(page, "\n{}.", escaped(&about.unwrap().to_string())).unwrap();
    for argument in own() {
        let help = argument.get_long_help().or_else(|| argument.get_help());
        writeln!(
            page,
            ".RS\n.TP\n.B {}\n{}.\n.RE",
            escaped(&named(argument)),
            escaped(&help.map(ToString::to_string).unwrap_or_default())
        )
        .unwrap();
    }
}

fn usage(argument: &Arg) -> String {
    if argument.is_positional() {
        named(argument)
    } else {
        format!("[{}]", named(argument))
    }
}

fn named(argument: &Arg) -> String {
    let value = || {
        let values = argument.get_value_names().unwrap_or_default();
        values.first().map_or("VALUE", |name| name.as_str())
    };
    match argument.get_long() {
        Some(long) if argument.get_action().takes_values() => format!("--{long} {}", value()),
        Some(long) => format!("--{long}"),
        None => value().to_owned(),
    }
}

/// As troff shows it to the letter.
pub(crate) fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    let line = |line: &str| {
        if line.starts_with(['.', '\'']) {
            format!("\\&{line}")
        } else {
            line.to_owned()
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
