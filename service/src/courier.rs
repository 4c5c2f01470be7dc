//! The exchange by file: everything the partner has not confirmed goes out, whatever comes in
//! is judged exactly as over the wire.

use std::collections::BTreeSet;

use passerelle_envelope::chunks::MAX_SEALED_CHUNK_BYTES;
use passerelle_exchange::courier::{Frame, Next, Reader, Writer};
use passerelle_exchange::message::{BlobOffset, Chunk, Entries, Hello, PROTOCOL, PolicyTurn};
use passerelle_exchange::recovery::Returned;
use passerelle_model::{ChannelId, Digest, PartyId};
use passerelle_store::Journal;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::files::{blocking, read_chunk};
use crate::recovery::Contents;
use crate::view::Imported;
use crate::{Error, Node};

/// Bytes read from a courier file at a time.
const PIECE: usize = 256 * 1024;

impl Node {
    /// Writes a courier file for a partner; returns the number of frames. Exporting twice
    /// gives the same records twice, which is harmless.
    pub async fn courier_export<W: AsyncWrite + Send + Unpin>(
        &self,
        to: &PartyId,
        mut out: W,
    ) -> Result<u64, Error> {
        let directory = self.directory();
        directory.active(to, self.now())?;
        let (mut writer, begin) = Writer::begin();
        send(&mut out, &begin).await?;
        let mut frames = 4;
        let opening = [
            Frame::Hello(self.hello(to).await?),
            Frame::Card(self.card_message()),
            Frame::Bundles(self.bundles_for(to)),
            Frame::Policy(self.policy_turn(to, 0).await),
        ];
        for frame in &opening {
            send(&mut out, &writer.frame(frame)?).await?;
            crate::steps::at("courier.opening");
        }
        for channel in directory.channels_with(to) {
            frames += self
                .export_channel(to, &channel, &mut writer, &mut out)
                .await?;
        }
        let answer = self.register_answer_again(to).await?;
        let turn = Frame::Register(self.register_turn(to, answer).await?);
        send(&mut out, &writer.frame(&turn)?).await?;
        frames += 1;
        crate::steps::at("courier.register");
        send(&mut out, &writer.end()?).await?;
        out.flush().await.map_err(input)?;
        Ok(frames)
    }

    async fn export_channel<W: AsyncWrite + Send + Unpin>(
        &self,
        to: &PartyId,
        channel: &ChannelId,
        writer: &mut Writer,
        out: &mut W,
    ) -> Result<u64, Error> {
        let ours = Journal::new(channel, &self.party);
        let size = self.journal_state(&ours).await?.size;
        let confirmed = self
            .store
            .last_cosigned(&ours, to)
            .await?
            .map_or(0, |row| row.size);
        let mut cosignature = match self.store.head(&Journal::new(channel, to)).await? {
            Some(head) if head.size > 0 => Some(self.cosign_again(to, channel).await?),
            _ => None,
        };
        let set_back = self.set_back_by_file(to, channel).await?;
        let confirmed = set_back.map_or(confirmed, |said| confirmed.min(said.ours));
        let (mut start, mut frames) = (confirmed.min(size), 0);
        if let Some(said) = set_back {
            frames += self
                .export_returned(to, channel, said.own, writer, out)
                .await?;
        }
        loop {
            let mut batch = self.batch_for(to, channel, start).await?;
            batch.cosignature = cosignature.take();
            start += batch.entries.len() as u64;
            if batch.entries.is_empty() && batch.cosignature.is_none() {
                break;
            }
            send(out, &writer.frame(&Frame::Entries(batch))?).await?;
            crate::steps::at("courier.entries");
            frames += 1;
            if start >= size {
                break;
            }
        }
        Ok(frames + self.export_files(to, channel, writer, out).await?)
    }

