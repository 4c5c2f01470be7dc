//! The table itself.

use passerelle_service::view::Scope;

use super::{Gives, Handler, Need, Parameter, Route, Takes, Verb};
use crate::handlers::{
    agreements, attachments, backups, courier, events, groups, keeping, node, partners, people,
    policy, receipts, records, register, statistics, tokens, uses,
};
use crate::limits::{
    MAX_AGREEMENT_BODY_BYTES, MAX_CARD_BODY_BYTES, MAX_COURIER_BYTES, MAX_DIFF_BYTES,
    MAX_DRAFT_BYTES, MAX_PACKAGE_JSON_BYTES, MAX_PAIRING_BYTES, MAX_SAYING_BYTES,
    MAX_SMALL_JSON_BYTES, MAX_UPLOAD_BYTES, MAX_VERIFY_BYTES,
};

const ANY: Need = Need::Token;
const READ: Need = Need::Scope(Scope::Read);
const RECORDS: Need = Need::Records;
const SEND: Need = Need::Scope(Scope::Send);
const ADMIN: Need = Need::Scope(Scope::Admin);
const GROUP: Need = Need::Scope(Scope::Group);
const AUDIT: Need = Need::Scope(Scope::Audit);

macro_rules! handler {
    ($handler:path) => {
        |call| Box::pin($handler(call))
    };
}

