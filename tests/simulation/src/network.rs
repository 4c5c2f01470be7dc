//! A carrier that loses, delays, doubles and cuts, as the seed says.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use passerelle_envelope::testing::SeededRng;
use passerelle_model::PartyId;
use passerelle_service::{Call, Net, NetError, Node};
use rand_core::Rng as _;

/// How often what goes wrong, in thousandths of calls.
#[derive(Debug, Clone, Copy, Default)]
pub struct Faults {
    /// The message never arrives.
    pub lost: u32,
    /// The answer never arrives: the caller cannot know that it was taken.
    pub answer_lost: u32,
    /// The message arrives twice, the second time late.
    pub doubled: u32,
    /// The message waits, and later ones overtake it.
    pub delayed: u32,
    /// The message is cut or a bit of it flips.
    pub damaged: u32,
}

/// What happened to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// See [`Faults::lost`].
    Lost,
    /// See [`Faults::answer_lost`].
    AnswerLost,
    /// See [`Faults::doubled`].
    Doubled,
    /// See [`Faults::delayed`].
    Delayed(u64),
    /// See [`Faults::damaged`].
    Damaged(u64),
}

/// All nodes, and the wires between them.
#[derive(Clone)]
pub struct Network(Arc<Mutex<Wires>>);

struct Wires {
    rng: SeededRng,
    faults: Faults,
    nodes: BTreeMap<PartyId, (u64, Node)>,
    plugged: u64,
    cut: Vec<(PartyId, PartyId)>,
    calls: u64,
    faulty: u64,
}

impl Network {
    /// Wires with no nodes yet.
    pub fn new(seed: u64, faults: Faults) -> Self {
        let rng = SeededRng::new(seed);
        Self(Arc::new(Mutex::new(Wires {
            rng,
            faults,
            nodes: BTreeMap::new(),
            plugged: 0,
            cut: Vec::new(),
            calls: 0,
            faulty: 0,
        })))
    }

    /// The carrier as `party` uses it.
    pub fn wire(&self, party: &PartyId) -> Arc<dyn Net> {
        Arc::new(Wire {
            from: party.clone(),
            network: self.clone(),
        })
    }

    /// Plugs a node in, in place of an earlier one of the same party.
    pub fn plug(&self, node: &Node) {
        let mut wires = self.lock();
        wires.plugged += 1;
        let life = (wires.plugged, node.clone());
        wires.nodes.insert(node.party().clone(), life);
    }

    /// Unplugs a node: it is down.
    pub fn unplug(&self, party: &PartyId) {
        self.lock().nodes.remove(party);
    }

    /// Cuts the wire from `a` to `b`, in this direction only.
    pub fn cut(&self, a: &PartyId, b: &PartyId) {
        self.lock().cut.push((a.clone(), b.clone()));
    }

    /// Mends every wire; faults go on.
    pub fn mend(&self) {
        self.lock().cut.clear();
    }

    /// Mends every wire and stops all faults.
    pub fn heal(&self) {
        let mut wires = self.lock();
        wires.cut.clear();
        wires.faults = Faults::default();
    }

    /// Calls made, and calls that something happened to.
    pub fn counts(&self) -> (u64, u64) {
        let wires = self.lock();
        (wires.calls, wires.faulty)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Wires> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Whether that life of a node goes on: a process that was killed answers nothing.
    fn lives(&self, party: &PartyId, life: u64) -> bool {
        self.lock()
            .nodes
            .get(party)
            .is_some_and(|(held, _)| *held == life)
    }

    fn draw(&self, from: &PartyId, to: &PartyId) -> (Option<(u64, Node)>, Fault) {
        let mut wires = self.lock();
        wires.calls += 1;
        if wires.cut.contains(&(from.clone(), to.clone())) {
            return (None, Fault::Lost);
        }
        let node = wires.nodes.get(to).cloned();
        let dice = (wires.rng.next_u32() % 1000, wires.rng.next_u64());
        let fault = wires.faults.pick(dice.0, dice.1);
        wires.faulty += u64::from(fault != Fault::None);
        (node, fault)
    }
}

impl Faults {
    fn pick(&self, dice: u32, more: u64) -> Fault {
        let kinds = [
            (self.lost, Fault::Lost),
            (self.answer_lost, Fault::AnswerLost),
            (self.doubled, Fault::Doubled),
            (self.delayed, Fault::Delayed(more % 5_000)),
            (self.damaged, Fault::Damaged(more)),
        ];
        let mut below = 0;
        for (share, fault) in kinds {
            below += share;
            if dice < below {
                return fault;
            }
        }
        Fault::None
    }
}

struct Wire {
    from: PartyId,
    network: Network,
}

impl Net for Wire {
    fn call(&self, to: &PartyId, path: &'static str, body: Vec<u8>) -> Call<'_> {
        let to = to.clone();
        Box::pin(async move {
            let unreachable = || NetError {
                code: "E_PEER_UNREACHABLE",
                detail: "simulated".to_owned(),
            };
            let (node, fault) = self.network.draw(&self.from, &to);
            let (life, node) = node.ok_or_else(unreachable)?;
            let answer = match fault {
                Fault::Lost => return Err(unreachable()),
                Fault::None | Fault::AnswerLost => node.handle(&self.from, path, &body).await,
                Fault::Doubled => {
                    let answer = node.handle(&self.from, path, &body).await;
                    let (network, from, to) = (self.network.clone(), self.from.clone(), to.clone());
                    tokio::spawn(async move {
                        tokio::time::sleep(Duration::from_millis(900)).await;
                        if network.lives(&to, life) {
                            node.handle(&from, path, &body).await;
                        }
                    });
                    answer
                }
                Fault::Delayed(millis) => {
                    tokio::time::sleep(Duration::from_millis(millis)).await;
                    if !self.network.lives(&to, life) {
                        return Err(unreachable());
                    }
                    node.handle(&self.from, path, &body).await
                }
                Fault::Damaged(dice) => node.handle(&self.from, path, &damage(body, dice)).await,
            };
            match fault != Fault::AnswerLost && self.network.lives(&to, life) {
                true => Ok(answer),
                false => Err(unreachable()),
            }
        })
    }
}

fn damage(mut body: Vec<u8>, dice: u64) -> Vec<u8> {
    let length = body.len() as u64;
    if length == 0 {
        return body;
    }
    let at = usize::try_from((dice >> 8) % length).unwrap_or(0);
    if dice.is_multiple_of(2) {
        body.truncate(at);
    } else if let Some(byte) = body.get_mut(at) {
        *byte ^= 1 << ((dice >> 3) % 8);
    }
    body
}
