//! Board, matrix, briefing, differences.

use passerelle_group::{
    Across, Board, Change, Deed, Facts, Filter, Flag, Gap, Kind, MAX_LINES, MatrixEntry, Progress,
    Report, Reported, Row, Sector, Stage, Strand, Terms, Texts, Verification, Verified, Version,
    differences,
};
use passerelle_model::Lang;

use crate::samples::{facts, schedule};
use crate::world::{World, day, offer, parsed, revision, titled};

fn row(number: usize) -> Row {
    let pick = |count: usize| number % count;
    Row {
        id: parsed(&format!("be.chair~{number:032x}")),
        progress: Progress::ALL[pick(Progress::ALL.len())],
        flag: Flag::ALL[pick(Flag::ALL.len())],
        due: day("2026-01-01").plus_days(u32::try_from(number).unwrap()),
        responsible: parsed(["be.chair", "ma.second"][pick(2)]),
        sector: Sector::ALL[pick(Sector::ALL.len())],
        strand: Strand::ALL[pick(Strand::ALL.len())],
        objective: u8::try_from(pick(24))
            .ok()
            .filter(|objective| *objective > 0),
        public: pick(2) == 0,
    }
}

#[test]
fn a_board_of_ten_thousand_counts_them_all() {
    let rows: Vec<Row> = (0..10_000).map(row).collect();
    let board = Board::of(&rows, &Filter::default(), 20);
    assert_eq!(
        board
            .columns
            .iter()
            .map(|column| column.count)
            .sum::<usize>(),
        10_000
    );
    for column in &board.columns {
        assert_eq!((column.count, column.rows.len()), (1_000, 20));
        assert!(
            column
                .rows
                .iter()
                .all(|row| row.progress == column.progress)
        );
        assert!(column.rows.is_sorted_by_key(|row| row.due));
    }
    for (flag, count) in &board.flags {
        let expected = rows.iter().filter(|row| row.shown_flag() == Some(*flag));
        assert_eq!(*count, expected.count());
    }
    for filter in [
        Filter {
            responsible: Some(parsed("ma.second")),
            ..Filter::default()
        },
        Filter {
            sector: Some(Sector::Health),
            flag: Some(Flag::Late),
            ..Filter::default()
        },
        Filter {
            strand: Some(Strand::Diaspora),
            objective: Some(7),
            ..Filter::default()
        },
    ] {
        let wanted = rows.iter().filter(|row| filter.takes(row)).count();
        let board = Board::of(&rows, &filter, usize::MAX);
        let shown = board
            .columns
            .iter()
            .map(|column| column.rows.len())
            .sum::<usize>();
        assert_eq!(shown, wanted);
        assert!(wanted < 10_000);
    }
}

#[test]
fn what_is_not_agreed_is_on_no_track() {
    let told = |progress, flag| {
        let one = Row {
            progress,
            flag,
            ..row(0)
        };
        let wanted = Filter {
            flag: Some(flag),
            ..Filter::default()
        };
        let counted = Board::of(std::slice::from_ref(&one), &Filter::default(), 1).flags;
        let counted: usize = counted.iter().map(|(_, count)| count).sum();
        assert_eq!(wanted.takes(&one), one.shown_flag().is_some());
        assert_eq!(counted, usize::from(one.shown_flag().is_some()));
        one.shown_flag()
    };
    assert_eq!(told(Progress::Proposed, Flag::OnTrack), None);
    assert_eq!(told(Progress::Draft, Flag::OnTrack), None);
    assert_eq!(told(Progress::Fulfilled, Flag::OnTrack), None);
    let objected = told(Progress::Proposed, Flag::Disputed);
    assert_eq!(objected, Some(Flag::Disputed));
    assert_eq!(told(Progress::Agreed, Flag::OnTrack), Some(Flag::OnTrack));
}

#[test]
fn rows_are_sorted_and_drafts_have_none() {
    let mut world = World::of(2);
    let (late, early) = (
        world.commitment(1, "2026-09-01"),
        world.commitment(0, "2026-04-01"),
    );
    world.open(0, Kind::Commitment, None);
    let rows = world.ledgers[0].rows(day("2026-03-15"));
    let ids: Vec<_> = rows.iter().map(|row| &row.id).collect();
    assert_eq!(ids, [&early, &late]);
    assert_eq!((rows[0].flag, rows[1].flag), (Flag::AtRisk, Flag::OnTrack));
}

