//! What happens, as it happens (server-sent events, WHATWG HTML §9.2).

use std::convert::Infallible;
use std::future::pending;

use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use passerelle_service::{Node, NodeEvent};
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::sleep;

use super::Given;
use crate::call::{Call, Holder};
use crate::limits::KEEP_ALIVE;
use crate::server::Stopped;

pub(crate) async fn follow(call: Call) -> Given {
    let feed = Feed {
        events: call.node.events(),
        node: call.node,
        holder: call.holder,
        stopped: call.stopped,
    };
    Ok(feed.into_response())
}

struct Feed {
    events: Receiver<NodeEvent>,
    node: Node,
    holder: Holder,
    stopped: Option<Stopped>,
}

impl Feed {
    fn into_response(self) -> Response {
        let events = stream::unfold(self, |mut feed| async {
            let event = feed.next().await?;
            Some((Ok::<_, Infallible>(event), feed))
        });
        Sse::new(events).into_response()
    }

    /// The next event, or a sign of life; nothing more when the server stops or the token is
    /// revoked.
    async fn next(&mut self) -> Option<Event> {
        let event = tokio::select! {
            biased;
            () = stop(&mut self.stopped) => return None,
            received = heard(&mut self.events, &self.holder, &self.node) => shown(received)?,
            () = sleep(KEEP_ALIVE) => Event::default().comment("alive"),
        };
        self.holder.remains(&self.node).await.then_some(event)
    }
}

/// The next event of a side that is open to the caller.
async fn heard(
    events: &mut Receiver<NodeEvent>,
    holder: &Holder,
    node: &Node,
) -> Result<NodeEvent, RecvError> {
    loop {
        let event = events.recv().await?;
        if holder.reads(node.side_of_channel(&event.channel)) {
            return Ok(event);
        }
    }
}

async fn stop(stopped: &mut Option<Stopped>) {
    match stopped {
        Some(stopped) => stopped.wait().await,
        None => pending().await,
    }
}

fn shown(received: Result<NodeEvent, RecvError>) -> Option<Event> {
    match received {
        Ok(event) => Event::default().json_data(event).ok(),
        Err(RecvError::Lagged(missed)) => {
            let lagged = Event::default().event("lagged");
            lagged.json_data(json!({ "missed": missed })).ok()
        }
        Err(RecvError::Closed) => None,
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;

    use super::*;

    #[tokio::test]
    async fn whoever_lagged_is_told_how_much_was_missed() {
        let event = shown(Err(RecvError::Lagged(3))).unwrap();
        let feed = Sse::new(stream::iter([Ok::<_, Infallible>(event)]));
        let told = feed.into_response().into_body().collect().await.unwrap();
        assert_eq!(told.to_bytes(), "event: lagged\ndata: {\"missed\":3}\n\n");
    }

    #[test]
    fn a_closed_node_ends_the_feed() {
        assert!(shown(Err(RecvError::Closed)).is_none());
    }
}
