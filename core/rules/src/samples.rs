//! One agreement and one record that break no rule, for tests to change.

use std::collections::BTreeSet;

use passerelle_model::{
    Agreement, Answer, Asking, Author, Completeness, Digest, Evaluation, GROUP_SCHEMA, Ground,
    Handling, InformationGrade, Intake, Kind, Lang, Markings, Nature, OfficerId, Outlet, Pap,
    Particulars, Permission, PermittedUse, PersonCategory, Reason, Record, RecordId, Reference,
    Relation, Role, Side, SourceGrade, StructuredData, Tlp, Transfer, UnitId, Urgency, UtcTime,
};

use crate::access::{Asked, Opening, Reader, may_open};
use crate::judgement::Effect;
use crate::{OwnSide, Provided, Refusal, ReleaseFacts, judge, release};

pub(crate) const TEXT: &str = include_str!("../../model/tests/data/agreement.toml");
/// 15 April 2024, 20:00 UTC.
pub(crate) const NOW: UtcTime = UtcTime::from_millis(1_713_211_200_000);

pub(crate) fn agreement() -> Agreement {
    let expired = "[[basis]]\ncode = \"expired\"\ntitle = { en = \"x\" }\n\
                   from = \"2000-01-01\"\nuntil = \"2001-01-01\"\n\n[scope]";
    let text = TEXT.replace("[scope]", expired).replacen(
        "bases = [\"convention-2014\"]",
        "bases = [\"convention-2014\", \"expired\"]",
        1,
    );
    Agreement::parse(&text).unwrap()
}

/// The same on the side of the joint group.
pub(crate) fn group_agreement() -> Agreement {
    let text = TEXT
        .replacen("revision = 1", "revision = 1\nside = \"group\"", 1)
        .replace("code = \"terrorism\"", "code = \"migration\"")
        .replace("code = \"trafficking\"", "code = \"prevention\"");
    Agreement::parse(&text).unwrap()
}

pub(crate) fn facts(agreement: &Agreement) -> ReleaseFacts<'_> {
    ReleaseFacts {
        agreement,
        signed_by_all: true,
        now: NOW,
        released_today: 0,
        intake: None,
        own: OwnSide::default(),
        sources: &[],
        content: Digest::new([0; 32]),
        approval: None,
    }
}

pub(crate) fn record(agreement: &Agreement) -> Record {
    Record {
        id: RecordId::from_parts(NOW.millis(), [7; 10]),
        channel: agreement.terms().id.clone(),
        agreement: agreement.hash(),
        from: "ma.interior".parse().unwrap(),
        author: Author {
            officer: "o-17".parse().unwrap(),
            unit: "liaison".parse().unwrap(),
            function: "officier de liaison".parse().unwrap(),
        },
        kind: Kind::Request,
        time: NOW,
        purpose: "terrorism".parse().unwrap(),
        basis: "convention-2014".parse().unwrap(),
        class: "case-data".parse().unwrap(),
        markings: Markings {
            tlp: Tlp::Amber,
            pap: Pap::Green,
            handling: Handling::H1,
            caveats: vec![],
        },
        evaluation: Evaluation {
            source: SourceGrade::B,
            information: InformationGrade::Two,
        },
        review: NOW.day().plus_days(365),
        erasure: NOW.day().plus_days(1825),
        to: vec!["be.interior/police".parse().unwrap()],
        references: vec![],
        urgency: Some(Urgency::Priority),
        reason: None,
        lang: Lang::Fr,
        subject: "Véhicule signalé".parse().unwrap(),
        text: Some("Demande de vérification.".parse().unwrap()),
        data: None,
        attachments: vec![],
        offences: vec!["terrorism".parse().unwrap()],
        particulars: None,
        asking: Some(Asking {
            held_because: "immatriculé chez vous".parse().unwrap(),
            link: Some("conducteur habituel".parse().unwrap()),
            urgency_reason: Some("départ annoncé".parse().unwrap()),
            limits: None,
            file: None,
        }),
        permission: None,
    }
}

/// Something said in the joint group.
pub(crate) fn event(agreement: &Agreement) -> Record {
    Record {
        kind: Kind::Group,
        urgency: None,
        asking: None,
        offences: vec![],
        data: Some(StructuredData {
            schema: GROUP_SCHEMA.parse().unwrap(),
            json: "{}".to_owned(),
        }),
        purpose: agreement.terms().purpose[0].code.clone(),
        ..record(agreement)
    }
}

/// The same about one suspect.
pub(crate) fn personal(agreement: &Agreement) -> Record {
    Record {
        particulars: Some(Particulars {
            persons: 1,
            categories: vec![PersonCategory::Suspect],
            nature: Nature::Fact,
            assessor: None,
            as_of: NOW.day(),
            completeness: Completeness::Partial,
            minors: None,
            special: vec![],
            necessity: None,
            transfer: Transfer {
                ground: Ground::Instrument,
                reference: Some("Convention 2014".parse().unwrap()),
                reason: None,
                balance: None,
            },
            origin: None,
        }),
        ..record(agreement)
    }
}

/// Intake answered with no twice.
pub(crate) const CLEAN: Intake = Intake {
    tainted: Answer::No,
    protection: Answer::No,
};

