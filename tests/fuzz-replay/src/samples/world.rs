//! Everything that is signed or sealed here, and nothing else ever is.

use std::sync::LazyLock;

use passerelle_envelope::chunks::{ChunkSealer, attachment_key};
use passerelle_envelope::testing::{SAMPLE_TIME, SampleParty, SeededRng, sample_card};
use passerelle_envelope::{
    AgreementSignature, Header, KdfCost, Keyring, LockedKeyring, Packets, PersonalKey,
    PersonalText, SignedRecord, Unlock, VerifiedCard, VerifiedPolicy, What, seal_record,
    seal_statements, seal_to_people, sign_agreement, sign_policy, sign_record, sign_statements,
};
use passerelle_exchange::receipt::{Proven, Receipt, StatementProof};
use passerelle_journal::merkle::{inclusion_proof, leaf_hash};
use passerelle_journal::{EnvelopeHash, LogProof, MemoryTree, Salt};
use passerelle_model::StableCode;
use passerelle_model::{
    AccessPolicy, Agreement, Attachment, Digest, Kind, Opener, PartyId, Record, RecordId,
    Reference, Relation, Role, Said, Statement, StatementBatch, StatementsHead, StructuredData,
    Urgency,
};

use super::chain::{HeldSample, JournalSample, LEAVES, RECORD_AT, tree};

const CHANNEL: &str = "ma-be-security";
const AGREEMENT: &str = include_str!("../../../../core/model/tests/data/agreement.toml");

/// Two parties and everything they ever signed.
#[derive(Debug)]
pub struct World {
    pub(crate) rabat: SampleParty,
    pub(crate) brussels: SampleParty,
    pub(crate) agreement: Agreement,
    pub(crate) agreement_signatures: Vec<Vec<u8>>,
    pub(crate) records: Vec<Record>,
    pub(crate) signed_records: Vec<SignedRecord>,
    pub(crate) batch: StatementBatch,
    pub(crate) signed_heads: Vec<Vec<u8>>,
    pub(crate) signed_policies: Vec<VerifiedPolicy>,
    pub(crate) envelopes: Vec<SealedSample>,
    pub(crate) keyring_files: Vec<Vec<u8>>,
    pub(crate) key_file: [u8; 32],
    pub(crate) file: FileSample,
    pub(crate) personal: PersonalSample,
    pub(crate) small: Vec<u8>,
    pub(crate) wrapped: Vec<u8>,
    pub(crate) journal: JournalSample,
    pub(crate) held: HeldSample,
    pub(crate) receipt: String,
    pub(crate) proven: Proven,
}

/// An envelope and what it holds.
#[derive(Debug)]
pub(crate) struct SealedSample {
    pub(crate) bytes: Vec<u8>,
    pub(crate) content: Vec<u8>,
}

/// A file of one chunk.
#[derive(Debug)]
pub(crate) struct FileSample {
    pub(crate) attachment: Attachment,
    pub(crate) sealed: Vec<u8>,
}

/// The one world; made at the first use.
pub(crate) fn world() -> &'static World {
    static WORLD: LazyLock<World> = LazyLock::new(World::new);
    &WORLD
}

impl World {
    /// The cards of both parties.
    pub(crate) fn cards(&self) -> [&VerifiedCard; 2] {
        [&self.rabat.card, &self.brussels.card]
    }

