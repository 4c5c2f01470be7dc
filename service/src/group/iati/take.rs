//! An activity as a programme of ours.

use passerelle_group::{
    Decimal, Instalment, Programme, ProgrammeRole, Sector, Stage, Strand, Texts, Version,
};
use passerelle_iati::codes::{ActivityStatus, DateKind, GCM_URI, Role, TransactionKind};
use passerelle_iati::{Activity, Narrative, Text};
use passerelle_model::{Code, Country, Day, Lang, Markdown, Name, tidy};

/// Under these addresses our own words for sector and strand stand as tags of an activity.
pub(super) const SECTOR_URI: &str = "urn:passerelle:sector";
pub(super) const STRAND_URI: &str = "urn:passerelle:strand";
/// Longest title, in bytes; the rest goes to the text.
const MAX_TITLE: usize = passerelle_model::MAX_NAME_BYTES;

/// A day of the calendar, in whichever type a format has for it.
pub(super) fn date<D: std::str::FromStr>(day: Day) -> Option<D> {
    day.to_string().parse().ok()
}

/// What the file does not say is as it was before: indicators, whether it is public.
pub(super) fn programme(
    activity: &Activity,
    before: Option<&Programme>,
) -> Result<Programme, &'static str> {
    let dac = activity
        .sectors
        .first()
        .map_or("", |sector| sector.code.as_str());
    let (sector, strand) = near(dac);
    let budget = budget(activity)?;
    Ok(Programme {
        identifier: tidy(activity.identifier.trim())
            .parse()
            .map_err(|_| "E_IATI_IDENTIFIER")?,
        texts: texts(activity)?,
        partners: partners(activity)?,
        sector: tagged(activity, SECTOR_URI)
            .or(before.map(|it| it.sector))
            .unwrap_or(sector),
        strand: tagged(activity, STRAND_URI)
            .or(before.map(|it| it.strand))
            .unwrap_or(strand),
        code: code(dac).ok_or("E_IATI_SECTOR")?,
        objectives: objectives(activity),
        countries: countries(activity)?,
        from: day(activity, [DateKind::ActualStart, DateKind::PlannedStart]).into(),
        until: day(activity, [DateKind::ActualEnd, DateKind::PlannedEnd]),
        instalments: instalments(activity, before, &budget),
        budget,
        indicators: before.map_or_else(Vec::new, |it| it.indicators.clone()),
        public: before.is_some_and(|it| it.public),
    })
}

pub(super) fn stage(status: &ActivityStatus) -> Stage {
    match status {
        ActivityStatus::Implementation | ActivityStatus::Other(_) => Stage::Implementation,
        ActivityStatus::Pipeline => Stage::Pipeline,
        ActivityStatus::Finalisation => Stage::Finalisation,
        ActivityStatus::Closed => Stage::Closed,
        ActivityStatus::Cancelled => Stage::Cancelled,
        ActivityStatus::Suspended => Stage::Suspended,
    }
}

fn texts(activity: &Activity) -> Result<Texts, &'static str> {
    let described = activity.descriptions.first();
    let mut versions: Vec<Version> = Vec::new();
    for narrative in &activity.title {
        let lang = lang(activity, narrative);
        if versions.iter().any(|version| version.lang == lang) {
            continue;
        }
        let words = described.and_then(|it| in_lang(activity, &it.text, lang));
        versions.push(version(lang, &narrative.text, words)?);
    }
    Texts::new(versions).map_err(|_| "E_IATI_TITLE")
}

fn version(lang: Lang, title: &str, words: Option<&str>) -> Result<Version, &'static str> {
    let line = tidy(
        title
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .as_str(),
    );
    let (short, cut) = beginning(&line);
    let words = words
        .map(tidy)
        .filter(|words| *words != line && !words.trim().is_empty());
    let body = match (words, cut) {
        (Some(words), _) => Some(words),
        (None, true) => Some(line.clone()),
        (None, false) => None,
    };
    let body: Option<Markdown> = body
        .map(|body| body.parse())
        .transpose()
        .map_err(|_| "E_IATI_TEXT")?;
    Ok(Version {
        lang,
        title: short.parse().map_err(|_| "E_IATI_TITLE")?,
        body,
    })
}

