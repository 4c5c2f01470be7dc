//! What programs see of a group: its objects with everything that follows from what was said.

use std::collections::BTreeMap;

use passerelle_group as joint;
use passerelle_group::{ObjectRef, Seen, Texts};
use passerelle_model::{
    ChannelId, Day, Digest, Lang, Markdown, Name, Names, OfficerId, PartyId, RecordId, UtcTime,
};
use serde::{Deserialize, Serialize};

macro_rules! views {
    ($($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty,)+ })+) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            pub struct $name { $($(#[$doc])* pub $field: $kind,)+ }
        )+
    };
}

views! {
    /// A group.
    GroupView {
        /// Channel of its agreement.
        channel: ChannelId,
        /// What it is called.
        names: Names,
        /// Its members, in the order of the agreement.
        parties: Vec<PartyId>,
        /// How many objects of each kind there are.
        kinds: BTreeMap<String, usize>,
        /// Events that wait for what others said before.
        waiting: usize,
        /// Events that count for nothing.
        odd: Vec<OddView>,
    }

    /// An event that counts for nothing.
    OddView {
        /// Whose.
        party: PartyId,
        /// The record that carries it.
        record: RecordId,
        /// Code of the reason.
        code: String,
        /// The reason.
        why: String,
    }

    /// An object in a list.
    ObjectLine {
        /// Which.
        object: ObjectRef,
        /// Its kind.
        kind: joint::Kind,
        /// What it belongs to.
        parent: Option<ObjectRef>,
        /// Its title: of what is agreed, else offered, else described.
        titles: Option<Names>,
        /// Where it stands.
        stage: joint::Stage,
        /// Hash of what is agreed.
        agreed: Option<Digest>,
        /// Hash of what is offered and not answered.
        open: Option<Digest>,
        /// Whose signatures that waits for.
        waits_for: Vec<PartyId>,
        /// To be named by whoever says something of it.
        version: u64,
        /// When something was said of it last, by that party's clock.
        changed: UtcTime,
    }

    /// When and by whom something was said.
    StampView {
        /// Whose journal.
        party: PartyId,
        /// The record that carries it.
        record: RecordId,
        /// Index of its leaf.
        index: u64,
        /// Which deed of the event.
        deed: usize,
        /// By the author's clock.
        time: UtcTime,
        /// Who.
        officer: OfficerId,
        /// In which function.
        function: Name,
        /// How much of each other journal the author had seen.
        seen: Seen,
    }

    /// Something with its stamp.
    StampedView {
        /// What was said.
        said: serde_json::Value,
        /// By whom, and when.
        stamp: StampView,
    }

    /// A revision that all accepted.
    AgreedView {
        /// Its hash.
        hash: Digest,
        /// What is agreed.
        revision: joint::Revision,
        /// The offer, then each acceptance.
        signatures: Vec<StampView>,
    }

    /// An offer and what became of it.
    OfferView {
        /// Hash of the revision.
        hash: Digest,
        /// The revision.
        revision: joint::Revision,
        /// What became of it.
        standing: joint::Standing,
        /// Who offered it.
        made: StampView,
        /// Who accepted it.
        accepts: Vec<StampView>,
        /// Who rejected it, and what they asked instead.
        rejects: Vec<RejectView>,
        /// When its author asked to take it back.
        withdrawn: Option<StampView>,
        /// Whose answer it waits for.
        waits_for: Vec<PartyId>,
    }

    /// A rejection.
    RejectView {
        /// Who.
        stamp: StampView,
        /// What they asked instead.
        reason: Option<Texts>,
    }

    /// What a party thinks of a revision.
    PositionView {
        /// Hash of the revision.
        revision: Digest,
        /// What it thinks.
        stance: joint::Stance,
        /// In its own words.
        statement: Option<Texts>,
        /// Who.
        stamp: StampView,
    }

    /// A courtesy translation, by one party and outside the hash.
    TranslationView {
        /// Hash of the revision.
        revision: Digest,
        /// The translation.
        version: joint::Version,
        /// Who.
        stamp: StampView,
    }

    /// One version of a draft paragraph; several with one place and language were written at
    /// the same time.
    ParagraphView {
        /// Where it stands.
        place: String,
        /// Its language.
        lang: Lang,
        /// Its text; none where it is struck out.
        text: Option<Markdown>,
        /// Who.
        stamp: StampView,
    }

    /// A value of an indicator.
    ObservationView {
        /// The value.
        period: joint::Period,
        /// How it stands.
        standing: joint::ObservationStanding,
        /// What makes one ask again.
        doubts: Vec<joint::Doubt>,
        /// Who reported it.
        stamp: StampView,
        /// What others say of it.
        judged: Vec<JudgedView>,
    }

    /// What another party says of a value.
    JudgedView {
        /// Whether it is contested.
        contested: bool,
        /// Why.
        text: Option<Texts>,
        /// Who.
        stamp: StampView,
    }

    /// One round of assessments.
    RoundView {
        /// Its number.
        round: u32,
        /// Who has sealed.
        sealed: Vec<PartyId>,
        /// What was shown.
        shown: Vec<StampedView>,
        /// How the views meet, once all have shown theirs.
        verdict: Option<joint::Verdict>,
    }

    /// A party that signed against the rule, with the two records that show it.
    BreachView {
        /// Who.
        party: PartyId,
        /// What it had signed.
        first: StampView,
        /// What it signed against that.
        second: StampView,
    }

    /// Something that was said against the rules.
    IgnoredView {
        /// Who, and when.
        stamp: StampView,
        /// Code of the reason.
        code: String,
        /// The reason.
        why: String,
    }

    /// What follows for a commitment.
    FollowUpView {
        /// How it stands.
        progress: joint::Progress,
        /// What follows from dates, reports and actions.
        flag: joint::Flag,
        /// Every due day that was agreed, with the instant of the last signature.
        due: Vec<(Day, UtcTime)>,
    }

    /// One object with everything that was said of it.
    ObjectView {
        /// As in lists.
        line: ObjectLine,
        /// Who chairs it.
        chair: PartyId,
        /// Who opened it.
        opened: StampView,
        /// Stages that our party may move it to now.
        steps: Vec<joint::Stage>,
        /// What the party that opened it says of it.
        facts: Option<joint::Facts>,
        /// What is agreed.
        agreed: Option<AgreedView>,
        /// Hashes of what was agreed before.
        replaced: Vec<Digest>,
        /// Every offer.
        offers: Vec<OfferView>,
        /// The newest position of each party on each revision.
        positions: Vec<PositionView>,
        /// Courtesy translations.
        translations: Vec<TranslationView>,
        /// Draft paragraphs.
        paragraphs: Vec<ParagraphView>,
        /// Comments.
        comments: Vec<StampedView>,
        /// Delegates of each party, by function.
        delegates: BTreeMap<PartyId, Vec<Name>>,
        /// What came of an agenda item.
        outcome: Option<joint::Outcome>,
        /// In words.
        outcome_text: Option<Texts>,
        /// Reports of the responsible party.
        reports: Vec<StampedView>,
        /// What the other side verified.
        verified: Vec<StampedView>,
        /// How a commitment stands.
        follow_up: Option<FollowUpView>,
        /// Values of an indicator, those that were corrected included.
        observations: Vec<ObservationView>,
        /// The whole by the indicator's own rule.
        total: Option<joint::Decimal>,
        /// Of how many parts of an indicator its whole is; `None` where it has no parts.
        coverage: Option<joint::Coverage>,
        /// Rounds of assessments.
        rounds: Vec<RoundView>,
        /// Answers of organisations.
        answers: Vec<StampedView>,
        /// Reviews.
        reviews: Vec<StampedView>,
        /// Last day for amendments.
        window: Option<Day>,
        /// What belongs to it.
        children: Vec<ObjectRef>,
        /// What was said against the rules and counts for nothing.
        ignored: Vec<IgnoredView>,
        /// Signatures against the rule.
        breaches: Vec<BreachView>,
    }

    /// A commitment in a list.
    RowView {
        /// Which.
        object: ObjectRef,
        /// Its title.
        titles: Option<Names>,
        /// How it stands.
        progress: joint::Progress,
        /// What follows.
        flag: joint::Flag,
        /// Due on.
        due: Day,
        /// Who is responsible.
        responsible: PartyId,
        /// Sector.
        sector: joint::Sector,
        /// Strand.
        strand: joint::Strand,
        /// Objective of the Global Compact for Migration.
        objective: Option<u8>,
        /// Whether it may be published.
        public: bool,
    }

    /// Commitments at one point of their way.
    ColumnView {
        /// Where they stand.
        progress: joint::Progress,
        /// How many in all.
        count: usize,
        /// The first of them by due day.
        rows: Vec<RowView>,
    }

    /// Every commitment by how it stands.
    BoardView {
        /// The day for which this holds.
        today: Day,
        /// Columns, in the order of the way.
        columns: Vec<ColumnView>,
        /// How many carry each flag and are not over.
        flags: BTreeMap<String, usize>,
    }

    /// One field of the matrix.
    FieldView {
        /// Sector.
        sector: joint::Sector,
        /// Strand, or the number of an objective.
        across: String,
        /// Commitments that are not over, by responsible party.
        commitments: BTreeMap<PartyId, usize>,
        /// Programmes that are not over, by party.
        programmes: BTreeMap<PartyId, usize>,
    }

    /// What a sector lead should know.
    GapView {
        /// `nobody`, `together` or `depends`.
        what: String,
        /// Sector, where several are at work in one field.
        sector: Option<joint::Sector>,
        /// Strand, or the number of an objective.
        across: Option<String>,
        /// An action that waits for one of another party.
        action: Option<ObjectRef>,
        /// What it waits for.
        on: Option<ObjectRef>,
    }

    /// Who does what: sectors against strands or objectives.
    MatrixView {
        /// Fields that are not empty.
        fields: Vec<FieldView>,
        /// Overlaps, gaps and dependencies.
        gaps: Vec<GapView>,
    }

    /// One heading of the briefing.
    HeadingView {
        /// What it counts: `agreed`, `late`, `ours-to-sign`, ….
        about: String,
        /// How many in all.
        count: usize,
        /// The first of them.
        first: Vec<ObjectLine>,
    }

    /// The minister's page.
    BriefingView {
        /// Since when.
        since: UtcTime,
        /// The day for which it holds.
        today: Day,
        /// Its headings.
        headings: Vec<HeadingView>,
        /// The next meeting that is convened.
        next_meeting: Option<ObjectRef>,
    }

    /// What a program said.
    SaidView {
        /// Of which object.
        object: ObjectRef,
        /// In which record.
        record: RecordId,
    }
}
