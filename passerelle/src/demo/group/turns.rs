//! The turns of Rabat, in the light of what Brussels said before.

use passerelle_model::Digest;
use passerelle_service::joint::{
    Action, Assessment, CommitmentTerms, DecisionTerms, Deed, Facts, Impact, Item, Kind,
    Likelihood, MeetingKind, ObjectRef, Outcome, Reported, Review, Schedule, Sector, Stage, Stance,
    Strand, Terms, Trend,
};

use super::deeds::{
    BEGUN, DONE, NAME_TRAINERS, PRINT, days, delegates, describe, go, judged, line, name, observed,
    offer, position, reported, reveal, seal, terms, texts, topic, view,
};
use super::promises::{self, Promise};
use super::voice::Voice;
use super::words::{self, Four, Wording};
use super::{Tale, more};

/// An assessment that was sealed, to be shown later.
pub(super) struct Sealed {
    pub(super) topic: ObjectRef,
    pub(super) assessment: Assessment,
    pub(super) salt: Digest,
}

/// What Rabat proposed.
pub(super) struct Proposed {
    pub(super) group: ObjectRef,
    pub(super) meeting: ObjectRef,
    pub(super) decisions: Vec<ObjectRef>,
    pub(super) directory: ObjectRef,
    pub(super) trainers: ObjectRef,
    pub(super) figures: ObjectRef,
    pub(super) leaflet: ObjectRef,
    pub(super) skills: ObjectRef,
    pub(super) schools: ObjectRef,
    pub(super) guide: ObjectRef,
    pub(super) trained: ObjectRef,
    pub(super) answered: ObjectRef,
    pub(super) sealed: Vec<Sealed>,
}

/// What Brussels answered and proposed.
pub(super) struct Answered {
    pub(super) forum: ObjectRef,
    pub(super) practice: ObjectRef,
    pub(super) expert: ObjectRef,
    pub(super) called_off: ObjectRef,
    pub(super) sealed: Vec<Sealed>,
}

/// What Rabat added six months later.
pub(super) struct Followed {
    pub(super) request: ObjectRef,
    /// A step towards [`Proposed::trainers`] for which Brussels waits.
    pub(super) named: ObjectRef,
}

