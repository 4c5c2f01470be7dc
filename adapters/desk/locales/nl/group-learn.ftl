# The joint group: expertise, prevention, programmes (nl).
learn-tab-expertise = Expertise
learn-tab-prevention = Preventie en re-integratie
learn-tab-programmes = Programma’s
learn-tab-tables = Lijsten als bestand
learn-expertise-lead = Wat elke partij kan, wie zij kan sturen en wat zij nodig heeft: praktijken, experts per functie, aanvragen en opdrachten.
learn-prevention-lead = Programma’s en praktijken van preventie en re-integratie, en totaalcijfers. Geen enkele deelnemer staat hier, met naam of anders.
learn-programmes-lead = Wie betaalt, wie uitvoert, waar en tot wanneer. Bestanden van andere systemen worden hier gelezen, de onze daar.
learn-tables-lead = Elke lijst is te downloaden als CSV-bestand, aan te passen in een rekenblad en hier terug te brengen. Ongewijzigd stelt zij niets voor.
learn-tables-hint = De eerste kolom is de naam van het object: laat die staan; een rij zonder naam is nieuw. Kolommen die uit andere volgen, worden niet teruggelezen.
learn-any = Alle
learn-show = Tonen
learn-empty = Hier staat nog niets
learn-empty-lead = Voeg het eerste toe of filter minder streng: de andere partij ziet het meteen.
learn-new-programme = Nieuw programma
learn-new-practice = Nieuwe praktijk
learn-new-expert = Nieuwe expertfunctie
learn-new-request = Expertise vragen
learn-new-mission = Een opdracht plannen
learn-new-competence = Nieuw aanbod van competentie
learn-lead-programme = Een programma zoals beide partijen het moeten kennen: partners, landen, data, budget.
learn-lead-practice = Zeg wat het probleem was en wat er is gedaan. De andere partij beoordeelt het voor het onder partijen wordt gepubliceerd.
learn-lead-expert = Een functie en waarmee zij kan helpen; nooit de persoon die haar uitoefent.
learn-lead-request = Zeg wat nodig is en wat het moet opleveren. Dien de aanvraag in als zij volledig is.
learn-lead-mission = Opdrachtomschrijving, wie gaat (per functie) en de data; daarna het verslag en de aanbevelingen.
learn-lead-competence = Wat een organisatie uit de diaspora aanbiedt. Geen profiel van een persoon.
learn-all-programme = Programma’s
learn-all-practice = Praktijken
learn-all-expert = Experts per functie
learn-all-request = Aanvragen van expertise
learn-all-mission = Opdrachten
learn-all-competence = Aanbod van competentie
learn-iati-public = Openbare programma’s als IATI 2.03
learn-iati-all = Alle programma’s als IATI 2.03
learn-import = Programma’s uit een bestand lezen
learn-import-lead = U ziet eerst wat nieuw is, wat verschilt en wat zichzelf tegenspreekt. Niets wordt vastgelegd voor u kiest.
learn-import-iati = Een bestand met IATI-activiteiten, versie 2.03
learn-import-file = XML-bestand
learn-import-eutf = Twee tabellen van het EU-trustfonds voor Afrika
learn-import-projects = Projecten (CSV)
learn-import-results = Resultaten (CSV)
learn-look = Doornemen
learn-evidence-experience = Ervaring
learn-evidence-monitored = Opgevolgd
learn-evidence-evaluated = Door anderen geëvalueerd
learn-evidence-compared = Geëvalueerd met vergelijking
learn-evidence-least = Bewijs, minstens
learn-evaluation-due = Nu te evalueren
learn-evaluation-on = Evaluatie op { $what }
learn-edit = Deze beschrijving aanpassen
learn-save = Aan beide partijen zeggen
learn-save-hint = Beide partijen zien het meteen, met uw administratie als auteur.
learn-no-persons = Alleen functies en organisaties: geen naam, nummer of adres van een persoon.
learn-wary = Dit lijkt op gegevens van een persoon
learn-wary-lead = Aan deze kant staan geen personen (regels G38 en G41). Is het er geen, bevestig dat dan; is het er wel een, ga terug en haal het weg.
learn-wary-confirm = Ik heb alles nagekeken: het zijn geen gegevens van een persoon
learn-transfer = Wat nodig is om het elders te laten werken
learn-recommendation = Aanbeveling { $n }
learn-recommendations = Aanbevelingen
learn-to-commitment = Als verbintenis voorstellen
learn-field-identifier = IATI-identificatie
learn-field-funding = Gefinancierd door
learn-field-accountable = Verantwoordelijk
learn-field-extending = Beheer van de middelen
learn-field-implementing = Uitgevoerd door
learn-field-sector = Sector
learn-field-strand = Luik
learn-field-code = Doelcode
learn-field-objectives = Doelstellingen van het Mondiaal Pact
learn-field-countries = Landen en aandelen
learn-field-from = Van
learn-field-until = Tot
learn-field-budget = Budget
learn-field-currency = Munt
learn-field-instalments = Budget per periode
learn-field-indicators = Indicatoren
learn-field-public = Publicatie
learn-field-sectors = Sectoren
learn-field-strands = Luiken
learn-field-languages = Werktalen
learn-field-available = Beschikbaar vanaf
learn-field-host = Gastinstelling
learn-field-needed = Nodig tot
learn-field-functions = Wie gaat, per functie
learn-field-organisation = Organisatie
learn-field-stands = Geldig tot
learn-field-audience = Voor welke doelgroep
learn-field-evidence = Bewijs
learn-field-contact = Te contacteren functie
learn-field-refresh = Te herzien op
learn-hint-identifier = Zoals in het register, bijvoorbeeld XM-DAC-2-10-1234.
learn-hint-code = Vijf cijfers van de DAC-lijst, bijvoorbeeld 15190 voor migratie.
learn-hint-countries = Twee letters en een aandeel; samen 100: MA 60; BE 40.
learn-hint-currency = Drie kleine letters: eur, mad.
learn-hint-instalments = Eén periode per regel, hoogstens een jaar: 2024-01-01 2024-12-31 600000. Het totaal is dat van het budget.
learn-hint-funding = Eén organisatie per regel.
learn-hint-functions = Eén functie per regel, bijvoorbeeld adviseur beroepsopleiding.
learn-hint-audience = Een groep in het algemeen, bijvoorbeeld jongeren in de stad; nooit wie zij zijn.
learn-what = Wat de eigen administratie zegt
learn-now = Nu
learn-matched = Gekozen
learn-open = Openen
learn-fits = Wat bij deze aanvraag past
learn-fits-hint = Gevonden op sector, luik, talen en data. De vragende partij kiest zodra de aanvraag is aanvaard.
learn-choose = Kiezen wat is aangevinkt
learn-reviews = Beoordelingen en evaluaties
learn-review = Een beoordeling toevoegen
learn-words = In woorden
learn-grade = Cijfer van 1 (zwak) tot 5 (uitstekend)
learn-grade-of = { $n } op 5
learn-step-draft = Terug naar ontwerp
learn-step-submitted = Indienen
learn-step-peer-reviewed = Beoordelen
learn-step-published = Onder partijen publiceren
learn-step-to-refresh = Om een herziening vragen
learn-step-clarify = Een vraag stellen
learn-step-accepted = Aanvaarden
learn-step-declined = Afwijzen
learn-step-matched = Er is iemand gevonden
learn-step-delivered = Aan ons geleverd
learn-step-evaluated = Evalueren
learn-step-cancelled = Annuleren
learn-step-doing = Beginnen
learn-step-reported = Het verslag indienen
learn-step-suspended = Opschorten
learn-step-active = Hervatten
learn-step-closed = Afsluiten
learn-step-implementation = In uitvoering
learn-step-finalisation = In afronding
learn-reason-sector = Zelfde sector
learn-reason-strand = Zelfde luik
learn-reason-language = Een gemeenschappelijke taal
learn-reason-in-time = Op tijd beschikbaar
learn-reason-evaluated = Door anderen geëvalueerd
learn-list-commitments = Verbintenissen
learn-list-actions = Acties
learn-list-items = Agendapunten
learn-list-indicators = Indicatoren
learn-list-observations = Waarden van indicatoren
learn-list-programmes = Programma’s
learn-list-practices = Praktijken
learn-list-experts = Experts per functie
learn-list-requests = Aanvragen van expertise
learn-list-missions = Opdrachten
learn-list-topics = Onderwerpen
learn-list-competences = Aanbod van competentie
learn-download = Downloaden als CSV
learn-columns = Kolommen van dit bestand
learn-bring = Een gewijzigd bestand terugbrengen (CSV)
learn-becomes-offer = Een aanbod ter ondertekening door de andere partij
learn-becomes-description = Onze eigen beschrijving
learn-becomes-step = Een volgende stap
learn-becomes-observation = Een waarde die wij melden
learn-becomes-new = Nieuw
learn-row = Rij { $n }
learn-column = Kolom { $what }
learn-place = Rij { $row }, kolom { $column }
learn-person-column = Kolom { $column } („{ $header }”) zou { $holds } bevatten.
learn-holds-name = namen van personen
learn-holds-birth-date = geboortedata
learn-holds-birth-place = geboorteplaatsen
learn-holds-document = nummers van identiteitsdocumenten
learn-holds-register = nummers uit een bevolkingsregister
learn-holds-account = bankrekeningen
learn-holds-phone = telefoonnummers
learn-holds-email = e-mailadressen
learn-holds-address = woonadressen
learn-holds-nationality = de nationaliteit van afzonderlijke personen
learn-holds-person = afzonderlijke personen
learn-refused-whole = Dit bestand wordt niet overgenomen
learn-preview-lead = Er is nog niets vastgelegd.
learn-refused = Niet overgenomen, en waarom
learn-findings = Vragen bij dit bestand
learn-changes = Wat zou veranderen
learn-col-place = Waar
learn-col-what = Wat
learn-col-becomes = Wat het wordt
learn-col-differs = Wat verschilt
learn-col-why = Waarom
learn-take-hint = Wat u voorstelt gaat meteen naar de andere partij, hoogstens 200 tegelijk.
learn-take-picked = Voorstellen wat is aangevinkt
learn-take-all = Al deze wijzigingen voorstellen
learn-back = Een ander bestand kiezen
learn-iati-broken = Het bestand is geen geldig IATI 2.03-bestand.
learn-q-iati-repeated = { $activity } meldt { $actual } voor „{ $indicator }”, wat enkel zijn contracten herhaalt ({ $contracts }): een som zou het dubbel tellen.
learn-q-iati-differs = { $activity } meldt { $actual } voor „{ $indicator }”, zijn contracten samen { $below }.
learn-q-iati-far-above = { $activity }: „{ $indicator }” mikte op { $target } en haalde { $actual }, meer dan driemaal zoveel.
learn-q-iati-above-decision = { $activity } besliste { $actual }, zijn contracten zijn { $below } waard.
learn-q-iati-no-start = { $activity } heeft geen begindatum.
learn-q-iati-shares-assumed = { $activity } noemt { $countries } landen en { $topics } thema’s zonder aandelen: er is van gelijke delen uitgegaan.
learn-q-iati-unknown-activity = Er zijn resultaten van { $activity }, dat niet bij de projecten staat.
learn-q-iati-rule = Regel { $rule } van de standaard is niet nageleefd op lijn { $line }: { $says }
learn-e-oda-forced-return = { $activity } spreekt van gedwongen terugkeer in de sector migratie: dat telt niet als ontwikkelingshulp.
code-e-table-rows = Het bestand heeft meer dan 100.000 rijen. Breng het in delen.
code-e-table-columns = Het bestand heeft meer dan 200 kolommen.
code-e-table-size = Het bestand is te groot. Breng het in delen.
code-e-table-row-size = Een rij is te lang; misschien is een aanhalingsteken niet gesloten.
code-e-table-cell = Een cel is te lang.
code-e-table-no-headers = Het bestand heeft geen regel met kolomnamen.
code-e-table-empty-header = Een kolom heeft geen naam.
code-e-table-same-header = Twee kolommen hebben dezelfde naam.
code-e-table-ragged = Een rij heeft meer of minder cellen dan er kolommen zijn, zoals bij samengevoegde cellen.
code-e-not-utf8 = De tekst is geen UTF-8. Sla de tabel op als CSV UTF-8.
code-e-table-control = Een cel bevat een onzichtbaar teken dat niet wordt aanvaard.
code-e-table-source = Het bestand kon niet tot het einde worden gelezen.
code-e-table-missing = Hier moet iets staan.
code-e-table-value = Dit is niet geschreven zoals deze kolom vraagt.
code-e-table-yes-no = Schrijf yes of no.
code-e-table-cells = Schrijf elk aantal als: 12 female 18-25 Rabat, met - voor wat niet gezegd is.
code-e-table-partners = Schrijf elke partner als: implementing Enabel, één per regel.
code-e-table-countries = Schrijf landen met hun aandeel: MA 60; BE 40.
code-e-table-parent = Waar iets bij hoort, verandert niet.
code-e-table-foreign-column = Deze lijst heeft zo’n kolom niet.
code-e-table-no-column = Deze kolom ontbreekt.
code-e-table-traces = Iets lijkt op gegevens van een persoon. Bevestig dat het er geen zijn of haal het weg.
code-e-unknown = Hier is niets met deze naam.
code-e-nothing-picked = Vink minstens één rij aan.
code-e-file-missing = Kies eerst een bestand.
code-e-iati-empty = Er is nog geen programma om te schrijven.
code-e-iati-identifier = De identificatie is niet bruikbaar.
code-e-iati-title = Er is geen bruikbare titel.
code-e-iati-text = De beschrijving bevat tekens die niet worden aanvaard.
code-e-iati-partner = De naam van een partner is niet bruikbaar.
code-e-iati-no-country = Er is geen land vermeld.
code-e-iati-country = Een land is niet in twee letters geschreven.
code-e-iati-shares = De aandelen van de landen zijn samen geen 100.
code-e-iati-currencies = Bedragen staan in verschillende munten.
code-e-iati-no-start = Er is geen begindatum.
code-e-iati-sector = Er is geen sectorcode.
learn-more-rows =
    { $n ->
        [one] Het nieuwste ({ $n }) staat hier; het bestand van de lijst heeft alles.
       *[other] De { $n } nieuwste staan hier; het bestand van de lijst heeft alles.
    }
