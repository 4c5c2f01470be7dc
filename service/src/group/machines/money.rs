//! Budgets of a programme as the standard wants them: by periods of a year at most.

use passerelle_group::Instalment;
use passerelle_iati::codes::BudgetKind;
use passerelle_iati::{Budget, Money, read_day};
use passerelle_model::Code;

/// The budget as somebody split it; of a programme of one year, the whole. The standard takes no
/// longer period, and no part is invented.
pub(in crate::group) fn budgets(it: &passerelle_group::Programme) -> Vec<Budget> {
    let Some((amount, currency)) = &it.budget else {
        return Vec::new();
    };
    let whole = || {
        let (from, until) = (it.from.day()?, it.until?);
        let year = until.days_since(from) < passerelle_group::MAX_PERIOD_DAYS;
        year.then_some(Instalment {
            from,
            until,
            amount: *amount,
        })
    };
    let parts: Vec<Instalment> = match it.instalments.is_empty() {
        true => whole().into_iter().collect(),
        false => it.instalments.clone(),
    };
    let parts = parts.iter();
    parts.filter_map(|part| budget(part, currency)).collect()
}

fn budget(part: &Instalment, currency: &Code) -> Option<Budget> {
    let start = read_day(&part.from.to_string())?;
    Some(Budget {
        kind: Some(BudgetKind::Original),
        status: None,
        start,
        end: read_day(&part.until.to_string())?,
        value: Money {
            amount: part.amount.to_string().parse().ok()?,
            currency: Some(currency.to_string().to_uppercase()),
            value_date: start,
        },
    })
}
