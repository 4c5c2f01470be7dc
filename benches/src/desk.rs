//! The desk at size: the same pages with few and with many records, over HTTP on loopback,
//! each beside a static file from the same server; and search beside FTS5 alone.

mod browser;
mod drafts;
mod search;
mod text;
mod world;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use passerelle_desk::Desk;
use passerelle_service::CaseId;
use tokio::task::JoinHandle;

use self::browser::{Ask, Browser};
use self::world::{CASE_SIZES, PEOPLE, Size, World};
use crate::report::{Goal, Report};

/// The small world.
const FEW: Size = Size {
    records: 1000,
    cases: 81,
    acts: 1000,
    drafts: 40,
};
/// Requests of each page that are timed in one round.
const TIMES: usize = 60;
/// Requests before them that are not.
const WARM_UP: usize = 3;
/// Lines of a page of cases.
const LINES: usize = 30;
const WHY: &str = "mesure de la vitesse";

/// What the rounds need.
pub(crate) struct Bench {
    few: Site,
    many: Site,
}

/// Makes or opens both worlds under `dir`.
pub(crate) async fn open(dir: &Path, records: u64) -> anyhow::Result<Bench> {
    let many = Size {
        records,
        cases: records / 100,
        acts: records / 10,
        drafts: FEW.drafts,
    };
    Ok(Bench {
        few: Site::open(dir, FEW).await?,
        many: Site::open(dir, many).await?,
    })
}

impl Bench {
    /// Times every page of both worlds in turn, then search.
    pub(crate) async fn round(&mut self, report: &mut Report) -> anyhow::Result<()> {
        let pages = self.few.pages.len();
        for page in 0..pages {
            let (few, many) = (&mut self.few, &mut self.many);
            let times = tokio::task::block_in_place(|| timed(few, many, page, TIMES))?;
            times.report(report);
        }
        self.first_visit(report)?;
        search::compare(&self.many.world, report).await
    }

    /// What a browser loads before it shows the first page.
    fn first_visit(&mut self, report: &mut Report) -> anyhow::Result<()> {
        let site = &mut self.many;
        let mut nobody = Browser::new(site.address, "")?;
        let page = nobody.ask(&Ask::get("/sign-in"))?.body;
        let mut bytes = page.len();
        for (at, _) in page.match_indices("/assets/") {
            let rest = page.get(at..).unwrap_or_default();
            let href = rest.split('"').next().unwrap_or_default();
            if !href.ends_with(".woff2") {
                bytes += nobody.ask(&Ask::get(href))?.body.len();
            }
        }
        let name = "first visit: HTML, CSS, JS and marks, not compressed";
        let kib = bytes as f64 / 1024.0;
        report.goal(name, "KiB", Goal::AtMost(150.0), kib);
        Ok(())
    }
}

