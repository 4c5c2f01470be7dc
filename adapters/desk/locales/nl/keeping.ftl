# What is kept, restricted, erased; rights and breaches (nl). Every language has the same keys; a test compares them.

# The room.
room-keeping = Bewaring
keeping-lead = Wat op een beslissing wacht: herzieningen, beperkingen, wissingen, verzoeken en inbreuken. Hier staat geen inhoud.
keeping-link = Bewaring van dit bericht
keeping-record = Bewaring van een bericht
keeping-overdue = Herzieningen te laat
keeping-overdue-empty = Geen enkele herziening is te laat. Is ze dat wel, dan wordt het bericht vanzelf beperkt.
keeping-soon = Binnen dertig dagen te herzien
keeping-soon-empty = Binnen een maand valt niets te herzien.
keeping-restricted = Beperkte berichten
keeping-restricted-empty = Geen. Beperk een bericht op zijn eigen pagina wanneer de juistheid wordt betwist.
keeping-held = Als bewijs bewaard
keeping-held-empty = Geen. Een wissing die intussen wordt gevraagd, wordt met een ondertekende verklaring geweigerd en bij de opheffing uitgevoerd.
keeping-pending = Wissingen die bij partners lopen
keeping-pending-empty = Geen. Wat is teruggeroepen staat hier tot elke partner heeft gezegd wat hij deed.
keeping-register = In het register
keeping-register-lead = Het register vraagt waarom voor het iets toont.
keeping-all-glass = Alle noodopeningen
keeping-glass = Te beoordelen noodopeningen
keeping-glass-empty = Geen noodopening wacht op beoordeling.
keeping-glass-own = Die van u: iemand anders beoordeelt ze.
keeping-finding = Wat u vaststelt
glass-justified = Het was een noodgeval
glass-not-justified = Het was er geen
glass-open = In nood openen
glass-lead = Eén bericht, één uur lang. Het staat in het register voor het opengaat, en iemand anders beoordeelt het daarna.
glass-party = Van wie het bericht komt
glass-record = Identificatie van het bericht
glass-conditions = Ik houd mij aan de gebruiksvoorwaarden die eraan verbonden zijn
glass-until = In nood geopend tot { $what }

# One record.
keeping-review-by = te herzien op { $what }
keeping-erasure-waits = wissing wacht
keeping-own-gone = onze kopie is gewist
keeping-own-waits = onze kopie gaat weg zodra allen hebben geantwoord
keeping-own-here = onze kopie is er nog
copy-asked = gevraagd
copy-done = gedaan
copy-refused = geweigerd
copy-unreachable = onbereikbaar
keeping-is-restricted = Beperkt
keeping-is-held = Als bewijs bewaard
keeping-is-overdue = Herziening te laat: beperkt
keeping-erased = Inhoud gewist
keeping-released = Verzonden op
keeping-next-review = Volgende herziening
keeping-erasure-day = Wissing
keeping-hold-by = Bewijs, beslist door
keeping-restricted-by = Beperkt door
keeping-reviewed-by = Laatste herziening
keeping-file = Bijlage
keeping-partners = Bij de partners
keeping-review = Herzien
keeping-until = Bewaren, en opnieuw herzien op
keeping-latest = Uiterlijk op { $what }
keeping-keep = Bewaren tot die datum
keeping-erase = Nu wissen
keeping-own = Onze eigen kopie
keeping-own-lead = U hebt dit bericht teruggeroepen. Onze kopie kan ook weg.
keeping-own-stated = Zodra allen hebben geantwoord
keeping-own-now = Nu wissen
keeping-restrict = Beperking
keeping-restrict-lead = Beperkt blijft het als dusdanig zichtbaar, wordt het niet meer gevonden en niet gebruikt zonder nieuw onderzoek.
keeping-lift-lead = De betrokkene wordt ingelicht voor de opheffing.
keeping-lift-free = De betrokkene heeft de juistheid niet betwist: niemand hoeft voor de opheffing te worden ingelicht.
keeping-contested = De betrokkene betwist de juistheid: hij wordt voor de opheffing ingelicht
keeping-told = De betrokkene is ingelicht
keeping-restrict-do = Beperken
keeping-lift-do = Beperking opheffen
keeping-hold = Bewaring als bewijs
keeping-hold-lead = Tot de gekozen datum wordt het door niets gewist. Een terugroeping die intussen komt, wordt geweigerd met een verklaring die de afzender ziet.
keeping-hold-until = Tot
keeping-hold-do = Bewaren
keeping-lift-hold-lead = Bij de opheffing wordt de wachtende wissing meteen uitgevoerd en aan de afzender gemeld.
keeping-lift-hold-do = Opheffen
keeping-open = Openen om te beslissen
keeping-open-lead = De reden staat in het register voor het opengaat.
keeping-closed-lead = U beslist over de bewaring zonder het te openen. Beperk het eerst om het te lezen en te beslissen.
keeping-opened-note = Deze raadpleging staat in het register.

