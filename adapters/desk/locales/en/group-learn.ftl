# The joint group: expertise, prevention, programmes (en).
learn-tab-expertise = Expertise
learn-tab-prevention = Prevention and reintegration
learn-tab-programmes = Programmes
learn-tab-tables = Lists as files
learn-expertise-lead = What each side knows, whom it can send and what it needs: practices, experts by function, requests and missions.
learn-prevention-lead = Programmes and practices of prevention and reintegration, and figures in total. No participant appears here, by name or otherwise.
learn-programmes-lead = Who pays, who carries out, where and until when. Files of other systems are read in, ours are read by them.
learn-tables-lead = Every list can be downloaded as a CSV file, changed in a spreadsheet and brought back. Unchanged, it proposes nothing.
learn-tables-hint = The first column is the name of the thing: leave it as it is; a row without it is new. Columns that follow from others are not read back.
learn-any = All
learn-show = Show
learn-empty = Nothing here yet
learn-empty-lead = Add the first one, or choose less in the filter: the other side sees it at once.
learn-new-programme = New programme
learn-new-practice = New practice
learn-new-expert = New expert function
learn-new-request = Request expertise
learn-new-mission = Plan a mission
learn-new-competence = New offer of competence
learn-lead-programme = One programme as both sides should know it: partners, countries, dates, budget.
learn-lead-practice = Say what the problem was and what was done. The other side reviews it before it is published between the parties.
learn-lead-expert = A function and what it can help with; never the person who holds it.
learn-lead-request = Say what is needed and what should come of it. Hand it in when it is complete.
learn-lead-mission = Terms of reference, who goes by function, and the dates; afterwards the report and its recommendations.
learn-lead-competence = What an organisation of the diaspora offers. No profile of a person.
learn-all-programme = Programmes
learn-all-practice = Practices
learn-all-expert = Experts by function
learn-all-request = Requests for expertise
learn-all-mission = Missions
learn-all-competence = Offers of competence
learn-iati-public = Public programmes as IATI 2.03
learn-iati-all = All programmes as IATI 2.03
learn-import = Read programmes from a file
learn-import-lead = You see first what is new, what differs and what contradicts itself. Nothing is recorded before you choose.
learn-import-iati = A file of IATI activities, version 2.03
learn-import-file = XML file
learn-import-eutf = Two tables of the EU Trust Fund for Africa
learn-import-projects = Projects (CSV)
learn-import-results = Results (CSV)
learn-look = Look through it
learn-evidence-experience = Experience
learn-evidence-monitored = Monitored
learn-evidence-evaluated = Evaluated by others
learn-evidence-compared = Evaluated against a comparison
learn-evidence-least = Evidence, at least
learn-evaluation-due = Evaluation due
learn-evaluation-on = Evaluation on { $what }
learn-edit = Change this description
learn-save = Say it to both sides
learn-save-hint = Both sides see it at once, with your administration as its author.
learn-no-persons = Functions and organisations only: no name, number or address of a person.
learn-wary = This looks like data of a person
learn-wary-lead = On this side there are no persons (rules G38 and G41). If it is none, say so and it goes on; if it is one, go back and take it out.
learn-wary-confirm = I looked at each: none is data of a person
learn-transfer = What it needs to work elsewhere
learn-recommendation = Recommendation { $n }
learn-recommendations = Recommendations
learn-to-commitment = Propose as a commitment
learn-field-identifier = IATI identifier
learn-field-funding = Funded by
learn-field-accountable = Accountable
learn-field-extending = Managing the funds
learn-field-implementing = Carried out by
learn-field-sector = Sector
learn-field-strand = Strand
learn-field-code = Purpose code
learn-field-objectives = Objectives of the Global Compact
learn-field-countries = Countries and shares
learn-field-from = From
learn-field-until = Until
learn-field-budget = Budget
learn-field-currency = Currency
learn-field-instalments = Budget by period
learn-field-indicators = Indicators
learn-field-public = Publication
learn-field-sectors = Sectors
learn-field-strands = Strands
learn-field-languages = Languages of work
learn-field-available = Available from
learn-field-host = Host institution
learn-field-needed = Needed until
learn-field-functions = Who goes, by function
learn-field-organisation = Organisation
learn-field-stands = Stands until
learn-field-audience = For which group
learn-field-evidence = Evidence
learn-field-contact = Function to ask
learn-field-refresh = To be looked at again on
learn-hint-identifier = As in the registry, such as XM-DAC-2-10-1234.
learn-hint-code = Five digits of the DAC list, such as 15190 for migration.
learn-hint-countries = Two letters and a share; together 100: MA 60; BE 40.
learn-hint-currency = Three small letters: eur, mad.
learn-hint-instalments = One period a line, a year at most: 2024-01-01 2024-12-31 600000. The total is that of the budget.
learn-hint-funding = One organisation a line.
learn-hint-functions = One function a line, such as adviser for vocational training.
learn-hint-audience = A group in general, such as young people in towns; never who they are.
learn-what = What its administration says
learn-now = Now
learn-matched = Chosen
learn-open = Open
learn-fits = What fits this request
learn-fits-hint = Found by sector, strand, languages and dates. The side that asked chooses once the request is accepted.
learn-choose = Choose what is ticked
learn-reviews = Reviews and evaluations
learn-review = Add a review
learn-words = In words
learn-grade = Grade from 1 (poor) to 5 (excellent)
learn-grade-of = { $n } of 5
learn-step-draft = Back to draft
learn-step-submitted = Hand in
learn-step-peer-reviewed = Review it
learn-step-published = Publish between the parties
learn-step-to-refresh = Ask to look at it again
learn-step-clarify = Ask a question
learn-step-accepted = Accept
learn-step-declined = Decline
learn-step-matched = Somebody was found
learn-step-delivered = Delivered to us
learn-step-evaluated = Evaluate it
learn-step-cancelled = Call off
learn-step-doing = Begin
learn-step-reported = Hand in the report
learn-step-suspended = Suspend
learn-step-active = Take up again
learn-step-closed = Close
learn-step-implementation = Under way
learn-step-finalisation = Being wound up
learn-reason-sector = Same sector
learn-reason-strand = Same strand
learn-reason-language = A language in common
learn-reason-in-time = There in time
learn-reason-evaluated = Evaluated by others
learn-list-commitments = Commitments
learn-list-actions = Actions
learn-list-items = Agenda items
learn-list-indicators = Indicators
learn-list-observations = Values of indicators
learn-list-programmes = Programmes
learn-list-practices = Practices
learn-list-experts = Experts by function
learn-list-requests = Requests for expertise
learn-list-missions = Missions
learn-list-topics = Topics
learn-list-competences = Offers of competence
learn-download = Download as CSV
learn-columns = Columns of this file
learn-bring = Bring a changed file back (CSV)
learn-becomes-offer = An offer for the other side to sign
learn-becomes-description = Our own description
learn-becomes-step = A next step
learn-becomes-observation = A value that we report
learn-becomes-new = New
learn-row = Row { $n }
learn-column = Column { $what }
learn-place = Row { $row }, column { $column }
learn-person-column = Column { $column } (“{ $header }”) would hold { $holds }.
learn-holds-name = names of persons
learn-holds-birth-date = dates of birth
learn-holds-birth-place = places of birth
learn-holds-document = numbers of identity documents
learn-holds-register = numbers of a population register
learn-holds-account = bank accounts
learn-holds-phone = telephone numbers
learn-holds-email = mail addresses
learn-holds-address = home addresses
learn-holds-nationality = the nationality of single persons
learn-holds-person = single persons
learn-refused-whole = This file is not taken
learn-preview-lead = Nothing is recorded yet.
learn-refused = Not taken, and why
learn-findings = What should be asked about this file
learn-changes = What would change
learn-col-place = Where
learn-col-what = What
learn-col-becomes = What it becomes
learn-col-differs = What differs
learn-col-why = Why
learn-take-hint = What you propose goes to the other side at once, at most 200 at a time.
learn-take-picked = Propose what is ticked
learn-take-all = Propose all of these changes
learn-back = Choose another file
learn-iati-broken = The file is no valid IATI 2.03 file.
learn-q-iati-repeated = { $activity } reports { $actual } for “{ $indicator }”, which only repeats its contracts ({ $contracts }): a sum would count it twice.
learn-q-iati-differs = { $activity } reports { $actual } for “{ $indicator }”, its contracts { $below } together.
learn-q-iati-far-above = { $activity }: “{ $indicator }” aimed at { $target } and reached { $actual }, more than three times as much.
learn-q-iati-above-decision = { $activity } decided { $actual }, its contracts are worth { $below }.
learn-q-iati-no-start = { $activity } has no first day.
learn-q-iati-shares-assumed = { $activity } names { $countries } countries and { $topics } topics without shares: equal ones were assumed.
learn-q-iati-unknown-activity = There are results of { $activity }, which is not among the projects.
learn-q-iati-rule = Rule { $rule } of the standard is not kept in line { $line }: { $says }
learn-e-oda-forced-return = { $activity } speaks of forced return under the sector of migration: that does not count as development aid.
code-e-table-rows = The file has more than 100,000 rows. Bring it in parts.
code-e-table-columns = The file has more than 200 columns.
code-e-table-size = The file is too large. Bring it in parts.
code-e-table-row-size = A row is too long; a quotation mark may not be closed.
code-e-table-cell = A cell is too long.
code-e-table-no-headers = The file has no line of column names.
code-e-table-empty-header = A column has no name.
code-e-table-same-header = Two columns have the same name.
code-e-table-ragged = A row has more or fewer cells than there are columns, as merged cells give.
code-e-not-utf8 = The text is not UTF-8. Save the table as CSV UTF-8.
code-e-table-control = A cell holds a sign that cannot be seen and is not taken.
code-e-table-source = The file could not be read to its end.
code-e-table-missing = Something must stand here.
code-e-table-value = This is not written as this column needs it.
code-e-table-yes-no = Write yes or no.
code-e-table-cells = Write each count as: 12 female 18-25 Rabat, with - for what is not said.
code-e-table-partners = Write each partner as: implementing Enabel, one a line.
code-e-table-countries = Write countries with their share: MA 60; BE 40.
code-e-table-parent = What something belongs to does not change.
code-e-table-foreign-column = This list has no such column.
code-e-table-no-column = This column is missing.
code-e-table-traces = Something looks like data of a person. Confirm that it is none, or take it out.
code-e-unknown = There is nothing of this name here.
code-e-nothing-picked = Tick at least one row.
code-e-file-missing = Choose a file first.
code-e-iati-empty = There is no programme to write yet.
code-e-iati-identifier = The identifier cannot be used.
code-e-iati-title = There is no usable title.
code-e-iati-text = The description holds signs that are not taken.
code-e-iati-partner = The name of a partner cannot be used.
code-e-iati-no-country = No country is named.
code-e-iati-country = A country is not written in two letters.
code-e-iati-shares = The shares of the countries do not add up to 100.
code-e-iati-currencies = Amounts stand in several currencies.
code-e-iati-no-start = There is no first day.
code-e-iati-sector = There is no sector code.
learn-more-rows =
    { $n ->
        [one] The newest { $n } is shown; the file of the list has all.
       *[other] The newest { $n } are shown; the file of the list has all.
    }
