//! Every command: reads its arguments, speaks to the API, writes for people or programs.

mod agreement;
mod backup;
mod card;
mod courier;
mod doctor;
mod group;
mod init;
mod keeping;
mod lines;
mod manage;
mod matching;
mod names;
mod partners;
mod people;
mod records;
mod register;
mod send;
mod statistics;
mod up;
mod uses;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use up::stop_signal;

use crate::args::{CardCommand, Cli, Command, Common, RegisterCommand};
use crate::client::{Call, Client};
use crate::failure::{self, Failure};
use crate::files::DataDir;

/// Runs one command.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let Cli { common, command } = cli;
    match command {
        Command::Init(args) => init::run(&common, args).await?,
        Command::Verify(args) => verify::run(&common, &args)?,
        Command::Register(RegisterCommand::Verify {
            package,
            own,
            cards,
        }) => register::verify(&common, &package, &own, &cards)?,
        Command::Match(command) => matching::run(&common, &command)?,
        Command::Names(command) => names::run(&common, &command)?,
        Command::Openapi => print!("{}", passerelle_api::openapi()),
        Command::Up(args) => up::run(&common, &args).await?,
        Command::Doctor => return doctor::run(&common).await,
        Command::Backup(args) if args.check.is_some() => {
            let file = args.check.clone().unwrap_or_default();
            backup::check(&common, &file, &args.key).await?;
        }
        Command::Restore(args) => backup::restore(&common, &args).await?,
        Command::Demo(args) => return crate::demo::run(args).await,
        Command::Overdue => return keeping::overdue(&context(&common).await?).await,
        command => with_client(&common, command).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn context(common: &Common) -> anyhow::Result<Context<'_>> {
    let data = data_dir(common)?;
    let client = Client::for_data(&data, common.passphrase_file.as_deref()).await?;
    Ok(Context { client, common })
}

async fn with_client(common: &Common, command: Command) -> anyhow::Result<()> {
    let ctx = context(common).await?;
    match command {
        Command::Card(args) => match args.command {
            Some(CardCommand::Rotate { address }) => card::rotate(&ctx, address).await?,
            None => card::show(&ctx, args.words.as_deref(), args.out.as_deref()).await?,
        },
        Command::Pair(args) => partners::pair(&ctx, &args).await?,
        Command::Partners => partners::list(&ctx).await?,
        Command::Agreement(command) => agreement::run(&ctx, command).await?,
        Command::Send(args) => send::run(&ctx, *args).await?,
        Command::Recall(args) => send::recall(&ctx, args).await?,
        Command::Inbox(args) => records::inbox(&ctx, &args).await?,
        Command::Outbox(args) => records::outbox(&ctx, &args).await?,
        Command::Show(args) => records::show(&ctx, &args).await?,
        Command::Why { id } => records::why(&ctx, &id).await?,
        Command::Receipt(args) => records::receipt(&ctx, &args).await?,
        Command::Courier(command) => courier::run(&ctx, command).await?,
        Command::Register(command) => register::run(&ctx, command).await?,
        Command::Group(args) => group::run(&ctx, *args).await?,
        Command::Keep => keeping::keep(&ctx).await?,
        Command::Review(command) => keeping::review(&ctx, command).await?,
        Command::Holds { limit } => keeping::holds(&ctx, limit).await?,
        Command::Frozen { limit } => keeping::frozen(&ctx, limit).await?,
        Command::Uses(command) => uses::run(&ctx, command).await?,
        Command::Processing => keeping::processing(&ctx).await?,
        Command::Backup(args) => backup::make(&ctx, &args).await?,
        Command::Tokens(command) => manage::tokens(&ctx, command).await?,
        Command::People(command) => people::run(&ctx, command).await?,
        Command::Policy(command) => people::policy(&ctx, command).await?,
        Command::Statistics(args) => statistics::run(&ctx, &args).await?,
        Command::Alarms => manage::alarms(&ctx).await?,
        Command::Resume { party, alarm } => manage::resume(&ctx, &party, &alarm).await?,
        // Treated by `run`: they need no node, make, run or examine one, or have a code of theirs.
        Command::Init(_)
        | Command::Match(_)
        | Command::Verify(_)
        | Command::Names(_)
        | Command::Openapi
        | Command::Up(_)
        | Command::Doctor
        | Command::Overdue
        | Command::Restore(_)
        | Command::Demo(_) => {}
    }
    Ok(())
}

/// What commands on a node share.
pub(crate) struct Context<'a> {
    /// The door to the node.
    pub(crate) client: Client,
    /// Options of all commands.
    pub(crate) common: &'a Common,
}

impl Context<'_> {
    /// Calls and reads the answer; with `--json` prints it instead and gives none.
    pub(crate) async fn fetch<T: DeserializeOwned>(
        &self,
        call: Call,
    ) -> Result<Option<T>, Failure> {
        if !self.common.json {
            return Ok(Some(call.json(&self.client).await?));
        }
        let text = call.text(&self.client).await?;
        println!("{}", text.trim_end());
        Ok(None)
    }
}

/// The folder the command is about. `E_USAGE` where none is named.
pub(crate) fn data_dir(common: &Common) -> Result<DataDir, Failure> {
    match &common.data {
        Some(path) => Ok(DataDir::new(path)),
        None => Err(Failure::usage(
            "say where the node's data is: --data DIR or PASSERELLE_DATA",
        )),
    }
}

/// Prints JSON for programs.
pub(crate) fn print_json(value: &impl Serialize) {
    println!("{}", serde_json::to_string(value).unwrap_or_default());
}

/// Writes text to a new file, or to standard output.
pub(crate) fn write_out(text: &str, out: Option<&PathBuf>) -> Result<(), Failure> {
    use std::io::Write as _;
    let stdout = Path::new("-");
    match out {
        Some(path) if path != stdout => crate::files::create(path, text.as_bytes()),
        _ => {
            let mut out = std::io::stdout().lock();
            let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
            written.map_err(|error| failure::io(stdout, &error))
        }
    }
}