learn-held =
    { $n ->
        [one] { $n } rij
       *[other] { $n } rijen
    }
learn-unchanged =
    { $n ->
        [one] { $n } is zoals het hier staat.
       *[other] { $n } zijn zoals ze hier staan.
    }
learn-cells =
    { $n ->
        [one] { $n } cel
       *[other] { $n } cellen
    }
learn-more-changes =
    { $n ->
        [one] { $n } wijziging in totaal; de eerste staan hier.
       *[other] { $n } wijzigingen in totaal; de eerste staan hier.
    }
learn-said =
    { $n ->
        [one] { $n } wijziging is voorgesteld.
       *[other] { $n } wijzigingen zijn voorgesteld.
    }
learn-left =
    { $n ->
        [one] Er blijft { $n } over: stel opnieuw voor om door te gaan.
       *[other] Er blijven { $n } over: stel opnieuw voor om door te gaan.
    }
learn-indicators-stay =
    { $n ->
        [one] { $n } indicator blijft in het bestand: partijen spreken een indicator af voor zij ermee melden.
       *[other] { $n } indicatoren blijven in het bestand: partijen spreken een indicator af voor zij ermee melden.
    }
learn-q-iati-empty-rows =
    { $n ->
        [one] { $n } rij met resultaten heeft streefwaarde noch resultaat en is weggelaten.
       *[other] { $n } rijen met resultaten hebben streefwaarde noch resultaat en zijn weggelaten.
    }
learn-q-iati-left-out =
    { $n ->
        [one] { $n } element van het bestand heeft hier geen plaats en is weggelaten.
       *[other] { $n } elementen van het bestand hebben hier geen plaats en zijn weggelaten.
    }
learn-q-iati-long-period =
    { $n ->
        [one] { $activity } meldt { $n } indicator van { $from } tot { $until }, langer dan een jaar.
       *[other] { $activity } meldt { $n } indicatoren van { $from } tot { $until }, langer dan een jaar.
    }
