//! Statistics of requests on both sides of an honest exchange.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::time::Duration;

use passerelle_model::{
    Asking, Kind, PartyId, RecordId, Reference, RefusalReason, Relation, Urgency,
};
use passerelle_service::{Direction, Node, StatisticsRow, StatisticsView};
use passerelle_simulation::{Faults, World, draft};

use crate::settle;

async fn asked(from: &Node, to: &PartyId, urgency: Urgency) -> RecordId {
    let mut request = draft("demande", &[to]).unwrap();
    request.kind = Kind::Request;
    request.urgency = Some(urgency);
    request.offences = vec!["terrorism".parse().unwrap()];
    request.asking = Some(Asking {
        held_because: "immatriculé chez vous".parse().unwrap(),
        link: Some("conducteur habituel".parse().unwrap()),
        urgency_reason: Some("départ annoncé".parse().unwrap()),
        limits: None,
        file: None,
    });
    from.release(request, None).await.unwrap().record
}

async fn answered(
    from: &Node,
    to: &PartyId,
    request: RecordId,
    reason: Option<RefusalReason>,
) -> RecordId {
    let mut answer = draft("réponse", &[to]).unwrap();
    answer.kind = match reason {
        Some(_) => Kind::Refusal,
        None => Kind::Answer,
    };
    answer.reason = reason;
    answer.references = vec![Reference {
        relation: Relation::Answers,
        party: to.clone(),
        record: request,
    }];
    from.release(answer, None).await.unwrap().record
}

async fn counts(node: &Node) -> StatisticsView {
    let month = node.this_month();
    node.statistics(month.earlier(1), month).await.unwrap()
}

fn row(view: &StatisticsView, urgency: Urgency) -> &StatisticsRow {
    view.rows.iter().find(|row| row.urgency == urgency).unwrap()
}

/// What is answered in time, late, refused, open and overdue is told apart; both nodes count
/// the same, each from its side; what changes is not counted twice.
#[tokio::test(start_paused = true)]
async fn both_sides_count_the_same() {
    let world = World::new(&["ma.interior", "be.interior"], 1, Faults::default())
        .await
        .unwrap();
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let (ma, be) = (rabat.party(), brussels.party());
    let in_time = asked(rabat, be, Urgency::Urgent).await;
    let late = asked(rabat, be, Urgency::Urgent).await;
    let refused = asked(rabat, be, Urgency::Priority).await;
    asked(rabat, be, Urgency::Normal).await;
    settle().await;
    assert_eq!(counts(rabat).await.rows.len(), 3);
    answered(brussels, ma, in_time, None).await;
    answered(brussels, ma, refused, Some(RefusalReason::Scope)).await;
    settle().await;
    let view = counts(rabat).await;
    let urgent = row(&view, Urgency::Urgent);
    assert_eq!((urgent.asked, urgent.on_time, urgent.open), (2, 1, 1));
    tokio::time::sleep(Duration::from_secs(10 * 3600)).await;
    let view = counts(brussels).await;
    let urgent = row(&view, Urgency::Urgent);
    assert_eq!((urgent.open, urgent.overdue), (0, 1));
    answered(brussels, ma, late, None).await;
    settle().await;

    let sides = [
        (rabat, be, Direction::Sent),
        (brussels, ma, Direction::Received),
    ];
    for (node, partner, direction) in sides {
        let view = counts(node).await;
        let between = |row: &StatisticsRow| row.partner == *partner && row.direction == direction;
        assert!(view.rows.iter().all(between), "{view:?}");
        let urgent = row(&view, Urgency::Urgent);
        assert_eq!((urgent.asked, urgent.on_time, urgent.late), (2, 1, 1));
        assert_eq!(urgent.on_time_percent(), Some(50));
        let priority = row(&view, Urgency::Priority);
        assert_eq!((priority.asked, priority.refused), (1, 1));
        let normal = row(&view, Urgency::Normal);
        assert_eq!((normal.asked, normal.open), (1, 1));
        assert_eq!(view.refusals.len(), 1);
        assert_eq!(view.refusals.first().unwrap().reason, RefusalReason::Scope);
        let month = node.this_month();
        let before = node.statistics(month.earlier(3), month.earlier(2)).await;
        assert_eq!(before.unwrap().rows, []);
    }
}

#[tokio::test(start_paused = true)]
async fn a_period_begins_before_it_ends() {
    let world = World::new(&["ma.interior", "be.interior"], 1, Faults::default())
        .await
        .unwrap();
    let node = world.node(0).unwrap();
    let now = node.this_month();
    for (from, until) in [(now, now.earlier(1)), (now.earlier(120), now)] {
        let refused = node.statistics(from, until).await.unwrap_err();
        assert_eq!(refused.code(), "E_PERIOD");
    }
    assert!(node.statistics(now.earlier(119), now).await.is_ok());
}
