//! Writes what the scripts of `tests/conformance/` judge: two simulated nodes exchange records,
//! and everything that somebody without our code should be able to check goes into a folder.
//!
//! ```text
//! expected.json            what must be found, and the secrets of the sample recipient
//! card-<party>.txt         first card of each party: what a verifier has confirmed
//! receipt-<name>.txt       receipts
//! envelope.cbor            one sealed envelope, and what it must open to:
//! record.cose, record.cbor
//! file.sealed, file.plain  its attachment
//! misbehaviour-<name>.txt  proofs that a log contradicted itself
//! log/checkpoint           the sender's journal as a static C2SP log: the newest head,
//! log/heads/<size>         every head that the holder co-signed,
//! log/tile/…               hash tiles and entry bundles
//! ```

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use passerelle_envelope::testing::SeededRng;
use passerelle_envelope::{Envelope, Keyring, OpenedPackets, UnitSecret, open};
use passerelle_exchange::journal_origin;
use passerelle_journal::tile::{TileKind, encode_entries};
use passerelle_journal::{
    Checkpoint, Hash, LogSigner, MemoryTree, Misbehaviour, SignedCheckpoint, Tile,
    VerifiedCheckpoint, merkle,
};
use passerelle_model::{
    ChannelId, Digest, Kind, PartyId, Recipient, RecordId, Reference, Relation, hex,
};
use passerelle_service::Node;
use passerelle_service::view::Draft;
use passerelle_simulation::{Faults, World, draft};
use passerelle_store::{Blobs as _, Held, Journal, Store as _};
use rand_core::Rng as _;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

const SEED: u64 = 2_024;
const SENDER: usize = 0;
const HOLDER: usize = 1;
/// Two full tiles and a partial one.
const RECORDS: usize = 600;
/// Two chunks: a full one and a last one.
const FILE_BYTES: usize = 1_300_000;
/// Sizes of true heads that a forged larger head contradicts; a power of two has a consistency
/// proof of another shape.
const REWRITTEN: [u64; 2] = [256, 300];

fn main() -> Outcome<()> {
    let folder = std::env::args_os()
        .nth(1)
        .ok_or("name a folder to write into")?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()?;
    runtime.block_on(async {
        let world = World::new(&["ma.interior", "be.interior"], SEED, Faults::default()).await?;
        let fixture = Fixture {
            world,
            folder: folder.into(),
        };
        fixture.write().await
    })
}

struct Fixture {
    world: World,
    folder: PathBuf,
}

/// The records whose receipts are written.
struct Story {
    first: RecordId,
    middle: RecordId,
    file: RecordId,
    refused: RecordId,
    back: RecordId,
    rotated: RecordId,
}

impl Fixture {
    async fn write(&self) -> Outcome<()> {
        self.write_cards()?;
        let story = self.exchange().await?;
        let journal = self.journal(&story).await?;
        let leaves = self.leaves(&journal).await?;
        let expected = json!({
            "channel": journal.channel,
            "sender": self.party(SENDER)?,
            "holder": self.party(HOLDER)?,
            "receipts": self.write_receipts(&story).await?,
            "envelope": self.write_envelope(&journal, &story.file).await?,
            "file": self.write_file(&story.file).await?,
            "log": self.write_log(&journal, &leaves).await?,
            "misbehaviour": self.write_misbehaviour(&journal, &leaves)?,
        });
        self.put("expected.json", serde_json::to_string_pretty(&expected)?)
    }

    fn write_cards(&self) -> Outcome<()> {
        for number in [SENDER, HOLDER] {
            let node = self.world.node(number)?;
            self.put(&format!("card-{}.txt", node.party()), node.card().armoured)?;
        }
        Ok(())
    }