learn-held =
    { $n ->
        [one] { $n } row
       *[other] { $n } rows
    }
learn-unchanged =
    { $n ->
        [one] { $n } is as it is here.
       *[other] { $n } are as they are here.
    }
learn-cells =
    { $n ->
        [one] { $n } cell
       *[other] { $n } cells
    }
learn-more-changes =
    { $n ->
        [one] { $n } change in all; the first are shown.
       *[other] { $n } changes in all; the first are shown.
    }
learn-said =
    { $n ->
        [one] { $n } change was proposed.
       *[other] { $n } changes were proposed.
    }
learn-left =
    { $n ->
        [one] { $n } is left: propose again to go on.
       *[other] { $n } are left: propose again to go on.
    }
learn-indicators-stay =
    { $n ->
        [one] { $n } indicator stays in the file: parties agree an indicator before they report by it.
       *[other] { $n } indicators stay in the file: parties agree an indicator before they report by it.
    }
learn-q-iati-empty-rows =
    { $n ->
        [one] { $n } row of results has neither target nor value and was left out.
       *[other] { $n } rows of results have neither target nor value and were left out.
    }
learn-q-iati-left-out =
    { $n ->
        [one] { $n } element of the file has no place here and was left out.
       *[other] { $n } elements of the file have no place here and were left out.
    }
learn-q-iati-long-period =
    { $n ->
        [one] { $activity } reports { $n } indicator for { $from } to { $until }, longer than a year.
       *[other] { $activity } reports { $n } indicators for { $from } to { $until }, longer than a year.
    }
