# The joint group: agreement, and the words of its lists (en). Every language has the same keys; a test compares them.
room-group = Joint group
group-pages = Pages of the group
group-tab-table = Table
group-table-lead = What waits for a signature, what is late, what has just been agreed.
group-empty = Nothing waits
group-empty-lead = Propose a decision, convene a meeting or read a communiqué: the other side sees it as soon as you offer it.
group-none-here = No group
group-none-here-lead = A group exists when an agreement on the group side is signed by all parties and names your unit.
group-to-sign = For us to sign
group-to-verify = For us to verify
group-late = Late
group-diverging = Assessments that diverge
group-they-sign = Waiting for their signature
group-recent = Agreed lately
group-waits-us = Waits for our signature
group-waits-them = Waits for their signature
group-agreed-tag = Agreed
group-agreed = Agreed text
group-your-signature = This text waits for your signature
group-their-signature = This text waits for their signature
group-amends = This offer changes the agreed text: what is added and what goes is marked.
group-offers-anew = This offer replaces the one before, which was not accepted: what is added and what goes is marked.
group-we-withdraw = We asked to take this offer back. It stays open until they let it go.
group-they-withdraw = They ask to take this offer back. You may let it go, or sign it all the same.
group-waits-for = Waiting for:
group-accept-hint = Signing binds your administration. After that the text changes only by a new agreement.
group-accept = Sign this text
group-release = Let it go
group-ask-change = Ask for a change
group-reason = What should change, and why
group-reject = Do not sign, ask for this change
group-take-position = Take a position
group-stance = Our position
group-stance-agrees = Agrees
group-stance-with-reservation = Agrees, with a reservation
group-stance-objects = Objects
group-stance-no-position = No position
group-statement = Statement, in your own words
group-say-position = State the position
group-withdraw = Ask to take the offer back
group-hash = Fingerprint of what all signed:
group-proof = Proof
group-translate = Add a courtesy translation
group-translate-hint = It is no part of what is signed and bears your name. Only the signed versions are authentic.
group-courtesy = Courtesy translation · { $what }
group-language = Language
group-title = Title
group-text = Text
group-add-translation = Add the translation
group-breach-title = Signatures that contradict each other
group-breach = { $what } signed against its own signature: first on { $first }, then on { $second }. Both proofs are kept.
group-comments = Exchange of views
group-no-comments = Nothing was said yet.
group-comment = Your remark, seen by both sides
group-say-comment = Send the remark
group-ignored = Does not count:
group-own-note = Ours only
group-own-note-hint = This note never leaves this node. The other side sees nothing of it.
group-own-note-text = Internal note
group-own-note-save = Save the note
group-new-decision = Propose a decision
group-new-decision-lead = Write the text in the languages that will be authentic. It goes to the other side and binds nobody before they sign.
group-change-decision = Propose a change
group-change-lead = Start from the present text. The other side sees every changed paragraph; earlier signatures do not carry over.
group-propose-change = Propose a change
group-offer = Offer it to the other side
group-offer-hint = To offer is to sign for your part: you cannot sign another text on this point while this one is open.
group-yes = Yes
group-no = No
group-none = None
group-term-sectors = Sectors
group-term-kind = Kind
group-term-start = Begins
group-term-end = Ends
group-term-place = Place
group-term-items = Items on the agenda
group-term-effect = Takes effect on
group-term-strand = Strand
group-term-state = State
group-term-ended = Has ended
group-term-responsible = Responsible party
group-term-function = Responsible function
group-term-due = Due on
group-term-sector = Sector
group-term-objective = Objective of the Global Compact
group-term-sdg = Sustainable development target
group-term-indicators = Indicators
group-term-public = May be published
group-term-closure = Closure
group-term-code = Code
group-term-unit = Unit
group-term-measure = Measure
group-term-aggregation = Roll-up
group-term-baseline = Baseline
group-term-target = Target
group-term-embargo = Embargo until

# group-kind
group-kind-group = Group
group-kind-meeting = Meeting
group-kind-item = Agenda item
group-kind-decision = Decision
group-kind-commitment = Commitment
group-kind-action = Action
group-kind-minutes = Minutes
group-kind-communique = Communiqué
group-kind-topic = Topic
group-kind-indicator = Indicator
group-kind-programme = Programme
group-kind-practice = Practice
group-kind-expert = Expert function
group-kind-request = Request for expertise
group-kind-mission = Mission
group-kind-consultation = Consultation
group-kind-competence = Offer of competence

# group-standing
group-standing-open = Open
group-standing-agreed = Agreed
group-standing-rejected = Change asked
group-standing-released = Taken back
group-standing-void = Crossed: the chair’s stays

