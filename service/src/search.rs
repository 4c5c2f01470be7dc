//! Search: over keyed hashes of folded words, within what the reader may open, and only after
//! they said why.

use std::collections::BTreeSet;

use hmac::{Hmac, KeyInit as _, Mac as _};
use passerelle_model::{
    Act, Deed, Kind, Name, Object, OfficerId, PartyId, Reason, Record, RecordId, Tlp, UnitId,
    UtcTime,
};
use passerelle_names::{fold_query, fold_words};
use passerelle_store::{Found, Token, WordQuery, first_place};
use serde::Serialize;
use sha2::Sha256;

use crate::cases::Peeked;
use crate::{Actor, CaseId, Error, Node};

/// What is looked for; every field that is given narrows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words, in any order.
    pub text: String,
    /// What a record does.
    pub kind: Option<Kind>,
    /// Purpose code.
    pub purpose: Option<String>,
    /// Traffic light.
    pub tlp: Option<Tlp>,
    /// Who sent it.
    pub party: Option<PartyId>,
    /// Released at this moment or later.
    pub from: Option<UtcTime>,
    /// Released before this moment.
    pub until: Option<UtcTime>,
    /// Goes on after this place.
    pub after: Option<u64>,
}

/// One record that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Whose.
    pub party: PartyId,
    /// Which.
    pub record: RecordId,
    /// The case it belongs to.
    pub case: (PartyId, RecordId),
    /// What it does.
    pub kind: Kind,
    /// Subject.
    pub subject: String,
    /// When.
    pub time: UtcTime,
    /// Where it stands with its first recipient, where it is ours; for screens.
    #[serde(skip)]
    pub standing: Option<crate::view::Delivery>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Hits {
    /// The records, newest first.
    pub hits: Vec<Hit>,
    /// Where the next page goes on.
    pub next: Option<u64>,
}

/// Hits of one page.
const PAGE: usize = 25;
/// Pages of what was found that are looked through for what a person may know of.
const MAX_LOOKS: usize = 40;

impl Node {
    /// Searches what `actor` may open. `why` is entered before anything is looked up.
    pub async fn search(&self, actor: &Actor, query: &Query, why: Reason) -> Result<Hits, Error> {
        self.project().await?;
        let mut asked = self.query_of(actor, query)?;
        let object = Object::Thing {
            kind: "search".parse()?,
            name: self.fingerprint(query).parse::<Name>()?,
        };
        let act = Act::new(Deed::Search, self.now(), actor.by(), object);
        self.enter(act.because(Some(why))).await?;
        let (mut hits, mut next) = (Vec::new(), None);
        for _ in 0..MAX_LOOKS {
            let found = self.store.search(asked.clone()).await?;
            let full = found.len() == asked.limit;
            next = found.last().map(|found| found.place).filter(|_| full);
            hits.extend(self.hits_of(actor, found).await?);
            if hits.len() > PAGE || next.is_none() {
                break;
            }
            asked.after = next;
        }
        // One more than is shown: that there is more is told only of what may be known.
        if hits.len() > PAGE {
            hits.truncate(PAGE);
            next = hits.last().map(|(place, _)| *place);
        }
        let hits = hits.into_iter().map(|(_, hit)| hit).collect();
        Ok(Hits { hits, next })
    }

    /// Of what was found what this person may know of, each with its place. The index knows units
    /// and names; the rules decide again over the record itself.
    async fn hits_of(&self, actor: &Actor, found: Vec<Found>) -> Result<Vec<(u64, Hit)>, Error> {
        let places: Vec<u64> = found.iter().map(|found| found.place).collect();
        let found = found.into_iter().map(|found| found.entry);
        let asked = found.map(|entry| (entry.journal.party, entry.record));
        let peeked = self.peek(actor, asked.collect(), BTreeSet::new()).await?;
        let hits = places.into_iter().zip(peeked);
        let hits = hits.filter_map(|(place, peeked)| Some((place, self.hit(peeked?)?)));
        Ok(hits.collect())
    }

