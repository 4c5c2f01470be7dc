//! What the addresses of the table lead to: real cases, drafts, records and people, made anew
//! where an answer would use them up.

use passerelle_model::{Handling, RecordId};
use passerelle_service::Node;
use passerelle_service::view::Scope;
use passerelle_simulation::draft;

use crate::world::{Answer, Browser, Desks, arrive, value_of};

/// A request of a data subject as the room takes it down, without its day.
const REQUEST: [(&str, &str); 3] = [("subject", "Nom"), ("right", "access"), ("why", "Courrier")];
/// A breach of protection, the same.
const BREACH: [(&str, &str); 3] = [("title", "Perte"), ("party", "be.interior"), ("why", "Vu")];

/// The access of an authority.
pub(crate) const AUTHORITY: [(&str, &str); 6] = [
    ("authority", "CNDP"),
    ("person", "Nom"),
    ("function", "Juriste"),
    ("checked", "Carte de service"),
    ("days", "3"),
    ("why", "Demande"),
];

/// What stands where an address has names.
pub(crate) struct Targets {
    officer: Browser,
    administrator: Browser,
    watch: Browser,
    case: String,
    ours: RecordId,
    theirs: RecordId,
    kept: RecordId,
    agreement: String,
    request: String,
    breach: String,
    token: String,
    today: String,
    tomorrow: String,
}

/// In simulated time: everything on its way arrives.
pub(crate) async fn settle() {
    arrive().await;
}

impl Targets {
    /// One record of ours with a file; one of theirs with conditions, one that is restricted.
    pub(crate) async fn new(desks: &Desks, officer: &Browser) -> Self {
        let (rabat, brussels) = (desks.node(0), desks.node(1));
        let file: &[u8] = b"a,b\n";
        let staged = rabat.stage("plan.csv", "text/csv", Box::pin(file)).await;
        let mut with_file = draft("Avec fichier", &[brussels.party()]).unwrap();
        with_file.attachments = vec![staged.unwrap().token];
        let ours = rabat.release(with_file, None).await.unwrap().record;
        let mut conditions = draft("Sous conditions", &[rabat.party()]).unwrap();
        conditions.markings.handling = Handling::H1;
        let theirs = brussels.release(conditions, None).await.unwrap().record;
        let kept = draft("Restreint", &[rabat.party()]).unwrap();
        let kept = brussels.release(kept, None).await.unwrap().record;
        settle().await;
        let watch = desks.person(0, "data-protection").await;
        let place = format!("/keeping/be.interior/{kept}");
        let restricted = [("on", "yes"), ("why", "Contrôle")];
        let restrict = format!("{place}/restrict");
        watch.post(&restrict, &restricted).await.place();
        let today = watch.get("/keeping").await.attribute("received", "value");
        let agreements = rabat.agreements().await.unwrap();
        Self {
            officer: officer.clone(),
            administrator: desks.person(0, "administrator").await,
            case: rabat
                .case_named(rabat.party(), &ours)
                .await
                .unwrap()
                .to_string(),
            ours,
            theirs,
            kept,
            agreement: agreements[0].hash.to_string(),
            request: taken_down(&watch, "/requests", &REQUEST, &today).await,
            breach: taken_down(&watch, "/breaches", &BREACH, &today).await,
            token: token(rabat).await,
            tomorrow: watch.get(&place).await.attribute("until", "min"),
            today,
            watch,
        }
    }

    /// The form with something real in the place of every name. `path` is where it goes.
    pub(crate) async fn written(&self, form: &str, path: &str) -> String {
        let mut form = form
            .replace("{case}", &self.case)
            .replace("{kept}", &self.kept.to_string())
            .replace("{token}", &self.token)
            .replace("{today}", &self.today)
            .replace("{tomorrow}", &self.tomorrow);
        if form.contains("{glass}") {
            let room = self.watch.get("/keeping").await;
            // None is left once the right person judged it.
            let judged = room.body.split_once("/break-glass/judge");
            let name = judged.map_or("none".to_owned(), |(_, form)| value_of(form, "name"));
            form = form.replace("{glass}", &name);
        }
        if form.contains("{version}") {
            let version = self.watch.get(path).await.hidden("version");
            form = form.replace("{version}", &version);
        }
        form
    }

