//! Answers to an offer, positions, comments, translations, notes: small forms that every page of
//! an object carries.

use http::StatusCode;
use passerelle_model::{Lang, Markdown, Name, tidy};
use passerelle_service::Wish;
use passerelle_service::joint::{Deed, Stance, Version};

use super::texts;
use crate::answer::{Answer, Fault, go};
use crate::guard::Call;
use crate::routes::{GROUP, Route, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    post(
        "/group/{channel}/objects/{object}/answer",
        GROUP,
        handled!(answer),
    ),
    post(
        "/group/{channel}/objects/{object}/position",
        GROUP,
        handled!(position),
    ),
    post(
        "/group/{channel}/objects/{object}/comment",
        GROUP,
        handled!(comment),
    ),
    post(
        "/group/{channel}/objects/{object}/translate",
        GROUP,
        handled!(translate),
    ),
    post(
        "/group/{channel}/objects/{object}/note",
        GROUP,
        handled!(note),
    ),
];

/// A form that holds nothing valid, where no field of it can be named.
pub(crate) fn invalid() -> Fault {
    Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "E_FIELD_INVALID")
}

/// Says these deeds of the object of the address and goes back to its page.
pub(crate) async fn say(call: &Call, deeds: Vec<Deed>, done: &str) -> Answer {
    let (channel, id) = (super::channel(call)?, super::object(call)?);
    let version = super::object::optional(call, "version")?;
    let wish = Wish::about(id.clone(), version, deeds, call.page.lang);
    call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done={done}", super::href(&channel, &id)))
}

async fn answer(call: Call) -> Answer {
    let revision = call.given("revision")?;
    let (deed, done) = match call.field("answer") {
        "accept" => (Deed::Accept { revision }, "accepted"),
        "reject" => {
            let reason = texts::remark_texts(&call, "reason")?;
            if reason.is_none() {
                return Err(Fault::field("reason"));
            }
            (Deed::Reject { revision, reason }, "rejected")
        }
        "withdraw" => (Deed::Withdraw { revision }, "withdrawn"),
        "release" => (Deed::Release { revision }, "let-go"),
        _ => return Err(invalid()),
    };
    say(&call, vec![deed], done).await
}

async fn position(call: Call) -> Answer {
    let deed = Deed::Position {
        revision: call.given("revision")?,
        stance: call.given::<Stance>("stance")?,
        statement: texts::remark_texts(&call, "statement")?,
    };
    say(&call, vec![deed], "said").await
}

async fn comment(call: Call) -> Answer {
    let version = texts::remark(&call, "comment")?.ok_or_else(|| Fault::field("comment"))?;
    say(&call, vec![Deed::Comment { version }], "said").await
}

async fn translate(call: Call) -> Answer {
    let lang: Lang = call.given("lang")?;
    let title = tidy(call.field("title").trim()).parse();
    let title: Name = title.map_err(|_| Fault::field("title"))?;
    let body = tidy(call.field("body").trim());
    let body: Option<Markdown> = match body.is_empty() {
        true => None,
        false => Some(body.parse().map_err(|_| Fault::field("body"))?),
    };
    let deed = Deed::Translate {
        revision: call.given("revision")?,
        version: Version { lang, title, body },
    };
    say(&call, vec![deed], "said").await
}

async fn note(call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let version: u64 = call.given("version")?;
    let typed = tidy(call.field("note").trim());
    let text = match typed.is_empty() {
        true => None,
        false => Some(typed.parse().map_err(|_| Fault::field("note"))?),
    };
    let node = &call.desk.node;
    node.write_own_note(call.actor()?, &channel, (&id, version), text)
        .await?;
    go(&format!("{}?done=noted", super::href(&channel, &id)))
}
