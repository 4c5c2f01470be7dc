//! Rabat and Brussels: two nodes, made and started.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use passerelle_model::{Names, PartyId, UnitId};
use passerelle_service::Node;

use super::board::Screen;
use super::cases::GROUP_UNIT;
use super::words::Say;
use crate::clock::Stopwatch;
use crate::config::PublicSite;
use crate::failure::Failure;
use crate::files::DataDir;
use crate::node;
use crate::running::Running;
use crate::setup::{self, KeyPlan, Plan, names};

/// Both nodes, running.
pub(super) struct Pair {
    pub(super) rabat: Side,
    pub(super) brussels: Side,
}

/// One of the two nodes.
pub(super) struct Side {
    /// Its city, for people.
    pub(super) name: &'static str,
    pub(super) running: Running,
}

impl Side {
    pub(super) fn node(&self) -> &Node {
        self.running.node()
    }

    pub(super) fn party(&self) -> &PartyId {
        self.node().party()
    }
}

impl Pair {
    /// Makes both nodes below `dir` and starts them.
    pub(super) async fn start(screen: &Screen, dir: &Path, ports: Ports) -> anyhow::Result<Self> {
        let watch = Stopwatch::start();
        screen.step(1, Say::Nodes);
        let rabat = start("Rabat", &dir.join("rabat"), rabat(ports.rabat)?).await?;
        let brussels =
            match start("Brussels", &dir.join("brussels"), brussels(ports.brussels)?).await {
                Ok(brussels) => brussels,
                Err(error) => {
                    rabat.running.stop().await;
                    return Err(error);
                }
            };
        let pair = Self { rabat, brussels };
        for side in pair.sides() {
            let running = &side.running;
            println!(
                "   {:<9} {}  API {}  exchange {}",
                side.name,
                side.party(),
                running.api(),
                running.exchange()
            );
        }
        screen.took(watch);
        Ok(pair)
    }

    pub(super) fn sides(&self) -> [&Side; 2] {
        [&self.rabat, &self.brussels]
    }

    pub(super) async fn stop(self) {
        self.rabat.running.stop().await;
        self.brussels.running.stop().await;
    }
}

async fn start(name: &'static str, dir: &Path, mut plan: Plan) -> anyhow::Result<Side> {
    let data = DataDir::new(dir);
    plan.key = KeyPlan::KeyFile {
        path: dir.join("demo.key"),
        inside: true,
    };
    setup::make(&data, plan).await?;
    let net = node::peer_net();
    let open = node::open(&data, None, net.clone()).await?;
    super::people::settle(&open.node).await?;
    let listen = crate::running::Listen {
        desk: open.config.desk,
        exchange: open.config.exchange,
        public: open.config.public.clone(),
    };
    Ok(Side {
        name,
        running: Running::start(open, net, listen).await?,
    })
}

fn rabat(at: Listen) -> anyhow::Result<Plan> {
    let units = [
        (
            "liaison",
            names("Liaison", "Verbinding", "الاتصال", "Liaison")?,
        ),
        (
            "terrorism",
            names(
                "Lutte antiterroriste",
                "Terrorismebestrijding",
                "مكافحة الإرهاب",
                "Counter-terrorism",
            )?,
        ),
        (
            "trafficking",
            names(
                "Lutte contre les trafics",
                "Smokkelbestrijding",
                "مكافحة التهريب",
                "Counter-trafficking",
            )?,
        ),
        group()?,
    ];
    let name = names(
        "Ministère de l'Intérieur, Rabat",
        "Ministerie van Binnenlandse Zaken, Rabat",
        "وزارة الداخلية، الرباط",
        "Ministry of the Interior, Rabat",
    )?;
    plan("ma.interior", "MA", name, units, at)
}

