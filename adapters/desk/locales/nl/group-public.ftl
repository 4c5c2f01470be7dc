# De gemengde groep: raadplegingen, communiqués, publieke site (nl).

group-tab-consultations = Raadplegingen
group-tab-communiques = Communiqués

group-communiques = Communiqués
group-communiques-lead = Teksten voor het publiek. Een communiqué verschijnt wanneer alle partijen het hebben ondertekend en het embargo voorbij is.
group-communiques-empty = Er is nog geen communiqué. Schrijf er een en stel het aan de andere partij voor.
group-new-communique = Nieuw communiqué
group-change-communique = Wijziging van het communiqué voorstellen
group-communique-lead = Elke ingevulde taalversie is authentiek: alle versies worden samen ondertekend.
group-communique-not-agreed = Nog niet overeengekomen
group-public-since = Openbaar sinds { $what }
group-embargo-until = Embargo tot { $what }
group-embargo-hint = Vóór dit tijdstip ziet niemand daarbuiten de tekst, ook al is die overeengekomen.

group-consultations = Raadplegingen
group-consultations-lead = Vragen aan organisaties, hun antwoorden en het gevolg dat eraan is gegeven; aanbod van deskundigheid door organisaties.
group-consultations-empty = Er is nog niemand geraadpleegd. Schrijf een vraag; u opent ze wanneer ze klaar is.
group-new-consultation = Nieuwe raadpleging
group-new-consultation-lead = Bevraag organisaties, nooit afzonderlijke personen. Schrijf de vraag in elke taal waarin ze wordt gesteld.
group-consult-hint = Het blijft een ontwerp tot u de raadpleging opent. Daarna toont de publieke pagina ze en neemt zij in deze periode antwoorden aan.
group-consult-save = Als ontwerp bewaren
group-consult-by = Gesteld door
group-consult-question = De vraag
group-consult-open = De raadpleging openen
group-consult-close = Sluiten: geen antwoorden meer
group-consult-reply = Meedelen welk gevolg eraan is gegeven
group-consult-reply-hint = Het wordt met de antwoorden bekendgemaakt. Zeg wat is overgenomen, wat niet, en waarom.
group-consult-answer = Het gevolg bekendmaken
group-consult-none = Er is nog geen antwoord aangenomen.
group-consult-type-in = Een antwoord toevoegen dat per brief of op een vergadering kwam
group-consult-add = Antwoord toevoegen
group-waiting-answers = { $n ->
    [one] Eén antwoord te bekijken
   *[other] { $n } antwoorden te bekijken
}
group-waiting-hint = Ze kwamen via de publieke pagina en staan alleen hier. Neem een antwoord aan om het bekend te maken en aan de andere partij mee te delen; wijs het af om het te vernietigen.
group-waiting-looked = Ik heb de gemarkeerde plaatsen bekeken: niets gaat er over een afzonderlijke persoon.
group-waiting-take = Aannemen en bekendmaken
group-waiting-drop = Afwijzen
group-mark-mail = e-mailadres
group-mark-phone = telefoonnummer
group-mark-account = bankrekening
group-mark-birth = geboortedatum
group-mark-document = documentnummer
group-mark-person = gegeven van een persoon

group-new-competence = Nieuw aanbod van deskundigheid


done-consult-opened = De raadpleging is geopend
done-consult-closed = De raadpleging is gesloten
done-consult-told = Het gevolg is bekendgemaakt
done-answer-taken = Aangenomen en bekendgemaakt
done-answer-dropped = Afgewezen en vernietigd

