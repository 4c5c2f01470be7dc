//! What programs do, entered before it happens. The use cases of persons enter acts of their
//! own, with unit and justification, and then call what is called here.

use passerelle_model::{Act, AgreementHash, By, Code, Deed, Name, Object, PartyId, RecordId, hex};
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWrite;

use crate::view::{AgreementView, PartnerView, Scope, Shown, TokenView};
use crate::{Error, FileReader, Node};

impl Node {
    /// [`Node::show`], entered as consultation.
    pub async fn show_by(
        &self,
        from: Option<&PartyId>,
        id: &RecordId,
        by: By,
    ) -> Result<Shown, Error> {
        let from = self.enter_on_content(Deed::Consult, from, id, by).await?;
        self.show(Some(&from), id).await
    }

    /// [`Node::open_file`], entered as content that leaves the node.
    pub async fn open_file_by(
        &self,
        from: Option<&PartyId>,
        id: &RecordId,
        position: usize,
        by: By,
    ) -> Result<FileReader, Error> {
        let from = self.enter_on_content(Deed::Export, from, id, by).await?;
        self.open_file(Some(&from), id, position).await
    }

    /// [`Node::receipt`], entered as a proof that leaves the node.
    pub async fn receipt_by(
        &self,
        id: &RecordId,
        partner: Option<&PartyId>,
        by: By,
    ) -> Result<String, Error> {
        let own = self.party.clone();
        self.enter_on_record(Deed::Export, Some(&own), id, by)
            .await?;
        self.receipt(id, partner).await
    }

    /// [`Node::courier_export`], entered as content that leaves the node.
    pub async fn courier_export_by<W: AsyncWrite + Send + Unpin>(
        &self,
        to: &PartyId,
        out: W,
        by: By,
    ) -> Result<u64, Error> {
        self.directory().active(to, self.now())?;
        let object = Object::Partner { party: to.clone() };
        self.enter(Act::new(Deed::Export, self.now(), by, object))
            .await?;
        self.courier_export(to, out).await
    }

    /// [`Node::pair`], entered.
    pub async fn pair_by(
        &self,
        card: &[u8],
        fingerprint: &str,
        by: By,
    ) -> Result<PartnerView, Error> {
        let party = Self::inspect_card(card)?.party;
        let object = Object::Partner { party };
        self.enter(Act::new(Deed::Partner, self.now(), by, object))
            .await?;
        self.pair(card, fingerprint).await
    }

    /// [`Node::resume`], entered with the alarm that was looked at.
    pub async fn resume_by(&self, party: &PartyId, alarm: &str, by: By) -> Result<(), Error> {
        let object = Object::Partner {
            party: party.clone(),
        };
        let why = format!("alarm {alarm}").parse().ok();
        let act = Act::new(Deed::Partner, self.now(), by, object).because(why);
        self.enter(act).await?;
        self.resume(party, alarm).await
    }

    /// [`Node::propose`] or [`Node::import_agreement`], entered with the hash of what was
    /// given.
    pub async fn add_agreement_by(&self, text: &str, by: By) -> Result<AgreementView, Error> {
        let name = hex::encode(&Sha256::digest(text.as_bytes()));
        self.enter_on_thing(Deed::Agreement, "text", &name, by)
            .await?;
        self.import_agreement(text).await
    }

    /// [`Node::sign_agreement`], entered.
    pub async fn sign_agreement_by(
        &self,
        hash: &AgreementHash,
        by: By,
    ) -> Result<AgreementView, Error> {
        self.enter_on_thing(Deed::Agreement, "agreement", &hash.to_string(), by)
            .await?;
        self.sign_agreement(hash).await
    }

    /// [`Node::create_token`], entered with the name of the token.
    pub async fn create_token_by(
        &self,
        name: &str,
        scopes: &[Scope],
        by: By,
    ) -> Result<(TokenView, String), Error> {
        self.enter_on_thing(Deed::Settings, "token", name, by)
            .await?;
        self.create_token(name, scopes).await
    }

    /// [`Node::revoke_token`], entered.
    pub async fn revoke_token_by(&self, id: &str, by: By) -> Result<(), Error> {
        self.enter_on_thing(Deed::Settings, "token", id, by).await?;
        self.revoke_token(id).await
    }

    /// The same for content; a program decides about nothing, so that what is restricted is
    /// refused to it, and that is entered.
    async fn enter_on_content(
        &self,
        deed: Deed,
        from: Option<&PartyId>,
        id: &RecordId,
        by: By,
    ) -> Result<PartyId, Error> {
        // What belongs to a case that is kept to named persons is so from its arrival on.
        self.project().await?;
        let place = self.place(from, id).await?;
        if !place.erased {
            let record = self.record_at(&place.journal, place.index).await?;
            let judged = match self.unrestricted(&record).await {
                Ok(()) => self.carried(&record).await,
                refused => refused,
            };
            if let Err(error) = judged {
                let object = Object::Record {
                    party: record.from,
                    record: *id,
                };
                let act = Act::new(deed, self.now(), by, object);
                self.enter_refused(act, &error).await?;
                return Err(error);
            }
        }
        self.enter_on_record(deed, from, id, by).await
    }

    /// Whose record it is: a record that is not here is no act.
    pub(crate) async fn enter_on_record(
        &self,
        deed: Deed,
        from: Option<&PartyId>,
        id: &RecordId,
        by: By,
    ) -> Result<PartyId, Error> {
        let place = self.place(from, id).await?;
        let party = place.journal.party;
        let object = Object::Record {
            party: party.clone(),
            record: *id,
        };
        let act = Act {
            channel: Some(place.journal.channel),
            ..Act::new(deed, self.now(), by, object)
        };
        self.enter(act).await?;
        Ok(party)
    }

    async fn enter_on_thing(
        &self,
        deed: Deed,
        kind: &str,
        name: &str,
        by: By,
    ) -> Result<(), Error> {
        let object = Object::Thing {
            kind: kind.parse::<Code>()?,
            name: name.parse::<Name>()?,
        };
        let act = Act::new(deed, self.now(), by, object);
        self.enter(act).await.map(drop)
    }
}