    /// Chunks of every attachment of ours whose arrival the partner has not stated.
    async fn export_files<W: AsyncWrite + Send + Unpin>(
        &self,
        to: &PartyId,
        channel: &ChannelId,
        writer: &mut Writer,
        out: &mut W,
    ) -> Result<u64, Error> {
        let mut frames = 0;
        for blob in self.unconfirmed_blobs(to, channel).await? {
            let reader = self.shared_blob(blob)?;
            let count = reader.len().div_ceil(MAX_SEALED_CHUNK_BYTES as u64);
            for chunk in 0..count {
                let reader = reader.clone();
                let bytes = blocking(self.blobs.may_block(), move || {
                    read_chunk(reader.as_ref(), chunk)
                })
                .await?;
                let at = BlobOffset { blob, chunk };
                let frame = Frame::Chunk(Chunk {
                    channel: channel.clone(),
                    at,
                    bytes,
                });
                send(out, &writer.frame(&frame)?).await?;
                frames += 1;
            }
        }
        Ok(frames)
    }

    async fn unconfirmed_blobs(
        &self,
        to: &PartyId,
        channel: &ChannelId,
    ) -> Result<BTreeSet<Digest>, Error> {
        let ours = Journal::new(channel, &self.party);
        let mut blobs = BTreeSet::new();
        for need in self.store.blob_needs(&ours, false).await? {
            let rows = self
                .store
                .statements(&ours, need.index..need.index + 1)
                .await?;
            let settled = rows.iter().any(|row| {
                row.by == *to
                    && matches!(row.said.as_str(), "files-complete" | "refused" | "erased")
            });
            if !settled && self.addressed(&ours, need.index, to).await? {
                blobs.insert(need.blob);
            }
        }
        Ok(blobs)
    }

    /// Takes a courier file. Twice, out of order or cut: what can be taken is taken, the rest
    /// is counted, and nothing is lost or doubled.
    pub async fn courier_import<R: AsyncRead + Send + Unpin>(
        &self,
        mut input_file: R,
    ) -> Result<Imported, Error> {
        let (mut reader, mut imported) = (Reader::new(), Imported::default());
        let mut piece = vec![0; PIECE];
        loop {
            match reader.next()? {
                Next::Frame(frame) => self.take_frame(*frame, &mut imported).await?,
                Next::End => {
                    imported.whole = true;
                    break;
                }
                Next::More => {
                    let read = input_file.read(&mut piece).await.map_err(input)?;
                    if read == 0 {
                        break;
                    }
                    reader.push(piece.get(..read).unwrap_or_default());
                }
            }
        }
        let party = imported
            .party
            .clone()
            .ok_or(passerelle_exchange::Error::Courier(
                "cut before it says whose it is",
            ))?;
        self.wake(Some(&party));
        Ok(imported)
    }

    async fn take_frame(&self, frame: Frame, imported: &mut Imported) -> Result<(), Error> {
        let Some(from) = imported.party.clone() else {
            return match frame {
                Frame::Hello(hello) => self.take_opening(&hello, imported).await,
                _ => Err(passerelle_exchange::Error::Courier("does not say whose it is").into()),
            };
        };
        match frame {
            Frame::Hello(_) => {
                Err(passerelle_exchange::Error::Courier("says twice whose it is").into())
            }
            Frame::Card(card) => match self.take_card(&from, &card.card).await {
                // An old file brings an old card: known, and harmless.
                Err(Error::Envelope(passerelle_envelope::Error::CardOlder { .. })) => Ok(()),
                other => other,
            },
            Frame::Bundles(bundles) => self.take_bundles(&from, &bundles).await.map(drop),
            Frame::Entries(batch) => self.take_batch(&from, batch, imported).await,
            Frame::Chunk(chunk) => self.take_file_chunk(&from, chunk, imported).await,
            Frame::Policy(turn) => self.take_carried_policy(&from, &turn).await,
            // What we make of the head goes out with the next file.
            Frame::Returned(piece) => self.take_returned(&from, &piece, imported).await,
            Frame::Register(turn) => self.take_register_turn(&from, turn).await.map(drop),
        }
    }

