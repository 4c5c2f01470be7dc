//! The way of the demonstration, step by step.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use passerelle_model::{
    Digest, FileName, MAX_NAME_BYTES, Markdown, RecordId, Side as Wall, UnitId, tidy,
};
use passerelle_service::view::{ChannelView, Draft, Line, Standing};
use passerelle_service::{Happened, NodeEvent};
use tokio::sync::broadcast::Receiver;

use super::board::{Board, Screen};
use super::cases::{self, CHANNEL, GROUP_CHANNEL, GROUP_UNIT, Named, SHEET};
use super::group;
use super::nodes::{Pair, Side};
use super::proofs::Proofs;
use super::words::Say;
use crate::client::SteadyFile;
use crate::clock::Stopwatch;
use crate::failure::Failure;
use crate::table::{safe, size};
use crate::{files, media};

/// Pause between two looks at where the records are.
const LOOK: Duration = Duration::from_millis(50);
/// Looks after which the nodes are asked to compare again, instead of at their next beat.
const LOOKS_PER_NUDGE: u32 = 10;
/// Text files up to this many bytes also become the text of their record.
const MAX_TEXT_BYTES: u64 = 32 * 1024;

/// The story and how far it is.
pub(super) struct Story<'a> {
    screen: &'a Screen,
    pair: &'a Pair,
    dir: &'a Path,
    at: Say,
    number: u8,
}

/// A record on its way.
pub(super) struct Sent {
    pub(super) id: RecordId,
    pub(super) label: String,
    from_rabat: bool,
    row: usize,
}

impl Sent {
    /// The side that sent it.
    pub(super) fn side<'p>(&self, pair: &'p Pair) -> &'p Side {
        if self.from_rabat {
            &pair.rabat
        } else {
            &pair.brussels
        }
    }
}

impl<'a> Story<'a> {
    /// Nothing told yet.
    pub(super) fn new(screen: &'a Screen, pair: &'a Pair, dir: &'a Path) -> Self {
        Self {
            screen,
            pair,
            dir,
            at: Say::Nodes,
            number: 1,
        }
    }

    /// The step under way.
    pub(super) fn at(&self) -> Say {
        self.at
    }

    /// Its name.
    pub(super) fn step(&self) -> String {
        self.screen.text(self.at)
    }

    /// Tells it all.
    pub(super) async fn tell(&mut self, with: &[PathBuf]) -> anyhow::Result<()> {
        self.fingerprints();
        self.pin().await?;
        self.agree().await?;
        let proofs = Proofs::new(self.dir, self.pair)?;
        let receipts = if with.is_empty() {
            self.samples(&proofs).await?
        } else {
            self.files(with, &proofs).await?
        };
        let watch = self.begin(Say::Group);
        group::show(self.pair).await?;
        self.screen.took(watch);
        self.equal().await?;
        println!(
            "\n{}: {receipts}/{receipts} ✓",
            self.screen.text(Say::Verified)
        );
        Ok(())
    }

    fn begin(&mut self, say: Say) -> Stopwatch {
        self.number += 1;
        self.at = say;
        self.screen.step(self.number, say);
        Stopwatch::start()
    }

    fn fingerprints(&mut self) {
        let watch = self.begin(Say::Read);
        for side in self.pair.sides() {
            println!("   {:<9} « {} »", side.name, safe(&self.spoken(side)));
        }
        self.screen.took(watch);
    }

    fn spoken(&self, side: &Side) -> String {
        let card = side.node().card();
        let how = self.screen.lang().as_str();
        card.spoken
            .into_iter()
            .find(|(found, _)| found == how)
            .map_or(card.fingerprint, |(_, t)| t)
    }

    async fn pin(&mut self) -> anyhow::Result<()> {
        let watch = self.begin(Say::Pair);
        let Pair { rabat, brussels } = self.pair;
        for (reader, read) in [(rabat, brussels), (brussels, rabat)] {
            let card = read.node().card().armoured;
            let pinned = reader
                .node()
                .pair(card.as_bytes(), &self.spoken(read))
                .await?;
            println!("   {:<9} {} ✓", reader.name, pinned.card.party);
        }
        self.screen.took(watch);
        Ok(())
    }

