//! How records were used.

use passerelle_model::{OfficerId, PartyId, Reason, RecordId};
use passerelle_service::UseReport;
use serde::Deserialize;

use super::{Given, json, nothing};
use crate::call::Call;

/// What is reported, and in whose name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reported {
    #[serde(rename = "use")]
    made: Made,
    officer: OfficerId,
    why: Reason,
}

#[derive(Deserialize)]
enum Made {
    #[serde(rename = "E_USE_AS_AGREED")]
    AsAgreed,
    #[serde(rename = "E_USE_CAPITAL_CHARGE")]
    CapitalCharge,
    #[serde(rename = "E_USE_ILL_TREATMENT")]
    IllTreatment,
}

impl From<Made> for UseReport {
    fn from(made: Made) -> Self {
        match made {
            Made::AsAgreed => Self::AsAgreed,
            Made::CapitalCharge => Self::CapitalCharge,
            Made::IllTreatment => Self::IllTreatment,
        }
    }
}

pub(crate) async fn report(call: Call) -> Given {
    let from: PartyId = call.required("from")?;
    let id: RecordId = call.part("id")?;
    let (node, by) = (call.node.clone(), call.by()?);
    let Reported { made, officer, why } = call.json().await?;
    let said = (officer, why);
    node.report_use_by((&from, &id), made.into(), said, by)
        .await?;
    nothing()
}

pub(crate) async fn list(call: Call) -> Given {
    let from: Option<PartyId> = call.asked("from")?;
    let id: RecordId = call.part("id")?;
    json(&call.node.uses_by(from.as_ref(), &id, call.by()?).await?)
}