    /// A policy that is not taken keeps nothing else of the file away; an old file brings an
    /// old one.
    async fn take_carried_policy(&self, from: &PartyId, turn: &PolicyTurn) -> Result<(), Error> {
        match self.take_policy_turn(from, turn).await {
            Err(Error::Envelope(error)) => {
                let old = matches!(error, passerelle_envelope::Error::PolicyOlder { .. });
                let code = (!old).then(|| error.code().to_owned());
                self.link(from).policy_refused(code);
                Ok(())
            }
            other => other,
        }
    }

    async fn take_opening(&self, hello: &Hello, imported: &mut Imported) -> Result<(), Error> {
        if hello.protocol != PROTOCOL {
            return Err(Error::state(
                "E_PROTOCOL",
                "the file speaks another protocol",
            ));
        }
        let directory = self.directory();
        directory.active(&hello.party, self.now())?;
        imported.party = Some(hello.party.clone());
        let known = directory.channels_with(&hello.party);
        for state in &hello.channels {
            if known.contains(&state.channel) {
                self.weigh_claim(&hello.party, state, Some(hello.time))
                    .await?;
            }
        }
        self.note_set_back_by_file(&hello.party, hello).await
    }

    /// Entries of our own journal, for the case that we were set back.
    async fn take_returned(
        &self,
        from: &PartyId,
        piece: &Returned,
        imported: &mut Imported,
    ) -> Result<(), Error> {
        let ours = Journal::new(&piece.channel, &self.party);
        let before = self.journal_state(&ours).await?.size;
        let after = match self.adopt(from, piece, Contents::new()).await {
            Err(Error::Exchange(passerelle_exchange::Error::Gap { .. })) => {
                imported.gap += piece.entries.len() as u64;
                return Ok(());
            }
            other => other?,
        };
        imported.fresh += after - before;
        imported.known += (piece.entries.len() as u64).saturating_sub(after - before);
        Ok(())
    }

    async fn take_batch(
        &self,
        from: &PartyId,
        batch: Entries,
        imported: &mut Imported,
    ) -> Result<(), Error> {
        self.check_channel(from, &batch.channel)?;
        crate::steps::at("courier.batch");
        let extra = self.cosignature_of(from, &batch).await?;
        if let Some(size) = extra.iter().map(|row| row.size).max() {
            imported.receipted = imported.receipted.max(size);
        }
        let count = batch.entries.len() as u64;
        match self.receive(from, &batch, extra.clone()).await {
            Ok(received) => {
                crate::steps::at("courier.kept");
                imported.fresh += received.fresh;
                imported.known += count - received.fresh;
                self.link(from).channel(&batch.channel).owe(received.given);
                Ok(())
            }
            Err(Error::Exchange(passerelle_exchange::Error::Gap { held, start })) => {
                if start > held {
                    imported.gap += count;
                } else {
                    imported.known += count;
                }
                // The co-signature stands on its own.
                self.keep_receipts(from, &batch.channel, extra).await?;
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    /// A chunk that nothing waits for (its record was refused, or is complete) is passed
    /// over.
    async fn take_file_chunk(
        &self,
        from: &PartyId,
        chunk: Chunk,
        imported: &mut Imported,
    ) -> Result<(), Error> {
        self.check_channel(from, &chunk.channel)?;
        let index = chunk.at.chunk;
        crate::steps::at("courier.chunk");
        match self.take_chunk(from, chunk).await {
            Ok(held) => {
                imported.chunks += u64::from(held.next.is_none_or(|next| next == index + 1));
                Ok(())
            }
            Err(Error::NotFound { .. }) => Ok(()),
            Err(other) => Err(other),
        }
    }
}

pub(crate) async fn send<W: AsyncWrite + Unpin>(out: &mut W, bytes: &[u8]) -> Result<(), Error> {
    out.write_all(bytes).await.map_err(input)
}

fn input(error: std::io::Error) -> Error {
    Error::Input(error.to_string())
}