#[rustfmt::skip]
pub(super) const ROUTES: &[Route] = &[
    get("/v1/node", ANY, handler!(node::about))
        .named("describeNode", "Who this node is").gives("NodeInfo"),
    get("/v1/card", ANY, handler!(node::card))
        .named("showCard", "This node's card, to be handed to partners").gives("CardView"),
    post("/v1/cards/inspect", ANY, handler!(node::inspect))
        .named("inspectCard", "What a card says, without pairing")
        .takes(Takes::Card(MAX_CARD_BODY_BYTES)).gives("CardView"),
    get("/v1/partners", READ, handler!(partners::list))
        .named("listPartners", "Partners, and how far the exchange with each is")
        .lists("PartnerView"),
    post("/v1/partners", ADMIN, handler!(partners::pair))
        .named("pairPartner", "Pin a partner's card, whose fingerprint was read out by the partner")
        .takes(Takes::Json("Pairing", MAX_PAIRING_BYTES)).gives("PartnerView").status(201),
    post("/v1/partners/{party}/sync", SEND, handler!(partners::sync))
        .named("syncPartner", "Exchange with a partner now instead of when it is due").status(202),
    post("/v1/partners/{party}/resume", ADMIN, handler!(partners::resume))
        .named("resumePartner", "Resume a halted exchange: a person has looked at the alarm")
        .takes(Takes::Json("Resumption", MAX_SMALL_JSON_BYTES)).status(204),
    get("/v1/alarms", READ, handler!(partners::alarms))
        .named("listAlarms", "Alarms that wait for a person").lists("AlarmView"),
    get("/v1/agreements", READ, handler!(agreements::list))
        .named("listAgreements", "Every revision of every agreement held here")
        .lists("AgreementView"),
    post("/v1/agreements", ADMIN, handler!(agreements::add))
        .named("addAgreement", "Propose an agreement (TOML), or take over a partner's armoured bundle")
        .takes(Takes::Text(MAX_AGREEMENT_BODY_BYTES)).gives("AgreementView").status(201),
    post("/v1/agreements/diff", READ, handler!(agreements::diff))
        .named("diffAgreements", "What one agreement text changes against another")
        .takes(Takes::Json("Comparison", MAX_DIFF_BYTES)).lists("Change"),
    get("/v1/agreements/template", ADMIN, handler!(agreements::template)).query(&[
        required("partner", "PartyId", "The partner"),
        required("channel", "ChannelId", "The channel's identifier"),
        optional("side", "Side", "Cases, or the joint group; cases where left out"),
        optional("units", "UnitList", "Units that take part, with commas; all of that side where left out"),
    ]).named("draftAgreement", "A first text of an agreement with a partner (TOML)").text(),
    get("/v1/agreements/{hash}", READ, handler!(agreements::show))
        .named("showAgreement", "One revision of an agreement").gives("AgreementView"),
    post("/v1/agreements/{hash}/sign", ADMIN, handler!(agreements::sign))
        .named("signAgreement", "Sign a revision for this party").gives("AgreementView"),
    get("/v1/agreements/{hash}/bundle", READ, handler!(agreements::bundle))
        .named("exportAgreement", "A revision with the signatures held, armoured").text(),
    post("/v1/attachments", SEND, handler!(attachments::stage)).query(&[
        required("name", "FileName", "File name"),
        optional("type", "MediaType", "Media type; application/octet-stream where left out"),
    ])
        .named("stageAttachment", "Seal a file that a record will carry")
        .takes(Takes::Octets(MAX_UPLOAD_BYTES)).gives("Staged").status(201),
    post("/v1/records", SEND, handler!(records::release))
        .named("releaseRecord", "Release a record; the same Idempotency-Key never releases two")
        .takes(Takes::Json("Draft", MAX_DRAFT_BYTES)).gives("Line").status(201),
    get("/v1/records/outbox", RECORDS, handler!(records::outbox)).query(PAGE)
        .named("listOutbox", "Records released here, newest first").pages("Line"),
    get("/v1/records/inbox", RECORDS, handler!(records::inbox)).query(PAGE)
        .named("listInbox", "Records received, newest first").pages("Line"),
    get("/v1/records/{id}", RECORDS, handler!(records::show)).query(&[SENDER])
        .named("showRecord", "One whole record").gives("Shown"),
    post("/v1/records/{id}/read", SEND, handler!(records::mark_read)).query(&[
        required("from", "PartyId", "The party that sent it"),
    ]).named("markRead", "State to the sender that an officer opened the record").status(204),
    get("/v1/records/{id}/uses", AUDIT, handler!(uses::list)).query(&[SENDER])
        .named("listUses", "How a record was used, as it was reported to its originator")
        .lists("UseView"),
    post("/v1/records/{id}/uses", SEND, handler!(uses::report)).query(&[
        required("from", "PartyId", "The party that sent it"),
    ])
        .named("reportUse", "Report to its originator how a record was used; a capital charge or ill-treatment freezes it on both sides")
        .takes(Takes::Json("UseReported", MAX_SMALL_JSON_BYTES)).status(204),
    get("/v1/records/{id}/why", RECORDS, handler!(records::why))
        .named("explainRecord", "Why a record has not arrived").gives("Why"),
    get("/v1/records/{id}/receipt", RECORDS, handler!(receipts::show)).query(&[
        optional("partner", "PartyId", "The partner that holds it; may be left out where there is one"),
    ]).named("showReceipt", "The proof that a partner holds a record").text(),
    get("/v1/records/{id}/attachments/{n}", RECORDS, handler!(attachments::open)).query(&[SENDER])
        .named("openAttachment", "The content of a record's attachment").octets(),
    post("/v1/receipts/verify", ANY, handler!(receipts::verify))
        .named("verifyReceipt", "What a receipt proves, with nothing but the two cards")
        .takes(Takes::Json("Verification", MAX_VERIFY_BYTES)).gives("Proven"),
    get("/v1/courier", ADMIN, handler!(courier::export)).query(&[
        required("to", "PartyId", "The partner it is for"),
    ])
        .named("exportCourier", "Everything a partner does not have yet, as a file to be carried")
        .octets(),
    post("/v1/courier", ADMIN, handler!(courier::import))
        .named("importCourier", "Take in a file that was carried here")
        .takes(Takes::Octets(MAX_COURIER_BYTES)).gives("Imported"),
    get("/v1/backups", ADMIN, handler!(backups::show))
        .named("describeBackups", "When the last backup was made, and what is recovered after a restoring")
        .gives("BackupsView"),
    post("/v1/backups", ADMIN, handler!(backups::make))
        .named("makeBackup", "Everything of this node, sealed under a key or a passphrase")
        .takes(Takes::Json("BackupKey", MAX_SMALL_JSON_BYTES)).octets(),
    get("/v1/tokens", ADMIN, handler!(tokens::list))
        .named("listTokens", "Tokens for programs, without their secrets").lists("TokenView"),
    post("/v1/tokens", ADMIN, handler!(tokens::create))
        .named("createToken", "Make a token; its secret is shown this once")
        .takes(Takes::Json("TokenDraft", MAX_SMALL_JSON_BYTES)).gives("NewToken").status(201),
    delete("/v1/tokens/{id}", ADMIN, handler!(tokens::revoke))
        .named("revokeToken", "Revoke a token").status(204),
    get("/v1/register", AUDIT, handler!(register::list)).query(&[
        PURPOSE,
        optional("deed", "Deed", "Only this deed"),
        optional("officer", "OfficerId", "Only by this person"),
        optional("party", "PartyId", "Only on this partner, or whose record"),
        optional("record", "RecordId", "Only on this record of the party"),
        optional("outcome", "Outcome", "Only with this outcome"),
        optional("code", "ErrorCode", "Only where this rule refused or asked for a second person"),
        optional("ground", "Ground", "Only transfers on this ground"),
        optional("from", "Day", "Only on or after this day"),
        optional("until", "Day", "Only before this day"),
        optional("before", "Position", "Only what stands before this index"),
        optional("limit", "PageSize", "Most acts"),
    ])
        .named("readRegister", "Acts, newest first; reading them is an act itself")
        .gives("ActPage"),
    get("/v1/register/state", AUDIT, handler!(register::state))
        .named("describeRegister", "How long the register is, and what partners co-signed of it")
        .gives("RegisterView"),
    get("/v1/register/export", AUDIT, handler!(register::export)).query(&[
        PURPOSE,
        optional("start", "Position", "Index of the first act; 0 where left out"),
        optional("end", "Position", "Index after the last act; all where left out"),
    ])
        .named("exportRegister", "Acts as an audit package, which verifies offline").text(),
    get("/v1/register/transfers", AUDIT, handler!(register::transfers)).query(&[
        PURPOSE,
        optional("from", "Day", "Only on or after this day"),
        optional("until", "Day", "Only before this day"),
    ])
        .named("exportTransfers", "Transfers under own assessment or derogation, for the authority, as an audit package that withholds every other act")
        .text(),
    post("/v1/register/verify", ANY, handler!(register::verify))
        .named("verifyRegister", "What an audit package proves, with nothing but the cards")
        .takes(Takes::Json("RegisterVerification", MAX_PACKAGE_JSON_BYTES))
        .gives("RegisterProven"),
    get("/v1/people", ADMIN, handler!(people::list))
        .named("listPeople", "People of this node: staff, never data subjects").lists("PersonView"),
    post("/v1/people", ADMIN, handler!(people::add))
        .named("addPerson", "Add a person; the path of the set-up page is shown this once")
        .takes(Takes::Json("Person", MAX_SMALL_JSON_BYTES)).gives("SetupLink").status(201),
    post("/v1/people/{officer}/reset", ADMIN, handler!(people::reset))
        .named("resetPerson", "Take password and authenticator away and give a new set-up page")
        .gives("SetupLink"),
    post("/v1/people/{officer}/suspend", ADMIN, handler!(people::suspend))
        .named("suspendPerson", "Let a person sign in no more, or again")
        .takes(Takes::Json("Suspension", MAX_SMALL_JSON_BYTES)).status(204),
    get("/v1/policy", READ, handler!(policy::show))
        .named("showPolicy", "The access policy that partners see: who opens what")
        .gives("PolicyView"),
    post("/v1/policy", ADMIN, handler!(policy::publish))
        .named("publishPolicy", "Sign the access policy anew and give it to partners")
        .gives("PolicyView"),
    get("/v1/statistics", READ, handler!(statistics::show)).query(PERIOD)
        .named("showStatistics", "Requests by partner, direction, urgency and outcome")
        .gives("StatisticsView"),
    get("/v1/statistics/csv", READ, handler!(statistics::csv)).query(PERIOD)
        .named("exportStatistics", "The same as a table for a spreadsheet (RFC 4180)").text(),
    post("/v1/keeping/run", ADMIN, handler!(keeping::run))
        .named("keepHouse", "Do what is due today: erase, end holds, follow recalls")
        .gives("Housekeeping"),
    get("/v1/keeping/reviews", AUDIT, handler!(keeping::reviews)).query(&[
        optional("until", "Day", "Only what falls due by this day; today where left out"),
        optional("limit", "PageSize", "Most records"),
    ])
        .named("listReviews", "Records whose review falls due, the earliest first")
        .lists("DueRecord"),
    get("/v1/keeping/holds", AUDIT, handler!(keeping::holds)).query(&[
        optional("limit", "PageSize", "Most records"),
    ])
        .named("listHolds", "Records kept as evidence, by the day that ends")
        .lists("DueRecord"),
    get("/v1/keeping/overdue", AUDIT, handler!(keeping::overdue))
        .named("listOverdue", "Recalls, corrections and requests that somebody has not acted upon in time")
        .lists("Overdue"),
    get("/v1/keeping/frozen", AUDIT, handler!(keeping::frozen)).query(&[
        optional("limit", "PageSize", "Most records"),
    ])
        .named("listFrozen", "Records frozen by a report of use that waits for the data-protection officer")
        .lists("DueRecord"),
    get("/v1/processing", AUDIT, handler!(register::processing))
        .named("showProcessing", "The register of processing, generated from the agreements in force")
        .gives("ProcessingView"),
    get("/v1/groups", GROUP, handler!(groups::list))
        .named("listGroups", "Joint groups, with how many objects of each kind they hold")
        .lists("GroupView"),
    get("/v1/groups/{channel}/objects", GROUP, handler!(groups::objects)).query(&[
        optional("kind", "GroupKind", "Only of this kind"),
        optional("after", "ObjectRef", "Begin after this one; the `Link` of a page has it"),
        optional("limit", "PageSize", "Lines of a page"),
    ])
        .named("listGroupObjects", "Objects of a group in the order of their names")
        .pages("ObjectLine"),
    get("/v1/groups/{channel}/objects/{object}", GROUP, handler!(groups::object))
        .named("showGroupObject", "One object with everything that was said of it")
        .gives("GroupObject"),
    get("/v1/groups/{channel}/board", GROUP, handler!(groups::board)).query(&[
        optional("responsible", "PartyId", "Only what this party answers for"),
        optional("sector", "GroupSector", "Only this sector"),
        optional("strand", "GroupStrand", "Only this strand"),
        optional("flag", "GroupFlag", "Only with this flag"),
        optional("progress", "GroupProgress", "Only at this point of their way"),
        optional("objective", "Objective", "Only this objective of the Global Compact"),
        optional("limit", "PageSize", "Most rows of a column"),
    ])
        .named("showGroupBoard", "Commitments by how they stand").gives("GroupBoard"),
    get("/v1/groups/{channel}/matrix", GROUP, handler!(groups::matrix)).query(&[
        optional("across", "MatrixAcross", "What stands across; strands where left out"),
    ])
        .named("showGroupMatrix", "Who does what in which sector; overlaps and gaps")
        .gives("GroupMatrix"),
    get("/v1/groups/{channel}/briefing", GROUP, handler!(groups::briefing)).query(&[
        optional("since", "Day", "Since this day; since the last meeting where left out"),
    ])
        .named("showGroupBriefing", "The minister's page").gives("GroupBriefing"),
    post("/v1/groups/{channel}/events", GROUP, handler!(groups::say))
        .named("sayInGroup", "Say something of one object, or open one; a key never says it twice")
        .takes(Takes::Json("GroupSaying", MAX_SAYING_BYTES)).gives("GroupSaid").status(201),
    get("/v1/doctor", ADMIN, handler!(node::doctor))
        .named("examineNode", "What is well and what is not").lists("Finding"),
    get("/v1/events", RECORDS, handler!(events::follow))
        .named("followEvents", "What happens from now on; `event: lagged` says how many were missed")
        .events("NodeEvent"),
    get("/v1/openapi.json", ANY, handler!(node::document))
        .named("describeApi", "This document").gives("Document"),
];

