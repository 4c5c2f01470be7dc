//! `verify`: a receipt and two cards, nothing else: no node, no network, no clock.

use passerelle_exchange::receipt::{MAX_RECEIPT_BYTES, Proven};
use passerelle_model::Said;
use passerelle_service::Node;
use serde_json::json;

use super::print_json;
use crate::args::{Common, VerifyArgs};
use crate::failure::Failure;
use crate::files;

/// Largest card file, in bytes.
const MAX_CARD_FILE_BYTES: u64 = 2 * passerelle_model::MAX_CARD_BYTES as u64;

pub(super) fn run(common: &Common, args: &VerifyArgs) -> anyhow::Result<()> {
    let [a, b] = args.cards.as_slice() else {
        return Err(Failure::usage("give the cards of both parties: --card A --card B").into());
    };
    let receipt = files::read_text(&args.receipt, MAX_RECEIPT_BYTES as u64)?;
    let a = files::read(a, MAX_CARD_FILE_BYTES)?;
    let b = files::read(b, MAX_CARD_FILE_BYTES)?;
    let proven = Node::verify_receipt(&receipt, &a, &b)?;
    if common.json {
        print_json(&as_json(&proven));
    } else {
        print!("{}", in_words(&proven));
    }
    Ok(())
}

fn in_words(proven: &Proven) -> String {
    let Proven {
        channel,
        from,
        by,
        record,
        index,
        size,
        cosigned,
        said,
    } = proven;
    let said: String = said
        .iter()
        .map(|(said, at)| format!("  {by} stated on {at}: {}\n", statement(said)))
        .collect();
    format!(
        "The receipt is genuine.\n  \
         record  {record}\n  \
         from    {from}, entry {index} of its journal in {channel}\n  \
         held by {by}, which co-signed the journal of {size} entries on {cosigned}\n{said}"
    )
}

fn statement(said: &Said) -> String {
    match said {
        Said::Accepted => "accepted".to_owned(),
        Said::Refused { code } => format!("refused ({code})"),
        Said::FilesComplete => "every attachment arrived whole".to_owned(),
        Said::Read => "an officer read it".to_owned(),
        Said::Erased => "erased".to_owned(),
        Said::ErasureRefused { code } => format!("erasure refused ({code})"),
        Said::UseReported { code } => format!("use reported ({code})"),
    }
}

fn as_json(proven: &Proven) -> serde_json::Value {
    let said: Vec<_> = proven
        .said
        .iter()
        .map(|(said, at)| json!({ "statement": said, "time": at }))
        .collect();
    json!({
        "channel": proven.channel, "from": proven.from, "by": proven.by,
        "record": proven.record, "index": proven.index, "size": proven.size,
        "cosigned": proven.cosigned, "said": said,
    })
}

#[cfg(test)]
mod tests {
    use passerelle_model::{RecordId, UtcTime};

    use super::*;

    #[test]
    fn proofs_read_in_plain_words() {
        let proven = Proven {
            channel: "ma-be-security".parse().unwrap(),
            from: "ma.interior".parse().unwrap(),
            by: "be.interior".parse().unwrap(),
            record: RecordId::from_parts(1, [0; 10]),
            index: 3,
            size: 9,
            cosigned: UtcTime::from_millis(0),
            said: vec![(Said::Accepted, UtcTime::from_millis(1000))],
        };
        let text = in_words(&proven);
        assert!(
            text.contains("be.interior stated on 1970-01-01T00:00:01Z: accepted"),
            "{text}"
        );
        assert_eq!(as_json(&proven)["index"], 3);
    }
}
