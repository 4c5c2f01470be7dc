//! Reads a plain text from standard input and prints what is proposed.
#![expect(clippy::unwrap_used, reason = "an example")]

use std::io::Read as _;

use passerelle_communique::{Block, Span, blocks_of, read};

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let blocks: Vec<Block<'_>> = blocks_of(&text)
        .into_iter()
        .map(|(_, block)| block)
        .collect();
    let reading = read(&blocks, None).unwrap();
    let show = |span: Span| {
        let block = blocks.get(span.block);
        block
            .and_then(|block| block.text.get(span.range()))
            .unwrap_or("")
    };
    let meeting = &reading.meeting;
    println!(
        "language {:?}, kind {:?}",
        reading.language,
        meeting.kind.map(|(kind, _)| kind)
    );
    println!(
        "date {:?}",
        meeting
            .date
            .map(|guess| (guess.date, guess.sure, show(guess.found)))
    );
    println!(
        "place {:?}",
        meeting
            .place
            .as_ref()
            .map(|place| (&place.name, place.sure))
    );
    println!(
        "parties {:?}",
        meeting
            .parties
            .iter()
            .map(|one| one.code)
            .collect::<Vec<_>>()
    );
    for one in &meeting.delegates {
        println!(
            "delegate {:?} {} | {}",
            one.party,
            show(one.function),
            one.name.map_or("", show)
        );
    }
    for topic in &reading.topics {
        println!(
            "topic {:?} « {} » in {:?}",
            topic.strand,
            show(topic.title),
            topic.sentences
        );
    }
    for one in &reading.candidates {
        let sentence = reading
            .sentences
            .get(one.sentence)
            .copied()
            .map_or("", show);
        let verb = one.verb.map_or("", show);
        println!(
            "\n{:?} {:?} « {verb} » {:?}",
            one.nature, one.strength, one.responsible.who
        );
        println!(
            "  due {:?}, missing {:?}\n  {sentence}",
            one.due.map(|due| show(due.found)),
            one.missing
        );
    }
    for one in &reading.left_out {
        let text = blocks.get(one.block).map_or("", |block| block.text);
        println!("\nleft out ({:?}): {text}", one.reason);
    }
}
