#![cfg(test)]
//! The ledger of the joint group on several nodes: what crosses, what is lost and comes back,
//! what is carried by hand, and a partner that signs what it may not.

use passerelle_model::{ChannelId, Digest, Lang, Role, StructuredData};
use passerelle_service::joint::{
    DecisionTerms, Deed, Event, Kind, ObjectRef, Revision, SCHEMA, Standing, Terms, Texts,
};
use passerelle_service::{Actor, Error, Node, Person, Settings, SignIn, Wish};
use passerelle_simulation::{Faults, GROUP_CHANNEL, GROUP_UNIT, World};

use crate::settle;

const TWO: [&str; 2] = ["ma.interior", "be.interior"];

/// Nodes with a secretary each.
pub(crate) struct Table {
    pub(crate) world: World,
    pub(crate) secretaries: Vec<Actor>,
    pub(crate) channel: ChannelId,
}

impl Table {
    pub(crate) async fn of(parties: &[&str], seed: u64, faults: Faults) -> Self {
        let world = World::joint(parties, seed, faults).await.unwrap();
        let mut secretaries = Vec::new();
        for number in 0..parties.len() {
            secretaries.push(secretary(world.node(number).unwrap()).await);
        }
        Self {
            world,
            secretaries,
            channel: GROUP_CHANNEL.parse().unwrap(),
        }
    }

    pub(crate) fn node(&self, number: usize) -> &Node {
        self.world.node(number).unwrap()
    }

    pub(crate) async fn say(&self, number: usize, wish: Wish) -> Result<ObjectRef, Error> {
        let secretary = &self.secretaries[number];
        self.node(number).say(secretary, &self.channel, wish).await
    }

    async fn about(&self, number: usize, object: &ObjectRef, deed: Deed) -> Result<(), Error> {
        let wish = Wish::about(object.clone(), None, vec![deed], Lang::Fr);
        self.say(number, wish).await.map(drop)
    }

    /// A decision, opened and offered by one side; the first member chairs.
    async fn decision(&self, number: usize, title: &str) -> ObjectRef {
        let open = Deed::Open {
            kind: Kind::Decision,
            parent: None,
            chair: self.world.members[0].party.clone(),
        };
        let wish = Wish::opening(vec![open, offer(None, title)], Lang::Fr);
        self.say(number, wish).await.unwrap()
    }

    pub(crate) async fn look<T>(
        &self,
        number: usize,
        look: impl FnOnce(&passerelle_service::GroupRoom) -> T,
    ) -> T {
        let node = self.node(number);
        let looked = node.group(&self.secretaries[number], &self.channel, look);
        looked.await.unwrap()
    }

    async fn agreed(&self, number: usize, object: &ObjectRef) -> Option<Digest> {
        self.look(number, |room| {
            room.ledger().object(object)?.offers().agreed_hash()
        })
        .await
    }

    /// Hashes of offers with what became of each, by title.
    async fn standings(&self, number: usize, object: &ObjectRef) -> Vec<(String, Standing)> {
        let view = self.look(number, |room| room.whole(object)).await.unwrap();
        let title = |texts: &Texts| texts.best(Lang::Fr).unwrap().title.to_string();
        let offers = view.offers.iter();
        offers
            .map(|offer| (title(&offer.revision.texts), offer.standing))
            .collect()
    }

    /// Everything that stands in a node's ledger, as text.
    pub(crate) async fn everything(&self, number: usize) -> Vec<String> {
        self.look(number, |room| {
            assert_eq!(room.ledger().waiting(), 0);
            assert_eq!(room.ledger().odd(), []);
            let all = room.ledger().objects().map(|object| {
                let mut view = room.whole(object.id()).unwrap();
                view.steps.clear();
                serde_json::to_string(&view).unwrap()
            });
            let rows = room.rows().iter().map(|row| format!("{row:?}"));
            all.chain(rows).collect()
        })
        .await
    }

    pub(crate) async fn all_equal(&self) {
        let first = self.everything(0).await;
        for number in 1..self.world.members.len() {
            let other = self.everything(number).await;
            assert_eq!(first.len(), other.len(), "node {number}");
            for (ours, theirs) in first.iter().zip(&other) {
                assert_eq!(ours, theirs, "node {number}");
            }
        }
    }
}

