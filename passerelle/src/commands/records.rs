//! `inbox`, `outbox`, `show`, `why` and `receipt`.

use std::path::{Path, PathBuf};

use passerelle_model::{PartyId, RecordId};
use passerelle_service::view::{Delivery, FileState, Line, Reason, Why};
use serde::Deserialize;
use serde_json::Value;

use super::{Context, write_out};
use crate::args::{ListArgs, ReceiptArgs, ShowArgs};
use crate::beads::{beads, word};
use crate::client::{Call, save};
use crate::failure::{self, Failure};
use crate::files;
use crate::table::{Table, clipped, safe, safe_text, size};

/// Columns of a subject in a list.
const SUBJECT_COLUMNS: usize = 40;
/// Names tried for one attachment before giving up.
const MAX_NAMES: u32 = 1000;

pub(super) async fn inbox(ctx: &Context<'_>, args: &ListArgs) -> anyhow::Result<()> {
    if let Some(lines) = ctx
        .fetch::<Vec<Line>>(page("/v1/records/inbox", args))
        .await?
    {
        let mut table = Table::new(&[
            "RECEIVED", "RECORD", "FROM", "KIND", "SUBJECT", "FILES", "STATE",
        ]);
        for line in &lines {
            let state = line
                .deliveries
                .first()
                .map_or("received", |own| word(own.standing));
            let [time, record, kind, subject, files] = cells(line);
            table.row([
                &time,
                &record,
                line.from.as_str(),
                &kind,
                &subject,
                &files,
                state,
            ]);
        }
        finish(&table, &lines, args);
    }
    Ok(())
}

pub(super) async fn outbox(ctx: &Context<'_>, args: &ListArgs) -> anyhow::Result<()> {
    if let Some(lines) = ctx
        .fetch::<Vec<Line>>(page("/v1/records/outbox", args))
        .await?
    {
        let mut table = Table::new(&[
            "RELEASED", "RECORD", "KIND", "SUBJECT", "FILES", "PARTNER", "WAY", "STATE",
        ]);
        for line in &lines {
            let [time, record, kind, subject, files] = cells(line);
            if line.deliveries.is_empty() {
                table.row([&time, &record, &kind, &subject, &files, "-", "-", "erased"]);
            }
            for delivery in &line.deliveries {
                let party = delivery.party.as_str();
                let (way, state) = (beads(Some(delivery.standing)), state(delivery));
                table.row([&time, &record, &kind, &subject, &files, party, &way, &state]);
            }
        }
        finish(&table, &lines, args);
    }
    Ok(())
}

fn page(path: &str, args: &ListArgs) -> Call {
    let call = Call::get(path).query("limit", &args.limit.to_string());
    call.query("side", args.side.as_str())
        .maybe("before", args.before.as_ref())
}

fn cells(line: &Line) -> [String; 5] {
    let subject = match (&line.subject, line.erased) {
        (_, true) => "(erased)".to_owned(),
        (Some(subject), _) => clipped(subject, SUBJECT_COLUMNS),
        (None, _) => "(not for us)".to_owned(),
    };
    let kind = line
        .kind
        .map_or("-", passerelle_model::Kind::as_str)
        .to_owned();
    [
        line.time.to_string(),
        line.record.to_string(),
        kind,
        subject,
        line.attachments.to_string(),
    ]
}

fn state(delivery: &Delivery) -> String {
    match &delivery.code {
        Some(code) => format!("{} {code}", word(delivery.standing)),
        None => word(delivery.standing).to_owned(),
    }
}

fn finish(table: &Table, lines: &[Line], args: &ListArgs) {
    if table.is_empty() {
        println!("Nothing here.");
        return;
    }
    print!("{table}");
    if let Some(last) = lines
        .last()
        .filter(|_| lines.len() == usize::from(args.limit))
    {
        // The cursor of the API: milliseconds count, so JSON's spelling of the time is used.
        let time = serde_json::to_value(last.time).unwrap_or_default();
        println!(
            "More: --before {}~{}",
            time.as_str().unwrap_or_default(),
            last.record
        );
    }
}

/// What the API shows of a record.
#[derive(Deserialize)]
pub(super) struct Shown {
    pub(super) line: Line,
    #[serde(default)]
    pub(super) content: Option<Value>,
    #[serde(default)]
    files: Vec<FileState>,
}

pub(super) async fn show(ctx: &Context<'_>, args: &ShowArgs) -> anyhow::Result<()> {
    let call = Call::get(format!("/v1/records/{}", args.id)).maybe("from", args.from.as_ref());
    let text = call.text(&ctx.client).await?;
    let shown: Shown = serde_json::from_str(&text)?;
    if ctx.common.json {
        println!("{}", text.trim_end());
    } else {
        print!("{}", in_words(&shown));
    }
    if let Some(dir) = &args.save_attachments {
        save_all(ctx, &shown, dir).await?;
    }
    if args.mark_read {
        let call = Call::post(format!("/v1/records/{}/read", args.id));
        call.query("from", shown.line.from.as_str())
            .send(&ctx.client)
            .await?;
    }
    Ok(())
}

