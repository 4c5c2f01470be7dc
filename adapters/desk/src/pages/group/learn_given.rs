//! What the forms of expertise and programmes say, as facts.

use passerelle_model::{Name, tidy};
use passerelle_service::joint::{
    Competence, Expert, Facts, Instalment, Kind, Mission, Practice, Programme, Request, Texts,
};

use super::learn_form::{MAX_RECOMMENDATIONS, PARTNERS};
use super::object::optional;
use super::texts;
use crate::answer::Fault;
use crate::guard::Call;

/// What the form says. What it has no field for is as it was.
pub(crate) fn given(call: &Call, kind: Kind, before: Option<&Facts>) -> Result<Facts, Fault> {
    let texts = texts::required(call, "")?;
    match kind {
        Kind::Programme => Ok(Facts::Programme(given_programme(call, texts)?)),
        Kind::Practice => Ok(Facts::Practice(Practice {
            texts,
            sector: must(call, "sector")?,
            strand: must(call, "strand")?,
            audience: line(call, "audience")?,
            evidence: must(call, "evidence")?,
            transfer: texts::required(call, "transfer-")?,
            contact: line(call, "contact")?,
            refresh: must(call, "refresh")?,
        })),
        Kind::Expert => Ok(Facts::Expert(Expert {
            texts,
            sectors: many(call, "sectors")?,
            strands: many(call, "strands")?,
            languages: many(call, "languages")?,
            from: optional(call, "available")?,
        })),
        Kind::Request => Ok(Facts::Request(Request {
            texts,
            sector: must(call, "sector")?,
            strand: must(call, "strand")?,
            languages: many(call, "languages")?,
            host: line(call, "host")?,
            until: must(call, "needed")?,
            matched: match before {
                Some(Facts::Request(it)) => it.matched.clone(),
                _ => Vec::new(),
            },
        })),
        Kind::Mission => Ok(Facts::Mission(Mission {
            texts,
            functions: lines(call, "functions")?,
            from: must(call, "from")?,
            until: must(call, "until")?,
            recommendations: recommendations(call)?,
        })),
        Kind::Competence => Ok(Facts::Competence(Competence {
            texts,
            organisation: line(call, "organisation")?,
            sectors: many(call, "sectors")?,
            languages: many(call, "languages")?,
            until: must(call, "stands")?,
        })),
        _ => Err(Fault::absent()),
    }
}

fn given_programme(call: &Call, texts: Texts) -> Result<Programme, Fault> {
    let mut partners = Vec::new();
    for (name, role) in PARTNERS {
        partners.extend(lines(call, name)?.into_iter().map(|name| (name, role)));
    }
    let budget = match (optional(call, "budget")?, optional(call, "currency")?) {
        (Some(amount), Some(currency)) => Some((amount, currency)),
        (None, _) => None,
        (Some(_), None) => return Err(Fault::field("currency")),
    };
    let countries = call.field("countries").split(';').map(str::trim);
    let country = |part: &str| {
        let wrong = || Fault::field("countries");
        let (code, share) = part.split_once(' ').ok_or_else(wrong)?;
        let code = code.parse().map_err(|_| wrong())?;
        Ok((code, share.trim().parse().map_err(|_| wrong())?))
    };
    let countries: Result<_, Fault> = countries
        .filter(|part| !part.is_empty())
        .map(country)
        .collect();
    Ok(Programme {
        identifier: line(call, "identifier")?,
        texts,
        partners,
        sector: must(call, "sector")?,
        strand: must(call, "strand")?,
        code: must(call, "code")?,
        objectives: many(call, "objectives")?,
        countries: countries?,
        from: optional(call, "from")?.into(),
        until: optional(call, "until")?,
        budget,
        instalments: instalments(call)?,
        indicators: many(call, "indicators")?,
        public: call.field("public") == "yes",
    })
}

/// One a line: `2024-01-01 2024-12-31 600000.25`.
fn instalments(call: &Call) -> Result<Vec<Instalment>, Fault> {
    let typed = tidy(call.field("instalments"));
    let lines = typed.lines().filter(|line| !line.trim().is_empty());
    let parts = lines.map(|line| line.parse().map_err(|_| Fault::field("instalments")));
    parts.collect()
}

fn recommendations(call: &Call) -> Result<Vec<Texts>, Fault> {
    let all = (0..MAX_RECOMMENDATIONS).map(|n| texts::given(call, &format!("rec{n}-")));
    let all: Result<Vec<Option<Texts>>, Fault> = all.collect();
    Ok(all?.into_iter().flatten().collect())
}

fn must<T: std::str::FromStr>(call: &Call, name: &str) -> Result<T, Fault> {
    optional(call, name)?.ok_or_else(|| Fault::field(name))
}

fn line(call: &Call, name: &str) -> Result<Name, Fault> {
    let typed = tidy(call.field(name).trim());
    typed.parse().map_err(|_| Fault::field(name))
}

fn lines(call: &Call, name: &str) -> Result<Vec<Name>, Fault> {
    let typed = tidy(call.field(name));
    let lines = typed
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines
        .map(|line| line.parse().map_err(|_| Fault::field(name)))
        .collect()
}

fn many<T: std::str::FromStr>(call: &Call, name: &str) -> Result<Vec<T>, Fault> {
    let chosen = call.form.iter().filter(|(held, _)| held == name);
    chosen
        .map(|(_, value)| value.parse().map_err(|_| Fault::field(name)))
        .collect()
}