    /// One agreement about cases, and one of the joint group on the other side of the wall.
    async fn agree(&mut self) -> anyhow::Result<()> {
        let watch = self.begin(Say::Agreement);
        self.sign(Wall::Cases, CHANNEL, &SHOWN).await?;
        self.sign(Wall::Group, GROUP_CHANNEL, &SHOWN_OF_GROUP)
            .await?;
        self.screen.took(watch);
        Ok(())
    }

    /// Written by Rabat, signed by Rabat, then by Brussels; the signed text goes back.
    async fn sign(&self, side: Wall, channel: &str, shown: &[&str]) -> anyhow::Result<()> {
        let (rabat, brussels) = (self.pair.rabat.node(), self.pair.brussels.node());
        let known = rabat.units().into_iter().chain(brussels.units());
        let units: BTreeSet<UnitId> = known
            .map(|(unit, _)| unit)
            .filter(|unit| (unit.as_str() == GROUP_UNIT) == (side == Wall::Group))
            .collect();
        let text =
            rabat.agreement_template_on(side, brussels.party(), &channel.parse()?, &units)?;
        let shown = |line: &&str| shown.iter().any(|start| line.starts_with(start));
        text.lines()
            .filter(shown)
            .for_each(|line| println!("   {}", safe(line)));
        let hash = rabat.propose(&text).await?.hash;
        rabat.sign_agreement(&hash).await?;
        brussels
            .import_agreement(&rabat.export_agreement(&hash).await?)
            .await?;
        brussels.sign_agreement(&hash).await?;
        rabat
            .import_agreement(&brussels.export_agreement(&hash).await?)
            .await?;
        for side in self.pair.sides() {
            let agreement = side.node().agreement(&hash).await?;
            if !agreement.in_force {
                let sentence = format!("the agreement is not in force in {}", side.name);
                return Err(Failure::new("E_NO_AGREEMENT", sentence).into());
            }
        }
        println!("   sha256 {hash}");
        Ok(())
    }

    /// The sample cases; gives the number of verified receipts.
    async fn samples(&mut self, proofs: &Proofs) -> anyhow::Result<usize> {
        let watch = self.begin(Say::Send);
        let mut way = Way::new(self.screen, self.pair);
        let request = way.send(true, cases::vehicle_request()?).await?;
        let notice = way.send(true, cases::route_notice()?).await?;
        let broad = way.send(false, cases::broad_request()?).await?;
        way.arrive().await?;
        let mut answer = cases::vehicle_answer(&request)?;
        let brussels = self.pair.brussels.node();
        let staged = brussels
            .stage(SHEET.name, SHEET.media_type, SHEET.content)
            .await?;
        answer.attachments.push(staged.token);
        way.send(false, answer).await?;
        way.send(true, cases::refusal(&broad)?).await?;
        way.send(true, cases::correction(&notice)?).await?;
        way.arrive().await?;
        self.screen.took(watch);
        // Before the recall: it destroys what the notice's receipt is made from.
        self.prove(proofs, &way.sent).await?;
        let recall = self.recall(&notice).await?;
        proofs.verify(self.pair, &recall).await?;
        Ok(way.sent.len() + recall.len())
    }

    async fn recall(&mut self, notice: &Named) -> anyhow::Result<Vec<Sent>> {
        let watch = self.begin(Say::Recall);
        let mut way = Way::new(self.screen, self.pair);
        way.send(true, cases::recall(notice)?).await?;
        way.arrive().await?;
        let rabat = self.pair.rabat.node();
        while !erased(&rabat.show(Some(rabat.party()), &notice.record).await?.line)? {
            tokio::time::sleep(LOOK).await;
        }
        println!("   {} ✓", notice.record);
        self.screen.took(watch);
        Ok(way.sent)
    }

    /// Each file in a notice of its own; gives the number of verified receipts.
    async fn files(&mut self, with: &[PathBuf], proofs: &Proofs) -> anyhow::Result<usize> {
        let watch = self.begin(Say::Send);
        let mut way = Way::new(self.screen, self.pair);
        for path in with {
            let draft = self.file(path).await?;
            way.send(true, draft).await?;
        }
        way.arrive().await?;
        self.screen.took(watch);
        self.prove(proofs, &way.sent).await?;
        Ok(way.sent.len())
    }

