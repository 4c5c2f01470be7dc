//! `group`: the joint group from the command line.

use std::path::Path;

use passerelle_model::{Author, ChannelId, Digest, Lang, Names, tidy};
use passerelle_service::group_views::{
    BoardView, BriefingView, GroupView, HeadingView, MatrixView, ObjectLine, ObjectView, SaidView,
};
use passerelle_service::joint::{Deed, ObjectRef, Revision, Texts, Version};
use serde::Deserialize;
use serde_json::json;

use super::Context;
use super::agreement::held;
use super::send::author;
use crate::args_group::{Answer, BoardArgs, GroupArgs, GroupCommand};
use crate::args_send::AuthorArgs;
use crate::client::Call;
use crate::failure::Failure;
use crate::table::{Table, clipped, safe};
use crate::{files, locale};

/// Largest file with deeds, in bytes.
const MAX_BYTES: u64 = 1 << 20;
/// Columns of a title in a table.
const TITLE: usize = 56;

/// A file with something to say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    #[serde(default)]
    object: Option<ObjectRef>,
    #[serde(default)]
    version: Option<u64>,
    deeds: Vec<Deed>,
}

pub(super) async fn run(ctx: &Context<'_>, args: GroupArgs) -> anyhow::Result<()> {
    if matches!(args.command, GroupCommand::List) {
        return list(ctx).await;
    }
    let room = Room {
        ctx,
        channel: channel(ctx, args.channel).await?,
    };
    match args.command {
        GroupCommand::List => Ok(()),
        GroupCommand::Objects { kind, after, limit } => {
            let call = room.get("objects").query("limit", &limit.to_string());
            let call = call.maybe("kind", kind.as_ref());
            objects(ctx, call.maybe("after", after.as_ref())).await
        }
        GroupCommand::Show { object } => room.show(&object).await,
        GroupCommand::Board(args) => room.board(&args).await,
        GroupCommand::Matrix { objectives } => room.matrix(objectives).await,
        GroupCommand::Briefing { since } => {
            let call = room.get("briefing").maybe("since", since.as_ref());
            briefing(ctx, call).await
        }
        GroupCommand::Say { file, author } => {
            let wish: Wish = serde_json::from_str(&files::read_text(&file, MAX_BYTES)?)?;
            room.say(wish, &author).await
        }
        GroupCommand::Offer {
            object,
            file,
            author,
        } => room.offer(object, &file, &author).await,
        GroupCommand::Accept(answer) => {
            room.answer(answer, |revision| Deed::Accept { revision })
                .await
        }
        GroupCommand::Reject { answer, why } => {
            let lang = answer.author.lang.unwrap_or_else(locale::lang);
            let reason = why.map(|why| reason(&why, lang)).transpose()?;
            let reject = |revision| Deed::Reject { revision, reason };
            room.answer(answer, reject).await
        }
        GroupCommand::Withdraw(answer) => {
            room.answer(answer, |revision| Deed::Withdraw { revision })
                .await
        }
        GroupCommand::Release(answer) => {
            room.answer(answer, |revision| Deed::Release { revision })
                .await
        }
    }
}

/// One group.
struct Room<'a> {
    ctx: &'a Context<'a>,
    channel: ChannelId,
}

