//! The turns of Brussels.

use passerelle_service::joint::{
    Deed, Facts, Impact, Kind, Likelihood, ObjectRef, Reported, Sector, Stage, Stance, Terms,
    Trend, Verification, Verified,
};

use super::deeds::{
    BEGUN, FOUND, SESSION, delegates, describe, go, judged, line, observed, offer, position,
    reported, reveal, seal, texts, view,
};
use super::promises::{self, Promise};
use super::turns::{Answered, Followed, Proposed, Sealed};
use super::{Tale, more, words};

impl Tale<'_> {
    /// Brussels accepts some, asks for a change in one, has a reservation on another, leaves one
    /// open, and proposes two of its own.
    pub(super) async fn brussels_answers(&self, proposed: &Proposed) -> anyhow::Result<Answered> {
        let brussels = &self.brussels;
        let functions = ["Ministre de l'Intérieur", "Secrétaire d'État à l'Asile"];
        let delegates = delegates(&functions)?;
        brussels
            .accept(&proposed.meeting, |_| vec![delegates])
            .await?;
        let plain = [
            &proposed.group,
            &proposed.directory,
            &proposed.trainers,
            &proposed.figures,
            &proposed.leaflet,
            &proposed.guide,
            &proposed.trained,
            &proposed.answered,
        ];
        for object in plain.into_iter().chain(&proposed.decisions) {
            brussels.accept(object, |_| Vec::new()).await?;
        }
        let revision = brussels.open_offer(&proposed.schools).await?;
        let reservation = promises::SCHOOLS_RESERVATION;
        let reserved = position(revision, Stance::Reservation, &reservation)?;
        brussels
            .accept(&proposed.schools, |_| vec![reserved])
            .await?;
        let reject = Deed::Reject {
            revision: brussels.open_offer(&proposed.skills).await?,
            reason: Some(line(&promises::SKILLS_CHANGE)?),
        };
        brussels.say(&proposed.skills, vec![reject]).await?;
        let plan = proposed.decisions.last();
        self.promise(brussels, &promises::DESKS, plan).await?;
        let called_off = self.called_off(&proposed.leaflet).await?;
        self.brussels_shows().await?;
        Ok(Answered {
            forum: self.promise(brussels, &promises::FORUM, plan).await?,
            practice: self.practice().await?,
            expert: self
                .described(brussels, Facts::Expert(more::expert(self.today)?), &[])
                .await?,
            sealed: self.brussels_seals(&proposed.sealed).await?,
            called_off,
        })
    }

    async fn brussels_seals(&self, topics: &[Sealed]) -> anyhow::Result<Vec<Sealed>> {
        let views = [
            view(
                (Likelihood::Likely, Impact::High, Trend::Steady),
                &words::WHY_ROUTES_BRUSSELS,
            )?,
            view(
                (Likelihood::Likely, Impact::High, Trend::Rising),
                &words::WHY_ONLINE_BRUSSELS,
            )?,
        ];
        let mut sealed = Vec::new();
        for (held, assessment) in topics.iter().zip(views) {
            let (seal, salt) = seal(&assessment)?;
            self.brussels.say(&held.topic, vec![seal]).await?;
            sealed.push(Sealed {
                topic: held.topic.clone(),
                assessment,
                salt,
            });
        }
        Ok(sealed)
    }

    /// What Brussels has to show: a programme, a consultation, what an association offers.
    async fn brussels_shows(&self) -> anyhow::Result<()> {
        let brussels = &self.brussels;
        let regions = Facts::Programme(more::regions(self.today)?);
        self.described(brussels, regions, &[Stage::Implementation])
            .await?;
        let offer = Facts::Competence(more::competence(self.today)?);
        self.described(brussels, offer, &[]).await?;
        let asked = Facts::Consultation(more::consultation(self.now)?);
        let mut deeds = vec![describe(asked), go(Stage::Open)];
        deeds.extend(more::answers()?);
        deeds.extend([go(Stage::Closed), go(Stage::Answered)]);
        let kind = (Kind::Consultation, None);
        brussels.open(kind, brussels.party(), deeds).await?;
        Ok(())
    }

    async fn practice(&self) -> anyhow::Result<ObjectRef> {
        let facts = Facts::Practice(more::practice(self.today)?);
        self.described(&self.brussels, facts, &[Stage::Submitted])
            .await
    }

    /// A step of Brussels towards a commitment of Rabat, which was called off.
    async fn called_off(&self, commitment: &ObjectRef) -> anyhow::Result<ObjectRef> {
        let words = [
            "Relire les textes en néerlandais",
            "De Nederlandse teksten nalezen",
            "مراجعة النصوص بالهولندية",
            "Review the texts in Dutch",
        ];
        let facts = self.action(&words, (Sector::Health, 20), Vec::new())?;
        let deeds = vec![describe(facts), go(Stage::Cancelled)];
        let kind = (Kind::Action, Some(commitment));
        let party = self.brussels.party();
        Ok(self.brussels.open(kind, party, deeds).await?)
    }

    pub(super) async fn brussels_verifies(
        &self,
        proposed: &Proposed,
        answered: &Answered,
        followed: &Followed,
    ) -> anyhow::Result<()> {
        let brussels = &self.brussels;
        reveal(brussels, &answered.sealed).await?;
        let verified = Verified {
            found: Verification::Fulfilled,
            text: Some(line(&FOUND)?),
        };
        let verify = Deed::Verify {
            verified: Box::new(verified),
        };
        brussels.say(&proposed.directory, vec![verify]).await?;
        brussels.accept(&proposed.skills, |_| Vec::new()).await?;
        let begun = reported(Reported::UnderWay, &BEGUN)?;
        for object in [&proposed.figures, &proposed.trainers] {
            brussels.report(object, begun.clone()).await?;
        }
        self.trainers_later(proposed).await?;
        let theirs = observed(brussels, &proposed.trained, self.rabat.party()).await?;
        let judge = judged(self.rabat.party(), theirs, None)?;
        brussels.say(&proposed.trained, judge).await?;
        let source = "Opleidingscentrum, Brussel";
        let before = more::value(self.today, 2, ("30", "64"), source)?;
        brussels.report(&proposed.trained, before).await?;
        let now = more::value(self.today, 0, ("50", "18"), source)?;
        brussels.report(&proposed.trained, now).await?;
        let share = more::value(self.today, 1, ("90", "87.5"), "Secrétariat, Bruxelles")?;
        brussels.report(&proposed.answered, share).await?;
        brussels
            .say(&answered.practice, vec![go(Stage::Published)])
            .await?;
        brussels
            .say(&followed.request, vec![go(Stage::Accepted)])
            .await?;
        let after = vec![followed.named.clone()];
        let session = describe(self.action(&SESSION, (Sector::Interior, 90), after)?);
        let kind = (Kind::Action, Some(&proposed.trainers));
        brussels.open(kind, brussels.party(), vec![session]).await?;
        Ok(())
    }

    /// The due day is moved by both, never by one.
    async fn trainers_later(&self, proposed: &Proposed) -> anyhow::Result<()> {
        let later = Promise {
            due: 120,
            ..promises::TRAINERS
        };
        let base = self.brussels.agreed(&proposed.trainers).await?;
        let terms = Terms::Commitment(self.terms(&later, proposed.decisions.last())?);
        let deeds = vec![offer(base, texts(&later.words)?, terms)];
        self.brussels.say(&proposed.trainers, deeds).await?;
        Ok(())
    }
}
