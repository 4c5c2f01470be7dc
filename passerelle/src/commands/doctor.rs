//! `doctor`: what the node finds, and what only the machine knows.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use passerelle_model::UtcTime;
use passerelle_service::view::{Finding, Line, PartnerView};
use tokio::net::TcpStream;

use super::{data_dir, print_json};
use crate::args::Common;
use crate::client::{Call, Client};
use crate::config::{Config, KeySource};
use crate::failure::Failure;
use crate::files::{self, DataDir};
use crate::table::{safe, size};
use crate::{clock, keys};

/// Less free space than this is a finding: 1 GiB.
const MIN_FREE_BYTES: u64 = 1 << 30;
/// Time in which a partner's port must answer.
const REACH: Duration = Duration::from_secs(5);

pub(super) async fn run(common: &Common) -> anyhow::Result<ExitCode> {
    let data = data_dir(common)?;
    let config = Config::read(&data)?;
    let mut findings = vec![disk(&data), space(&data), clock(clock::now())];
    findings.extend(key_place(&data, &config.keys));
    match Client::for_data(&data, common.passphrase_file.as_deref()).await {
        Ok(client) => findings.extend(of_node(&client).await),
        Err(error) => findings.push(unopened(&Failure::of(&error))),
    }
    if common.json {
        print_json(&findings);
    } else {
        findings
            .iter()
            .for_each(|finding| println!("{}", line(finding)));
        println!("{}", summary(&findings));
    }
    Ok(if has_fault(&findings) {
        ExitCode::from(crate::REFUSED)
    } else {
        ExitCode::SUCCESS
    })
}

/// Whether something is wrong with the node. What people owe is no fault of it.
fn has_fault(findings: &[Finding]) -> bool {
    findings.iter().any(|one| !one.good && !one.owed)
}

fn summary(findings: &[Finding]) -> &'static str {
    match (has_fault(findings), findings.iter().any(|one| one.owed)) {
        (true, _) => "Something is wrong with the node: see BAD above.",
        (false, true) => "The node is well. People owe something: see DUE above, and `overdue`.",
        (false, false) => "All is well.",
    }
}

async fn of_node(client: &Client) -> Vec<Finding> {
    let mut findings = match Call::get("/v1/doctor").json::<Vec<Finding>>(client).await {
        Ok(found) => found,
        Err(failure) => vec![unopened(&failure)],
    };
    for list in ["/v1/records/inbox", "/v1/records/outbox"] {
        let newest = Call::get(list)
            .query("limit", "1")
            .json::<Vec<Line>>(client)
            .await;
        let newest = newest
            .ok()
            .and_then(|lines| lines.first().map(|line| line.time));
        findings.extend(newest.and_then(|newest| behind(clock::now(), newest)));
    }
    if client.is_running() {
        let partners = Call::get("/v1/partners")
            .json::<Vec<PartnerView>>(client)
            .await;
        for partner in partners.unwrap_or_default() {
            findings.extend(reach(&partner).await);
        }
    }
    findings
}

/// Whether the folder takes writes: tried, not guessed from modes.
fn disk(data: &DataDir) -> Finding {
    let probe = data.path().join("doctor.probe");
    let _ = std::fs::remove_file(&probe);
    let written = files::create(&probe, b"passerelle doctor\n");
    let _ = std::fs::remove_file(&probe);
    match written {
        Ok(()) => good("disk", "the data folder takes writes"),
        Err(failure) => bad(
            "disk",
            failure.code(),
            &failure.to_string(),
            "Give this user write access, or repair the disk.",
        ),
    }
}

fn space(data: &DataDir) -> Finding {
    let Ok(found) = rustix::fs::statvfs(data.path()) else {
        return bad(
            "disk",
            "E_IO",
            "free space cannot be asked for",
            "Look at the disk.",
        );
    };
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    let text = format!("{} are free", size(free));
    if free < MIN_FREE_BYTES {
        bad(
            "disk",
            "E_DISK_FULL",
            &text,
            "Free space before the node has to refuse records.",
        )
    } else {
        good("disk", &text)
    }
}

fn clock(now: UtcTime) -> Finding {
    match clock::check(now) {
        Ok(()) => good("clock", &format!("it is {now}")),
        Err(failure) => bad(
            "clock",
            failure.code(),
            &format!("the clock says {now}"),
            "Set the clock; then start the node.",
        ),
    }
}

/// A clock behind the newest record would date new records before old ones.
fn behind(now: UtcTime, newest: UtcTime) -> Option<Finding> {
    let minute = now.plus_millis(60_000);
    (newest > minute).then(|| {
        let text = format!("the clock says {now}, the newest record is of {newest}");
        bad(
            "clock",
            "E_CLOCK",
            &text,
            "Set the clock, or ask the partner to set theirs.",
        )
    })
}

fn key_place(data: &DataDir, source: &KeySource) -> Vec<Finding> {
    let (KeySource::KeyFile(path) | KeySource::PassphraseFile(path)) = source else {
        return vec![good("keys", "a person types the passphrase")];
    };
    vec![key_mode(path), key_apart(path, data)]
}