impl Room<'_> {
    fn get(&self, what: &str) -> Call {
        Call::get(format!("/v1/groups/{}/{what}", self.channel))
    }

    async fn show(&self, object: &ObjectRef) -> anyhow::Result<()> {
        let call = self.get(&format!("objects/{object}"));
        if let Some(view) = self.ctx.fetch::<ObjectView>(call).await? {
            print!("{}", in_words(&view));
        }
        Ok(())
    }

    async fn board(&self, args: &BoardArgs) -> anyhow::Result<()> {
        let call = self
            .get("board")
            .query("limit", &args.limit.to_string())
            .maybe("responsible", args.responsible.as_ref())
            .maybe("sector", args.sector.as_ref())
            .maybe("strand", args.strand.as_ref())
            .maybe("progress", args.progress.as_ref())
            .maybe("flag", args.flag.as_ref());
        let Some(board) = self.ctx.fetch::<BoardView>(call).await? else {
            return Ok(());
        };
        let mut table = Table::new(&["STANDS", "FLAG", "DUE", "RESPONSIBLE", "TITLE", "OBJECT"]);
        for row in board.columns.iter().flat_map(|column| &column.rows) {
            table.row([
                row.progress.as_str(),
                row.flag.as_str(),
                &row.due.to_string(),
                row.responsible.as_str(),
                &title(row.titles.as_ref()),
                &row.object.to_string(),
            ]);
        }
        print!("{table}");
        Ok(())
    }

    async fn matrix(&self, objectives: bool) -> anyhow::Result<()> {
        let across = if objectives { "objectives" } else { "strands" };
        let call = self.get("matrix").query("across", across);
        let Some(matrix) = self.ctx.fetch::<MatrixView>(call).await? else {
            return Ok(());
        };
        let mut table = Table::new(&["SECTOR", "ACROSS", "COMMITMENTS", "PROGRAMMES"]);
        for field in &matrix.fields {
            table.row([
                field.sector.as_str(),
                &field.across,
                &counted(&field.commitments),
                &counted(&field.programmes),
            ]);
        }
        print!("{table}");
        for gap in &matrix.gaps {
            let parts = [
                gap.sector.map(|sector| sector.to_string()),
                gap.across.clone(),
                gap.action.as_ref().map(ToString::to_string),
                gap.on.as_ref().map(ToString::to_string),
            ];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            println!("{}: {}", gap.what, parts.join(" "));
        }
        Ok(())
    }

    async fn offer(
        &self,
        object: ObjectRef,
        file: &Path,
        author: &AuthorArgs,
    ) -> anyhow::Result<()> {
        let mut revision: Revision = serde_json::from_str(&files::read_text(file, MAX_BYTES)?)?;
        let line = self.line(&object).await?;
        revision.base = revision.base.or(line.agreed);
        let offer = Deed::Offer {
            revision: Box::new(revision),
        };
        let wish = Wish {
            object: Some(object),
            version: Some(line.version),
            deeds: vec![offer],
        };
        self.say(wish, author).await
    }

    /// Of the text that was read: whoever names none answers the offer that is open now.
    async fn answer(
        &self,
        answer: Answer,
        deed: impl FnOnce(Digest) -> Deed,
    ) -> anyhow::Result<()> {
        let line = self.line(&answer.object).await?;
        let nothing = || Failure::new("E_NOT_OPEN", "no offer is open; name a --revision");
        let revision = answer.revision.or(line.open).ok_or_else(nothing)?;
        let wish = Wish {
            object: Some(answer.object),
            version: Some(line.version),
            deeds: vec![deed(revision)],
        };
        self.say(wish, &answer.author).await
    }

    async fn line(&self, object: &ObjectRef) -> anyhow::Result<ObjectLine> {
        let call = self.get(&format!("objects/{object}"));
        let view: ObjectView = call.json(&self.ctx.client).await?;
        Ok(view.line)
    }

    async fn say(&self, wish: Wish, args: &AuthorArgs) -> anyhow::Result<()> {
        let author = self.author(args).await?;
        let body = json!({
            "object": wish.object, "version": wish.version, "deeds": wish.deeds,
            "author": author, "lang": args.lang.unwrap_or_else(locale::lang),
        });
        let call = Call::post(format!("/v1/groups/{}/events", self.channel));
        if let Some(said) = self.ctx.fetch::<SaidView>(call.with_json(&body)).await? {
            println!("Said in record {} of {}.", said.record, said.object);
        }
        Ok(())
    }

    async fn author(&self, args: &AuthorArgs) -> anyhow::Result<Author> {
        let agreements = held(self.ctx).await?;
        let mut ours = agreements.iter().filter(|one| one.terms.id == self.channel);
        let found = ours.find(|one| one.in_force);
        let gone = || Failure::new("E_NO_AGREEMENT", "the group's agreement is not in force");
        author(self.ctx, &found.ok_or_else(gone)?.terms, args).await
    }
}

async fn list(ctx: &Context<'_>) -> anyhow::Result<()> {
    let call = Call::get("/v1/groups");
    let Some(groups) = ctx.fetch::<Vec<GroupView>>(call).await? else {
        return Ok(());
    };
    let mut table = Table::new(&["CHANNEL", "NAME", "PARTIES", "OBJECTS", "WAITING", "ODD"]);
    for group in &groups {
        let parties: Vec<String> = group.parties.iter().map(ToString::to_string).collect();
        let objects: usize = group.kinds.values().sum();
        table.row([
            group.channel.as_str(),
            &title(Some(&group.names)),
            &parties.join(","),
            &objects.to_string(),
            &group.waiting.to_string(),
            &group.odd.len().to_string(),
        ]);
    }
    print!("{table}");
    Ok(())
}

async fn objects(ctx: &Context<'_>, call: Call) -> anyhow::Result<()> {
    if let Some(lines) = ctx.fetch::<Vec<ObjectLine>>(call).await? {
        print!("{}", table(&lines));
    }
    Ok(())
}

async fn briefing(ctx: &Context<'_>, call: Call) -> anyhow::Result<()> {
    let Some(page) = ctx.fetch::<BriefingView>(call).await? else {
        return Ok(());
    };
    println!("Since {}, on {}", page.since.day(), page.today);
    for heading in &page.headings {
        let HeadingView {
            about,
            count,
            first,
        } = heading;
        println!("\n{about}: {count}");
        for line in first {
            println!("  {}  {}", line.object, title(line.titles.as_ref()));
        }
    }
    if let Some(next) = page.next_meeting {
        println!("\nnext meeting: {next}");
    }
    Ok(())
}

