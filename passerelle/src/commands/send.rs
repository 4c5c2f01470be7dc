//! `send` and `recall`: a record put together from options and the agreement.

use std::path::Path;

use passerelle_model::{
    ChannelId, Code, DataClass, FileName, Kind, Lang, MAX_BODY_BYTES, MAX_DATA_BYTES, Markings,
    OfficerId, PartyId, Recipient, Reference, Relation, Side, StructuredData, Terms, UnitId,
    Urgency, tidy,
};
use passerelle_service::view::{CardView, Draft, Line, Staged};
use serde::Deserialize;

use super::Context;
use super::agreement::{AgreementAnswer, held};
use super::records::Shown;
use crate::args::{RecallArgs, SendArgs};
use crate::args_send::AuthorArgs;
use crate::client::{Call, SteadyFile};
use crate::failure::Failure;
use crate::table::size;
use crate::{files, locale, media};

/// Largest draft file, in bytes.
const MAX_DRAFT_BYTES: u64 = 4 << 20;

pub(super) async fn run(ctx: &Context<'_>, mut args: SendArgs) -> anyhow::Result<()> {
    let (attach, key) = (
        std::mem::take(&mut args.attach),
        args.idempotency_key.take(),
    );
    let mut draft = match &args.draft {
        Some(path) => read_draft(path)?,
        None => drafted(ctx, args).await?,
    };
    for path in &attach {
        let staged = stage(ctx, path).await?;
        eprintln!("Sealed {} ({}).", path.display(), size(staged.bytes));
        draft.attachments.push(staged.token);
    }
    release(ctx, &draft, key).await
}

/// Takes back a record of this party: same recipients, purpose and markings.
pub(super) async fn recall(ctx: &Context<'_>, args: RecallArgs) -> anyhow::Result<()> {
    let shown: Shown = Call::get(format!("/v1/records/{}", args.id))
        .json(&ctx.client)
        .await?;
    let content = shown.content.ok_or_else(|| {
        Failure::new(
            "E_ERASED",
            format!("the content of record {} is erased already", args.id),
        )
    })?;
    let original: Original = serde_json::from_value(content)?;
    let terms = held(ctx).await?;
    let terms = &choose(&terms, Some(&original.channel), &original.to)?.terms;
    let author = author(ctx, terms, &args.author).await?;
    let lang = args.author.lang.unwrap_or(original.lang);
    let reference = Reference {
        relation: Relation::Recalls,
        party: original.from,
        record: args.id,
    };
    let draft = Draft {
        channel: Some(original.channel),
        kind: Kind::Recall,
        author,
        purpose: original.purpose,
        basis: original.basis,
        class: original.class,
        markings: original.markings,
        evaluation: "X4".parse()?,
        review: None,
        erasure: None,
        to: original.to,
        references: vec![reference],
        urgency: None,
        reason: args.reason,
        lang,
        subject: recall_subject(lang).to_owned(),
        text: args.why.as_deref().map(tidy),
        data: None,
        attachments: Vec::new(),
        offences: Vec::new(),
        particulars: None,
        asking: None,
        permission: None,
        intake: None,
    };
    release(ctx, &draft, None).await
}

/// What a recall takes over from the record it takes back.
#[derive(Deserialize)]
struct Original {
    channel: ChannelId,
    from: PartyId,
    purpose: Code,
    basis: Code,
    class: Code,
    markings: Markings,
    to: Vec<Recipient>,
    lang: Lang,
}

async fn release(ctx: &Context<'_>, draft: &Draft, key: Option<String>) -> anyhow::Result<()> {
    let call = Call::post("/v1/records").with_json(draft).idempotent(key);
    let Some(line) = ctx.fetch::<Line>(call).await? else {
        return Ok(());
    };
    println!("{}", line.record);
    let to: Vec<&str> = line
        .deliveries
        .iter()
        .map(|delivery| delivery.party.as_str())
        .collect();
    eprintln!(
        "Released to {} as entry {} of {}.",
        to.join(", "),
        line.index,
        line.channel
    );
    if !ctx.client.is_running() {
        eprintln!("It waits: this node is not running (passerelle up, or courier export).");
    }
    Ok(())
}

