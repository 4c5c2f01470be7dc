# The joint group: agreement, and the words of its lists (nl). Every language has the same keys; a test compares them.
room-group = Gemengde groep
group-pages = Pagina’s van de groep
group-tab-table = Tafel
group-table-lead = Wat op een handtekening wacht, wat te laat is, wat pas is overeengekomen.
group-empty = Er wacht niets
group-empty-lead = Stel een beslissing voor, roep een vergadering bijeen of lees een communiqué in: de andere partij ziet het zodra u het voorstelt.
group-none-here = Geen groep
group-none-here-lead = Een groep bestaat wanneer een akkoord aan de kant ‘groep’ door alle partijen is ondertekend en uw eenheid erin staat.
group-to-sign = Door ons te ondertekenen
group-to-verify = Door ons na te gaan
group-late = Te laat
group-diverging = Uiteenlopende inschattingen
group-they-sign = Wacht op hun handtekening
group-recent = Onlangs overeengekomen
group-waits-us = Wacht op onze handtekening
group-waits-them = Wacht op hun handtekening
group-agreed-tag = Overeengekomen
group-agreed = Overeengekomen tekst
group-your-signature = Deze tekst wacht op uw handtekening
group-their-signature = Deze tekst wacht op hun handtekening
group-amends = Dit voorstel wijzigt de overeengekomen tekst: wat erbij komt en wat verdwijnt, is aangeduid.
group-offers-anew = Dit voorstel vervangt het vorige, dat niet is aanvaard: wat erbij komt en wat verdwijnt, is aangeduid.
group-we-withdraw = Wij vroegen dit voorstel in te trekken. Het blijft open tot zij daarmee instemmen.
group-they-withdraw = Zij vragen dit voorstel in te trekken. U kunt instemmen, of toch ondertekenen.
group-waits-for = We wachten op:
group-accept-hint = Ondertekenen bindt uw administratie. De tekst kan daarna alleen door een nieuw akkoord wijzigen.
group-accept = Deze tekst ondertekenen
group-release = Instemmen met de intrekking
group-ask-change = Een wijziging vragen
group-reason = Wat zou moeten wijzigen, en waarom
group-reject = Niet ondertekenen, deze wijziging vragen
group-take-position = Een standpunt innemen
group-stance = Ons standpunt
group-stance-agrees = Akkoord
group-stance-with-reservation = Akkoord, met voorbehoud
group-stance-objects = Maakt bezwaar
group-stance-no-position = Geen standpunt
group-statement = Verklaring, in uw eigen woorden
group-say-position = Het standpunt meedelen
group-withdraw = Vragen het voorstel in te trekken
group-hash = Vingerafdruk van wat allen ondertekenden:
group-proof = Bewijs
group-translate = Een officieuze vertaling toevoegen
group-translate-hint = Ze hoort niet bij wat ondertekend is en draagt uw naam. Alleen de ondertekende versies zijn authentiek.
group-courtesy = Officieuze vertaling · { $what }
group-language = Taal
group-title = Titel
group-text = Tekst
group-add-translation = De vertaling toevoegen
group-breach-title = Tegenstrijdige handtekeningen
group-breach = { $what } ondertekende tegen de eigen handtekening in: eerst op { $first }, dan op { $second }. Beide bewijzen worden bewaard.
group-comments = Gedachtewisseling
group-no-comments = Er is nog niets gezegd.
group-comment = Uw opmerking, zichtbaar aan beide kanten
group-say-comment = De opmerking versturen
group-ignored = Telt niet mee:
group-own-note = Alleen voor ons
group-own-note-hint = Deze nota verlaat deze node nooit. De andere partij ziet er niets van.
group-own-note-text = Interne nota
group-own-note-save = De nota opslaan
group-new-decision = Een beslissing voorstellen
group-new-decision-lead = Schrijf de tekst in de talen die authentiek zijn. Hij gaat naar de andere partij en bindt niemand vóór haar handtekening.
group-change-decision = Een wijziging voorstellen
group-change-lead = Vertrek van de huidige tekst. De andere partij ziet elke gewijzigde alinea; eerdere handtekeningen gelden niet voor de nieuwe tekst.
group-propose-change = Een wijziging voorstellen
group-offer = Aan de andere partij voorstellen
group-offer-hint = Voorstellen geldt als uw handtekening: u kunt over dit punt geen andere tekst ondertekenen zolang deze openstaat.
group-yes = Ja
group-no = Nee
group-none = Geen
group-term-sectors = Sectoren
group-term-kind = Aard
group-term-start = Begin
group-term-end = Einde
group-term-place = Plaats
group-term-items = Agendapunten
group-term-effect = Heeft uitwerking op
group-term-strand = Luik
group-term-state = Stand
group-term-ended = Beëindigd
group-term-responsible = Verantwoordelijke partij
group-term-function = Verantwoordelijke functie
group-term-due = Vervaldag
group-term-sector = Sector
group-term-objective = Doelstelling van het Mondiaal Pact
group-term-sdg = Duurzame-ontwikkelingssubdoel
group-term-indicators = Indicatoren
group-term-public = Publiceerbaar
group-term-closure = Afsluiting
group-term-code = Code
group-term-unit = Eenheid
group-term-measure = Maatstaf
group-term-aggregation = Aggregatie
group-term-baseline = Beginwaarde
group-term-target = Streefwaarde
group-term-embargo = Embargo tot

