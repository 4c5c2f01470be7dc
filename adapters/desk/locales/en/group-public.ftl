# The joint group: consultations, communiqués, the public site (en).

group-tab-consultations = Consultations
group-tab-communiques = Communiqués

group-communiques = Communiqués
group-communiques-lead = Texts for the public. One is published when every party has signed it and its embargo is over.
group-communiques-empty = There is no communiqué yet. Write one and offer it to the other side.
group-new-communique = New communiqué
group-change-communique = Propose a change of the communiqué
group-communique-lead = Every language version you fill in is authentic: all of them are signed together.
group-communique-not-agreed = Not agreed yet
group-public-since = Public since { $what }
group-embargo-until = Embargo until { $what }
group-embargo-hint = Before this moment nobody outside sees the text, even when it is agreed.

group-consultations = Consultations
group-consultations-lead = Questions to organisations, their answers and what came of them; offers of competence by organisations.
group-consultations-empty = Nobody has been consulted yet. Write a question; you open it when it is ready.
group-new-consultation = New consultation
group-new-consultation-lead = Ask organisations, never single persons. Write the question in each language in which it is asked.
group-consult-hint = It is a draft until you open it. Then the public page shows it and takes answers for this time.
group-consult-save = Keep as draft
group-consult-by = Asked by
group-consult-question = The question
group-consult-open = Open the consultation
group-consult-close = Close: no more answers
group-consult-reply = Tell what came of it
group-consult-reply-hint = It is published with the answers. Say what was taken up, what was not, and why.
group-consult-answer = Publish what came of it
group-consult-none = No answer was taken yet.
group-consult-type-in = Add an answer that came by letter or in a meeting
group-consult-add = Add the answer
group-waiting-answers = { $n ->
    [one] One answer to look at
   *[other] { $n } answers to look at
}
group-waiting-hint = They came by the public page and are only here. Take an answer to publish it and tell the other side; drop it to destroy it.
group-waiting-looked = I have looked at the marked places: nothing here is about a single person.
group-waiting-take = Take and publish
group-waiting-drop = Drop
group-mark-mail = mail address
group-mark-phone = telephone number
group-mark-account = bank account
group-mark-birth = date of birth
group-mark-document = document number
group-mark-person = data of a person

group-new-competence = New offer of competence


done-consult-opened = The consultation is open
done-consult-closed = The consultation is closed
done-consult-told = What came of it is published
done-answer-taken = Taken and published
done-answer-dropped = Dropped and destroyed

# The public site
public-rooms = Pages
public-home = Home
public-lead = What the administrations of this group agreed, and what they do about it: communiqués, commitments and their progress, programmes, consultations.
public-communique = Joint communiqué
public-communiques = Communiqués
public-communiques-lead = Texts that every party has signed.
public-no-communiques = No communiqué has been published yet.
public-commitments = Commitments
public-commitments-lead = What was promised, by whom and until when. Progress is computed from reports and verified by the other party.
public-no-commitments = No commitment has been published yet.
public-all-commitments = All commitments
public-programmes = Programmes
public-programmes-lead = Programmes that the parties publish.
public-no-programmes = No programme has been published yet.
public-consultation = Consultation
public-consultations = Consultations
public-consultations-lead = Questions to organisations, their answers and what came of them.
public-no-consultations = There is no consultation yet.
public-open-consultations = Open consultations
public-meetings = Meetings held
public-no-meetings = No meeting has been published yet.
public-by = Published by
public-about = About this site
public-feed = Follow (Atom)
public-iati = Programmes as data (IATI)
public-iati-one = This programme as data (IATI)
public-paging = Pages of the list
public-newer = Newer
public-older = Older
public-related = Read also
public-share = Share
public-address = Address to copy
public-by-mail = Write a letter with this address
public-since = Public since
public-signed-by = Signed by
public-courtesy = Courtesy translation by { $what }; the signed versions are in other languages.
public-other-language = This text exists in another language: { $what }.
public-due = due { $what }
public-earlier = Due before
public-measured = How it is measured
public-small = Small numbers are not shown, so that nobody can be recognised.
public-no-values = No value has been reported yet.
public-period = Period
public-of-whom = Of whom
public-target = Aimed at
public-reached = Reached
public-standing = Standing
public-total = In total:
public-baseline = before: { $what }
public-aim = aim: { $what }
public-all = all
public-none = not stated
public-hidden = not shown (small number, below { $n }, or next to one)
public-age = aged { $what }
public-sex-female = women and girls
public-sex-male = men and boys
public-sex-other = other or not said
public-value-preliminary = preliminary
public-value-validated = validated
public-value-contested = contested
public-identifier = Identifier
public-countries = Countries
public-budget = Budget
public-role-funding = Funded by
public-role-accountable = Accountable
public-role-extending = Managed by
public-role-implementing = Carried out by
public-stage-pipeline = In preparation
public-stage-implementation = Under way
public-stage-finalisation = Being completed
public-stage-closed = Ended
public-stage-cancelled = Cancelled
public-stage-suspended = Suspended
public-consult-draft = Draft
public-consult-open = Open
public-consult-closed = Closed
public-consult-answered = Answered
public-audience = Who is asked
public-from = Open from
public-until = Open until
public-reply = What came of it
public-answers = { $n ->
    [one] One answer
   *[other] { $n } answers
}
public-no-answers = No answer has been published yet.
public-answer = Answer as an organisation
public-answer-hint = Your answer is read first and may then be published with the name of your organisation. Do not write about single persons: no names, addresses or telephone numbers.
public-answer-kept = { $n ->
    [one] An answer that nobody has looked at is destroyed after one day.
   *[other] An answer that nobody has looked at is destroyed after { $n } days.
}
public-organisation = Organisation
public-text = Answer
public-trap = Leave this field empty
public-send = Send the answer
public-thanks = Thank you
public-thanks-lead = Your answer has arrived. Somebody reads it; if it is taken, it appears with the consultation.
public-answer-fault = Your answer was not taken
public-fault-empty = Name your organisation and write an answer.
public-fault-long = The answer is too long. Shorten it, please.
public-fault-many = Too many answers have come. Please try again later; what you wrote is still here.
public-fault-over = This consultation takes no answers any more.
public-fault-origin = The form did not come from this site. Open the page again and send it from there.
public-absent = There is nothing here
public-absent-lead = There is no such page, or it is not public.
public-failed = This did not work
public-failed-lead = It is our fault, not yours. Please try again later.
public-about-what = This site shows what the parties of a joint group decided to publish: communiqués that all have signed, commitments marked public with their progress, meetings that were held, public programmes, consultations of organisations.
public-about-not = Nothing else of their work is here. Those responsible are named by their function, never by their name.
public-about-numbers = Numbers below ten are not shown, nor others that would give them away. Numbers that a party contests are shown as contested. Sectors of our own in the programme files: interior, justice, foreign affairs, health, labour, education, social, local government, development, culture, rights, economy.
public-about-data = This site sets no cookies, runs no scripts, loads nothing from elsewhere and keeps no addresses of its readers.
public-about-answers = An answer to a consultation is kept sealed until it is read. It is then published with the name of the organisation, or destroyed.
public-about-access = The site works by keyboard, with screen readers and without scripts, in four languages. If something keeps you out, write to the administration named below.