fn in_words(shown: &Shown) -> String {
    let line = &shown.line;
    let mut out = format!(
        "record     {}\nfrom       {} in {}, entry {}\nreleased   {}\n",
        line.record, line.from, line.channel, line.index, line.time
    );
    let Some(content) = &shown.content else {
        out.push_str("Its content is erased, or was not for this party.\n");
        return out;
    };
    for (label, pointer) in FIELDS {
        if let Some(text) = content.pointer(pointer).and_then(plain) {
            out.push_str(&format!("{label:<10} {}\n", safe(&text)));
        }
    }
    if let Some(text) = content.pointer("/text").and_then(Value::as_str) {
        out.push_str(&format!("\n{}\n", safe_text(text.trim_end())));
    }
    if let Some(json) = content.pointer("/data/json").and_then(Value::as_str) {
        out.push_str(&format!("\n{}\n", safe_text(json)));
    }
    for delivery in &line.deliveries {
        out.push_str(&format!(
            "\n{}  {} {}",
            delivery.party,
            beads(Some(delivery.standing)),
            state(delivery)
        ));
    }
    if !line.deliveries.is_empty() {
        out.push('\n');
    }
    for file in &shown.files {
        let here = if file.complete { "whole" } else { "on its way" };
        out.push_str(&format!(
            "file {}  {}  {}  {here}\n",
            file.position,
            safe(&file.name),
            size(file.bytes)
        ));
    }
    out
}

/// Label and place of each field that `show` prints, in its order.
const FIELDS: [(&str, &str); 20] = [
    ("kind", "/kind"),
    ("subject", "/subject"),
    ("language", "/lang"),
    ("officer", "/author/officer"),
    ("unit", "/author/unit"),
    ("function", "/author/function"),
    ("to", "/to"),
    ("purpose", "/purpose"),
    ("basis", "/basis"),
    ("class", "/class"),
    ("tlp", "/markings/tlp"),
    ("pap", "/markings/pap"),
    ("handling", "/markings/handling"),
    ("caveats", "/markings/caveats"),
    ("evaluation", "/evaluation"),
    ("urgency", "/urgency"),
    ("reason", "/reason"),
    ("review", "/review"),
    ("erasure", "/erasure"),
    ("about", "/references"),
];

/// A field as one line; nothing for what is absent or empty.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => Some(
            items
                .iter()
                .filter_map(plain)
                .collect::<Vec<_>>()
                .join(", "),
        ),
        Value::Object(fields) => {
            let order = ["relation", "party", "unit", "record"];
            let words = order.iter().filter_map(|name| fields.get(*name)?.as_str());
            Some(words.collect::<Vec<_>>().join(" "))
        }
        other => Some(other.to_string()),
    }
}

/// Saves every attachment that is whole; says which are not there yet.
async fn save_all(ctx: &Context<'_>, shown: &Shown, dir: &Path) -> anyhow::Result<()> {
    files::make_dir(dir)?;
    let mut missing = Vec::new();
    for file in &shown.files {
        if !file.complete {
            missing.push(safe(&file.name));
            continue;
        }
        let (record, from) = (&shown.line.record, shown.line.from.as_str());
        let call = Call::get(format!(
            "/v1/records/{record}/attachments/{}",
            file.position
        ));
        let answer = call.query("from", from).send(&ctx.client).await?;
        let path = save_free(answer, dir, &file.name, file.bytes).await?;
        eprintln!("Saved {}", safe(&path.display().to_string()));
    }
    if missing.is_empty() {
        return Ok(());
    }
    let sentence = format!("not here yet: {}", missing.join(", "));
    Err(Failure::new("E_FILES_TRAVELLING", sentence)
        .with("The others were saved.")
        .into())
}

async fn save_free(
    answer: ::http::Response<axum::body::Body>,
    dir: &Path,
    name: &str,
    bytes: u64,
) -> Result<PathBuf, Failure> {
    let path = free_path(dir, name)?;
    let saved = save(answer, &path).await?;
    if saved == bytes {
        return Ok(path);
    }
    let _ = std::fs::remove_file(&path);
    let sentence = format!("{saved} of {bytes} bytes came");
    Err(Failure::new("E_NODE_CUT", sentence))
}

/// The first of `name`, `name (2)`, … that is free.
fn free_path(dir: &Path, name: &str) -> Result<PathBuf, Failure> {
    let name = harmless(name);
    let (stem, ending) = match name.rfind('.').filter(|dot| *dot > 0) {
        Some(dot) => name.split_at_checked(dot).unwrap_or((&name, "")),
        None => (name.as_str(), ""),
    };
    let candidates = (1..MAX_NAMES).map(|number| match number {
        1 => dir.join(&name),
        _ => dir.join(format!("{stem} ({number}){ending}")),
    });
    let mut free = candidates.filter(|path| path.symlink_metadata().is_err());
    free.next().ok_or_else(|| {
        let taken = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        failure::io(&dir.join(&name), &taken)
    })
}