/// A served world with somebody signed in for each page.
struct Site {
    world: World,
    address: SocketAddr,
    serving: JoinHandle<()>,
    browsers: Vec<Browser>,
    pages: Vec<(String, usize, Ask)>,
    asset: Ask,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Site {
    async fn open(dir: &Path, size: Size) -> anyhow::Result<Self> {
        let world = World::open(dir, size).await?;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let router = passerelle_desk::router(Arc::new(Desk::new(world.node.clone(), vec![])));
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let serving = tokio::spawn(async move {
            passerelle_api::serve(listener, router, stopped).await;
            drop(stop);
        });
        let mut secrets = Vec::new();
        for (officer, _) in PEOPLE {
            secrets.push(world.sign_in(officer).await?);
        }
        let browser = |secret: &String| Browser::new(address, secret);
        let mut browsers: Vec<Browser> = secrets.iter().map(browser).collect::<Result<_, _>>()?;
        let found = look(&world, &secrets).await?;
        let asset = tokio::task::block_in_place(|| style(&mut browsers))?;
        let pages = tokio::task::block_in_place(|| pages(&mut browsers, &found))?;
        Ok(Self {
            world,
            address,
            serving,
            browsers,
            pages,
            asset,
        })
    }

    fn ask(&mut self, page: usize) -> anyhow::Result<Duration> {
        let (name, who, ask) = self.pages.get(page).context("a page")?;
        let browser = self.browsers.get_mut(*who).context("a browser")?;
        let answer = browser.ask(ask)?;
        anyhow::ensure!(answer.status == 200, "{name}: {}", answer.status);
        Ok(answer.took)
    }

    fn ask_static(&mut self) -> anyhow::Result<Duration> {
        let browser = self.browsers.first_mut().context("a browser")?;
        Ok(browser.ask(&self.asset)?.took)
    }
}

/// Places in a world that pages are asked for.
struct Found {
    middle: String,
    cases: Vec<(u64, CaseId)>,
    draft: String,
}

/// Walks the officer's list of cases to its middle; one of each size is taken on the way.
async fn look(world: &World, secrets: &[String]) -> anyhow::Result<Found> {
    let officer = secrets.first().context("an officer")?;
    let actor = world.node.actor(officer).await?.context("a session")?;
    let (mut seen, mut after, mut cases) = (0, None::<String>, Vec::new());
    let half = world.size.cases / 4;
    loop {
        let (lines, next) = world.node.cases(&actor, after.as_deref(), LINES).await?;
        seen += lines.len() as u64;
        for size in CASE_SIZES {
            let line = lines.iter().find(|line| line.records as u64 == size);
            if let Some(line) = line
                && !cases.iter().any(|(held, _)| *held == size)
            {
                cases.push((size, line.id.clone()));
            }
        }
        after = next;
        if after.is_none() || (seen >= half && cases.len() == CASE_SIZES.len()) {
            break;
        }
    }
    let drafts = world.node.drafts(&actor, 1).await?;
    Ok(Found {
        middle: after.unwrap_or_default(),
        cases,
        draft: drafts.first().context("a draft")?.id.to_string(),
    })
}

/// The style sheet by its full name.
fn style(browsers: &mut [Browser]) -> anyhow::Result<Ask> {
    let browser = browsers.first_mut().context("a browser")?;
    let page = browser.ask(&Ask::get("/today"))?.body;
    let at = page.find("/assets/").context("a style sheet")?;
    let rest = page.get(at..).unwrap_or_default();
    let names = rest.split('"').filter(|name| name.ends_with("desk.css"));
    let name = names.into_iter().next().context("desk.css")?;
    Ok(Ask::get(name))
}

/// Every page with who asks for it. Forms need the token of their session.
fn pages(browsers: &mut [Browser], found: &Found) -> anyhow::Result<Vec<(String, usize, Ask)>> {
    let mut pages = Vec::new();
    let mut add = |name: &str, who: usize, ask: Ask| pages.push((name.to_owned(), who, ask));
    let (officer, approver, dpo, administrator) = (0, 1, 2, 3);
    add("Today, officer", officer, Ask::get("/today"));
    add("Today, approver", approver, Ask::get("/today"));
    add("cases, first page", officer, Ask::get("/cases"));
    let middle = format!("/cases?after={}", found.middle.replace('/', "%2F"));
    add("cases, a page in the middle", officer, Ask::get(middle));
    for (size, id) in &found.cases {
        let name = format!("a case of {size} records");
        add(&name, officer, Ask::get(format!("/cases/{id}")));
    }
    let draft = format!("/drafts/{}", found.draft);
    add("draft, edit", officer, Ask::get(&draft));
    add("draft, check", officer, Ask::get(format!("{draft}/check")));
    add("search, the form", officer, Ask::get("/search"));
    let token = token(browsers, officer)?;
    for (name, query, kind) in [
        ("search, rare word", text::RARE, ""),
        ("search, common word", text::COMMON, ""),
        ("search, two words", "dossier frontière", ""),
        ("search, Arabic word", text::ARABIC, ""),
        ("search, by kind only", "", "answer"),
    ] {
        let fields = [
            ("csrf", token.as_str()),
            ("why", WHY),
            ("text", query),
            ("kind", kind),
        ];
        add(name, officer, Ask::post("/search", &fields));
    }
    let token = self::token(browsers, dpo)?;
    for (name, who, deed) in [
        ("register, first page", "", ""),
        ("register, by person", PEOPLE[0].0, ""),
        ("register, by deed", "", "consult"),
    ] {
        let fields = [
            ("csrf", token.as_str()),
            ("why", WHY),
            ("officer", who),
            ("deed", deed),
        ];
        add(name, dpo, Ask::post("/register", &fields));
    }
    add("partners", officer, Ask::get("/partners"));
    add("people", administrator, Ask::get("/people"));
    add("sessions", administrator, Ask::get("/sessions"));
    Ok(pages)
}

/// The form token of a session, from any page with a form.
fn token(browsers: &mut [Browser], who: usize) -> anyhow::Result<String> {
    let browser = browsers.get_mut(who).context("a browser")?;
    let page = browser.ask(&Ask::get("/sessions"))?.body;
    let (_, rest) = page
        .split_once("name=\"csrf\" value=\"")
        .context("a form")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

/// Latencies of one page in both worlds and of the static file beside them.
struct Times {
    name: String,
    few: Vec<Duration>,
    many: Vec<Duration>,
    file: Vec<Duration>,
}

fn timed(few: &mut Site, many: &mut Site, page: usize, times: usize) -> anyhow::Result<Times> {
    for _ in 0..WARM_UP {
        few.ask(page)?;
        many.ask(page)?;
        many.ask_static()?;
    }
    let name = few.pages.get(page).map(|(name, ..)| name.clone());
    let mut held = Times {
        name: name.context("a page")?,
        few: Vec::new(),
        many: Vec::new(),
        file: Vec::new(),
    };
    for _ in 0..times {
        held.few.push(few.ask(page)?);
        held.many.push(many.ask(page)?);
        held.file.push(many.ask_static()?);
    }
    Ok(held)
}

impl Times {
    fn report(mut self, report: &mut Report) {
        let name = std::mem::take(&mut self.name);
        let few = at(&mut self.few, 50);
        let (many, late) = (at(&mut self.many, 50), at(&mut self.many, 95));
        let (file, file_late) = (at(&mut self.file, 50), at(&mut self.file, 95));
        let ratio = format!("{name}: many ÷ few records");
        report.goal(&ratio, "", Goal::AtMost(3.0), many / few);
        let ratio = format!("{name}: p95 ÷ static file p95");
        report.goal(&ratio, "", Goal::AtMost(20.0), late / file_late);
        report.figure(&format!("{name}, few, p50"), "µs", few);
        report.figure(&format!("{name}, many, p50"), "µs", many);
        report.figure(&format!("{name}, many, p95"), "µs", late);
        report.figure("static file, p50", "µs", file);
        report.figure("static file, p95", "µs", file_late);
    }
}

/// A percentile, in microseconds.
fn at(times: &mut [Duration], per_cent: usize) -> f64 {
    times.sort_unstable();
    let place = (times.len() * per_cent / 100).min(times.len().saturating_sub(1));
    times
        .get(place)
        .map_or(0.0, |time| time.as_secs_f64() * 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every page answers in a world of a few records, and both indices find the same.
    #[tokio::test(flavor = "multi_thread")]
    async fn every_page_and_search_is_reached() {
        let dir = std::env::temp_dir().join(format!("passerelle-bench-{}", std::process::id()));
        let size = Size {
            records: 230,
            cases: 4,
            acts: 40,
            drafts: 2,
        };
        let mut site = Site::open(&dir, size).await.unwrap();
        assert!(site.pages.len() > 18);
        for page in 0..site.pages.len() {
            tokio::task::block_in_place(|| site.ask(page)).unwrap();
        }
        let mut report = Report::default();
        search::compare(&site.world, &mut report).await.unwrap();
        drop(site);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