/// The only group, or the one named.
async fn channel(ctx: &Context<'_>, given: Option<ChannelId>) -> anyhow::Result<ChannelId> {
    if let Some(given) = given {
        return Ok(given);
    }
    let groups: Vec<GroupView> = Call::get("/v1/groups").json(&ctx.client).await?;
    match groups.as_slice() {
        [one] => Ok(one.channel.clone()),
        [] => Err(Failure::new("E_NO_AGREEMENT", "no group's agreement is in force").into()),
        [_, ..] => Err(Failure::usage("several groups: choose one with --channel").into()),
    }
}

fn reason(why: &str, lang: Lang) -> anyhow::Result<Texts> {
    let title = tidy(why.trim()).parse()?;
    let body = None;
    Ok(Texts::new(vec![Version { lang, title, body }])?)
}

fn table(lines: &[ObjectLine]) -> Table {
    let mut table = Table::new(&["OBJECT", "KIND", "STAGE", "TEXT", "WAITS FOR", "TITLE"]);
    for line in lines {
        let waits: Vec<String> = line.waits_for.iter().map(ToString::to_string).collect();
        table.row([
            &line.object.to_string(),
            line.kind.as_str(),
            line.stage.as_str(),
            text_state(line),
            &waits.join(","),
            &title(line.titles.as_ref()),
        ]);
    }
    table
}

fn text_state(line: &ObjectLine) -> &'static str {
    match (line.agreed, line.open) {
        (Some(_), Some(_)) => "agreed, amended",
        (Some(_), None) => "agreed",
        (None, Some(_)) => "offered",
        (None, None) => "-",
    }
}

fn in_words(view: &ObjectView) -> String {
    let line = &view.line;
    let mut text = format!(
        "{} {}\n{}\nchaired by {}, stage {}, version {}\n",
        line.kind,
        line.object,
        title(line.titles.as_ref()),
        view.chair,
        line.stage,
        line.version
    );
    if let Some(agreed) = &view.agreed {
        text += &format!("agreed {}\n", agreed.hash);
        for signature in &agreed.signatures {
            text += &format!("  signed by {} on {}\n", signature.party, signature.time);
        }
    }
    for offer in &view.offers {
        text += &format!(
            "offer {} by {}: {}\n",
            offer.hash, offer.made.party, offer.standing
        );
        for reject in &offer.rejects {
            let reason = reject
                .reason
                .as_ref()
                .and_then(|reason| reason.best(locale::lang()));
            let reason = reason.map_or("", |reason| reason.title.as_str());
            text += &format!("  rejected by {}: {}\n", reject.stamp.party, safe(reason));
        }
        for party in &offer.waits_for {
            text += &format!("  waits for the signature of {party}\n");
        }
    }
    for position in &view.positions {
        text += &format!(
            "position of {}: {}\n",
            position.stamp.party, position.stance
        );
    }
    if let Some(follow_up) = &view.follow_up {
        text += &format!("stands: {}, {}\n", follow_up.progress, follow_up.flag);
    }
    for breach in &view.breaches {
        let (first, second) = (breach.first.record, breach.second.record);
        text += &format!("BREACH by {}: records {first} and {second}\n", breach.party);
    }
    text
}

fn counted(counts: &std::collections::BTreeMap<passerelle_model::PartyId, usize>) -> String {
    let all: Vec<String> = counts
        .iter()
        .map(|(party, count)| format!("{party} {count}"))
        .collect();
    all.join(", ")
}

fn title(names: Option<&Names>) -> String {
    let title = names.map_or("", |names| names.in_lang(locale::lang()));
    clipped(&safe(title), TITLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_offered_on_top_of_what_is_agreed_is_said() {
        let line: ObjectLine = serde_json::from_value(json!({
            "object": format!("ma.interior~{}", "0".repeat(32)), "kind": "decision",
            "parent": null, "titles": { "en": "Contact points" }, "stage": "draft",
            "agreed": "1".repeat(64), "open": "2".repeat(64), "waits_for": ["be.interior"],
            "version": 4, "changed": "2024-04-15T20:00:00Z",
        }))
        .unwrap();
        let shown = table(&[line]).to_string();
        assert!(
            shown.contains("agreed, amended") && shown.contains("be.interior"),
            "{shown}"
        );
    }

    #[test]
    fn a_reason_is_a_text_in_one_language() {
        let reason = reason("  Plus tard ", Lang::Fr).unwrap();
        assert_eq!(reason.exact(Lang::Fr).unwrap().title.as_str(), "Plus tard");
        assert!(reason.exact(Lang::Nl).is_none());
    }
}