    async fn exchange(&self) -> Outcome<Story> {
        let (sender, holder) = (self.world.node(SENDER)?, self.world.node(HOLDER)?);
        let mut many = Vec::with_capacity(RECORDS);
        for number in 0..RECORDS {
            many.push(release(sender, self.draft(&format!("avis {number}"), holder)?).await?);
        }
        let file = release(sender, self.draft_with_file(sender, holder).await?).await?;
        let refused = release(sender, self.draft_to_be_refused(sender, holder)?).await?;
        let back = release(holder, self.draft("en retour", sender)?).await?;
        settle().await;
        holder.mark_read(sender.party(), &file).await?;
        settle().await;
        holder.rotate(None, &|_| Ok(()), keyring(HOLDER)?).await?;
        settle().await;
        let rotated = release(sender, self.draft("nouvelles clés", holder)?).await?;
        settle().await;
        let first = *many.first().ok_or("no record")?;
        let middle = *many.get(RECORDS / 2).ok_or("no record")?;
        Ok(Story {
            first,
            middle,
            file,
            refused,
            back,
            rotated,
        })
    }

    fn draft(&self, subject: &str, to: &Node) -> Outcome<Draft> {
        Ok(draft(subject, &[to.party()])?)
    }

    async fn draft_with_file(&self, from: &Node, to: &Node) -> Outcome<Draft> {
        let plain = file_bytes();
        let staged = from
            .stage("plan.pdf", "application/pdf", plain.as_slice())
            .await?;
        Ok(Draft {
            attachments: vec![staged.token],
            ..self.draft("avec fichier", to)?
        })
    }

    /// A correction of a record that the holder never saw.
    fn draft_to_be_refused(&self, from: &Node, to: &Node) -> Outcome<Draft> {
        let reference = Reference {
            relation: Relation::Corrects,
            party: from.party().clone(),
            record: RecordId::from_parts(1, [9; 10]),
        };
        let (kind, references) = (Kind::Correction, vec![reference]);
        Ok(Draft {
            kind,
            references,
            ..self.draft("corrige l'inconnu", to)?
        })
    }

    async fn journal(&self, story: &Story) -> Outcome<Journal> {
        let sender = self.world.node(SENDER)?;
        let channel: ChannelId = sender.show(None, &story.first).await?.line.channel;
        Ok(Journal::new(&channel, sender.party()))
    }

    /// The leaves that the holder co-signed.
    async fn leaves(&self, journal: &Journal) -> Outcome<Vec<Digest>> {
        let store = &self.member(SENDER)?.store;
        let head = store.last_cosigned(journal, self.party(HOLDER)?).await?;
        let size = head.ok_or("nothing is co-signed")?.size;
        Ok(store.commitments(journal, 0..size).await?)
    }

    async fn write_receipts(&self, story: &Story) -> Outcome<Vec<Value>> {
        let all = [
            ("first", SENDER, &story.first),
            ("middle", SENDER, &story.middle),
            ("file", SENDER, &story.file),
            ("refused", SENDER, &story.refused),
            ("back", HOLDER, &story.back),
            ("rotated", SENDER, &story.rotated),
        ];
        let mut written = Vec::new();
        for (name, from, record) in all {
            written.push(self.write_receipt(name, from, record).await?);
        }
        Ok(written)
    }

    async fn write_receipt(&self, name: &str, from: usize, record: &RecordId) -> Outcome<Value> {
        let node = self.world.node(from)?;
        let by = self.world.node(SENDER + HOLDER - from)?;
        let receipt = node.receipt(record, None).await?;
        let (a, b) = (node.card().armoured, by.card().armoured);
        let proven = Node::verify_receipt(&receipt, a.as_bytes(), b.as_bytes())?;
        let file = format!("receipt-{name}.txt");
        self.put(&file, &receipt)?;
        Ok(json!({
            "file": file,
            "from": proven.from,
            "by": proven.by,
            "record": proven.record,
            "index": proven.index,
            "size": proven.size,
            "cosigned": proven.cosigned.seconds(),
            "said": proven.said.iter().map(|(said, time)| {
                json!({ "what": said, "millis": time.millis() })
            }).collect::<Vec<_>>(),
        }))
    }

    async fn write_envelope(&self, journal: &Journal, record: &RecordId) -> Outcome<Value> {
        let (index, salt, bytes) = self.sealed(journal, record).await?;
        let (ring, party) = (keyring(HOLDER)?, self.party(HOLDER)?);
        let envelope = Envelope::parse(&bytes)?;
        let opened = open(&envelope, party, &ring, &mut OpenedPackets::new())?;
        let shown = self.world.node(SENDER)?.show(None, record).await?;
        self.put("envelope.cbor", &bytes)?;
        self.put("record.cose", opened.content())?;
        self.put("record.cbor", shown.content.ok_or("erased")?.to_bytes())?;
        let unit = "liaison".parse()?;
        Ok(json!({
            "index": index,
            "salt": salt,
            "hash": envelope.hash(),
            "recipient": Recipient { party: party.clone(), unit }.to_string(),
            "seed": hex::encode(&liaison_seed(&ring)?),
        }))
    }