const PURPOSE: Parameter = required(
    "purpose",
    "RegisterPurpose",
    "For what it is read (Directive (EU) 2016/680, Article 25(2))",
);
const SENDER: Parameter = optional(
    "from",
    "PartyId",
    "The party that sent it; this node's where left out",
);

const PERIOD: &[Parameter] = &[
    optional(
        "from",
        "Month",
        "First month; eleven before the last where left out",
    ),
    optional("until", "Month", "Last month; this one where left out"),
];

const PAGE: &[Parameter] = &[
    optional(
        "before",
        "Cursor",
        "Begin after this line; the `Link` of a page has it",
    ),
    optional("limit", "PageSize", "Lines of a page"),
    optional(
        "side",
        "Side",
        "Cases, or the joint group; cases where left out and open",
    ),
];

const fn required(name: &'static str, schema: &'static str, summary: &'static str) -> Parameter {
    Parameter {
        name,
        schema,
        required: true,
        summary,
    }
}

const fn optional(name: &'static str, schema: &'static str, summary: &'static str) -> Parameter {
    Parameter {
        required: false,
        ..required(name, schema, summary)
    }
}

const fn get(path: &'static str, need: Need, handler: Handler) -> Route {
    Route {
        verb: Verb::Get,
        path,
        need,
        query: &[],
        takes: Takes::Nothing,
        gives: Gives::Nothing,
        status: 200,
        summary: "",
        operation: "",
        handler,
    }
}

