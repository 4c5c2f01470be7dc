//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use passerelle_model::{
    Address, Country, Lang, Name, PartyId, RecordId, RefusalReason, Side, UnitId,
};
use passerelle_service::view::Scope;

pub(crate) use crate::args_agreement::AgreementCommand;
pub(crate) use crate::args_group::GroupArgs;
pub(crate) use crate::args_keeping::{ReviewCommand, UsesCommand};
pub(crate) use crate::args_matching::MatchCommand;
pub(crate) use crate::args_names::{CompareArgs, NamesCommand};
pub(crate) use crate::args_people::{PeopleCommand, PolicyCommand, StatisticsArgs};
pub(crate) use crate::args_register::RegisterCommand;
pub(crate) use crate::args_send::SendArgs;

/// Passerelle lets administrations of different states exchange records without a shared
/// server: signed, sealed, and with a receipt for each that anyone can verify.
#[derive(Debug, Parser)]
#[command(name = "passerelle", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Data folder of the node.
    #[arg(long, global = true, env = "PASSERELLE_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// File whose first line is the passphrase of the keyring.
    #[arg(
        long,
        global = true,
        env = "PASSERELLE_PASSPHRASE_FILE",
        value_name = "PATH"
    )]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Write the API's JSON instead of text for people.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Answer questions with yes.
    #[arg(long, short = 'y', global = true)]
    pub(crate) yes: bool,
    /// Write what happens to standard error; twice for more.
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a node: keys, card, store.
    Init(InitArgs),
    /// Print this party's card and its fingerprint.
    Card(CardArgs),
    /// Pin a partner's card after comparing its fingerprint.
    Pair(PairArgs),
    /// List partners and how far the exchange with each is.
    Partners,
    /// Write, sign and compare agreements.
    #[command(subcommand)]
    Agreement(AgreementCommand),
    /// Release a record.
    Send(Box<SendArgs>),
    /// Take back one of this party's records.
    Recall(RecallArgs),
    /// List what came in.
    Inbox(ListArgs),
    /// List what was released.
    Outbox(ListArgs),
    /// Show one record.
    Show(ShowArgs),
    /// Say why a record has not arrived yet.
    Why { id: RecordId },
    /// Print the receipt of a record.
    Receipt(ReceiptArgs),
    /// Verify a receipt, offline, with the cards of both parties.
    Verify(VerifyArgs),
    /// Exchange by file, for removable media and one-way links.
    #[command(subcommand)]
    Courier(CourierCommand),
    /// Read the register of acts, take it out, verify what was taken out.
    #[command(subcommand)]
    Register(RegisterCommand),
    /// Private hit or no-hit between two parties, by files and without a node.
    ///
    /// The holder makes a key and an index (key, index) and hands over index and manifest. The
    /// asker blinds its questions into an order (ask), the holder answers what it cannot read
    /// (answer), the asker checks and looks up (result). The holder learns how many were asked,
    /// when and for which purpose; the asker learns hit or none for each.
    ///
    /// An index of a million tags may stay at home: the asker fetches buckets (fetch, buckets),
    /// and the holder learns the first bits of each question, by which it can test a list of its
    /// own. At fixed times the holder publishes what changed (merge); at the end of an epoch it
    /// erases the key (erase-key) and begins anew. Both see by made-up identifiers that they
    /// write alike (probe); an auditor opens what was asked (audit).
    #[command(subcommand)]
    Match(MatchCommand),
    /// Do what is due today: erase what has come to its day, end holds, follow recalls. A
    /// running node does it every hour.
    Keep,
    /// Records whose review falls due.
    #[command(subcommand)]
    Review(ReviewCommand),
    /// List records that are kept as evidence.
    Holds {
        /// Most records.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
        limit: u16,
    },
    /// List records frozen by a report of use that waits for the data-protection officer.
    Frozen {
        /// Most records.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
        limit: u16,
    },
    /// List recalls, corrections and requests that somebody has not acted upon in time. Ends
    /// with 3 where there is one.
    Overdue,
    /// Report how a partner's record was used, and list what was reported of a record.
    #[command(subcommand)]
    Uses(UsesCommand),
    /// Show the register of processing, generated from the agreements in force.
    Processing,
    /// The joint group: what is agreed, what waits, who does what.
    Group(Box<GroupArgs>),
    /// Compare person names across scripts and spellings; needs no node.
    #[command(subcommand)]
    Names(NamesCommand),
    /// Tokens for programs that use the API.
    #[command(subcommand)]
    Tokens(TokensCommand),
    /// People who use the desk of this node.
    #[command(subcommand)]
    People(PeopleCommand),
    /// Who opens what here, as partners see it.
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Count requests by partner, direction, urgency and outcome.
    Statistics(StatisticsArgs),
    /// List alarms that wait for a person.
    Alarms,
    /// Let the exchange with a partner go on after an alarm.
    Resume {
        party: PartyId,
        /// The alarm that was looked at.
        #[arg(long, value_name = "ID")]
        alarm: String,
    },
    /// Write everything of this node into one sealed file, or check such a file.
    Backup(BackupArgs),
    /// Make a node in a new folder (--data) from a backup.
    Restore(RestoreArgs),
    /// Check everything and say what to do; exits 1 if something is not as it should be.
    Doctor,
    /// Run the node until it is stopped.
    Up(UpArgs),
    /// Run two complete nodes, Rabat and Brussels, and exchange records between them.
    Demo(DemoArgs),
    /// Print the OpenAPI document of the API.
    Openapi,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Identifier of the party, such as ma.interior.
    #[arg(long)]
    pub(crate) party: PartyId,
    /// Name in one language; repeat for more.
    #[arg(long, value_name = "LANG=TEXT", required = true, value_parser = named_lang)]
    pub(crate) name: Vec<(Lang, Name)>,
    /// ISO 3166-1 country; the party's first word where that has two letters.
    #[arg(long, value_name = "XX")]
    pub(crate) country: Option<Country>,
    /// A unit that may receive records, with its name: UNIT, UNIT=NAME or UNIT:LANG=NAME;
    /// repeat for more units or languages. Without any: liaison.
    #[arg(long, value_name = "UNIT[:LANG]=NAME", value_parser = unit_name)]
    pub(crate) unit: Vec<UnitName>,
    /// Where partners reach this node, for the card.
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) address: Option<Address>,
    /// Desk and API listener, for config.toml.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = crate::config::DESK)]
    pub(crate) desk: SocketAddr,
    /// Exchange listener, for config.toml.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = crate::config::EXCHANGE)]
    pub(crate) exchange: SocketAddr,
    /// Key file that opens the keyring; made where it is missing. Keep it apart from the
    /// data.
    #[arg(long, value_name = "PATH", conflicts_with = "ask_passphrase")]
    pub(crate) key_file: Option<PathBuf>,
    /// Lock the keyring with a passphrase that a person types at each start.
    #[arg(long, conflicts_with = "passphrase_file")]
    pub(crate) ask_passphrase: bool,
    /// Let the key lie beside the data: whoever copies the folder can read everything.
    #[arg(long)]
    pub(crate) key_inside_data_i_know: bool,
}