/// What a record says of persons.
pub(crate) fn of(record: &mut Record) -> &mut Particulars {
    record.particulars.as_mut().unwrap()
}

/// Codes of rules that are not simply kept, for a changed record about one suspect.
pub(crate) fn effects<'a>(
    change: impl FnOnce(&mut Record),
    adjust: impl FnOnce(&mut ReleaseFacts<'a>),
) -> Vec<(&'static str, Effect)> {
    // A test's agreement lives as long as the test.
    let agreement: &'static Agreement = Box::leak(Box::new(agreement()));
    let mut record = personal(agreement);
    change(&mut record);
    let mut facts: ReleaseFacts<'a> = ReleaseFacts {
        intake: Some(CLEAN),
        ..facts(agreement)
    };
    adjust(&mut facts);
    judge(&record, &facts)
        .findings()
        .iter()
        .filter(|finding| finding.effect != Effect::Passes)
        .map(|finding| (finding.rule.code(), finding.effect))
        .collect()
}

/// Codes for which a release is refused.
pub(crate) fn refused(record: Record, facts: &ReleaseFacts<'_>) -> Vec<&'static str> {
    let refusals = release(record, facts).err().unwrap_or_default();
    refusals.iter().map(Refusal::code).collect()
}

/// A request that the partner sent us.
pub(crate) fn provided(agreement: &Agreement) -> Record {
    Record {
        id: RecordId::from_parts(NOW.millis(), [8; 10]),
        from: "be.interior".parse().unwrap(),
        to: vec!["ma.interior/liaison".parse().unwrap()],
        ..record(agreement)
    }
}

/// Our answer to it.
pub(crate) fn reply(agreement: &Agreement, theirs: &Record) -> Record {
    Record {
        kind: Kind::Answer,
        urgency: None,
        asking: None,
        markings: theirs.markings.clone(),
        references: vec![Reference {
            relation: Relation::Answers,
            party: theirs.from.clone(),
            record: theirs.id,
        }],
        ..record(agreement)
    }
}

/// The provider's permission for its record.
pub(crate) fn permission(theirs: &Record, what: PermittedUse) -> Permission {
    Permission {
        record: theirs.id,
        uses: vec![what],
        purpose: None,
        parties: vec![],
    }
}

/// Codes for which an answer to `theirs` is refused.
pub(crate) fn codes(
    record: &Record,
    agreement: &Agreement,
    theirs: &Record,
    permissions: &[Permission],
) -> Vec<&'static str> {
    let sources = [Provided {
        record: theirs,
        permissions,
        restricted: false,
    }];
    let facts = ReleaseFacts {
        sources: &sources,
        ..facts(agreement)
    };
    let refusals = judge(record, &facts).refusals();
    refusals.iter().map(Refusal::code).collect()
}

/// A person and a partner's record, for tests to change.
pub(crate) struct World {
    pub(crate) officer: OfficerId,
    pub(crate) units: BTreeSet<UnitId>,
    pub(crate) roles: BTreeSet<Role>,
    pub(crate) record: RecordId,
    pub(crate) record_units: BTreeSet<UnitId>,
    pub(crate) markings: Markings,
    pub(crate) named: Option<BTreeSet<OfficerId>>,
    pub(crate) restricted: bool,
    pub(crate) accepted: bool,
    pub(crate) ours: bool,
    pub(crate) why: Option<Reason>,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) glass: bool,
}

impl World {
    pub(crate) fn new(role: Role) -> Self {
        Self {
            officer: "o-17".parse().unwrap(),
            units: BTreeSet::from(["liaison".parse().unwrap()]),
            roles: BTreeSet::from([role]),
            record: RecordId::from_parts(NOW.millis(), [8; 10]),
            record_units: BTreeSet::from(["liaison".parse().unwrap()]),
            markings: Markings {
                tlp: Tlp::Amber,
                pap: Pap::Amber,
                handling: Handling::H1,
                caveats: vec![],
            },
            named: None,
            restricted: false,
            accepted: true,
            ours: false,
            why: None,
            permissions: vec![],
            glass: false,
        }
    }

    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader {
            officer: &self.officer,
            units: &self.units,
            roles: &self.roles,
        }
    }

    /// The provider permits this of the record.
    pub(crate) fn permit(&mut self, what: PermittedUse) {
        self.permissions.push(Permission {
            record: self.record,
            uses: vec![what],
            purpose: None,
            parties: vec![],
        });
    }

    pub(crate) fn ask(&self, asked: Asked) -> Result<(), &'static str> {
        self.judged(asked, Outlet::Own)
    }

    pub(crate) fn export(&self, outlet: Outlet) -> Result<(), &'static str> {
        self.judged(Asked::Export, outlet)
    }

    fn judged(&self, asked: Asked, outlet: Outlet) -> Result<(), &'static str> {
        let opening = Opening {
            units: &self.record_units,
            named: self.named.as_ref(),
            restricted: self.restricted,
            markings: Some(&self.markings),
            conditions_accepted: self.accepted,
            ours: self.ours,
            why: self.why.as_ref(),
            outlet,
            permissions: Some((self.record, &self.permissions)),
            class: None,
            side: Side::Cases,
            glass: self.glass,
        };
        let judged = may_open(&self.reader(), asked, &opening);
        judged.map(|_| ()).map_err(|refusal| refusal.code())
    }
}