    fn new() -> Self {
        let (rabat, brussels) = (party("ma.interior", 1), party("be.interior", 2));
        let mut rng = SeededRng::new(3);
        let agreement = agreement(&rabat, &brussels);
        let records = records(&rabat, &agreement);
        let sign = |record: &Record| done(sign_record(record.clone(), rabat.keyring.record()));
        let signed_records: Vec<_> = records.iter().map(sign).collect();
        let mut envelopes = sealed_records(&signed_records, &brussels, &mut rng);
        let first = envelopes
            .first()
            .map(|sealed| sealed.bytes.clone())
            .unwrap_or_default();
        let journal = JournalSample::new(&parsed(CHANNEL), &rabat, &brussels, &first);
        let record = records.first().map(|record| record.id);
        let statements = statements(&journal, record);
        let signed_heads = [(&brussels, &rabat), (&rabat, &brussels)]
            .map(|(by, about)| signed_head(by, about, &statements));
        let batch = |head: &Vec<u8>| StatementBatch {
            signed_head: head.clone(),
            statements: statements.clone(),
        };
        let [about_rabat, about_brussels] = &signed_heads;
        let said = batch(about_brussels);
        envelopes.push(sealed_statements(
            &said, &rabat, &brussels, &agreement, &mut rng,
        ));
        let batch = batch(about_rabat);
        let receipt = receipt(&journal, &batch, [&rabat, &brussels], &first, record);
        let proven = done(receipt.verify(&rabat.card, &brussels.card));
        Self {
            agreement_signatures: agreement_signatures(&agreement, [&rabat, &brussels]),
            keyring_files: keyring_files(&brussels.keyring, &mut rng),
            key_file: KEY_FILE,
            file: file(&mut rng),
            personal: PersonalSample::new(),
            small: done(
                brussels
                    .keyring
                    .store()
                    .seal_small(b"small", b"row", &mut rng),
            ),
            wrapped: wrapped(&brussels, &signed_records, &mut rng),
            held: HeldSample::new(&journal),
            receipt: receipt.to_string(),
            proven,
            signed_heads: signed_heads.into(),
            signed_policies: policies(&rabat),
            rabat,
            brussels,
            agreement,
            records,
            signed_records,
            batch,
            envelopes,
            journal,
        }
    }
}

const KEY_FILE: [u8; 32] = [0xa5; 32];

/// The key of one person, locked, and a text sealed to them.
#[derive(Debug)]
pub(crate) struct PersonalSample {
    pub(crate) key: PersonalKey,
    pub(crate) locked: Vec<u8>,
    pub(crate) text: PersonalText,
}

impl PersonalSample {
    fn new() -> Self {
        let mut rng = SeededRng::new(47);
        let key = done(PersonalKey::generate(&mut rng));
        let cost = KdfCost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        };
        let passphrase = Unlock::Passphrase("correct horse".to_owned().into());
        let readers = [("watch", key.public())];
        Self {
            locked: done(key.lock(&passphrase, "watch", cost, [0x5a; 40])),
            text: done(seal_to_people(b"report", b"row", &readers, &mut rng)),
            key,
        }
    }
}

/// Fewer units than the sample parties of other tests, so that files stay small.
fn party(name: &str, seed: u64) -> SampleParty {
    let mut rng = SeededRng::new(seed);
    let party: PartyId = parsed(name);
    let keyring = done(Keyring::generate(&[parsed("liaison")], &mut rng));
    let card = sample_card(&party, &keyring, 1);
    SampleParty {
        party,
        keyring,
        card,
    }
}

/// The sample agreement with the parties' root keys in it.
fn agreement(rabat: &SampleParty, brussels: &SampleParty) -> Agreement {
    let root = |party: &SampleParty| party.keyring.root().verifying().to_string();
    let text = AGREEMENT.replacen(&"1".repeat(64), &root(rabat), 1);
    done(Agreement::parse(&text.replacen(
        &"2".repeat(64),
        &root(brussels),
        1,
    )))
}

fn agreement_signatures(agreement: &Agreement, parties: [&SampleParty; 2]) -> Vec<Vec<u8>> {
    let sign = |party: &SampleParty| {
        let said = AgreementSignature::new(agreement, party.party.clone(), SAMPLE_TIME);
        done(sign_agreement(&said, party.keyring.root()))
    };
    parties.into_iter().map(sign).collect()
}