/// As much of a title as one takes, and whether something was cut.
fn beginning(line: &str) -> (&str, bool) {
    let mut end = line.len().min(MAX_TITLE);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    (line.get(..end).unwrap_or(line), end < line.len())
}

/// Languages that we do not have are taken for French, the language of the tables.
fn lang(activity: &Activity, narrative: &Narrative) -> Lang {
    let said = narrative.lang.as_ref().or(activity.lang.as_ref());
    said.and_then(|lang| lang.parse().ok()).unwrap_or(Lang::Fr)
}

fn in_lang<'a>(activity: &Activity, text: &'a Text, wanted: Lang) -> Option<&'a str> {
    let found = text
        .iter()
        .find(|narrative| lang(activity, narrative) == wanted);
    found.map(|narrative| narrative.text.as_str())
}

fn partners(activity: &Activity) -> Result<Vec<(Name, ProgrammeRole)>, &'static str> {
    let mut all = Vec::new();
    for participant in &activity.participants {
        let role = match participant.role {
            Role::Funding => ProgrammeRole::Funding,
            Role::Accountable => ProgrammeRole::Accountable,
            Role::Extending => ProgrammeRole::Extending,
            Role::Implementing => ProgrammeRole::Implementing,
            Role::Other(_) => continue,
        };
        // An organisation without a name is the publisher itself.
        let Some(name) = participant.name.first() else {
            continue;
        };
        let name: Name = tidy(name.text.trim())
            .parse()
            .map_err(|_| "E_IATI_PARTNER")?;
        all.push((name, role));
    }
    Ok(all)
}

fn tagged<T: std::str::FromStr>(activity: &Activity, uri: &str) -> Option<T> {
    let mut tags = activity.tags.iter();
    let tag = tags.find(|tag| tag.vocabulary_uri.as_deref() == Some(uri))?;
    tag.code.parse().ok()
}

/// A sector of ours that is near to one of the DAC. People correct it where it is not.
fn near(dac: &str) -> (Sector, Strand) {
    let sector = match dac.get(..3) {
        Some("111" | "112" | "113" | "114") => Sector::Education,
        Some("121" | "122" | "123" | "130") => Sector::Health,
        Some("160") if dac == "16070" => Sector::Labour,
        Some("160") => Sector::Social,
        Some("151") if dac == "15130" => Sector::Justice,
        Some("151") if dac == "15160" => Sector::Rights,
        Some("151") if dac == "15112" => Sector::Local,
        Some("152") => Sector::Interior,
        Some("240" | "250" | "311" | "321" | "331") => Sector::Economy,
        _ => Sector::Development,
    };
    let strand = match (dac, dac.get(..3)) {
        ("15190", _) | (_, None) => Strand::Migration,
        (_, Some("152")) => Strand::Security,
        (_, Some("151")) => Strand::Institutions,
        _ => Strand::Migration,
    };
    (sector, strand)
}

/// A code of another vocabulary in our spelling: `TFP.3` is `tfp-3`.
fn code(text: &str) -> Option<Code> {
    let spelt: String = text
        .trim()
        .to_ascii_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    spelt.trim_matches('-').parse().ok()
}

fn objectives(activity: &Activity) -> Vec<u8> {
    let tags = activity.tags.iter();
    let ours = tags.filter(|tag| tag.vocabulary_uri.as_deref() == Some(GCM_URI));
    let mut all: Vec<u8> = ours.filter_map(|tag| tag.code.parse().ok()).collect();
    all.retain(|objective| (1..=23).contains(objective));
    all.dedup();
    all
}

