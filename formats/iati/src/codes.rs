//! Code lists of the standard that the typed model uses. A code that is not of the list is kept
//! as it was written: lists grow, and the schema does not close them.

macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
            /// A code that is not of the list.
            Other(String),
        }

        impl $name {
            /// Every code of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code.
            #[must_use]
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Other(code) => code,
                }
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                match code {
                    $($code => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }
    };
}

codes! {
    /// List `ActivityStatus`.
    ActivityStatus {
        /// Being identified or prepared.
        Pipeline = "1",
        /// Under way.
        Implementation = "2",
        /// Done, with accounts or evaluation still open.
        Finalisation = "3",
        /// Over.
        Closed = "4",
        /// Ended before it was done.
        Cancelled = "5",
        /// Stopped for a time.
        Suspended = "6",
    }
}

codes! {
    /// List `ActivityDateType`.
    DateKind {
        /// Planned start.
        PlannedStart = "1",
        /// Actual start.
        ActualStart = "2",
        /// Planned end.
        PlannedEnd = "3",
        /// Actual end.
        ActualEnd = "4",
    }
}

codes! {
    /// List `OrganisationRole`.
    Role {
        /// Pays.
        Funding = "1",
        /// Answers for it.
        Accountable = "2",
        /// Manages it for the one that pays.
        Extending = "3",
        /// Does the work.
        Implementing = "4",
    }
}

codes! {
    /// List `OrganisationType`.
    OrganisationKind {
        /// Government.
        Government = "10",
        /// Local government.
        LocalGovernment = "11",
        /// Other public sector.
        OtherPublic = "15",
        /// International association.
        InternationalNgo = "21",
        /// National association.
        NationalNgo = "22",
        /// Regional association.
        RegionalNgo = "23",
        /// Association of the partner country.
        PartnerCountryNgo = "24",
        /// Public-private partnership.
        Partnership = "30",
        /// Multilateral organisation.
        Multilateral = "40",
        /// Foundation.
        Foundation = "60",
        /// Private sector.
        Private = "70",
        /// Private sector of the country that provides.
        PrivateProvider = "71",
        /// Private sector of the country that receives.
        PrivateRecipient = "72",
        /// Private sector of a third country.
        PrivateThird = "73",
        /// University, training or research.
        Academic = "80",
        /// Other.
        Unlisted = "90",
    }
}

codes! {
    /// List `DescriptionType`.
    DescriptionKind {
        /// In general.
        General = "1",
        /// What it is for.
        Objectives = "2",
        /// Whom it is for.
        TargetGroups = "3",
        /// Something else.
        Unlisted = "4",
    }
}

codes! {
    /// List `ContactType`.
    ContactKind {
        /// General questions.
        General = "1",
        /// Management of the project.
        Project = "2",
        /// Management of the money.
        Financial = "3",
        /// Communication.
        Communication = "4",
    }
}

codes! {
    /// List `RelatedActivityType`.
    Relation {
        /// What this is a part of.
        Parent = "1",
        /// A part of this.
        Child = "2",
        /// Another part of the same parent.
        Sibling = "3",
        /// Paid by several.
        CoFunded = "4",
        /// Reported by somebody else.
        ThirdParty = "5",
    }
}

codes! {
    /// List `ResultType`.
    ResultKind {
        /// What is made.
        Output = "1",
        /// What it changes.
        Outcome = "2",
        /// What that changes in the long run.
        Impact = "3",
        /// Something else.
        Unlisted = "9",
    }
}

codes! {
    /// List `IndicatorMeasure`.
    Measure {
        /// A count.
        Unit = "1",
        /// A percentage.
        Percentage = "2",
        /// A category without order.
        Nominal = "3",
        /// A category in an order.
        Ordinal = "4",
        /// Words.
        Qualitative = "5",
    }
}

codes! {
    /// List `TransactionType`.
    TransactionKind {
        /// Money received.
        IncomingFunds = "1",
        /// A commitment made.
        OutgoingCommitment = "2",
        /// Money passed on.
        Disbursement = "3",
        /// Money spent.
        Expenditure = "4",
        /// Interest paid.
        Interest = "5",
        /// Loan repaid.
        Repayment = "6",
        /// Money given back.
        Reimbursement = "7",
        /// Shares bought.
        EquityBought = "8",
        /// Shares sold.
        EquitySold = "9",
        /// A guarantee of credit.
        Guarantee = "10",
        /// A commitment received.
        IncomingCommitment = "11",
        /// A pledge made.
        OutgoingPledge = "12",
        /// A pledge received.
        IncomingPledge = "13",
    }
}

codes! {
    /// List `BudgetType`.
    BudgetKind {
        /// As first agreed.
        Original = "1",
        /// As changed later.
        Revised = "2",
    }
}

codes! {
    /// List `BudgetStatus`.
    BudgetStatus {
        /// An estimate.
        Indicative = "1",
        /// A binding amount.
        Committed = "2",
    }
}

codes! {
    /// List `TiedStatus`.
    Tied {
        /// Partly.
        Partially = "3",
        /// Wholly.
        Tied = "4",
        /// Not at all.
        Untied = "5",
    }
}

codes! {
    /// List `PolicySignificance`.
    Significance {
        /// Not aimed at.
        NotTargeted = "0",
        /// An important aim.
        Significant = "1",
        /// The main aim.
        Principal = "2",
        /// The main aim, and part of an action programme.
        PrincipalInProgramme = "3",
        /// The explicit first aim.
        ExplicitPrimary = "4",
    }
}

/// Vocabulary of the DAC for sectors (five digits), markers and aid types.
pub const DAC: &str = "1";
/// Vocabulary of the reporting organisation itself.
pub const OWN: &str = "99";
/// Vocabulary of tags: a sustainable development goal.
pub const SDG_GOAL: &str = "2";
/// Vocabulary of tags: a target of such a goal.
pub const SDG_TARGET: &str = "3";
/// Where the objectives of the Global Compact for Migration are found, for tags of [`OWN`].
pub const GCM_URI: &str = "https://undocs.org/A/RES/73/195";
