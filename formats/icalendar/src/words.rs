//! Words of the two RFCs that are spelled in capitals.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$word_doc])* $word,)+
        }

        impl $name {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$word),+];

            /// As it stands in a file.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $text,)+
                }
            }

            /// The word, in letters of any case.
            pub(crate) fn read(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str().eq_ignore_ascii_case(text))
            }
        }
    };
}

words! {
    /// What a file is sent for (RFC 5546 §1.4). Others are refused.
    Method {
        /// For information; nobody is asked to answer.
        Publish = "PUBLISH",
        /// An invitation, or a newer form of one.
        Request = "REQUEST",
        /// The answer of one attendee.
        Reply = "REPLY",
        /// The event does not take place.
        Cancel = "CANCEL",
    }
}

words! {
    /// Where an event stands (RFC 5545 §3.8.1.11).
    Status {
        /// Proposed.
        Tentative = "TENTATIVE",
        /// Takes place.
        Confirmed = "CONFIRMED",
        /// Does not take place.
        Cancelled = "CANCELLED",
    }
}

words! {
    /// What an attendee answered (RFC 5545 §3.2.12); a word that is not known is no answer yet.
    Participation {
        /// No answer yet.
        NeedsAction = "NEEDS-ACTION",
        /// Comes.
        Accepted = "ACCEPTED",
        /// Does not come.
        Declined = "DECLINED",
        /// May come.
        Tentative = "TENTATIVE",
        /// Sends another.
        Delegated = "DELEGATED",
    }
}

words! {
    /// Part of an attendee (RFC 5545 §3.2.16); a word that is not known is a required one.
    Role {
        /// Leads the meeting.
        Chair = "CHAIR",
        /// Is expected.
        Required = "REQ-PARTICIPANT",
        /// May come.
        Optional = "OPT-PARTICIPANT",
        /// Is told, and does not come.
        Informed = "NON-PARTICIPANT",
    }
}