    async fn sealed(&self, journal: &Journal, id: &RecordId) -> Outcome<(u64, Digest, Vec<u8>)> {
        let index = self.world.node(SENDER)?.show(None, id).await?.line.index;
        let store = &self.member(SENDER)?.store;
        let entry = store
            .entries(journal, index..index + 1, 1)
            .await?
            .into_iter()
            .next();
        match entry.ok_or("no entry")?.held {
            Held::Content { salt, envelope, .. } => Ok((index, salt, envelope)),
            _ => Err("the entry has no content".into()),
        }
    }

    async fn write_file(&self, record: &RecordId) -> Outcome<Value> {
        let shown = self.world.node(SENDER)?.show(None, record).await?;
        let content = shown.content.ok_or("erased")?;
        let file = content.attachments.first().ok_or("no attachment")?;
        // As the holder has it: the bytes have crossed the network.
        let reader = self
            .member(HOLDER)?
            .blobs
            .open(file.sealed)?
            .ok_or("no blob")?;
        let mut sealed = vec![0; usize::try_from(reader.len())?];
        let mut filled = 0;
        while let Some(rest) = sealed.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            filled += match reader.read_at(u64::try_from(filled)?, rest)? {
                0 => return Err("the blob is cut".into()),
                read => read,
            };
        }
        self.put("file.sealed", sealed)?;
        self.put("file.plain", file_bytes())?;
        Ok(json!({ "name": file.name, "bytes": file.bytes, "sealed": file.sealed }))
    }

    async fn write_log(&self, journal: &Journal, leaves: &[Digest]) -> Outcome<Value> {
        let tree = tree_of(leaves)?;
        let store = &self.member(SENDER)?.store;
        let heads = store
            .cosigned(journal, self.party(HOLDER)?, 1, usize::MAX)
            .await?;
        for head in &heads {
            self.put(&format!("log/heads/{}", head.size), &head.note)?;
        }
        self.put("log/checkpoint", &heads.last().ok_or("no head")?.note)?;
        for tile in tiles(tree.size()) {
            let bytes = match tile.kind() {
                TileKind::Hashes { .. } => tile.hash_bytes(&tree)?,
                TileKind::Entries => encode_entries(&entries(leaves, &tile)?)?,
            };
            self.put(&format!("log/{tile}"), bytes)?;
        }
        Ok(json!({
            "origin": journal_origin(&journal.channel, &journal.party)?.as_str(),
            "size": tree.size(),
            "root": tree.root().to_base64(),
            "heads": heads.iter().map(|head| head.size).collect::<Vec<_>>(),
        }))
    }

    /// The sender's journal key signs what the sender never would.
    fn write_misbehaviour(&self, journal: &Journal, leaves: &[Digest]) -> Outcome<Vec<Value>> {
        let forger = Forger::new(journal, leaves)?;
        let size = forger.forged.size();
        let same = Misbehaviour::same_size(
            &forger.head(size, forger.truth.root())?,
            &forger.head(size, forger.forged.root())?,
        )?;
        let mut written = vec![self.write_proof("same-size", &same)?];
        for old in REWRITTEN {
            let proof = merkle::prefix_proof(&forger.forged, old, size)?;
            let rewritten = Misbehaviour::rewritten(
                &forger.head(old, merkle::root(&forger.truth, old)?)?,
                &forger.head(size, forger.forged.root())?,
                proof,
            )?;
            written.push(self.write_proof(&format!("rewritten-{old}"), &rewritten)?);
        }
        Ok(written)
    }

    fn write_proof(&self, name: &str, proof: &Misbehaviour) -> Outcome<Value> {
        let file = format!("misbehaviour-{name}.txt");
        self.put(&file, proof.to_string())?;
        let (first, second) = (proof.first().unverified(), proof.second().unverified());
        Ok(json!({ "file": file, "first": first.size(), "second": second.size() }))
    }

    fn member(&self, number: usize) -> Outcome<&passerelle_simulation::Member> {
        Ok(self.world.members.get(number).ok_or("no such member")?)
    }

    fn party(&self, number: usize) -> Outcome<&PartyId> {
        Ok(&self.member(number)?.party)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> Outcome<()> {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/")))?;
        Ok(fs::write(path, bytes)?)
    }
}