async fn stage(ctx: &Context<'_>, path: &Path) -> Result<Staged, Failure> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .ok_or_else(|| {
            Failure::new(
                "E_NOT_UTF8",
                format!("{}: its name is not UTF-8", path.display()),
            )
        })?;
    let name = tidy(name);
    let checked = name.parse::<FileName>();
    checked.map_err(|error| Failure::new(error.code(), error.to_string()))?;
    let file = SteadyFile::open(path).await?;
    let changed = file.changed();
    let call = Call::post("/v1/attachments")
        .query("name", &name)
        .query("type", media::of(&name));
    let staged = call
        .with_body("application/octet-stream", file.into_body())
        .json(&ctx.client)
        .await;
    staged.map_err(|error| changed.failure().unwrap_or(error))
}

fn read_draft(path: &Path) -> Result<Draft, Failure> {
    let text = files::read_text(path, MAX_DRAFT_BYTES)?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::new("E_DRAFT", format!("{}: {error}", path.display())))
}

async fn drafted(ctx: &Context<'_>, args: SendArgs) -> anyhow::Result<Draft> {
    if args.to.is_empty() {
        let sentence = "no recipient: name at least one with --to PARTY/UNIT";
        return Err(Failure::new("E_RECIPIENT_EMPTY", sentence).into());
    }
    let subject = args.subject.as_deref().map(tidy);
    let subject = subject.ok_or_else(|| Failure::usage("give a --subject"))?;
    let agreements = held(ctx).await?;
    let terms = &choose(&agreements, args.channel.as_ref(), &args.to)?.terms;
    let purpose = only(
        "purpose",
        args.purpose,
        terms.purpose.iter().map(|p| &p.code),
    )?;
    let bases = terms
        .purpose(&purpose)
        .map(|found| found.bases.as_slice())
        .unwrap_or_default();
    let basis = only("basis", args.basis, bases.iter())?;
    let open_to_all = |class: &&DataClass| args.to.iter().all(|to| class.recipients.contains(to));
    let classes = terms
        .data_class
        .iter()
        .filter(open_to_all)
        .map(|class| &class.code);
    let class = only("class", args.class, classes)?;
    let author = author(ctx, terms, &args.author).await?;
    let urgency = args
        .urgency
        .or((args.kind == Kind::Request).then_some(Urgency::Normal));
    let (tlp, pap, handling) = (args.tlp, args.pap, args.handling);
    Ok(Draft {
        channel: Some(terms.id.clone()),
        kind: args.kind,
        author,
        purpose,
        basis,
        class,
        markings: Markings {
            tlp,
            pap,
            handling,
            caveats: sorted(args.caveat),
        },
        evaluation: args.evaluation,
        review: args.review,
        erasure: args.erasure,
        to: sorted(args.to),
        references: args.references,
        urgency,
        reason: args.reason,
        lang: language(terms, args.author.lang),
        subject,
        text: text(args.text, args.text_file.as_deref())?,
        data: data(args.data_file.as_deref(), args.schema)?,
        attachments: Vec::new(),
        offences: sorted(args.offence),
        particulars: None,
        asking: None,
        permission: None,
        intake: None,
    })
}

/// The agreement about cases in force that all recipients are members of, or the one named. Never
/// guesses between two.
fn choose<'a>(
    agreements: &'a [AgreementAnswer],
    channel: Option<&ChannelId>,
    to: &[Recipient],
) -> Result<&'a AgreementAnswer, Failure> {
    let fits = |terms: &Terms| match channel {
        Some(channel) => terms.id == *channel,
        None => {
            terms.side == Side::Cases
                && to
                    .iter()
                    .all(|recipient| terms.member(&recipient.party).is_some())
        }
    };
    let mut found = agreements
        .iter()
        .filter(|held| held.in_force && fits(&held.terms));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(
            Failure::new("E_NO_AGREEMENT", "no agreement in force covers this")
                .with("See passerelle agreement show."),
        ),
        (Some(one), Some(two)) => {
            let sentence = format!(
                "several agreements are in force ({}, {}, …)",
                one.terms.id, two.terms.id
            );
            Err(Failure::usage(sentence).with("Choose one with --channel."))
        }
    }
}

/// What was given, else the only candidate.
fn only<'a>(
    option: &str,
    given: Option<Code>,
    candidates: impl Iterator<Item = &'a Code>,
) -> Result<Code, Failure> {
    if let Some(given) = given {
        return Ok(given);
    }
    let all: Vec<&Code> = candidates.collect();
    match all.as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(Failure::usage(format!(
            "the agreement has no {option} that fits: name one with --{option}"
        ))),
        several => {
            let words: Vec<&str> = several.iter().map(|code| code.as_str()).collect();
            Err(Failure::usage(format!(
                "choose --{option}: {}",
                words.join(", ")
            )))
        }
    }
}