    fn query_of(&self, actor: &Actor, query: &Query) -> Result<WordQuery, Error> {
        passerelle_rules::may_search(actor.roles())?;
        let maker = self.token_maker();
        let mut groups: Vec<Vec<Token>> = fold_query(&query.text)
            .into_iter()
            .map(|words| words.iter().map(|word| maker.token("word", word)).collect())
            .collect();
        let facets = [
            query.kind.map(|kind| ("kind", kind.to_string())),
            query.purpose.clone().map(|purpose| ("purpose", purpose)),
            query.tlp.map(|tlp| ("tlp", tlp.to_string())),
            query
                .party
                .as_ref()
                .map(|party| ("party", party.to_string())),
        ];
        let facets = facets.into_iter().flatten();
        let mut within: Vec<Vec<Token>> = facets
            .map(|(field, value)| vec![maker.token(field, &value)])
            .collect();
        if groups.is_empty() {
            groups.extend(within.pop());
        }
        let dated = query.from.is_some() || query.until.is_some();
        if groups.is_empty() && !dated {
            return Err(Error::state("E_QUERY_EMPTY", "say what to look for"));
        }
        let mut mine: Vec<Token> = actor
            .units()
            .iter()
            .map(|unit| maker.token("unit", unit.as_str()))
            .collect();
        mine.push(maker.named(actor.officer()));
        match groups.is_empty() {
            true => groups.push(mine),
            false => within.push(mine),
        }
        let until = query.until.map(first_place);
        Ok(WordQuery {
            groups,
            within,
            none: Vec::new(),
            after: until.into_iter().chain(query.after).min(),
            since: query.from.map(first_place),
            limit: PAGE + 1,
        })
    }

    /// Everything a record can be found by. Where its case is kept to named persons, they
    /// stand in for its units.
    pub(crate) fn tokens_of(
        &self,
        record: &Record,
        units: &BTreeSet<UnitId>,
        named: Option<&BTreeSet<OfficerId>>,
    ) -> Vec<Token> {
        let maker = self.token_maker();
        let mut tokens = BTreeSet::new();
        let files: Vec<&str> = record
            .attachments
            .iter()
            .map(|file| file.name.as_str())
            .collect();
        let texts = [
            Some(record.subject.as_str()),
            record.text.as_ref().map(|text| text.as_str()),
            record.data.as_ref().map(|data| data.json.as_str()),
            record
                .asking
                .as_ref()
                .map(|asking| asking.held_because.as_str()),
        ];
        for text in texts.into_iter().flatten().chain(files) {
            let words = fold_words(text);
            tokens.extend(words.iter().map(|word| maker.token("word", word)));
        }
        tokens.insert(maker.record(&record.id));
        let facets = [
            ("kind", record.kind.to_string()),
            ("purpose", record.purpose.to_string()),
            ("tlp", record.markings.tlp.to_string()),
            ("party", record.from.to_string()),
        ];
        tokens.extend(
            facets
                .iter()
                .map(|(field, value)| maker.token(field, value)),
        );
        match named {
            Some(named) => tokens.extend(named.iter().map(|officer| maker.named(officer))),
            None => tokens.extend(units.iter().map(|unit| maker.token("unit", unit.as_str()))),
        }
        tokens
            .into_iter()
            .take(passerelle_store::MAX_ENTRY_TOKENS)
            .collect()
    }

    /// What a record is found by whatever it says.
    pub(crate) fn record_token(&self, record: &RecordId) -> Token {
        self.token_maker().record(record)
    }

    /// What is shown of a record that was found, to those who may know of it.
    fn hit(&self, peeked: Peeked) -> Option<Hit> {
        let record = peeked.seen()?;
        let own = || CaseId {
            party: record.from.clone(),
            record: record.id,
        };
        let case = peeked.case.clone().unwrap_or_else(own);
        let to = record.recipient_parties().next();
        Some(Hit {
            standing: to.and_then(|to| peeked.standing_with(&self.party, to)),
            case: (case.party, case.record),
            kind: record.kind,
            time: record.time,
            party: record.from.clone(),
            record: record.id,
            subject: record.subject.to_string(),
        })
    }

    /// The key is worked out once for all words of a text.
    fn token_maker(&self) -> TokenMaker {
        let keys = self.keys();
        let key = keys.store().derive("search/words/1");
        // HMAC takes keys of any length (RFC 2104), so that there always is one.
        TokenMaker(Hmac::<Sha256>::new_from_slice(key.as_slice()).ok())
    }

    /// What the register keeps of a search: enough to tell two apart, not what was asked.
    fn fingerprint(&self, query: &Query) -> String {
        let Token(value) = self.token_maker().token("query", &format!("{query:?}"));
        format!("{value:016x}")
    }
}

/// HMAC-SHA-256 under a key that only this node can derive, cut to 64 bits.
struct TokenMaker(Option<Hmac<Sha256>>);

impl TokenMaker {
    fn token(&self, field: &str, word: &str) -> Token {
        let Some(mut mac) = self.0.clone() else {
            return Token(0);
        };
        mac.update(field.as_bytes());
        mac.update(&[0]);
        mac.update(word.as_bytes());
        let bytes = mac.finalize().into_bytes();
        Token(
            bytes
                .first_chunk::<8>()
                .map_or(0, |first| u64::from_be_bytes(*first)),
        )
    }

    fn named(&self, officer: &OfficerId) -> Token {
        self.token("named", officer.as_str())
    }

    fn record(&self, record: &RecordId) -> Token {
        self.token("word", &record.to_string().to_lowercase())
    }
}
