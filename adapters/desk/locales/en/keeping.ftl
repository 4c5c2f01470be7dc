# What is kept, restricted, erased; rights and breaches (en). Every language has the same keys; a test compares them.

# The room.
room-keeping = Keeping
keeping-lead = What waits for a decision: reviews, restrictions, erasures, requests and breaches. No content shows here.
keeping-link = How long this record is kept
keeping-record = Keeping of one record
keeping-overdue = Overdue reviews
keeping-overdue-empty = No review is overdue. A record whose review is overdue is restricted by itself.
keeping-soon = To review within thirty days
keeping-soon-empty = Nothing to review within a month.
keeping-restricted = Restricted records
keeping-restricted-empty = None. Restrict a record from its own page where its accuracy is disputed.
keeping-held = Kept as evidence
keeping-held-empty = None. An erasure asked for meanwhile is refused by a signed statement, and done when the hold is lifted.
keeping-pending = Erasures pending with partners
keeping-pending-empty = None. What was recalled stands here until every partner has said what it did.
keeping-register = In the register
keeping-register-lead = The register asks why before it shows.
keeping-all-glass = All emergency openings
keeping-glass = Emergency openings to judge
keeping-glass-empty = No emergency opening waits to be judged.
keeping-glass-own = Your own: somebody else judges it.
keeping-finding = What you found
glass-justified = It was an emergency
glass-not-justified = It was not
glass-open = Open in an emergency
glass-lead = One record, for one hour. It is entered before it opens, and somebody else judges it afterwards.
glass-party = Whose record
glass-record = Identifier of the record
glass-conditions = I keep to the use restrictions attached to it
glass-until = Open in an emergency until { $what }

# One record.
keeping-review-by = review by { $what }
keeping-erasure-waits = erasure waits
keeping-own-gone = our copy is erased
keeping-own-waits = our copy goes once all have answered
keeping-own-here = our copy is still here
copy-asked = asked
copy-done = done
copy-refused = refused
copy-unreachable = unreachable
keeping-is-restricted = Restricted
keeping-is-held = Kept as evidence
keeping-is-overdue = Review overdue: restricted
keeping-erased = Content erased
keeping-released = Released on
keeping-next-review = Next review
keeping-erasure-day = Erasure
keeping-hold-by = Evidence, decided by
keeping-restricted-by = Restricted by
keeping-reviewed-by = Last review
keeping-file = Attachment
keeping-partners = With the partners
keeping-review = Review
keeping-until = Keep, and look again on
keeping-latest = No later than { $what }
keeping-keep = Keep until then
keeping-erase = Erase now
keeping-own = Our own copy
keeping-own-lead = You recalled this record. Our copy can go too.
keeping-own-stated = Once all have answered
keeping-own-now = Erase it now
keeping-restrict = Restriction
keeping-restrict-lead = Restricted, it stays visible as such, is found by no search and used only after a new check.
keeping-lift-lead = The data subject is told before it is lifted.
keeping-lift-free = The data subject did not contest it: nobody needs to be told before it is lifted.
keeping-contested = The data subject contests that it is right: they are told before it is lifted
keeping-told = The data subject was told
keeping-restrict-do = Restrict
keeping-lift-do = Lift the restriction
keeping-hold = Legal hold
keeping-hold-lead = Until the chosen day nothing erases it. A recall that comes meanwhile is refused by a statement the sender sees.
keeping-hold-until = Until
keeping-hold-do = Hold
keeping-lift-hold-lead = When it is lifted, an erasure that waited is done at once and stated to the sender.
keeping-lift-hold-do = Lift the hold
keeping-open = Open to decide
keeping-open-lead = The reason is entered in the register before it opens.
keeping-closed-lead = You decide how long it is kept without opening it. Restrict it first to read it and decide.
keeping-opened-note = This consultation stands in the register.

# Requests of data subjects.
keeping-rights = Requests of data subjects
keeping-rights-empty = No open request. Take one down when it comes in: the time is one month.
rights-new = Take down a request
rights-subject = Reference of the person
rights-subject-hint = In your own words; a reference rather than a name.
rights-kind = What they ask for
rights-received = Received on
rights-received-on = Received on { $what }
rights-how = How it came in
rights-answered = Answered requests
rights-late = The time is over
rights-identified-how = How the identity was checked
rights-consult = Ask a partner
rights-consult-lead = Where the data is the partner’s, it is asked before the answer.
rights-heard-what = What it answered
rights-answer = Answer
rights-reasons = Reasons
rights-reasons-hint = Kept for the authority, not sent to the person.
right-access = access
right-rectification = rectification
right-erasure = erasure
right-objection = objection
answer-granted = granted
answer-partial = granted in part
answer-refused = refused
answer-neither-nor = neither confirmed nor denied
keeping-answer-by = answer by { $what }

# Breaches.
keeping-breaches = Breaches
keeping-breaches-empty = No open breach. Take one down as soon as it is known: 72 hours to notify.
breach-new = Take down a breach
breach-title = In a line
breach-known = Known since
breach-known-since = Known since { $what }
breach-partners = Partners concerned, to be told without delay
breach-what = What happened
breach-closed = closed
breaches-closed = Closed breaches
breach-late = The 72 hours are over
breach-notify-by = notify by { $what }
breach-untold = { $n ->
    [one] { $n } partner to tell
   *[other] { $n } partners to tell
}
breach-tell = Tell { $what }
breach-told-how = When and how
breach-authority = Supervisory authority
breach-reference = Reference of the notification, or why none is due
breach-concerns = Another partner is concerned

# Steps of both.
steps = What was done
take-down = Take down
step-note = Note
step-identified = Identity checked
step-consulted = { $what }: asked
step-heard = { $what }: answer
step-answered = Answered: { $what }
step-concerns = { $what }: concerned
step-told = { $what }: told
step-notified = Authority notified
step-no-risk = No risk: no notification
step-persons-told = Data subjects told
step-closed = Closed

# Today.
today-keeping = To decide
today-keeping-lead = Breaches, requests, emergency openings and overdue reviews.
duty-rights = request of a data subject
duty-breach = breach
duty-glass = emergency opening to judge
duty-review = overdue review

# The register.
register-outcome = Outcome
outcome-done = done
outcome-refused = refused
register-code = Code of the rule
register-party = Whose, or which partner
register-record = Record
register-from = From
register-until = Until
register-filter-wrong = One of the criteria is not valid; for a record, say whose it is too.

# What was done, and what was not.
done-reviewed = Review taken down
done-held = Kept as evidence
done-hold-lifted = Hold lifted
done-own-copy = Our copy goes once all have answered
done-erased-now = Erased, here and from everything made of it
done-glass-judged = Your finding is taken down
done-taken-down = Taken down
code-e-not-recalled = Only the copy of what was recalled goes before its day.
code-e-not-delivered = A partner has not taken it in yet: let our copy go once all have answered.
code-e-no-hold = This record is not kept as evidence.
code-e-keeping-changed = Somebody decided meanwhile: look again. Nothing was changed.
code-e-rights-step = This step does not fit: the identity first, then the partners asked, then the answer.
code-e-breach-step = This step does not fit: the authority and every partner are told before it is closed.
code-e-date = This date cannot lie in the future.

thing-rights = Request of a person
thing-breach = Data breach
thing-report = Confidential report
thing-processing = Record of processing
thing-search = Search
thing-access-policy = Access policy
thing-register = Register
thing-text = Text
thing-agreement = Agreement
thing-token = Token
thing-settings = Settings