const fn post(path: &'static str, need: Need, handler: Handler) -> Route {
    Route {
        verb: Verb::Post,
        ..get(path, need, handler)
    }
}

const fn delete(path: &'static str, need: Need, handler: Handler) -> Route {
    Route {
        verb: Verb::Delete,
        ..get(path, need, handler)
    }
}

impl Route {
    const fn named(self, operation: &'static str, summary: &'static str) -> Self {
        Self {
            operation,
            summary,
            ..self
        }
    }

    const fn query(self, query: &'static [Parameter]) -> Self {
        Self { query, ..self }
    }

    const fn takes(self, takes: Takes) -> Self {
        Self { takes, ..self }
    }

    const fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    const fn gives(self, schema: &'static str) -> Self {
        self.giving(Gives::Json(schema))
    }

    const fn lists(self, schema: &'static str) -> Self {
        self.giving(Gives::List(schema))
    }

    const fn pages(self, schema: &'static str) -> Self {
        self.giving(Gives::Page(schema))
    }

    const fn text(self) -> Self {
        self.giving(Gives::Text)
    }

    const fn octets(self) -> Self {
        self.giving(Gives::Octets)
    }

    const fn events(self, schema: &'static str) -> Self {
        self.giving(Gives::Events(schema))
    }

    const fn giving(self, gives: Gives) -> Self {
        Self { gives, ..self }
    }
}