fn brussels(at: Listen) -> anyhow::Result<Plan> {
    let units = [
        (
            "liaison",
            names("Liaison", "Verbinding", "الاتصال", "Liaison")?,
        ),
        (
            "police",
            names(
                "Police fédérale",
                "Federale politie",
                "الشرطة الاتحادية",
                "Federal Police",
            )?,
        ),
        group()?,
    ];
    let name = names(
        "Service public fédéral Intérieur, Bruxelles",
        "Federale Overheidsdienst Binnenlandse Zaken, Brussel",
        "المصلحة العمومية الاتحادية للداخلية، بروكسل",
        "Federal Public Service Home Affairs, Brussels",
    )?;
    plan("be.interior", "BE", name, units, at)
}

/// Who takes part in the joint group; the name is that of the communiqué of 15 April 2024.
fn group() -> anyhow::Result<(&'static str, Names)> {
    let names = names(
        "Groupe Migratoire Mixte Permanent",
        "Permanente Gemengde Migratiegroep",
        "المجموعة المختلطة الدائمة للهجرة",
        "Permanent Joint Migration Group",
    )?;
    Ok((GROUP_UNIT, names))
}

fn plan<const N: usize>(
    party: &str,
    country: &str,
    names: Names,
    units: [(&str, Names); N],
    at: Listen,
) -> anyhow::Result<Plan> {
    let units = units
        .into_iter()
        .map(|(unit, names)| Ok((unit.parse()?, names)))
        .collect::<Result<BTreeMap<UnitId, Names>, passerelle_model::Error>>()?;
    Ok(Plan {
        party: party.parse()?,
        names,
        country: country.parse()?,
        units,
        address: Some(at.exchange.to_string().parse()?),
        desk: at.desk,
        exchange: at.exchange,
        public: Some(PublicSite {
            listen: at.public,
            url: None,
        }),
        key: KeyPlan::UserSettings,
    })
}

/// Where one node listens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listen {
    pub(super) desk: SocketAddr,
    pub(super) exchange: SocketAddr,
    pub(super) public: SocketAddr,
}

/// Where both listen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ports {
    pub(super) rabat: Listen,
    pub(super) brussels: Listen,
}

impl Ports {
    /// 8600, 8601 and 8602, 8610, 8611 and 8612; where one is taken, any free one if
    /// `flexible`, else `E_PORT_TAKEN`.
    pub(super) fn choose(flexible: bool) -> Result<Self, Failure> {
        Self::from([8600, 8601, 8602, 8610, 8611, 8612], flexible)
    }

    fn from(wanted: [u16; 6], flexible: bool) -> Result<Self, Failure> {
        // All are held until all are chosen, so that no two are the same.
        let held = wanted.map(|port| hold(port, flexible));
        let [a, b, c, d, e, f] = held;
        let (rabat, brussels) = ([a?, b?, c?], [d?, e?, f?]);
        let listen = |[desk, exchange, public]: &[Held; 3]| Listen {
            desk: desk.1,
            exchange: exchange.1,
            public: public.1,
        };
        Ok(Self {
            rabat: listen(&rabat),
            brussels: listen(&brussels),
        })
    }
}

/// A port with the listener that keeps it.
struct Held(
    #[expect(dead_code, reason = "keeps the port while it lives")] TcpListener,
    SocketAddr,
);

fn hold(port: u16, flexible: bool) -> Result<Held, Failure> {
    let bind = |port| TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, port));
    let bound = bind(port).or_else(|error| if flexible { bind(0) } else { Err(error) });
    let taken = |error: std::io::Error| {
        Failure::new(
            "E_PORT_TAKEN",
            format!("cannot listen on 127.0.0.1:{port}: {error}"),
        )
        .with("With --headless the demonstration takes free ports.")
    };
    let listener = bound.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    Ok(Held(listener, address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_ports_are_named_or_replaced() {
        let busy = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = busy.local_addr().unwrap().port();
        let refused = Ports::from([0, port, 0, 0, 0, 0], false).unwrap_err();
        assert_eq!(refused.code(), "E_PORT_TAKEN");
        assert!(refused.to_string().contains(&port.to_string()));
        let ports = Ports::from([port; 6], true).unwrap();
        let all = [
            ports.rabat.desk,
            ports.rabat.exchange,
            ports.rabat.public,
            ports.brussels.public,
            ports.brussels.desk,
            ports.brussels.exchange,
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), 6);
    }
}
