//! What the addresses of the table lead to: real cases, drafts, records and people, made anew
//! where an answer would use them up.

use passerelle_model::{Handling, RecordId};
use passerelle_simulation::draft;

use crate::world::{Answer, Browser, Desks};

/// What stands where an address has names.
pub(crate) struct Targets {
    officer: Browser,
    administrator: Browser,
    case: String,
    ours: RecordId,
    theirs: RecordId,
    agreement: String,
}

/// In simulated time: everything on its way arrives.
pub(crate) async fn settle() {
    tokio::time::sleep(std::time::Duration::from_secs(120)).await;
}

impl Targets {
    /// One record of ours with a file, one of theirs with conditions.
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
        settle().await;
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
            agreement: agreements[0].hash.to_string(),
        }
    }

    pub(crate) fn case_id(&self) -> &str {
        &self.case
    }

    /// The address with something real in the place of every name.
    pub(crate) async fn filled(&self, path: &str) -> String {
        let own = path.ends_with("/receipt") || path.contains("/files/");
        let (party, record) = match own {
            true => ("ma.interior", self.ours),
            false => ("be.interior", self.theirs),
        };
        let mut filled = path
            .replace("{case}", &self.case)
            .replace("{party}", party)
            .replace("{record}", &record.to_string())
            .replace("{n}", "0")
            .replace("{hash}", &self.agreement)
            .replace("{officer}", "spare");
        if filled.contains("{draft}") {
            filled = filled.replace("{draft}", &self.draft(path).await);
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