/// A partner's file name without what a file system or a shell could take for something
/// else: separators, control and direction characters, leading dots and dashes.
fn harmless(name: &str) -> String {
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = name.chars().map(|c| if odd(c) { '_' } else { c }).collect();
    let clean = clean
        .trim_start_matches(['.', '-', ' '])
        .trim_end_matches(['.', ' ']);
    if clean.is_empty() {
        "attachment".to_owned()
    } else {
        clean.to_owned()
    }
}

pub(super) async fn why(ctx: &Context<'_>, id: &RecordId) -> anyhow::Result<()> {
    let call = Call::get(format!("/v1/records/{id}/why"));
    if let Some(why) = ctx.fetch::<Why>(call).await? {
        for reason in &why.partners {
            println!("{}", explained(reason, ctx.client.is_running()));
        }
    }
    Ok(())
}

fn explained(reason: &Reason, running: bool) -> String {
    let party = &reason.party;
    let sentence = match reason.cause.as_str() {
        "never-contacted" => "the partner was never reached",
        "unreachable" => "the partner does not answer",
        "not-paired" => "the partner is not paired: passerelle pair CARD-FILE",
        "no-address" => "the partner's card has no address: it calls us, or use courier files",
        "halted" => "the exchange is stopped until a person decides: passerelle alarms",
        "queued" => "it waits its turn",
        "files-travelling" => "the record is there, its attachments are on their way",
        "awaiting-judgement" => "the partner holds it and has not judged it yet",
        "awaiting-erasure" => "it is taken back, the partner has not answered yet",
        "refused" => "the partner refused it",
        "arrived" => "it arrived",
        other => other,
    };
    let mut text = format!("{party}: {} – {}", word(reason.standing), safe(sentence));
    let mut add = |more: String| {
        text.push_str("\n  ");
        text.push_str(&safe(&more));
    };
    if reason.ahead > 0 {
        add(format!("{} records before it wait too", reason.ahead));
    }
    if let Some(at) = reason.last_contact {
        add(format!("last answer {at}"));
    }
    if let Some(code) = &reason.last_error {
        add(format!("last failure {code}"));
    }
    if let Some(at) = reason.next_attempt {
        add(format!("next attempt {at}"));
    }
    if !running && reason.cause != "arrived" {
        add("this node is not running: passerelle up, or passerelle courier export".to_owned());
    }
    text
}

pub(super) async fn receipt(ctx: &Context<'_>, args: &ReceiptArgs) -> anyhow::Result<()> {
    let text = fetch_receipt(ctx, &args.id, args.partner.as_ref()).await?;
    Ok(write_out(&text, args.out.as_ref())?)
}

async fn fetch_receipt(
    ctx: &Context<'_>,
    id: &RecordId,
    partner: Option<&PartyId>,
) -> Result<String, Failure> {
    let call = Call::get(format!("/v1/records/{id}/receipt")).maybe("partner", partner);
    call.text(&ctx.client).await
}

#[cfg(test)]
mod tests {
    use passerelle_service::view::Standing;

    use super::*;

    #[test]
    fn file_names_of_partners_are_made_harmless() {
        for (name, wanted) in [
            ("rapport.pdf", "rapport.pdf"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("-rf", "rf"),
            (".bashrc", "bashrc"),
            ("a\u{202e}fdp.exe", "a_fdp.exe"),
            ("...", "attachment"),
            ("محضر.txt", "محضر.txt"),
        ] {
            assert_eq!(harmless(name), wanted, "{name:?}");
        }
    }

    #[test]
    fn a_taken_name_is_numbered() {
        let dir = tempfile::tempdir().unwrap();
        let free = || free_path(dir.path(), "a.tar.gz").unwrap();
        assert_eq!(free(), dir.path().join("a.tar.gz"));
        std::fs::write(free(), "").unwrap();
        std::os::unix::fs::symlink("/nowhere", free()).unwrap();
        assert_eq!(free(), dir.path().join("a.tar (3).gz"));
    }

    #[test]
    fn fields_of_all_shapes_become_one_line() {
        let value = serde_json::json!([{"party": "be.interior", "unit": "police"}, "x", null]);
        assert_eq!(plain(&value).unwrap(), "be.interior police, x");
        assert_eq!(plain(&serde_json::json!([])), None);
    }

    #[test]
    fn reasons_are_plain_words() {
        let reason = Reason {
            party: "be.interior".parse().unwrap(),
            standing: Standing::Released,
            cause: "unreachable".into(),
            ahead: 2,
            last_contact: None,
            last_error: Some("E_PEER_UNREACHABLE".into()),
            next_attempt: None,
        };
        let text = explained(&reason, false);
        assert!(text.starts_with("be.interior: released – the partner does not answer\n"));
        assert!(
            text.contains("2 records before it") && text.contains("passerelle up"),
            "{text}"
        );
    }
}