/// A short notice, a request with everything a record can have, and a recall.
fn records(rabat: &SampleParty, agreement: &Agreement) -> Vec<Record> {
    let record = |number| Record {
        agreement: agreement.hash(),
        ..rabat.sample_record(number, &["be.interior/liaison"])
    };
    let file = file(&mut SeededRng::new(9));
    let full = Record {
        kind: Kind::Request,
        urgency: Some(Urgency::Urgent),
        offences: vec![parsed("terrorism")],
        particulars: None,
        asking: None,
        permission: None,
        references: vec![reference(Relation::Relates, "be.interior")],
        data: Some(StructuredData {
            schema: parsed("véhicule/1"),
            json: r#"{"plaque":"1234-أ-56","vu":[1,2.5e3,null]}"#.to_owned(),
        }),
        attachments: vec![file.attachment],
        ..record(2)
    };
    let recall = Record {
        kind: Kind::Recall,
        references: vec![reference(Relation::Recalls, "ma.interior")],
        text: None,
        ..record(3)
    };
    vec![record(1), full, recall]
}

/// Two policies of two numbers, and one that lets nobody open anything.
fn policies(rabat: &SampleParty) -> Vec<VerifiedPolicy> {
    let opener = Opener {
        unit: parsed("liaison"),
        class: parsed("case-data"),
        roles: vec![Role::Officer, Role::Approver],
        people: 3,
    };
    let policy = |number, openers| AccessPolicy {
        party: rabat.party.clone(),
        number,
        issued: SAMPLE_TIME,
        openers,
    };
    let all = [
        policy(1, vec![opener.clone()]),
        policy(2, vec![opener]),
        policy(3, vec![]),
    ];
    all.into_iter()
        .map(|policy| done(sign_policy(policy, rabat.keyring.record())))
        .collect()
}

fn reference(relation: Relation, party: &str) -> Reference {
    Reference {
        relation,
        party: parsed(party),
        record: RecordId::from_parts(1, [9; 10]),
    }
}

fn sealed_records(
    records: &[SignedRecord],
    to: &SampleParty,
    rng: &mut SeededRng,
) -> Vec<SealedSample> {
    let mut packets = Packets::new();
    let mut seal = |record: &SignedRecord| SealedSample {
        bytes: done(seal_record(record, &[&to.card], &mut packets, rng)).bytes,
        content: record.bytes().to_vec(),
    };
    records.iter().map(&mut seal).collect()
}

fn sealed_statements(
    batch: &StatementBatch,
    from: &SampleParty,
    to: &SampleParty,
    agreement: &Agreement,
    rng: &mut SeededRng,
) -> SealedSample {
    let header = Header {
        channel: parsed(CHANNEL),
        agreement: agreement.hash(),
        from: from.party.clone(),
        what: What::Statements,
        to: vec![parsed("be.interior/node")],
    };
    let sealed = seal_statements(&header, batch, &[&to.card], &mut Packets::new(), rng);
    SealedSample {
        bytes: done(sealed).bytes,
        content: batch.to_bytes(),
    }
}

fn statements(journal: &JournalSample, record: Option<RecordId>) -> Vec<Statement> {
    let commitment = journal
        .entries
        .get(to_usize(RECORD_AT))
        .copied()
        .unwrap_or_default();
    let all = [
        Said::FilesComplete,
        Said::Accepted,
        Said::Refused {
            code: StableCode::of("E_PURPOSE"),
        },
    ];
    let said = |(number, said)| Statement {
        index: RECORD_AT,
        commitment: Digest::new(commitment),
        record,
        said,
        time: SAMPLE_TIME,
        salt: Digest::new([number; 32]),
    };
    (0..).zip(all).map(said).collect()
}

fn signed_head(by: &SampleParty, about: &SampleParty, statements: &[Statement]) -> Vec<u8> {
    let head = StatementsHead {
        channel: parsed(CHANNEL),
        by: by.party.clone(),
        about: about.party.clone(),
        size: statements.len() as u64,
        root: Digest::new(*statement_tree(statements).root().as_bytes()),
    };
    done(sign_statements(&head, by.keyring.record()))
}