pub(super) async fn author(
    ctx: &Context<'_>,
    terms: &Terms,
    args: &AuthorArgs,
) -> anyhow::Result<passerelle_model::Author> {
    let card: CardView = Call::get("/v1/card").json(&ctx.client).await?;
    let officer = args.officer.clone().map_or_else(account, Ok)?;
    let units = terms
        .member(&card.party)
        .map(|member| member.units.as_slice())
        .unwrap_or_default();
    let unit = match (&args.unit, units) {
        (Some(unit), _) => unit.clone(),
        (None, [one]) => one.clone(),
        (None, several) => liaison(several)?,
    };
    let function = match &args.function {
        Some(function) => function.clone(),
        None => {
            let lang = language(terms, args.lang);
            let names = card.units.iter().find(|(held, _)| held == unit.as_str());
            names
                .map_or(unit.as_str(), |(_, names)| names.in_lang(lang))
                .parse()?
        }
    };
    Ok(passerelle_model::Author {
        officer,
        unit,
        function,
    })
}

fn liaison(units: &[UnitId]) -> Result<UnitId, Failure> {
    let found = units.iter().find(|unit| unit.as_str() == "liaison");
    found
        .cloned()
        .ok_or_else(|| Failure::usage("say which --unit writes"))
}

/// The operating system's account, where its name can be an officer's identifier.
fn account() -> Result<OfficerId, Failure> {
    let name = std::env::var("USER")
        .or_else(|_| std::env::var("LOGNAME"))
        .unwrap_or_default();
    name.to_lowercase()
        .parse()
        .map_err(|_| Failure::usage("say which --officer writes, or set PASSERELLE_OFFICER"))
}

/// What was given, else the person's language where the agreement has it, else its first.
fn language(terms: &Terms, given: Option<Lang>) -> Lang {
    let own = locale::from_environment().filter(|lang| terms.languages.contains(lang));
    given
        .or(own)
        .or_else(|| terms.languages.first().copied())
        .unwrap_or(Lang::En)
}

fn text(given: Option<String>, file: Option<&Path>) -> Result<Option<String>, Failure> {
    let text = match (given, file) {
        (Some(text), _) => Some(text),
        (None, Some(path)) => Some(files::read_text(path, MAX_BODY_BYTES as u64)?),
        (None, None) => None,
    };
    Ok(text.as_deref().map(tidy))
}

fn data(
    file: Option<&Path>,
    schema: Option<passerelle_model::Name>,
) -> Result<Option<StructuredData>, Failure> {
    match (file, schema) {
        (Some(path), Some(schema)) => {
            let json = files::read_text(path, MAX_DATA_BYTES as u64)?;
            Ok(Some(StructuredData { schema, json }))
        }
        _ => Ok(None),
    }
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}

fn recall_subject(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Rappel",
        Lang::Nl => "Terugroeping",
        Lang::Ar => "سحب",
        Lang::En => "Recall",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(words: &[&str]) -> Vec<Code> {
        words.iter().map(|word| word.parse().unwrap()).collect()
    }

    #[test]
    fn nothing_is_guessed_between_two() {
        let (none, one, two) = (codes(&[]), codes(&["a"]), codes(&["a", "b"]));
        assert_eq!(only("purpose", None, one.iter()).unwrap().as_str(), "a");
        assert!(only("purpose", None, none.iter()).unwrap_err().is_usage());
        let refused = only("purpose", None, two.iter()).unwrap_err();
        assert!(refused.to_string().contains("a, b"), "{refused}");
        let given = "z".parse().unwrap();
        assert_eq!(
            only("purpose", Some(given), two.iter()).unwrap().as_str(),
            "z"
        );
    }

    #[test]
    fn lists_are_sorted_and_each_stands_once() {
        assert_eq!(sorted(codes(&["b", "a", "b"])), codes(&["a", "b"]));
    }

    #[test]
    fn without_liaison_the_unit_is_asked_for() {
        let units: Vec<UnitId> = vec!["police".parse().unwrap(), "liaison".parse().unwrap()];
        assert_eq!(liaison(&units).unwrap().as_str(), "liaison");
        assert!(liaison(&units[..1]).unwrap_err().is_usage());
    }
}
