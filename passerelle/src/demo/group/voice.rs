//! People of one side who speak in the group.

use passerelle_model::{ChannelId, Digest, Lang, PartyId};
use passerelle_service::joint::{Deed, Kind, ObjectRef};
use passerelle_service::{Actor, Error, Node, SignIn, Wish};

use crate::demo::nodes::Side;

/// One side: its secretary, who signs, and its lead of a sector, who reports.
pub(super) struct Voice<'a> {
    pub(super) node: &'a Node,
    pub(super) secretary: Actor,
    lead: Actor,
    channel: ChannelId,
    lang: Lang,
}

impl<'a> Voice<'a> {
    /// Both people of a side sign in.
    pub(super) async fn of(
        side: &'a Side,
        (secretary, lead): (&str, &str),
        channel: &ChannelId,
    ) -> anyhow::Result<Self> {
        let node = side.node();
        let secretary = signed_in(node, secretary).await?;
        Ok(Self {
            lang: secretary.lang(),
            lead: signed_in(node, lead).await?,
            channel: channel.clone(),
            secretary,
            node,
        })
    }

    pub(super) fn party(&self) -> &PartyId {
        self.node.party()
    }

    /// Opens something and says more of it at once.
    pub(super) async fn open(
        &self,
        (kind, parent): (Kind, Option<&ObjectRef>),
        chair: &PartyId,
        deeds: Vec<Deed>,
    ) -> Result<ObjectRef, Error> {
        let open = Deed::Open {
            kind,
            parent: parent.cloned(),
            chair: chair.clone(),
        };
        let deeds = std::iter::once(open).chain(deeds).collect();
        let wish = Wish::opening(deeds, self.lang);
        self.node.say(&self.secretary, &self.channel, wish).await
    }

    /// The secretary says something of what is there.
    pub(super) async fn say(&self, object: &ObjectRef, deeds: Vec<Deed>) -> Result<(), Error> {
        self.said(&self.secretary, object, deeds).await
    }

    /// The lead of a sector does.
    pub(super) async fn report(&self, object: &ObjectRef, deed: Deed) -> Result<(), Error> {
        self.said(&self.lead, object, vec![deed]).await
    }

    /// Accepts what is open, and says more of it.
    pub(super) async fn accept(
        &self,
        object: &ObjectRef,
        more: impl FnOnce(Digest) -> Vec<Deed>,
    ) -> Result<(), Error> {
        let revision = self.open_offer(object).await?;
        let accept = Deed::Accept { revision };
        let deeds = std::iter::once(accept).chain(more(revision)).collect();
        self.say(object, deeds).await
    }

    /// Hash of the offer that is open.
    pub(super) async fn open_offer(&self, object: &ObjectRef) -> Result<Digest, Error> {
        let open = self.look(|room| {
            let object = room.ledger().object(object)?;
            Some(object.offers().open()?.hash())
        });
        open.await?
            .ok_or(Error::Group(passerelle_service::joint::Error::NotOffered))
    }

    /// Hash of what is agreed.
    pub(super) async fn agreed(&self, object: &ObjectRef) -> Result<Option<Digest>, Error> {
        self.look(|room| room.ledger().object(object)?.offers().agreed_hash())
            .await
    }

    pub(super) async fn look<T>(
        &self,
        look: impl FnOnce(&passerelle_service::GroupRoom) -> T,
    ) -> Result<T, Error> {
        self.node.group(&self.secretary, &self.channel, look).await
    }

    async fn said(&self, actor: &Actor, object: &ObjectRef, deeds: Vec<Deed>) -> Result<(), Error> {
        let wish = Wish::about(object.clone(), None, deeds, self.lang);
        self.node.say(actor, &self.channel, wish).await?;
        Ok(())
    }
}

async fn signed_in(node: &Node, name: &str) -> anyhow::Result<Actor> {
    let accounts = node.demo_accounts().await?;
    let account = accounts
        .into_iter()
        .find(|account| account.person.officer.as_str() == name);
    let account = account.ok_or_else(|| anyhow::anyhow!("no account {name}"))?;
    let given = SignIn {
        name: name.to_owned(),
        password: account.password,
        code: account.code,
        device: "demonstration".to_owned(),
    };
    Ok(node.sign_in(given).await?.actor)
}