# De publieke site
public-rooms = Pagina’s
public-home = Start
public-lead = Wat de besturen van deze groep zijn overeengekomen en wat zij ermee doen: communiqués, verbintenissen en hun voortgang, programma’s, raadplegingen.
public-communique = Gezamenlijk communiqué
public-communiques = Communiqués
public-communiques-lead = Teksten die alle partijen hebben ondertekend.
public-no-communiques = Er is nog geen communiqué bekendgemaakt.
public-commitments = Verbintenissen
public-commitments-lead = Wat is beloofd, door wie en tegen wanneer. De voortgang wordt uit verslagen berekend en door de andere partij nagegaan.
public-no-commitments = Er is nog geen verbintenis bekendgemaakt.
public-all-commitments = Alle verbintenissen
public-programmes = Programma’s
public-programmes-lead = Programma’s die de partijen bekendmaken.
public-no-programmes = Er is nog geen programma bekendgemaakt.
public-consultation = Raadpleging
public-consultations = Raadplegingen
public-consultations-lead = Vragen aan organisaties, hun antwoorden en het gevolg dat eraan is gegeven.
public-no-consultations = Er is nog geen raadpleging.
public-open-consultations = Open raadplegingen
public-meetings = Gehouden vergaderingen
public-no-meetings = Er is nog geen vergadering bekendgemaakt.
public-by = Bekendgemaakt door
public-about = Over deze site
public-feed = Volgen (Atom)
public-iati = Programma’s als data (IATI)
public-iati-one = Dit programma als data (IATI)
public-paging = Pagina’s van de lijst
public-newer = Nieuwere
public-older = Oudere
public-related = Lees ook
public-share = Delen
public-address = Adres om te kopiëren
public-by-mail = Een e-mail met dit adres schrijven
public-since = Openbaar sinds
public-signed-by = Ondertekend door
public-courtesy = Hoffelijkheidsvertaling door { $what }; de ondertekende versies zijn in andere talen.
public-other-language = Deze tekst bestaat in een andere taal: { $what }.
public-due = te doen tegen { $what }
public-earlier = Vroegere einddata
public-measured = Hoe het wordt gemeten
public-small = Kleine aantallen worden niet getoond, opdat niemand kan worden herkend.
public-no-values = Er is nog geen waarde meegedeeld.
public-period = Periode
public-of-whom = Van wie
public-target = Beoogd
public-reached = Bereikt
public-standing = Status
public-total = In totaal:
public-baseline = voordien: { $what }
public-aim = beoogd: { $what }
public-all = allen
public-none = niet vermeld
public-hidden = niet getoond (klein aantal, onder { $n }, of ernaast)
public-age = { $what } jaar
public-sex-female = vrouwen en meisjes
public-sex-male = mannen en jongens
public-sex-other = andere of niet vermeld
public-value-preliminary = voorlopig
public-value-validated = bevestigd
public-value-contested = betwist
public-identifier = Kenmerk
public-countries = Landen
public-budget = Budget
public-role-funding = Gefinancierd door
public-role-accountable = Verantwoordelijk
public-role-extending = Beheerd door
public-role-implementing = Uitgevoerd door
public-stage-pipeline = In voorbereiding
public-stage-implementation = In uitvoering
public-stage-finalisation = Wordt afgerond
public-stage-closed = Beëindigd
public-stage-cancelled = Geannuleerd
public-stage-suspended = Opgeschort
public-consult-draft = Ontwerp
public-consult-open = Open
public-consult-closed = Gesloten
public-consult-answered = Beantwoord
public-audience = Wie wordt bevraagd
public-from = Open vanaf
public-until = Open tot
public-reply = Gevolg
public-answers = { $n ->
    [one] Eén antwoord
   *[other] { $n } antwoorden
}
public-no-answers = Er is nog geen antwoord bekendgemaakt.
public-answer = Antwoorden namens een organisatie
public-answer-hint = Uw antwoord wordt eerst gelezen en kan daarna met de naam van uw organisatie worden bekendgemaakt. Schrijf niet over afzonderlijke personen: geen namen, adressen of telefoonnummers.
public-answer-kept = { $n ->
    [one] Een antwoord dat niemand heeft bekeken, wordt na één dag vernietigd.
   *[other] Een antwoord dat niemand heeft bekeken, wordt na { $n } dagen vernietigd.
}
public-organisation = Organisatie
public-text = Antwoord
public-trap = Laat dit veld leeg
public-send = Antwoord versturen
public-thanks = Dank u
public-thanks-lead = Uw antwoord is aangekomen. Iemand leest het; wordt het aangenomen, dan verschijnt het bij de raadpleging.
public-answer-fault = Uw antwoord is niet aangenomen
public-fault-empty = Vermeld uw organisatie en schrijf een antwoord.
public-fault-long = Het antwoord is te lang. Maak het korter.
public-fault-many = Er zijn te veel antwoorden gekomen. Probeer het later opnieuw; wat u schreef, staat hier nog.
public-fault-over = Deze raadpleging neemt geen antwoorden meer aan.
public-fault-origin = Het formulier kwam niet van deze site. Open de pagina opnieuw en verstuur het vandaar.
public-absent = Hier is niets
public-absent-lead = Deze pagina bestaat niet, of is niet openbaar.
public-failed = Dat is niet gelukt
public-failed-lead = Het ligt aan ons, niet aan u. Probeer het later opnieuw.
public-about-what = Deze site toont wat de partijen van een gemengde groep besloten bekend te maken: communiqués die allen hebben ondertekend, openbare verbintenissen met hun voortgang, gehouden vergaderingen, openbare programma’s, raadplegingen van organisaties.
public-about-not = Niets anders van hun werk staat hier. Verantwoordelijken worden met hun functie genoemd, nooit met hun naam.
public-about-numbers = Aantallen onder tien worden niet getoond, en evenmin andere die ze zouden verraden. Aantallen die een partij betwist, worden als betwist getoond. Eigen sectoren in de programmabestanden: binnenlandse zaken, justitie, buitenlandse zaken, gezondheid, arbeid, onderwijs, sociale zaken, lokale besturen, ontwikkeling, cultuur, rechten, economie.
public-about-data = Deze site plaatst geen cookies, voert geen scripts uit, laadt niets van elders en bewaart geen adressen van haar lezers.
public-about-answers = Een antwoord op een raadpleging wordt verzegeld bewaard tot het gelezen is. Daarna wordt het met de naam van de organisatie bekendgemaakt, of vernietigd.
public-about-access = De site werkt met het toetsenbord, met schermlezers en zonder scripts, in vier talen. Houdt iets u tegen, schrijf dan naar het hieronder genoemde bestuur.