#[test]
fn a_matrix_with_overlaps_gaps_and_dependencies() {
    let mut world = World::of(2);
    world.commitment(0, "2026-09-01");
    let over = world.commitment(1, "2026-09-01");
    let programme = world.open(1, Kind::Programme, None);
    let describe = |facts: Facts| Deed::Describe {
        facts: Box::new(facts),
    };
    world.said(1, &programme, describe(facts(Kind::Programme).unwrap()));
    let hash = world.object(&over).offers().agreed_hash();
    let mut terms = world.terms(1, "2026-09-01");
    terms.closure = Some(passerelle_group::Closure::Withdrawn);
    world.agree(
        0,
        &over,
        revision("Withdrawn", hash, Terms::Commitment(terms)),
    );
    let (first, second) = (
        world.open(0, Kind::Action, None),
        world.open(1, Kind::Action, None),
    );
    let Some(Facts::Action(action)) = facts(Kind::Action) else {
        unreachable!()
    };
    world.said(0, &first, describe(Facts::Action(action.clone())));
    let after = vec![first.clone(), second.clone()];
    let waiting = passerelle_group::Action { after, ..action };
    world.said(1, &second, describe(Facts::Action(waiting)));

    let matrix = |world: &World, objectives| {
        let ledger = &world.ledgers[0];
        ledger.matrix(&ledger.rows(day("2026-03-15")), objectives)
    };
    let strands = matrix(&world, false);
    let here = (Sector::Labour, Across::Strand(Strand::Expertise));
    let field: &MatrixEntry = &strands.fields[&here];
    assert_eq!(
        (strands.fields.len(), field.count(), field.parties().len()),
        (1, 2, 2)
    );
    assert_eq!(
        field.commitments.get(&world.parties[1]),
        None,
        "what is over is not done here"
    );
    let depends = Gap::Depends {
        action: second.clone(),
        on: first.clone(),
    };
    assert_eq!(strands.gaps.first(), Some(&Gap::Together(here.0, here.1)));
    assert_eq!(strands.gaps.last(), Some(&depends), "not on one's own");
    let nobody = |gaps: &[Gap]| {
        gaps.iter()
            .filter(|gap| matches!(gap, Gap::Nobody(_)))
            .count()
    };
    assert_eq!(nobody(&strands.gaps), Strand::ALL.len() - 1);

    let objectives = matrix(&world, true);
    assert_eq!(nobody(&objectives.gaps), 21, "18 and 19 have somebody");
    assert_eq!(
        objectives.fields[&(Sector::Labour, Across::Objective(18))].count(),
        2
    );
    assert_eq!(
        objectives.fields[&(Sector::Labour, Across::Objective(19))].count(),
        1
    );

    world.said(0, &first, Deed::Move { to: Stage::Done });
    world.said(
        1,
        &programme,
        Deed::Move {
            to: Stage::Cancelled,
        },
    );
    let strands = matrix(&world, false);
    assert_eq!(strands.fields[&here].count(), 1);
    assert_eq!(
        strands.gaps.len(),
        Strand::ALL.len() - 1,
        "{:?}",
        strands.gaps
    );
}

#[test]
fn a_briefing_on_one_page() {
    let mut world = World::of(2);
    let before = passerelle_model::UtcTime::from_millis(world.millis);
    let mut commitments = Vec::new();
    for _ in 0..MAX_LINES + 2 {
        commitments.push(world.commitment(1, "2026-09-01"));
    }
    world.commitment(0, "2026-03-02");
    let done = &commitments[0];
    let report = Report {
        state: Reported::Done,
        text: titled("Done"),
        evidence: Vec::new(),
    };
    world.said(
        1,
        done,
        Deed::Report {
            report: Box::new(report),
        },
    );
    let verified = Verified {
        found: Verification::Fulfilled,
        text: None,
    };
    world.said(
        0,
        done,
        Deed::Verify {
            verified: Box::new(verified),
        },
    );
    let minutes = world.open(0, Kind::Minutes, None);
    world.said(
        0,
        &minutes,
        offer(revision("Minutes", None, Terms::Minutes)),
    );
    let meeting = world.open(0, Kind::Meeting, None);
    world.said(
        0,
        &meeting,
        offer(revision("Meeting", None, Terms::Meeting(schedule()))),
    );
    world.said(
        0,
        &meeting,
        Deed::Move {
            to: Stage::Convened,
        },
    );

    let briefing = |me: usize, since, today: &str| {
        let ledger = &world.ledgers[0];
        let today = day(today);
        ledger.briefing(&world.parties[me], &ledger.rows(today), since, today)
    };
    let page = briefing(1, before, "2026-03-15");
    assert_eq!(
        (page.agreed.count, page.agreed.first.len()),
        (MAX_LINES + 3, MAX_LINES)
    );
    assert_eq!((page.on_track.count, page.late.count), (MAX_LINES + 1, 1));
    assert_eq!((page.at_risk.count, page.disputed.count), (0, 0));
    assert_eq!(page.fulfilled.first.iter().collect::<Vec<_>>(), [done]);
    assert_eq!((page.ours_to_sign.count, page.theirs_to_sign.count), (2, 0));
    assert_eq!(page.next_meeting.as_ref(), Some(&meeting));
    assert_eq!(
        page.next_due.count,
        MAX_LINES + 1,
        "what is late comes no more"
    );
    let page = briefing(0, before.plus_millis(86_400_000), "2026-04-21");
    assert_eq!(
        (page.agreed.count, page.fulfilled.count),
        (0, 0),
        "long ago"
    );
    assert_eq!((page.ours_to_sign.count, page.theirs_to_sign.count), (0, 2));
    assert_eq!(page.next_meeting, None, "it was yesterday");
}

#[test]
fn differences_of_two_revisions() {
    let text = |lang, body: Option<&str>| {
        let version = Version {
            lang,
            title: parsed("Title"),
            body: body.map(parsed),
        };
        let mut revision = revision("x", None, Terms::Minutes);
        revision.texts = Texts::new(vec![version]).unwrap();
        revision
    };
    let old = text(Lang::Fr, Some("un\n\ndeux\n\ntrois"));
    let new = text(Lang::Fr, Some("un\n\nDEUX\n\ntrois\n\nquatre"));
    let same = |text: &str| Change::Same(text.to_owned());
    let replaced = Change::Replaced {
        before: "deux".to_owned(),
        after: "DEUX".to_owned(),
    };
    let added = |text: &str| Change::Added(text.to_owned());
    let found = differences(Some(&old), &new, Lang::Fr);
    assert_eq!(
        found,
        [
            same("Title"),
            same("un"),
            replaced,
            same("trois"),
            added("quatre")
        ]
    );
    assert_eq!(
        differences(None, &text(Lang::Fr, None), Lang::Fr),
        [added("Title")]
    );
    assert_eq!(differences(Some(&old), &new, Lang::Ar), []);
    let long = "x\n\n".repeat(passerelle_group::MAX_PARAGRAPHS + 1);
    assert_eq!(
        differences(Some(&old), &text(Lang::Fr, Some(&long)), Lang::Fr).len(),
        1
    );
}