fn key_mode(path: &Path) -> Finding {
    let place = path.display();
    match keys::is_exposed(path) {
        Some(false) => good("keys", &format!("{place} is readable by its owner only")),
        Some(true) => bad(
            "keys",
            "E_KEY_EXPOSED",
            &format!("{place} is readable by others"),
            &format!("chmod 600 {place}"),
        ),
        None => bad(
            "keys",
            "E_NO_FILE",
            &format!("{place} is not there"),
            "Bring the device with the key, or its copy.",
        ),
    }
}

fn key_apart(path: &Path, data: &DataDir) -> Finding {
    if keys::is_inside(path, data.path()) {
        let text = format!("{} lies beside the data it opens", path.display());
        return bad(
            "keys",
            "E_KEY_INSIDE_DATA",
            &text,
            "Move it elsewhere and change [keys] in config.toml.",
        );
    }
    good("keys", "the key lies apart from the data")
}

async fn reach(partner: &PartnerView) -> Option<Finding> {
    let address = partner.card.address.as_deref()?;
    let party = &partner.card.party;
    let tried = tokio::time::timeout(REACH, TcpStream::connect(address)).await;
    Some(match tried {
        Ok(Ok(_)) => good("partner", &format!("{party} answers at {address}")),
        Ok(Err(error)) => bad(
            "partner",
            "E_PEER_UNREACHABLE",
            &format!("{party} at {address}: {error}"),
            ASK_PARTNER,
        ),
        Err(_) => bad(
            "partner",
            "E_PEER_TIMEOUT",
            &format!("{party} at {address} does not answer"),
            ASK_PARTNER,
        ),
    })
}

const ASK_PARTNER: &str =
    "Ask whether their node runs and the network lets you through; nothing is lost meanwhile.";

fn unopened(failure: &Failure) -> Finding {
    bad(
        "store",
        failure.code(),
        &failure.to_string(),
        "See above; the other checks need the node.",
    )
}

fn good(area: &str, found: &str) -> Finding {
    finding(area, None, found, "")
}

fn bad(area: &str, code: &str, found: &str, advice: &str) -> Finding {
    finding(area, Some(code.to_owned()), found, advice)
}

fn finding(area: &str, code: Option<String>, found: &str, advice: &str) -> Finding {
    let (area, found, advice) = (area.to_owned(), found.to_owned(), advice.to_owned());
    Finding {
        area,
        good: code.is_none(),
        owed: false,
        code,
        found,
        advice,
    }
}

fn line(finding: &Finding) -> String {
    let mark = match (finding.good, finding.owed) {
        (true, _) => "ok  ",
        (false, true) => "DUE ",
        (false, false) => "BAD ",
    };
    let code = finding
        .code
        .as_deref()
        .map_or(String::new(), |code| format!(" {code}:"));
    let mut text = format!("{mark} {:<9}{code} {}", finding.area, safe(&finding.found));
    if !finding.advice.is_empty() {
        text.push_str(&format!("\n       → {}", safe(&finding.advice)));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_wrong_clock_is_found() {
        assert!(!clock(UtcTime::from_millis(0)).good);
        let now: UtcTime = "2026-05-01T00:00:00Z".parse().unwrap();
        assert!(clock(now).good);
        assert!(behind(now, now).is_none());
        assert_eq!(
            behind(now, now.plus_millis(60_001)).unwrap().code.unwrap(),
            "E_CLOCK"
        );
    }

    #[test]
    fn an_exposed_missing_or_near_key_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::new(&dir.path().join("node"));
        std::fs::create_dir(data.path()).unwrap();
        let key = data.path().join("a.key");
        let codes = |path: &Path| {
            let found = key_place(&data, &KeySource::KeyFile(path.to_owned()));
            found
                .into_iter()
                .filter_map(|finding| finding.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(codes(&dir.path().join("b.key")), ["E_NO_FILE"]);
        std::fs::write(&key, "").unwrap();
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(codes(&key), ["E_KEY_EXPOSED", "E_KEY_INSIDE_DATA"]);
    }

    #[test]
    fn writability_is_tried() {
        let dir = tempfile::tempdir().unwrap();
        assert!(disk(&DataDir::new(dir.path())).good);
        assert!(!disk(&DataDir::new(&dir.path().join("none"))).good);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_people_owe_is_no_fault() {
        let owed = Finding {
            owed: true,
            ..bad("duties", "E_NOTICE_OVERDUE", "1 overdue", "Ask.")
        };
        let well = good("disk", "writes");
        assert!(line(&owed).starts_with("DUE  duties"));
        assert!(!has_fault(&[well.clone(), owed.clone()]));
        assert!(summary(&[well.clone(), owed.clone()]).starts_with("The node is well. People"));
        let fault = bad("disk", "E_X", "full", "Free it.");
        assert!(has_fault(&[well.clone(), owed, fault]));
        assert_eq!(summary(&[well]), "All is well.");
    }

    #[test]
    fn a_bad_finding_says_what_to_do() {
        let text = line(&bad("disk", "E_X", "full", "Free it."));
        assert_eq!(text, "BAD  disk      E_X: full\n       → Free it.");
    }
}