/// Whole shares that add up to 100: the largest takes what rounding left.
fn countries(activity: &Activity) -> Result<Vec<(Country, u8)>, &'static str> {
    let parts = u32::try_from(activity.countries.len()).unwrap_or(u32::MAX);
    let equal = 100_u32.checked_div(parts).ok_or("E_IATI_NO_COUNTRY")?;
    let mut all: Vec<(Country, u8)> = Vec::new();
    for country in &activity.countries {
        let share = country.percentage.map(|share| share.round(0).to_string());
        let share = share.map_or(Ok(u8::try_from(equal).unwrap_or(0)), |share| share.parse());
        let share = share.map_err(|_| "E_IATI_SHARES")?;
        all.push((
            country.code.trim().parse().map_err(|_| "E_IATI_COUNTRY")?,
            share,
        ));
    }
    let sum: i64 = all.iter().map(|(_, share)| i64::from(*share)).sum();
    let largest = all.iter_mut().rev().max_by_key(|(_, share)| *share);
    if let Some((_, share)) = largest {
        let whole = i64::from(*share) + 100 - sum;
        *share = u8::try_from(whole).map_err(|_| "E_IATI_SHARES")?;
    }
    Ok(all)
}

fn day<const N: usize>(activity: &Activity, kinds: [DateKind; N]) -> Option<Day> {
    let of = |kind: &DateKind| activity.dates.iter().find(|date| date.kind == *kind);
    let found = kinds.iter().find_map(of)?;
    found.day.to_string().parse().ok()
}

/// Budgets of the file where they are the whole, each for a year at most and one after the other;
/// else as it was split here before, as long as the whole is the same.
fn instalments(
    activity: &Activity,
    before: Option<&Programme>,
    budget: &Option<(Decimal, Code)>,
) -> Vec<Instalment> {
    let parts = activity.budgets.iter().map(|one| {
        Some(Instalment {
            from: one.start.to_string().parse().ok()?,
            until: one.end.to_string().parse().ok()?,
            amount: one.value.amount.round(2).to_string().parse().ok()?,
        })
    });
    let parts: Vec<Instalment> = parts.collect::<Option<_>>().unwrap_or_default();
    let whole = [
        parts,
        before.map_or_else(Vec::new, |it| it.instalments.clone()),
    ];
    let fits = |parts: &Vec<Instalment>| {
        let year = |one: &Instalment| {
            one.from <= one.until
                && one.until.days_since(one.from) < passerelle_group::MAX_PERIOD_DAYS
        };
        let apart = parts.is_sorted_by(|a, b| a.until < b.from);
        let sum = parts
            .iter()
            .try_fold(Decimal::ZERO, |sum, one| sum.plus(one.amount));
        let all = budget.as_ref().map(|(amount, _)| *amount);
        parts.iter().all(year) && apart && sum.ok() == all
    };
    let found = whole
        .into_iter()
        .find(|parts| !parts.is_empty() && fits(parts));
    // The whole of one year needs no splitting, and is none.
    found.filter(|parts| parts.len() > 1).unwrap_or_default()
}

/// What was promised, else what was budgeted, all in one currency.
fn budget(activity: &Activity) -> Result<Option<(Decimal, Code)>, &'static str> {
    let promised = activity.transactions.iter();
    let promised: Vec<_> = promised
        .filter(|one| one.kind == TransactionKind::OutgoingCommitment)
        .map(|one| &one.value)
        .collect();
    let money = match promised.is_empty() {
        true => activity.budgets.iter().map(|one| &one.value).collect(),
        false => promised,
    };
    let currency = |money: &passerelle_iati::Money| {
        money.currency.clone().or_else(|| activity.currency.clone())
    };
    let Some(first) = money.first().and_then(|one| currency(one)) else {
        return Ok(None);
    };
    if money
        .iter()
        .any(|one| currency(one).as_deref() != Some(&first))
    {
        return Err("E_IATI_CURRENCIES");
    }
    let mut sum = Decimal::ZERO;
    for one in money {
        let amount = one.amount.round(2).to_string();
        let amount: Decimal = amount.parse().map_err(|_| "E_NUMBER")?;
        sum = sum.plus(amount).map_err(|_| "E_NUMBER")?;
    }
    let currency = first
        .to_ascii_lowercase()
        .parse()
        .map_err(|_| "E_IATI_CURRENCIES")?;
    Ok(Some((sum, currency)))
}