    async fn file(&self, path: &Path) -> anyhow::Result<Draft> {
        let name = file_name(path);
        let file = SteadyFile::open(path).await?;
        let (bytes, changed) = (file.bytes(), file.changed());
        let rabat = self.pair.rabat.node();
        let staged = rabat.stage(&name, media::of(&name), file).await;
        let staged = match changed.failure() {
            Some(failure) => return Err(failure.into()),
            None => staged?,
        };
        println!("   {} {}", safe(&name), size(bytes));
        let mut draft = cases::file_notice(&name, body(path, bytes)?)?;
        draft.attachments.push(staged.token);
        Ok(draft)
    }

    async fn prove(&mut self, proofs: &Proofs, sent: &[Sent]) -> anyhow::Result<()> {
        let watch = self.begin(Say::Receipts);
        proofs.verify(self.pair, sent).await?;
        self.screen.took(watch);
        Ok(())
    }

    /// Waits until both sides compared counts and roots and found them equal.
    async fn equal(&mut self) -> anyhow::Result<()> {
        let watch = self.begin(Say::Equal);
        let mut looks: u32 = 0;
        let [rabat, brussels] = loop {
            if looks.is_multiple_of(LOOKS_PER_NUDGE) {
                self.pair
                    .sides()
                    .into_iter()
                    .for_each(|side| side.node().sync_now(None));
            }
            looks = looks.wrapping_add(1);
            let [rabat, brussels] = self.pair.sides().map(channel);
            if let (Some(rabat), Some(brussels)) = (rabat.await?, brussels.await?)
                && agrees(&rabat, &brussels)
            {
                break [rabat, brussels];
            }
            tokio::time::sleep(LOOK).await;
        };
        for (side, held) in self.pair.sides().into_iter().zip([rabat, brussels]) {
            println!(
                "   {:<9} {} → {} receipted, {} ←",
                side.name, held.sent, held.receipted, held.received
            );
        }
        self.screen.took(watch);
        Ok(())
    }
}

/// Lines of the agreement that are shown.
const SHOWN: [&str; 8] = [
    "id =",
    "languages",
    "in_force",
    "party",
    "code",
    "bases",
    "offences",
    "erasure_days",
];

/// The same of the agreement of the joint group, which differs in few.
const SHOWN_OF_GROUP: [&str; 3] = ["id =", "side", "erasure_days"];

async fn channel(side: &Side) -> anyhow::Result<Option<ChannelView>> {
    let partners = side.node().partners().await?;
    let channels = partners.into_iter().flat_map(|partner| partner.channels);
    Ok(channels
        .into_iter()
        .find(|channel| channel.channel.as_str() == CHANNEL))
}

fn agrees(a: &ChannelView, b: &ChannelView) -> bool {
    let settled = |side: &ChannelView| side.complete && side.waiting == 0;
    settled(a) && settled(b) && a.sent == b.received && b.sent == a.received
}

/// The file's name as a record may carry it.
fn file_name(path: &Path) -> String {
    let name = path
        .file_name()
        .map(|name| tidy(&name.to_string_lossy()))
        .unwrap_or_default();
    let fits = name.len() <= MAX_NAME_BYTES && name.parse::<FileName>().is_ok();
    if fits { name } else { "attachment".to_owned() }
}

/// The file's content where it is a short text that a record may carry.
fn body(path: &Path, bytes: u64) -> Result<Option<String>, Failure> {
    if bytes > MAX_TEXT_BYTES {
        return Ok(None);
    }
    let content = files::read(path, MAX_TEXT_BYTES)?;
    let text = String::from_utf8(content).ok().map(|text| tidy(&text));
    Ok(text.filter(|text| text.parse::<Markdown>().is_ok()))
}

/// Records on their way, and the board that shows them.
struct Way<'a> {
    pair: &'a Pair,
    board: Board<'a>,
    sent: Vec<Sent>,
    events: [Receiver<NodeEvent>; 2],
    blobs: BTreeMap<Digest, usize>,
}

impl<'a> Way<'a> {
    fn new(screen: &'a Screen, pair: &'a Pair) -> Self {
        let events = [pair.rabat.node().events(), pair.brussels.node().events()];
        let (board, sent, blobs) = (Board::new(screen), Vec::new(), BTreeMap::new());
        Self {
            pair,
            board,
            sent,
            events,
            blobs,
        }
    }