    /// The address with something real in the place of every name.
    pub(crate) async fn filled(&self, path: &str) -> String {
        let own = ["/receipt", "/proof", "/own-copy"];
        let own = own.iter().any(|end| path.ends_with(end)) || path.contains("/files/");
        let (party, record) = match own {
            true => ("ma.interior", self.ours),
            false if path.starts_with("/keeping/") => ("be.interior", self.kept),
            false => ("be.interior", self.theirs),
        };
        if path.ends_with("/lift-hold") {
            let hold = format!("/keeping/{party}/{record}/hold");
            let fields = [("until", self.tomorrow.as_str()), ("why", "Preuve")];
            self.watch.post(&hold, &fields).await.place();
        }
        let mut filled = path
            .replace("{case}", &self.case)
            .replace("{party}", party)
            .replace("{record}", &record.to_string())
            .replace("{n}", "0")
            .replace("{hash}", &self.agreement)
            .replace("{request}", &self.request)
            .replace("{breach}", &self.breach)
            .replace("{alarm}", "none")
            .replace("{channel}", "gmmp")
            .replace("{object}", "ma.interior~00000000000000000000000000000000")
            .replace("{answer}", "00000000000000000000000000000000")
            .replace("{officer}", "spare");
        if filled.contains("{access}") {
            filled = filled.replace("{access}", &self.access().await);
        }
        if filled.contains("{report}") {
            filled = filled.replace("{report}", &self.report().await);
        }
        if filled.contains("{draft}") {
            filled = filled.replace("{draft}", &self.draft(path).await);
        }
        if filled.ends_with("/proof") {
            filled.push_str("?partner=be.interior");
        }
        if filled.contains("{secret}") {
            filled = filled.replace("{secret}", &self.setup_secret().await);
        }
        filled
    }

    /// A draft of version 2 as far as the address needs it: complete, or waiting for a second
    /// person (then of version 3).
    async fn draft(&self, path: &str) -> String {
        let draft = self.officer.notice("Un avis", "be.interior/liaison").await;
        if path.ends_with("/approve") || path.ends_with("/decline") {
            let submit = format!("/drafts/{draft}/submit");
            self.officer
                .post(&submit, &[("version", "2")])
                .await
                .place();
        }
        draft
    }

    /// An access of the authority that is not over.
    async fn access(&self) -> String {
        let page = format!("/requests/{}", self.request);
        let open = format!("{page}/access");
        assert_eq!(self.watch.post(&open, &AUTHORITY).await.status, 200);
        let body = self.watch.get(&page).await.body;
        let (_, rest) = body.rsplit_once(&format!("{open}/")).unwrap();
        rest.split('/').next().unwrap().to_owned()
    }

    /// A report in confidence.
    async fn report(&self) -> String {
        let sent = self.officer.post("/confide", &[("text", "Constat")]).await;
        assert_eq!(sent.status, 303);
        let body = self.watch.get("/confided").await.body;
        let (_, link) = body.split_once("href=\"/confided/").unwrap();
        link.split('"').next().unwrap().to_owned()
    }

    /// A link that is not used up.
    async fn setup_secret(&self) -> String {
        let answer = self.administrator.post("/people/spare/reset", &[]).await;
        let (_, rest) = answer.body.split_once("/setup/").unwrap();
        rest.chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect()
    }

    /// A file sent as browsers send it.
    pub(crate) async fn uploaded(&self, browser: &Browser, path: &str) -> Answer {
        let body = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
                    content-type: text/plain\r\n\r\nabc\r\n--x--\r\n";
        let path = format!("{path}?csrf={}", browser.csrf);
        let mut request = browser.request("POST", &path);
        let headers = request.headers_mut().unwrap();
        let kind = "multipart/form-data; boundary=x".parse().unwrap();
        headers.insert("content-type", kind);
        browser.send(request, body).await
    }
}

/// A token for a program.
async fn token(node: &Node) -> String {
    let made = node.create_token("un programme", &[Scope::Read]).await;
    made.unwrap().0.id
}

/// Takes something down in the data-protection officer's room; gives its identifier.
async fn taken_down(watch: &Browser, room: &str, fields: &[(&str, &str)], today: &str) -> String {
    let known = format!("{today}T00:00");
    let mut fields = fields.to_vec();
    fields.extend([("received", today), ("known", known.as_str())]);
    let answer = watch.post(room, &fields).await;
    let (path, _) = answer.place().split_once('?').unwrap();
    path.trim_start_matches(room)
        .trim_start_matches('/')
        .to_owned()
}
