#![cfg(test)]
//! A receipt proves what it says and holds nothing that it does not prove.

use passerelle_service::{Error, Node};
use passerelle_simulation::{Faults, World, draft};

use crate::settle;

struct Case {
    receipt: String,
    sender: String,
    holder: String,
}

impl Case {
    async fn new() -> Self {
        let world = World::new(&["ma.interior", "be.interior"], 3, Faults::default())
            .await
            .unwrap();
        let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
        let mut last = None;
        for number in 0..5 {
            let draft = draft(&format!("numéro {number}"), &[brussels.party()]).unwrap();
            last = Some(rabat.release(draft, None).await.unwrap().record);
            settle().await;
        }
        brussels
            .mark_read(rabat.party(), &last.unwrap())
            .await
            .unwrap();
        settle().await;
        Self {
            receipt: rabat.receipt(&last.unwrap(), None).await.unwrap(),
            sender: rabat.card().armoured,
            holder: brussels.card().armoured,
        }
    }

    fn check(&self, receipt: &str) -> Result<usize, Error> {
        Node::verify_receipt(receipt, self.sender.as_bytes(), self.holder.as_bytes())
            .map(|proven| proven.said.len())
    }
}

#[tokio::test(start_paused = true)]
async fn every_altered_byte_fails() {
    let case = Case::new().await;
    assert_eq!(case.check(&case.receipt).unwrap(), 2, "accepted and read");
    let bytes = case.receipt.as_bytes();
    for position in 0..bytes.len() {
        let mut altered = bytes.to_vec();
        altered[position] ^= 1;
        let altered = String::from_utf8_lossy(&altered);
        assert!(
            case.check(&altered).is_err(),
            "byte {position} altered unseen"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn cut_lines_doubled_lines_and_additions_fail() {
    let case = Case::new().await;
    let lines: Vec<&str> = case.receipt.split_inclusive('\n').collect();
    for at in 0..lines.len() {
        let without: String = lines
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != at)
            .map(|(_, l)| *l)
            .collect();
        assert!(case.check(&without).is_err(), "line {at} is missing unseen");
        let mut twice = lines.clone();
        twice.insert(at, lines[at]);
        assert!(
            case.check(&twice.concat()).is_err(),
            "line {at} is doubled unseen"
        );
    }
    let extra = case.receipt.replacen("\nindex ", "\nextra AAAA\nindex ", 1);
    assert!(case.check(&extra).is_err(), "extra data");
    assert!(
        case.check(&case.receipt.replace('\n', "\r\n")).is_err(),
        "other line ends"
    );
}

#[tokio::test(start_paused = true)]
async fn signatures_cards_and_statements_stand_once_and_in_order() {
    let case = Case::new().await;
    let notes: Vec<&str> = case
        .receipt
        .lines()
        .filter(|line| line.starts_with('—'))
        .collect();
    let [log, witness] = notes.as_slice() else {
        panic!("two signatures")
    };
    let swapped = case
        .receipt
        .replace(&format!("{log}\n{witness}"), &format!("{witness}\n{log}"));
    assert!(case.check(&swapped).is_err(), "signatures exchanged");
    let foreign = format!(
        "{witness}\n{}",
        witness.replace("be.interior", "xx.interior")
    );
    assert!(
        case.check(&case.receipt.replace(witness, &foreign))
            .is_err(),
        "a third signature"
    );
    for name in ["PASSERELLE CARD", "PASSERELLE STATEMENT"] {
        let begin = case
            .receipt
            .find(&format!("-----BEGIN {name}-----"))
            .unwrap();
        let end_mark = format!("-----END {name}-----\n");
        let end = begin + case.receipt[begin..].find(&end_mark).unwrap() + end_mark.len();
        let mut doubled = case.receipt.clone();
        doubled.insert_str(end, &case.receipt[begin..end]);
        assert!(case.check(&doubled).is_err(), "{name} doubled");
        let mut moved = case.receipt.clone();
        moved.replace_range(begin..end, "");
        assert!(
            case.check(&moved).is_err() || name == "PASSERELLE STATEMENT",
            "{name} removed"
        );
    }
}

/// The cards given decide, not those inside.
#[tokio::test(start_paused = true)]
async fn other_cards_are_not_trusted() {
    let case = Case::new().await;
    let world = World::new(&["ma.interior", "be.interior"], 4, Faults::default())
        .await
        .unwrap();
    let impostor = world.node(1).unwrap().card().armoured;
    let result = Node::verify_receipt(&case.receipt, case.sender.as_bytes(), impostor.as_bytes());
    assert_eq!(result.unwrap_err().code(), "E_RECEIPT");
    let same = Node::verify_receipt(
        &case.receipt,
        case.sender.as_bytes(),
        case.sender.as_bytes(),
    );
    assert!(same.is_err());
}