# group-stage
group-stage-draft = Draft
group-stage-convened = Convened
group-stage-in-session = In session
group-stage-ended = Ended
group-stage-postponed = Postponed
group-stage-cancelled = Cancelled
group-stage-proposed = Proposed
group-stage-accepted = Accepted
group-stage-declined = Declined
group-stage-deferred = Deferred
group-stage-discussed = Discussed
group-stage-prepared = Prepared
group-stage-circulated = Circulated
group-stage-to-do = To do
group-stage-doing = Doing
group-stage-done = Done
group-stage-pipeline = In preparation
group-stage-implementation = Under way
group-stage-finalisation = Being wound up
group-stage-closed = Closed
group-stage-suspended = Suspended
group-stage-peer-reviewed = Peer reviewed
group-stage-published = Published between the parties
group-stage-to-refresh = To refresh
group-stage-submitted = Submitted
group-stage-clarify = To clarify
group-stage-matched = Matched
group-stage-delivered = Delivered
group-stage-evaluated = Evaluated
group-stage-reported = Report handed in
group-stage-open = Open
group-stage-answered = Answered
group-stage-active = Active

# group-progress
group-progress-draft = Draft
group-progress-proposed = Proposed
group-progress-dropped = Dropped
group-progress-agreed = Agreed, to begin
group-progress-under-way = Under way
group-progress-reported-done = Reported done, to verify
group-progress-fulfilled = Fulfilled
group-progress-partly = Fulfilled in part
group-progress-not-fulfilled = Not fulfilled
group-progress-ended = Ended together

# group-flag
group-flag-on-track = On track
group-flag-at-risk = At risk
group-flag-blocked = Blocked
group-flag-late = Late
group-flag-disputed = In dispute

# group-sector
group-sector-interior = Interior
group-sector-justice = Justice
group-sector-foreign-affairs = Foreign affairs
group-sector-health = Health
group-sector-labour = Labour and training
group-sector-education = Education and research
group-sector-social = Social, housing, family
group-sector-local-government = Local government
group-sector-development = Development cooperation
group-sector-culture = Culture and worship
group-sector-rights = Rights and data protection
group-sector-economy = Economy and finance

# group-strand
group-strand-expertise = Information and expertise
group-strand-security = Security and anticipation
group-strand-borders = Borders and trafficking
group-strand-prevention = Prevention
group-strand-reintegration = Reintegration
group-strand-migration = Migration
group-strand-diaspora = Diaspora
group-strand-institutions = Institutions

# group-meeting
group-meeting-plenary = Plenary
group-meeting-technical = Technical
group-meeting-ministerial = Ministerial

# group-closure
group-closure-fulfilled = Fulfilled
group-closure-partly = Fulfilled in part
group-closure-not-fulfilled = Not fulfilled
group-closure-replaced = Replaced
group-closure-withdrawn = Withdrawn together

# group-measure
group-measure-unit = Number
group-measure-percentage = Percentage
group-measure-nominal = A scale of its own
group-measure-ordinal = Ordered scale
group-measure-qualitative = In words

# group-aggregation
group-aggregation-sum = Sum
group-aggregation-mean = Mean
group-aggregation-last = Last value
group-aggregation-none = None

# group-gcm
group-gcm-1 = Data for policies based on evidence
group-gcm-2 = Fewer reasons that force people to leave
group-gcm-3 = Information at every stage
group-gcm-4 = Legal identity and papers
group-gcm-5 = Regular pathways within reach
group-gcm-6 = Fair recruitment, decent work
group-gcm-7 = Less vulnerability
group-gcm-8 = Save lives, look for the missing
group-gcm-9 = Against smuggling of migrants
group-gcm-10 = Against trafficking in persons
group-gcm-11 = Coordinated border management
group-gcm-12 = Clear and predictable procedures
group-gcm-13 = Detention as a last resort
group-gcm-14 = Consular protection
group-gcm-15 = Access to basic services
group-gcm-16 = Inclusion and cohesion
group-gcm-17 = Against discrimination
group-gcm-18 = Skills and qualifications recognised
group-gcm-19 = The diaspora as an actor of development
group-gcm-20 = Cheaper remittances
group-gcm-21 = Return in dignity and reintegration
group-gcm-22 = Portable social rights
group-gcm-23 = International cooperation

# done
done-offered = Offered to the other side
done-accepted = Signed
done-rejected = Change asked
done-withdrawn = Withdrawal asked
done-let-go = Let go
done-said = Said to both sides
done-noted = Note saved

# code
code-e-changed = Somebody said something meanwhile. Look again before you answer.
code-e-offer-open = Another offer is open. Answer it, or take yours back first.
code-e-not-open = This offer is no longer open.
code-e-not-offered = This text was not offered.
code-e-base = The agreed text has changed since. Start from it.
code-e-again = That was said already.
code-e-not-theirs = That is for the other party to do.
code-e-stage = From here it does not go straight to that step.
code-e-too-early = It is too early: the other side has to act first.
code-e-not-sealed = This is not what was sealed.
code-e-kind = That cannot be said of such a thing.
code-e-shape = Some of what was given contradicts itself or is missing.
code-e-number = A number is not valid.

group-past =
    { $n ->
        [one] { $n } earlier offer
       *[other] { $n } earlier offers
    }
code-e-behind = What was said before still waits for the other journal. Try again in a moment.