impl Tale<'_> {
    pub(super) async fn rabat_proposes(&self) -> anyhow::Result<Proposed> {
        let rabat = &self.rabat;
        let sectors = Sector::ALL.to_vec();
        let mandate = offer(None, texts(&words::MANDATE)?, Terms::Mandate { sectors });
        let group = rabat
            .open((Kind::Group, None), rabat.party(), vec![mandate])
            .await?;
        let meeting = self.meeting().await?;
        let decisions = self.decisions(&meeting).await?;
        let plan = decisions.last();
        let routes = view(
            (Likelihood::Likely, Impact::High, Trend::Rising),
            &words::WHY_ROUTES_RABAT,
        );
        let online = view(
            (Likelihood::Unlikely, Impact::Moderate, Trend::Falling),
            &words::WHY_ONLINE_RABAT,
        );
        let sealed = vec![
            self.topic(&words::TOPIC_ROUTES, Strand::Borders, routes?)
                .await?,
            self.topic(&words::TOPIC_ONLINE, Strand::Prevention, online?)
                .await?,
        ];
        let seasons = topic(&words::TOPIC_SEASONS, Strand::Migration)?;
        rabat
            .open((Kind::Topic, None), rabat.party(), vec![seasons])
            .await?;
        self.promise(rabat, &promises::VICTIMS, plan).await?;
        let trained = Terms::Indicator(more::trained()?);
        let answered = Terms::Indicator(more::answered()?);
        Ok(Proposed {
            directory: self.promise(rabat, &promises::DIRECTORY, plan).await?,
            trainers: self.promise(rabat, &promises::TRAINERS, plan).await?,
            figures: self.promise(rabat, &promises::FIGURES, plan).await?,
            leaflet: self.promise(rabat, &promises::LEAFLET, plan).await?,
            skills: self.promise(rabat, &promises::SKILLS, plan).await?,
            schools: self.promise(rabat, &promises::SCHOOLS, plan).await?,
            guide: self.promise(rabat, &promises::GUIDE, plan).await?,
            trained: self
                .offered(Kind::Indicator, &more::TRAINED, trained)
                .await?,
            answered: self
                .offered(Kind::Indicator, &more::ANSWERED, answered)
                .await?,
            group,
            meeting,
            decisions,
            sealed,
        })
    }

    /// The meeting of 15 April 2024, with its agenda.
    async fn meeting(&self) -> anyhow::Result<ObjectRef> {
        let rabat = &self.rabat;
        let opened = rabat.open((Kind::Meeting, None), rabat.party(), Vec::new());
        let meeting = opened.await?;
        let items = [
            (&words::ITEM_EXPERTISE, Strand::Expertise, Outcome::Decision),
            (&words::ITEM_BORDERS, Strand::Borders, Outcome::Action),
            (&words::ITEM_PREVENTION, Strand::Prevention, Outcome::Action),
            (&words::ITEM_MIGRATION, Strand::Migration, Outcome::Decision),
            (
                &words::ITEM_DIASPORA,
                Strand::Diaspora,
                Outcome::Information,
            ),
        ];
        let mut agenda = Vec::new();
        for (words, strand, outcome) in items {
            let item = Item {
                texts: texts(words)?,
                sector: None,
                strand,
                minutes: 20,
            };
            let deeds = vec![
                describe(Facts::Item(item)),
                go(Stage::Accepted),
                Deed::Settle {
                    outcome,
                    text: None,
                },
                go(Stage::Discussed),
            ];
            let item = rabat.open((Kind::Item, Some(&meeting)), rabat.party(), deeds);
            agenda.push(item.await?);
        }
        let schedule = Schedule {
            kind: MeetingKind::Ministerial,
            start: "2024-04-15T10:00:00Z".parse()?,
            end: "2024-04-15T12:00:00Z".parse()?,
            zones: vec![name("Africa/Casablanca")?, name("Europe/Brussels")?],
            place: name("Rabat")?,
            agenda,
        };
        let functions = ["Ministre de l'Intérieur", "Secrétaire du groupe mixte"];
        let deeds = vec![
            offer(None, texts(&words::MEETING)?, Terms::Meeting(schedule)),
            delegates(&functions)?,
        ];
        rabat.say(&meeting, deeds).await?;
        Ok(meeting)
    }

    async fn decisions(&self, meeting: &ObjectRef) -> anyhow::Result<Vec<ObjectRef>> {
        let mut decisions = Vec::new();
        for (words, strand) in [
            (&words::DECISION_CHANNEL, Strand::Expertise),
            (&words::DECISION_PLAN, Strand::Migration),
        ] {
            let terms = Terms::Decision(DecisionTerms {
                meeting: Some(meeting.clone()),
                effect: None,
                strand: Some(strand),
                ended: false,
            });
            decisions.push(self.offered(Kind::Decision, words, terms).await?);
        }
        Ok(decisions)
    }

    async fn topic(
        &self,
        words: &Wording,
        strand: Strand,
        assessment: Assessment,
    ) -> anyhow::Result<Sealed> {
        let (seal, salt) = seal(&assessment)?;
        let deeds = vec![topic(words, strand)?, seal];
        let rabat = &self.rabat;
        let topic = rabat.open((Kind::Topic, None), rabat.party(), deeds);
        Ok(Sealed {
            topic: topic.await?,
            assessment,
            salt,
        })
    }

    /// Rabat opens something with a text to be agreed.
    pub(super) async fn offered(
        &self,
        kind: Kind,
        words: &Wording,
        terms: Terms,
    ) -> anyhow::Result<ObjectRef> {
        let deeds = vec![offer(None, texts(words)?, terms)];
        let rabat = &self.rabat;
        Ok(rabat.open((kind, None), rabat.party(), deeds).await?)
    }

    pub(super) async fn promise(
        &self,
        by: &Voice<'_>,
        promise: &Promise,
        decision: Option<&ObjectRef>,
    ) -> anyhow::Result<ObjectRef> {
        let terms = Terms::Commitment(self.terms(promise, decision)?);
        let deeds = vec![offer(None, texts(&promise.words)?, terms)];
        Ok(by
            .open((Kind::Commitment, None), self.rabat.party(), deeds)
            .await?)
    }

    pub(super) fn terms(
        &self,
        promise: &Promise,
        decision: Option<&ObjectRef>,
    ) -> anyhow::Result<CommitmentTerms> {
        let parties = (self.rabat.party(), self.brussels.party());
        terms(promise, parties, decision, self.today)
    }

    /// Opens what one side describes by itself, and moves it on.
    pub(super) async fn described(
        &self,
        by: &Voice<'_>,
        facts: Facts,
        moves: &[Stage],
    ) -> anyhow::Result<ObjectRef> {
        let kind = facts.kind();
        let moves = moves.iter().copied().map(go);
        let deeds = std::iter::once(describe(facts)).chain(moves).collect();
        Ok(by.open((kind, None), by.party(), deeds).await?)
    }

    pub(super) fn action(
        &self,
        words: &Four,
        (sector, due): (Sector, i32),
        after: Vec<ObjectRef>,
    ) -> anyhow::Result<Facts> {
        Ok(Facts::Action(Action {
            texts: line(words)?,
            sector,
            planned: days(self.today, due),
            revised: None,
            achieved: None,
            after,
        }))
    }

    /// Six months later: Rabat reports and reviews, and proposes once more what was rejected.
    pub(super) async fn rabat_follows_up(
        &self,
        proposed: &Proposed,
        answered: &Answered,
    ) -> anyhow::Result<Followed> {
        let rabat = &self.rabat;
        let held = [Stage::Convened, Stage::InSession, Stage::Ended];
        rabat.say(&proposed.meeting, held.map(go).to_vec()).await?;
        rabat.accept(&answered.forum, |_| Vec::new()).await?;
        let again = Wording {
            body: promises::SKILLS_AGAIN,
            ..promises::SKILLS.words
        };
        let later = Promise {
            due: promises::SKILLS.due + 180,
            ..promises::SKILLS
        };
        let terms = Terms::Commitment(self.terms(&later, proposed.decisions.last())?);
        let deeds = vec![offer(None, texts(&again)?, terms)];
        rabat.say(&proposed.skills, deeds).await?;
        reveal(rabat, &proposed.sealed).await?;
        let done = reported(Reported::Done, &DONE)?;
        for object in [&proposed.directory, &proposed.guide] {
            rabat.report(object, done.clone()).await?;
        }
        let begun = reported(Reported::UnderWay, &BEGUN)?;
        rabat.report(&proposed.leaflet, begun).await?;
        let after = vec![answered.called_off.clone()];
        let print = describe(self.action(&PRINT, (Sector::Health, 40), after)?);
        let kind = (Kind::Action, Some(&proposed.leaflet));
        rabat.open(kind, rabat.party(), vec![print]).await?;
        let work = Facts::Programme(more::return_to_work(self.today)?);
        self.described(rabat, work, &[Stage::Implementation])
            .await?;
        let review = Review {
            grade: 4,
            text: line(&more::PRACTICE_REVIEW)?,
        };
        let deeds = vec![Deed::Review { review }, go(Stage::Reviewed)];
        rabat.say(&answered.practice, deeds).await?;
        let source = "Direction de la formation, Rabat";
        let first = more::value(self.today, 1, ("40", "42"), source)?;
        rabat.report(&proposed.trained, first).await?;
        let request = Facts::Request(more::request(self.today)?);
        let kind = (Kind::Action, Some(&proposed.trainers));
        let choose = describe(self.action(&NAME_TRAINERS, (Sector::Interior, 30), Vec::new())?);
        Ok(Followed {
            request: self.described(rabat, request, &[Stage::Submitted]).await?,
            named: rabat.open(kind, rabat.party(), vec![choose]).await?,
        })
    }

    /// Gives the communiqué, which waits for Brussels.
    pub(super) async fn rabat_closes(
        &self,
        proposed: &Proposed,
        answered: &Answered,
        followed: &Followed,
    ) -> anyhow::Result<ObjectRef> {
        let rabat = &self.rabat;
        rabat.accept(&proposed.trainers, |_| Vec::new()).await?;
        let theirs = observed(rabat, &proposed.trained, self.brussels.party()).await?;
        let earliest = theirs.into_iter().take(1).collect();
        let contest = judged(self.brussels.party(), earliest, Some(&more::TWICE))?;
        rabat.say(&proposed.trained, contest).await?;
        if let Some(revision) = rabat.agreed(&answered.forum).await? {
            let objection = promises::FORUM_OBJECTION;
            let objects = position(revision, Stance::Objects, &objection)?;
            rabat.say(&answered.forum, vec![objects]).await?;
        }
        let mut matched = more::request(self.today)?;
        matched.matched = vec![answered.expert.clone()];
        let deeds = vec![describe(Facts::Request(matched)), go(Stage::Matched)];
        rabat.say(&followed.request, deeds).await?;
        let terms = Terms::Communique { embargo: self.now };
        self.offered(Kind::Communique, &words::COMMUNIQUE, terms)
            .await
    }
}