# group-kind
group-kind-group = Groep
group-kind-meeting = Vergadering
group-kind-item = Agendapunt
group-kind-decision = Beslissing
group-kind-commitment = Verbintenis
group-kind-action = Actie
group-kind-minutes = Notulen
group-kind-communique = Communiqué
group-kind-topic = Thema
group-kind-indicator = Indicator
group-kind-programme = Programma
group-kind-practice = Praktijk
group-kind-expert = Deskundige functie
group-kind-request = Vraag om expertise
group-kind-mission = Missie
group-kind-consultation = Raadpleging
group-kind-competence = Aanbod van competentie

# group-standing
group-standing-open = Open
group-standing-agreed = Overeengekomen
group-standing-rejected = Wijziging gevraagd
group-standing-released = Ingetrokken
group-standing-void = Gekruist: die van het voorzitterschap blijft

# group-stage
group-stage-draft = Ontwerp
group-stage-convened = Bijeengeroepen
group-stage-in-session = Bezig
group-stage-ended = Beëindigd
group-stage-postponed = Uitgesteld
group-stage-cancelled = Geannuleerd
group-stage-proposed = Voorgesteld
group-stage-accepted = Aanvaard
group-stage-declined = Afgewezen
group-stage-deferred = Verschoven
group-stage-discussed = Besproken
group-stage-prepared = Voorbereid
group-stage-circulated = Rondgestuurd
group-stage-to-do = Te doen
group-stage-doing = Bezig
group-stage-done = Gedaan
group-stage-pipeline = In voorbereiding
group-stage-implementation = In uitvoering
group-stage-finalisation = In afronding
group-stage-closed = Afgesloten
group-stage-suspended = Opgeschort
group-stage-peer-reviewed = Beoordeeld door een gelijke
group-stage-published = Gepubliceerd onder partijen
group-stage-to-refresh = Te actualiseren
group-stage-submitted = Ingediend
group-stage-clarify = Te verduidelijken
group-stage-matched = Ingevuld
group-stage-delivered = Geleverd
group-stage-evaluated = Geëvalueerd
group-stage-reported = Verslag ingediend
group-stage-open = Open
group-stage-answered = Beantwoord
group-stage-active = Actief

# group-progress
group-progress-draft = Ontwerp
group-progress-proposed = Voorgesteld
group-progress-dropped = Vervallen
group-progress-agreed = Overeengekomen, te beginnen
group-progress-under-way = Aan de gang
group-progress-reported-done = Gemeld als gedaan, na te gaan
group-progress-fulfilled = Nagekomen
group-progress-partly = Deels nagekomen
group-progress-not-fulfilled = Niet nagekomen
group-progress-ended = In overleg beëindigd

# group-flag
group-flag-on-track = Op schema
group-flag-at-risk = Risico
group-flag-blocked = Geblokkeerd
group-flag-late = Te laat
group-flag-disputed = Betwist