/// A unit and its name in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnitName {
    pub(crate) unit: UnitId,
    pub(crate) lang: Option<Lang>,
    pub(crate) name: Option<Name>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct CardArgs {
    #[command(subcommand)]
    pub(crate) command: Option<CardCommand>,
    /// How the fingerprint is read aloud: fr, nl, ar, en or digits.
    #[arg(long, value_name = "HOW", value_parser = ["fr", "nl", "ar", "en", "digits"])]
    pub(crate) words: Option<String>,
    /// Write the card to a file; the fingerprint still goes to the terminal.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CardCommand {
    /// New record, witness and unit keys and a newer card; the node must not run.
    Rotate {
        /// Where partners reach this node from now on.
        #[arg(long, value_name = "HOST:PORT")]
        address: Option<Address>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct PairArgs {
    /// The partner's card.
    pub(crate) card: PathBuf,
    /// The fingerprint as the partner's officer read it: words in any of the four
    /// languages, or digits.
    #[arg(long, value_name = "WORDS")]
    pub(crate) fingerprint: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RecallArgs {
    /// The record to take back.
    pub(crate) id: RecordId,
    /// Why, for the partner.
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: Option<String>,
    /// A word from the list of reasons.
    #[arg(long)]
    pub(crate) reason: Option<RefusalReason>,
    #[command(flatten)]
    pub(crate) author: crate::args_send::AuthorArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Most lines.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) limit: u16,
    /// Only records older than this cursor (the last line's time~record).
    #[arg(long, value_name = "CURSOR")]
    pub(crate) before: Option<String>,
    /// Records about cases, or what was said in the joint group.
    #[arg(long, value_name = "cases|group", default_value = "cases")]
    pub(crate) side: Side,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    pub(crate) id: RecordId,
    /// Whose record, where two parties used one identifier.
    #[arg(long, value_name = "PARTY")]
    pub(crate) from: Option<PartyId>,
    /// Save its attachments into a folder; nothing there is overwritten.
    #[arg(long, value_name = "DIR")]
    pub(crate) save_attachments: Option<PathBuf>,
    /// Tell the sender that an officer read it.
    #[arg(long)]
    pub(crate) mark_read: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ReceiptArgs {
    pub(crate) id: RecordId,
    /// Which partner's receipt, where it went to several.
    #[arg(long, value_name = "PARTY")]
    pub(crate) partner: Option<PartyId>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// The receipt.
    pub(crate) receipt: PathBuf,
    /// Card of one of the two parties; give both.
    #[arg(long = "card", value_name = "FILE", required = true)]
    pub(crate) cards: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CourierCommand {
    /// Write what a partner has not confirmed yet.
    Export {
        #[arg(long, value_name = "PARTY")]
        to: PartyId,
        /// New file; - for standard output.
        file: PathBuf,
    },
    /// Take a partner's file; twice, out of order or cut is harmless.
    Import {
        /// The file; - for standard input.
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokensCommand {
    /// List tokens.
    List,
    /// Make one; its secret is shown once.
    New {
        /// What it is for.
        name: String,
        /// What it may do: read, send, admin, audit, group.
        #[arg(long, value_delimiter = ',', required = true, value_parser = scope)]
        scope: Vec<Scope>,
    },
    /// Take one back.
    Revoke { id: String },
}

#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// New file for the backup.
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    pub(crate) out: Option<PathBuf>,
    /// Read a whole backup and say whether it is one; nothing is restored.
    #[arg(long, value_name = "FILE")]
    pub(crate) check: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) key: BackupKeyArgs,
}

/// What opens a backup. Without either, a passphrase is asked for.
#[derive(Debug, Args)]
pub(crate) struct BackupKeyArgs {
    /// Key file of the backup, made where it is missing. Keep it apart from the backup.
    #[arg(long, value_name = "PATH", conflicts_with = "backup_passphrase_file")]
    pub(crate) key_file: Option<PathBuf>,
    /// File whose first line is the passphrase of the backup.
    #[arg(long, value_name = "PATH")]
    pub(crate) backup_passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// The backup.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) key: BackupKeyArgs,
}

#[derive(Debug, Args)]
pub(crate) struct UpArgs {
    /// Desk and API listener instead of the one in config.toml.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) desk: Option<SocketAddr>,
    /// Exchange listener instead of the one in config.toml.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) exchange: Option<SocketAddr>,
    /// Turn on the public site of the joint group, or listen here instead of where config.toml
    /// says.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) public: Option<SocketAddr>,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Send these files instead of the sample cases.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) with: Vec<PathBuf>,
    /// Plain lines only, and free ports where the usual ones are taken.
    #[arg(long)]
    pub(crate) headless: bool,
    /// End after the last receipt; 0 only if every receipt verifies.
    #[arg(long)]
    pub(crate) exit: bool,
    /// Make the two nodes in this new folder and leave them there.
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Language of the demonstration: fr, nl, ar or en.
    #[arg(long)]
    pub(crate) language: Option<Lang>,
}

fn named_lang(text: &str) -> Result<(Lang, Name), String> {
    let (lang, name) = text
        .split_once('=')
        .ok_or("write lang=text, such as fr=\"Ministère\"")?;
    let lang = lang
        .parse()
        .map_err(|error: passerelle_model::Error| error.to_string())?;
    Ok((lang, parsed_name(name)?))
}

fn unit_name(text: &str) -> Result<UnitName, String> {
    let said = |error: passerelle_model::Error| error.to_string();
    let (head, name) = match text.split_once('=') {
        Some((head, name)) => (head, Some(parsed_name(name)?)),
        None => (text, None),
    };
    let (unit, lang) = match head.split_once(':') {
        Some((unit, lang)) => (unit, Some(lang.parse().map_err(said)?)),
        None => (head, None),
    };
    Ok(UnitName {
        unit: unit.parse().map_err(said)?,
        lang,
        name,
    })
}

fn parsed_name(text: &str) -> Result<Name, String> {
    passerelle_model::tidy(text)
        .parse()
        .map_err(|error: passerelle_model::Error| error.to_string())
}

fn scope(text: &str) -> Result<Scope, String> {
    match text {
        "read" => Ok(Scope::Read),
        "send" => Ok(Scope::Send),
        "admin" => Ok(Scope::Admin),
        "audit" => Ok(Scope::Audit),
        "group" => Ok(Scope::Group),
        _ => Err("write read, send, admin, audit or group".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn names_and_units() {
        let (lang, name) = named_lang("fr=Ministère = x").unwrap();
        assert_eq!((lang, name.as_str()), (Lang::Fr, "Ministère = x"));
        for bad in ["Ministère", "xx=a", "fr=", "fr=a\u{202e}b"] {
            assert!(named_lang(bad).is_err(), "{bad}");
        }
        let unit = unit_name("police:nl=Federale politie").unwrap();
        assert_eq!((unit.unit.as_str(), unit.lang), ("police", Some(Lang::Nl)));
        assert!(unit_name("police").unwrap().name.is_none());
        assert!(unit_name("Police=x").is_err());
    }

    #[test]
    fn the_way_of_the_readme_is_understood() {
        let cli = Cli::try_parse_from([
            "passerelle",
            "init",
            "--data",
            "d",
            "--party",
            "ma.interior",
            "--name",
            "fr=M",
            "--name",
            "ar=وزارة",
        ]);
        let Command::Init(init) = cli.unwrap().command else {
            panic!()
        };
        assert_eq!(init.name.len(), 2);
        let cli = Cli::try_parse_from([
            "passerelle",
            "demo",
            "--headless",
            "--exit",
            "--with",
            "a",
            "b",
        ]);
        let Command::Demo(demo) = cli.unwrap().command else {
            panic!()
        };
        assert_eq!(demo.with.len(), 2);
    }
}