fn statement_tree(statements: &[Statement]) -> MemoryTree {
    let leaves: Vec<_> = statements
        .iter()
        .map(|said| leaf_hash(&said.to_bytes()))
        .collect();
    tree(&leaves)
}

fn receipt(
    journal: &JournalSample,
    batch: &StatementBatch,
    [from, by]: [&SampleParty; 2],
    envelope: &[u8],
    record: Option<RecordId>,
) -> Receipt {
    let path = done(inclusion_proof(&journal.tree, RECORD_AT, LEAVES));
    let head = journal.cosigned_note(LEAVES);
    Receipt {
        channel: parsed(CHANNEL),
        from: from.party.clone(),
        by: by.party.clone(),
        record: record.unwrap_or(RecordId::from_parts(0, [0; 10])),
        envelope: EnvelopeHash::of(envelope),
        salt: Salt::from_bytes(*journal.salt.as_bytes()),
        proof: done(LogProof::new(RECORD_AT, path, head)),
        statements: statement_proofs(batch),
        cards: vec![from.card.clone(), by.card.clone()],
    }
}

/// The first two statements, each with its path.
fn statement_proofs(batch: &StatementBatch) -> Vec<StatementProof> {
    let tree = statement_tree(&batch.statements);
    let proof = |(position, statement): (u64, &Statement)| StatementProof {
        signed_head: batch.signed_head.clone(),
        statement: statement.to_bytes(),
        position,
        path: done(inclusion_proof(&tree, position, tree.size()))
            .iter()
            .map(|hash| Digest::new(*hash.as_bytes()))
            .collect(),
    };
    (0..).zip(&batch.statements).take(2).map(proof).collect()
}

fn keyring_files(keyring: &Keyring, rng: &mut SeededRng) -> Vec<Vec<u8>> {
    let cost = KdfCost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };
    let unlocks = [
        Unlock::KeyFile(KEY_FILE.into()),
        Unlock::Passphrase("phrase".to_owned().into()),
    ];
    let mut lock = |unlock: &Unlock| {
        let locked = LockedKeyring::lock_at_cost(keyring, unlock, cost, rng);
        done(locked).bytes().to_vec()
    };
    unlocks.iter().map(&mut lock).collect()
}

fn file(rng: &mut SeededRng) -> FileSample {
    let key = attachment_key(rng);
    let mut sealer = ChunkSealer::new(&key);
    let sealed = done(sealer.seal(b"a short file", true));
    let done_file = done(sealer.finish());
    let attachment = Attachment {
        name: parsed("plan.pdf"),
        media_type: parsed("application/pdf"),
        bytes: done_file.bytes,
        sha256: done_file.sha256,
        sealed: done_file.sealed,
        key,
    };
    FileSample { attachment, sealed }
}

/// The content key of an envelope under the store key.
fn wrapped(party: &SampleParty, records: &[SignedRecord], rng: &mut SeededRng) -> Vec<u8> {
    let mut keys = records.iter().map(|record| {
        done(seal_record(
            record,
            &[&party.card],
            &mut Packets::new(),
            rng,
        ))
        .content_key
    });
    let key = done(keys.next().ok_or("no record"));
    drop(keys);
    done(party.keyring.store().wrap_content_key(&key, b"row", rng)).to_vec()
}

pub(crate) fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A value that is right here by construction.
pub(crate) fn parsed<T: std::str::FromStr<Err = passerelle_model::Error>>(text: &str) -> T {
    done(text.parse())
}

#[expect(clippy::panic, reason = "a wrong sample is a fault of this file")]
pub(crate) fn done<T, E: std::fmt::Display>(outcome: Result<T, E>) -> T {
    match outcome {
        Ok(value) => value,
        Err(error) => panic!("sample: {error}"),
    }
}