# Requests of data subjects.
keeping-rights = Verzoeken van betrokkenen
keeping-rights-empty = Geen open verzoek. Noteer het bij ontvangst: de termijn is één maand.
rights-new = Een verzoek noteren
rights-subject = Verwijzing naar de persoon
rights-subject-hint = In uw woorden; liever een verwijzing dan een naam.
rights-kind = Wat de persoon vraagt
rights-received = Ontvangen op
rights-received-on = Ontvangen op { $what }
rights-how = Hoe het is binnengekomen
rights-answered = Beantwoorde verzoeken
rights-late = De termijn is verstreken
rights-identified-how = Hoe de identiteit is nagegaan
rights-consult = Een partner raadplegen
rights-consult-lead = Komen de gegevens van hem, dan wordt hij voor het antwoord geraadpleegd.
rights-heard-what = Wat hij antwoordde
rights-answer = Antwoorden
rights-reasons = Redenen
rights-reasons-hint = Bewaard voor de toezichthouder, niet aan de persoon verzonden.
right-access = inzage
right-rectification = rectificatie
right-erasure = wissing
right-objection = bezwaar
answer-granted = toegestaan
answer-partial = gedeeltelijk toegestaan
answer-refused = geweigerd
answer-neither-nor = bevestigd noch ontkend
keeping-answer-by = antwoorden voor { $what }

# Breaches.
keeping-breaches = Inbreuken
keeping-breaches-empty = Geen open inbreuk. Noteer ze zodra ze bekend is: 72 uur om te melden.
breach-new = Een inbreuk noteren
breach-title = In één regel
breach-known = Bekend sinds
breach-known-since = Bekend sinds { $what }
breach-partners = Betrokken partners, onverwijld in te lichten
breach-what = Wat er is gebeurd
breach-closed = afgesloten
breaches-closed = Afgesloten inbreuken
breach-late = De 72 uur zijn voorbij
breach-notify-by = melden voor { $what }
breach-untold = { $n ->
    [one] { $n } partner in te lichten
   *[other] { $n } partners in te lichten
}
breach-tell = { $what } inlichten
breach-told-how = Wanneer en hoe
breach-authority = Toezichthouder
breach-reference = Referentie van de melding, of waarom ze niet nodig is
breach-concerns = Nog een partner is betrokken

# Steps of both.
steps = Wat is gedaan
take-down = Noteren
step-note = Notitie
step-identified = Identiteit nagegaan
step-consulted = { $what }: geraadpleegd
step-heard = { $what }: antwoord
step-answered = Beantwoord: { $what }
step-concerns = { $what }: betrokken
step-told = { $what }: ingelicht
step-notified = Aan de toezichthouder gemeld
step-no-risk = Geen risico: geen melding
step-persons-told = Betrokkenen ingelicht
step-closed = Afgesloten

# Today.
today-keeping = Te beslissen
today-keeping-lead = Inbreuken, verzoeken, noodopeningen en late herzieningen.
duty-rights = verzoek van een betrokkene
duty-breach = inbreuk
duty-glass = noodopening te beoordelen
duty-review = herziening te laat

# The register.
register-outcome = Uitkomst
outcome-done = gedaan
outcome-refused = geweigerd
register-code = Code van de regel
register-party = Van wie, of welke partner
register-record = Bericht
register-from = Van
register-until = Tot en met
register-filter-wrong = Een van de criteria is ongeldig; geef bij een bericht ook aan van wie.

# What was done, and what was not.
done-reviewed = Herziening genoteerd
done-held = Als bewijs bewaard
done-hold-lifted = Bewaring opgeheven
done-own-copy = Onze kopie gaat weg zodra allen hebben geantwoord
done-erased-now = Gewist, hier en in alles wat ervan kwam
done-glass-judged = Uw vaststelling is genoteerd
done-taken-down = Genoteerd
code-e-not-recalled = Alleen de kopie van wat is teruggeroepen gaat voor haar datum weg.
code-e-not-delivered = Een partner heeft het nog niet ontvangen: laat onze kopie weggaan zodra allen hebben geantwoord.
code-e-no-hold = Dit bericht wordt niet als bewijs bewaard.
code-e-keeping-changed = Iemand heeft intussen beslist: kijk opnieuw. Er is niets gewijzigd.
code-e-rights-step = Deze stap past niet: eerst de identiteit, dan de geraadpleegde partners, dan het antwoord.
code-e-breach-step = Deze stap past niet: toezichthouder en elke partner worden voor het afsluiten ingelicht.
code-e-date = Deze datum kan niet in de toekomst liggen.

thing-rights = Verzoek van een persoon
thing-breach = Inbreuk in verband met persoonsgegevens
thing-report = Vertrouwelijke melding
thing-processing = Verwerkingsregister
thing-search = Opzoeking
thing-access-policy = Toegangsbeleid
thing-register = Register
thing-text = Tekst
thing-agreement = Overeenkomst
thing-token = Token
thing-settings = Instellingen