    async fn send(&mut self, from_rabat: bool, draft: Draft) -> anyhow::Result<Named> {
        let (from, to) = match from_rabat {
            true => (&self.pair.rabat, &self.pair.brussels),
            false => (&self.pair.brussels, &self.pair.rabat),
        };
        let way = format!("{} → {}  {:<10}", from.name, to.name, draft.kind.as_str());
        let row = self.board.add(&way, &draft.subject);
        let label = format!("{way}  {}", draft.subject);
        let line = from.node().release(draft, None).await?;
        self.board.set(row, Standing::Released);
        let shown = from.node().show(Some(from.party()), &line.record).await?;
        let files = shown
            .content
            .map(|record| record.attachments)
            .unwrap_or_default();
        self.blobs
            .extend(files.iter().map(|file| (file.sealed, row)));
        self.sent.push(Sent {
            id: line.record,
            label,
            from_rabat,
            row,
        });
        Ok(Named {
            party: from.party().clone(),
            record: line.record,
        })
    }

    /// Waits until every record is complete at its partner and receipted.
    async fn arrive(&mut self) -> anyhow::Result<()> {
        while !self.look().await? {
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    async fn look(&mut self) -> anyhow::Result<bool> {
        self.progress();
        let mut all = true;
        for sent in &self.sent {
            let node = sent.side(self.pair).node();
            let line = node.show(Some(node.party()), &sent.id).await?.line;
            let Some(delivery) = line.deliveries.first() else {
                continue;
            };
            if delivery.standing == Standing::Refused {
                let code = delivery.code.as_deref().unwrap_or("E_REFUSED");
                let sentence = format!("{} refused {}", delivery.party, sent.label);
                return Err(Failure::new(code, sentence).into());
            }
            self.board.set(sent.row, delivery.standing);
            all &= delivery.standing >= Standing::Complete && delivery.receipted.is_some();
        }
        Ok(all)
    }

    /// How much of each attachment arrived, from what the nodes told since the last look.
    fn progress(&mut self) {
        for events in &mut self.events {
            while let Ok(event) = events.try_recv() {
                let Happened::File { blob, held, bytes } = event.what else {
                    continue;
                };
                if let Some(row) = self.blobs.get(&blob) {
                    let percent = (held < bytes).then(|| held.saturating_mul(100) / bytes.max(1));
                    self.board.progress(*row, percent);
                }
            }
        }
    }
}

/// Whether the partner stated that it destroyed the record. `E_ERASURE_REFUSED` where it
/// does not follow.
fn erased(line: &Line) -> Result<bool, Failure> {
    match line.deliveries.first().map(|delivery| delivery.standing) {
        Some(Standing::ErasureRefused) => Err(Failure::new(
            "E_ERASURE_REFUSED",
            "the partner does not follow the recall",
        )),
        Some(standing) => Ok(standing == Standing::Erased),
        // Our own copy is gone too, and with it the list of recipients.
        None => Ok(line.erased),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(sent: u64, received: u64, complete: bool) -> ChannelView {
        let channel = CHANNEL.parse().unwrap();
        ChannelView {
            channel,
            sent,
            receipted: sent,
            waiting: 0,
            refused: 0,
            received,
            complete,
        }
    }

    #[test]
    fn equal_means_counts_and_roots_on_both_sides() {
        assert!(agrees(&view(7, 3, true), &view(3, 7, true)));
        assert!(!agrees(&view(7, 3, true), &view(3, 6, true)));
        assert!(!agrees(&view(7, 3, false), &view(3, 7, true)));
        let waiting = ChannelView {
            waiting: 1,
            ..view(7, 3, true)
        };
        assert!(!agrees(&waiting, &view(3, 7, true)));
    }

    #[test]
    fn short_texts_become_bodies_and_odd_names_do_not_stop_the_show() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        std::fs::write(&path, "un\r\ndeux").unwrap();
        assert_eq!(body(&path, 8).unwrap().as_deref(), Some("un\ndeux"));
        assert_eq!(body(&path, MAX_TEXT_BYTES + 1).unwrap(), None);
        std::fs::write(&path, [0xff]).unwrap();
        assert_eq!(body(&path, 1).unwrap(), None);
        assert_eq!(file_name(Path::new("/x/rapport 1.pdf")), "rapport 1.pdf");
        assert_eq!(file_name(Path::new("/x/a\u{202e}b")), "attachment");
        assert_eq!(file_name(Path::new("/")), "attachment");
    }
}