async fn secretary(node: &Node) -> Actor {
    node.begin_demo(Settings::default()).await.unwrap();
    let person = Person {
        officer: "secretary".parse().unwrap(),
        name: "Secretary".parse().unwrap(),
        function: "Secrétariat".parse().unwrap(),
        units: [GROUP_UNIT.parse().unwrap()].into(),
        roles: [Role::Secretary].into(),
        lang: Lang::Fr,
        suspended: false,
    };
    node.demo_people(vec![person]).await.unwrap();
    let account = node.demo_accounts().await.unwrap().remove(0);
    let given = SignIn {
        name: "secretary".to_owned(),
        password: account.password,
        code: account.code,
        device: "test".to_owned(),
    };
    node.sign_in(given).await.unwrap().actor
}

pub(crate) fn offer(base: Option<Digest>, title: &str) -> Deed {
    let texts = Texts::titled(Lang::Fr, title.parse().unwrap());
    let terms = Terms::Decision(DecisionTerms::default());
    let revision = Revision { base, texts, terms };
    Deed::Offer {
        revision: Box::new(revision),
    }
}

#[tokio::test(start_paused = true)]
async fn offers_that_cross_end_alike_on_both_sides() {
    let table = Table::of(&TWO, 1, Faults::default()).await;
    let object = table.decision(0, "un").await;
    settle().await;
    let revision = table.look(1, |room| {
        let object = room.ledger().object(&object).unwrap();
        object.offers().open().unwrap().hash()
    });
    let revision = revision.await;
    let accept = Deed::Accept { revision };
    table.about(1, &object, accept).await.unwrap();
    settle().await;
    let base = table.agreed(0, &object).await;
    assert!(base.is_some() && base == table.agreed(1, &object).await);
    let [ma, be] = TWO.map(|party| party.parse().unwrap());
    table.world.network.cut(&ma, &be);
    table.world.network.cut(&be, &ma);
    table.about(0, &object, offer(base, "chair")).await.unwrap();
    table.about(1, &object, offer(base, "other")).await.unwrap();
    table.world.network.heal();
    settle().await;
    let standings = [
        ("un".to_owned(), Standing::Agreed),
        ("chair".to_owned(), Standing::Open),
        ("other".to_owned(), Standing::Void),
    ];
    for number in 0..2 {
        let mut found = table.standings(number, &object).await;
        found.sort_by_key(|(title, _)| standings.iter().position(|(one, _)| one == title));
        assert_eq!(found, standings);
    }
    let open = table.look(1, |room| {
        let object = room.ledger().object(&object).unwrap();
        object.offers().open().unwrap().hash()
    });
    let revision = open.await;
    let accept = Deed::Accept { revision };
    table.about(1, &object, accept).await.unwrap();
    settle().await;
    assert_eq!(table.agreed(0, &object).await, Some(revision));
    table.all_equal().await;
}

#[tokio::test(start_paused = true)]
async fn a_node_that_is_set_back_gets_its_group_back() {
    let mut table = Table::of(&TWO, 2, Faults::default()).await;
    let object = table.decision(0, "avant").await;
    settle().await;
    table.world.remember();
    let later = table.decision(1, "perdu").await;
    let revision = table.look(1, |room| {
        let object = room.ledger().object(&object).unwrap();
        object.offers().open().unwrap().hash()
    });
    let accept = Deed::Accept {
        revision: revision.await,
    };
    table.about(1, &object, accept).await.unwrap();
    settle().await;
    let before = table.everything(0).await;
    table.world.crash_forgetting(1);
    table.world.restore(1).await.unwrap();
    for _ in 0..4 {
        settle().await;
        for number in 0..2 {
            let node = table.node(number);
            for alarm in node.alarms().await.unwrap() {
                assert_eq!(alarm.code, "E_REGISTER_BEHIND", "{}", alarm.evidence);
                node.resume(&alarm.party, &alarm.id).await.unwrap();
            }
        }
    }
    assert_eq!(table.everything(0).await, before);
    table.all_equal().await;
    let revision = table.look(1, |room| {
        let object = room.ledger().object(&later).unwrap();
        object.offers().open().unwrap().hash()
    });
    let withdraw = Deed::Withdraw {
        revision: revision.await,
    };
    table.about(1, &later, withdraw).await.unwrap();
    settle().await;
    table.all_equal().await;
}

#[tokio::test(start_paused = true)]
async fn a_courier_is_enough_to_agree() {
    let table = Table::of(&TWO, 3, Faults::default()).await;
    let [ma, be] = TWO.map(|party| party.parse().unwrap());
    table.world.network.cut(&ma, &be);
    table.world.network.cut(&be, &ma);
    let object = table.decision(0, "porté").await;
    settle().await;
    let none = table.look(1, |room| room.ledger().object(&object).is_none());
    assert!(none.await);
    carry(&table, 0, 1).await;
    let revision = table.look(1, |room| {
        let object = room.ledger().object(&object).unwrap();
        object.offers().open().unwrap().hash()
    });
    let revision = revision.await;
    let accept = Deed::Accept { revision };
    table.about(1, &object, accept).await.unwrap();
    carry(&table, 1, 0).await;
    carry(&table, 0, 1).await;
    assert_eq!(table.agreed(0, &object).await, Some(revision));
    table.all_equal().await;
}