# group-sector
group-sector-interior = Binnenlandse zaken
group-sector-justice = Justitie
group-sector-foreign-affairs = Buitenlandse zaken
group-sector-health = Volksgezondheid
group-sector-labour = Werk en vorming
group-sector-education = Onderwijs en onderzoek
group-sector-social = Welzijn, wonen, gezin
group-sector-local-government = Lokale besturen
group-sector-development = Ontwikkelingssamenwerking
group-sector-culture = Cultuur en erediensten
group-sector-rights = Rechten en gegevensbescherming
group-sector-economy = Economie en financiën

# group-strand
group-strand-expertise = Informatie en expertise
group-strand-security = Veiligheid en anticipatie
group-strand-borders = Grenzen en smokkel
group-strand-prevention = Preventie
group-strand-reintegration = Re-integratie
group-strand-migration = Migratie
group-strand-diaspora = Diaspora
group-strand-institutions = Instellingen

# group-meeting
group-meeting-plenary = Plenair
group-meeting-technical = Technisch
group-meeting-ministerial = Ministerieel

# group-closure
group-closure-fulfilled = Nagekomen
group-closure-partly = Deels nagekomen
group-closure-not-fulfilled = Niet nagekomen
group-closure-replaced = Vervangen
group-closure-withdrawn = In overleg ingetrokken

# group-measure
group-measure-unit = Aantal
group-measure-percentage = Percentage
group-measure-nominal = Eigen schaal
group-measure-ordinal = Geordende schaal
group-measure-qualitative = In woorden

# group-aggregation
group-aggregation-sum = Som
group-aggregation-mean = Gemiddelde
group-aggregation-last = Laatste waarde
group-aggregation-none = Geen

# group-gcm
group-gcm-1 = Gegevens voor beleid op feiten
group-gcm-2 = Minder redenen om te moeten vertrekken
group-gcm-3 = Informatie in elke fase
group-gcm-4 = Wettelijke identiteit en papieren
group-gcm-5 = Toegankelijke reguliere wegen
group-gcm-6 = Eerlijke aanwerving, waardig werk
group-gcm-7 = Kwetsbaarheid verminderen
group-gcm-8 = Levens redden, vermisten zoeken
group-gcm-9 = Tegen mensensmokkel
group-gcm-10 = Tegen mensenhandel
group-gcm-11 = Gecoördineerd grensbeheer
group-gcm-12 = Duidelijke en voorspelbare procedures
group-gcm-13 = Detentie als laatste middel
group-gcm-14 = Consulaire bescherming
group-gcm-15 = Toegang tot basisdiensten
group-gcm-16 = Inclusie en samenhang
group-gcm-17 = Tegen discriminatie
group-gcm-18 = Erkende vaardigheden en kwalificaties
group-gcm-19 = De diaspora als actor van ontwikkeling
group-gcm-20 = Goedkopere geldtransfers
group-gcm-21 = Waardige terugkeer en re-integratie
group-gcm-22 = Meeneembare sociale rechten
group-gcm-23 = Internationale samenwerking

# done
done-offered = Aan de andere partij voorgesteld
done-accepted = Ondertekend
done-rejected = Wijziging gevraagd
done-withdrawn = Intrekking gevraagd
done-let-go = Met intrekking ingestemd
done-said = Aan beide partijen gezegd
done-noted = Nota opgeslagen

# code
code-e-changed = Intussen heeft iemand iets gezegd. Kijk opnieuw voor u antwoordt.
code-e-offer-open = Er staat een ander voorstel open. Beantwoord het, of trek eerst het uwe in.
code-e-not-open = Dit voorstel staat niet meer open.
code-e-not-offered = Deze tekst werd niet voorgesteld.
code-e-base = De overeengekomen tekst is sindsdien gewijzigd. Vertrek daarvan.
code-e-again = Dat is al gezegd.
code-e-not-theirs = Dat komt de andere partij toe.
code-e-stage = Van hier kan men niet rechtstreeks naar die stap.
code-e-too-early = Het is te vroeg: de andere partij moet eerst handelen.
code-e-not-sealed = Dit is niet wat verzegeld werd.
code-e-kind = Dat kan niet over zo’n object gezegd worden.
code-e-shape = Gegevens spreken elkaar tegen of ontbreken.
code-e-number = Een getal is niet geldig.

group-past =
    { $n ->
        [one] { $n } vorig voorstel
       *[other] { $n } vorige voorstellen
    }
code-e-behind = Wat eerder is gezegd, wacht nog op het andere journaal. Probeer het zo dadelijk opnieuw.