/// A log that rewrites its first leaf.
struct Forger {
    signer: LogSigner,
    truth: MemoryTree,
    forged: MemoryTree,
}

impl Forger {
    fn new(journal: &Journal, leaves: &[Digest]) -> Outcome<Self> {
        let origin = journal_origin(&journal.channel, &journal.party)?;
        let signer = LogSigner::from_seed(origin, keyring(SENDER)?.journal().seed());
        let mut others = leaves.to_vec();
        *others.first_mut().ok_or("an empty log")? = Digest::new([0; 32]);
        Ok(Self {
            signer,
            truth: tree_of(leaves)?,
            forged: tree_of(&others)?,
        })
    }

    fn head(&self, size: u64, root: Hash) -> Outcome<VerifiedCheckpoint> {
        let origin = self.signer.key().name().clone();
        let signed: SignedCheckpoint = Checkpoint::new(origin, size, root)?.sign(&self.signer)?;
        Ok(signed.verify(self.signer.key())?)
    }
}

async fn release(from: &Node, draft: Draft) -> Outcome<RecordId> {
    Ok(from.release(draft, None).await?.record)
}

/// Long enough, on the paused clock, for everything that is under way to arrive.
async fn settle() {
    tokio::time::sleep(Duration::from_secs(600)).await;
}

/// The keys of a member, drawn again as the world draws them.
fn keyring(number: usize) -> Outcome<Keyring> {
    Ok(Keyring::generate(
        &["liaison".parse()?],
        &mut key_rng(number)?,
    )?)
}

fn key_rng(number: usize) -> Outcome<SeededRng> {
    Ok(SeededRng::new(SEED * 1000 + u64::try_from(number)?))
}

/// The seed of the holder's liaison unit: found among what was drawn, because no key ring
/// gives it away.
fn liaison_seed(ring: &Keyring) -> Outcome<[u8; 32]> {
    let (_, wanted) = ring
        .units()
        .find(|(unit, _)| unit.as_str() == "liaison")
        .ok_or("no unit")?;
    let mut rng = key_rng(HOLDER)?;
    for _ in 0..64 {
        let mut seed = [0; 32];
        rng.fill_bytes(&mut seed);
        if UnitSecret::from_seed(&seed)?.key_id() == wanted.key_id() {
            return Ok(seed);
        }
    }
    Err("the key of the unit is drawn in another way".into())
}

fn file_bytes() -> Vec<u8> {
    let mut bytes = vec![0; FILE_BYTES];
    SeededRng::new(SEED + 1).fill_bytes(&mut bytes);
    // A node takes no file that is not what its type says.
    bytes.splice(..8, *b"%PDF-1.7");
    bytes
}

fn tree_of(leaves: &[Digest]) -> Outcome<MemoryTree> {
    let hashes: Vec<Hash> = leaves
        .iter()
        .map(|leaf| merkle::leaf_hash(leaf.as_bytes()))
        .collect();
    let mut tree = MemoryTree::new();
    tree.append(&hashes)?;
    Ok(tree)
}

fn tiles(size: u64) -> Vec<Tile> {
    let levels = (0..8).map(|level| TileKind::Hashes { level });
    levels
        .chain([TileKind::Entries])
        .flat_map(|kind| (0..).map_while(move |index| Tile::at(kind, index, size)))
        .collect()
}

fn entries<'a>(leaves: &'a [Digest], bundle: &Tile) -> Outcome<Vec<&'a [u8; 32]>> {
    let first = usize::try_from(bundle.index())? * 256;
    let range = first..first + usize::from(bundle.width());
    Ok(leaves
        .get(range)
        .ok_or("no such leaves")?
        .iter()
        .map(Digest::as_bytes)
        .collect())
}