async fn carry(table: &Table, from: usize, to: usize) {
    let mut file = Vec::new();
    let party = &table.world.members[to].party;
    let node = table.node(from);
    node.courier_export(party, &mut file).await.unwrap();
    table.node(to).courier_import(&file[..]).await.unwrap();
}

/// Brussels runs a program that does not ask its ledger first.
#[tokio::test(start_paused = true)]
async fn whoever_signs_two_siblings_is_shown_with_both_records() {
    let table = Table::of(&TWO, 4, Faults::default()).await;
    let object = table.decision(1, "premier").await;
    settle().await;
    let sibling = offer(None, "second");
    let refused = table.about(1, &object, sibling.clone()).await.unwrap_err();
    assert_eq!(refused.code(), "E_OFFER_OPEN");
    let record = force(&table, 1, &object, sibling).await;
    settle().await;
    for number in 0..2 {
        let view = table
            .look(number, |room| room.whole(&object))
            .await
            .unwrap();
        let [breach] = &view.breaches[..] else {
            panic!("{:?}", view.breaches)
        };
        assert_eq!(breach.party.as_str(), "be.interior");
        assert_eq!(
            (breach.first.record, breach.second.record),
            (object.record, record)
        );
        let codes: Vec<&str> = view.ignored.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["E_OFFER_OPEN"]);
        let standings = table.standings(number, &object).await;
        assert_eq!(standings, [("premier".to_owned(), Standing::Open)]);
        // Both records have receipts or journals behind them: anybody can check.
        let first = table.node(number).side_of(Some(&breach.party), &record);
        assert_eq!(first.await.unwrap(), passerelle_model::Side::Group);
    }
    table.all_equal().await;
}

/// Answers against itself, and claims to have seen what nobody said.
#[tokio::test(start_paused = true)]
async fn contradictions_and_impossible_claims_count_for_nothing() {
    let table = Table::of(&TWO, 5, Faults::default()).await;
    let object = table.decision(0, "un").await;
    settle().await;
    let revision = table.look(1, |room| {
        let object = room.ledger().object(&object).unwrap();
        object.offers().open().unwrap().hash()
    });
    let revision = revision.await;
    let reason = None;
    let reject = Deed::Reject { revision, reason };
    table.about(1, &object, reject).await.unwrap();
    force(&table, 1, &object, Deed::Accept { revision }).await;
    settle().await;
    for number in 0..2 {
        let view = table
            .look(number, |room| room.whole(&object))
            .await
            .unwrap();
        assert_eq!(view.breaches.len(), 1);
        assert_eq!(view.offers[0].standing, Standing::Rejected);
        assert_eq!(view.agreed, None);
    }
    let mut event = forged(&table, 1, &object, offer(None, "futur")).await;
    event.seen = event.seen.with(&"ma.interior".parse().unwrap(), 1 << 40);
    release(&table, 1, &event).await;
    settle().await;
    let waiting = table.look(0, |room| room.ledger().waiting());
    assert_eq!(waiting.await, 1, "it waits for what will never come");
    let other = table.decision(0, "deux").await;
    settle().await;
    let told = table.look(1, |room| room.ledger().object(&other).is_some());
    assert!(told.await, "others go on");
}

/// Puts an event into the journal that the ledger would refuse.
async fn force(
    table: &Table,
    number: usize,
    object: &ObjectRef,
    deed: Deed,
) -> passerelle_model::RecordId {
    let event = forged(table, number, object, deed).await;
    release(table, number, &event).await
}

async fn forged(table: &Table, number: usize, object: &ObjectRef, deed: Deed) -> Event {
    let seen = table.look(number, |room| room.ledger().seen(room.me()));
    Event {
        object: Some(object.clone()),
        seen: seen.await,
        deeds: vec![deed],
    }
}

async fn release(table: &Table, number: usize, event: &Event) -> passerelle_model::RecordId {
    let data = StructuredData {
        schema: SCHEMA.parse().unwrap(),
        json: event.to_json().unwrap(),
    };
    let secretary = &table.secretaries[number];
    let node = table.node(number);
    let line = node.release_group(secretary, &table.channel, data, Vec::new(), Lang::Fr);
    line.await.unwrap().record
}
