//! Every page × everybody, against one declared table.
//!
//! The table is written by hand: it says what should be, not what is. A new page is one line in
//! it; a page without a line fails the test, and so does a line without a page.

use std::collections::BTreeSet;

use passerelle_desk::Verb;
use passerelle_model::Role;

use crate::targets::Targets;
use crate::world::{Browser, Desks};

/// Nobody, then [`Role::ALL`] in the order of [`COLUMNS`], then an officer of no unit.
const COLUMNS: [&str; 9] = [
    "nobody",
    "officer",
    "approver",
    "analyst",
    "secretary",
    "data-protection",
    "administrator",
    "supervisor",
    "outsider",
];

/// A verb, an address, the form that is sent, and the status for each column.
pub(crate) type Line = (&'static str, &'static str, &'static str, [u16; 9]);

#[rustfmt::skip]
pub(crate) const TABLE: &[Line] = &[
    // verb, address, form, then nobody, officer, approver, analyst, secretary,
    // data-protection, administrator, supervisor, outsider
    ("GET", "/", "",
        [303, 303, 303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/sign-in", "",
        [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/sign-in", "name=nobody-here&password=x&code=000000",
        [401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST", "/sign-out", "",
        [401, 303, 303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/setup/{secret}", "",
        [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/setup/{secret}", "password=one&again=two",
        [422, 422, 422, 422, 422, 422, 422, 422, 422]),
    ("POST", "/setup/{secret}/confirm", "code=000000",
        [409, 409, 409, 409, 409, 409, 409, 409, 409]),
    ("POST", "/language", "lang=fr",
        [303, 303, 303, 303, 303, 303, 303, 303, 303]),
    ("POST", "/csp", "",
        [204, 204, 204, 204, 204, 204, 204, 204, 204]),
    ("GET", "/help", "",
        [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/accessibility", "",
        [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/today", "",
        [303, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/cases", "",
        [303, 200, 200, 200, 404, 404, 404, 200, 200]),
    ("GET", "/cases/{case}", "",
        [303, 200, 200, 200, 404, 404, 404, 200, 404]),
    ("POST", "/cases/{case}/readers", "why=Dossier&named=",
        [401, 303, 303, 404, 404, 404, 404, 404, 404]),
    ("GET", "/write", "",
        [303, 200, 200, 200, 404, 404, 404, 200, 200]),
    ("POST", "/drafts", "kind=notice",
        [401, 303, 403, 403, 404, 404, 404, 403, 403]),
    ("GET", "/drafts/{draft}", "",
        [303, 200, 303, 404, 404, 404, 404, 303, 404]),
    ("POST", "/drafts/{draft}", "version=2&subject=Autre",
        [401, 303, 403, 404, 404, 404, 404, 403, 404]),
    ("POST", "/drafts/{draft}/judge", "subject=Autre",
        [401, 200, 200, 404, 404, 404, 404, 200, 404]),
    ("POST", "/drafts/{draft}/files", "file",
        [401, 303, 403, 404, 404, 404, 404, 403, 404]),
    ("POST", "/drafts/{draft}/files/remove", "token=none",
        [401, 303, 403, 404, 404, 404, 404, 403, 404]),
    ("GET", "/drafts/{draft}/check", "",
        [303, 200, 200, 404, 404, 404, 404, 200, 404]),
    ("POST", "/drafts/{draft}/submit", "version=2",
        [401, 303, 403, 404, 404, 404, 404, 403, 404]),
    ("POST", "/drafts/{draft}/approve", "version=3",
        [401, 403, 303, 404, 404, 404, 404, 403, 404]),
    ("POST", "/drafts/{draft}/decline", "version=3&why=Non",
        [401, 403, 303, 404, 404, 404, 404, 403, 404]),
    ("POST", "/drafts/{draft}/release", "version=2",
        [401, 303, 403, 404, 404, 404, 404, 403, 404]),
    ("POST", "/drafts/{draft}/discard", "version=2",
        [401, 303, 403, 404, 404, 404, 404, 403, 404]),
    ("POST", "/records/{party}/{record}/conditions", "case={case}",
        [401, 303, 303, 303, 404, 404, 404, 303, 404]),
    ("POST", "/records/{party}/{record}/use", "use=E_USE_AS_AGREED&case={case}&why=Usage",
        [401, 303, 303, 404, 404, 404, 404, 404, 404]),
    ("POST", "/records/{party}/{record}/receipt", "partner=be.interior",
        [401, 200, 200, 403, 404, 404, 404, 403, 404]),
    ("POST", "/records/{party}/{record}/files/{n}", "",
        [401, 200, 200, 403, 404, 404, 404, 403, 404]),
    ("GET", "/records/{party}/{record}/proof", "",
        [303, 200, 200, 200, 404, 404, 404, 200, 404]),
    ("GET", "/cards/{party}", "",
        [303, 200, 200, 200, 404, 404, 404, 200, 200]),
    // Nobody here takes part in a group: to them there is nothing of that name.
    ("GET", "/group", "",
        [303, 200, 200, 200, 200, 404, 404, 200, 200]),
    ("GET", "/group/{channel}", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/decisions/new", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/decisions/new", "title-fr=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/objects/{object}", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/objects/{object}/change", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/change", "version=1&title-fr=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/answer", "answer=accept",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/position", "stance=agrees",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/comment", "comment=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/translate", "lang=fr&title=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/note", "version=0&note=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/meetings", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/meetings/new", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/meetings/new", "title-fr=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/meetings/{object}/change", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/meetings/{object}/change", "version=1&title-fr=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/items/new", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/items/new", "title-fr=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/items/{object}/change", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/items/{object}/change", "version=1&title-fr=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/minutes/{object}/read", "upto=",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/meetings/{object}/step", "to=convened&version=1",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/meetings/{object}/delegates", "version=1&functions=Directeur",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/meetings/{object}/papers", "file",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/papers/{party}/{record}/{n}", "outlet=own",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/meetings/{object}/invitation.ics", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/meetings/{object}/addresses", "version=0",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/meetings/{object}/replies", "file",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/items/{object}/step", "to=convened&version=1",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/items/{object}/settle", "act=defer",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/items/{object}/outcome", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/items/{object}/outcome", "kind=decision",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/meetings/{object}/minutes", "",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/minutes/{object}/write", "place=n&text-fr=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/minutes/{object}/add", "text-fr=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/minutes/{object}/step", "to=convened&version=1",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/minutes/{object}/offer", "version=1&lang-fr=yes",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/minutes/{object}/minutes.odt", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/readings", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/readings", "text=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/readings/file", "file",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/readings/{reading}", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/readings/{reading}", "version=1&act=keep",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/commitments", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/board", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/calendar", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/timeline", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/commitments/new", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/commitments/new", "title-fr=Texte&responsible=ma.interior&function=Direction&sector=health&strand=migration&due=2030-01-01",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/commitments/{object}/report", "file",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/commitments/{object}/reported", "state=done&text=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/commitments/{object}/verify", "found=fulfilled",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/commitments/{object}/close", "closure=fulfilled",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/commitments/{object}/steps", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/commitments/{object}/steps", "title-fr=Texte&sector=health&planned=2030-01-01",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/steps/{object}/move", "to=done",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/steps/{object}/revise", "revised=2030-01-01",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/briefing", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/matrix", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/indicators", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/indicators/{object}/csv", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/indicators/new", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/indicators/new", "title-fr=Texte&code=gmmp-01&unit=places&measure=unit&aggregation=sum",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/indicators/{object}/observe", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/indicators/{object}/observe", "from=2024-01-01&until=2024-12-31&actual=1&source=Registre",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/indicators/{object}/judge", "party=be.interior&record=00000000000000000000000000000000&judged=validated",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/topics", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/topics/new", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/topics/new", "title-fr=Texte&strand=security",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/topics/{object}/seal", "likelihood=even&impact=low&trend=steady&reasons=Texte&version=1",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/topics/{object}/reveal", "",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/topics/{object}/agenda", "",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/topics/{object}/stage", "to=closed",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/expertise", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/prevention", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/learn/{kind}", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/learn/{kind}", "title-fr=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/objects/{object}/facts", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/facts", "version=1&title-fr=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/stage", "version=1&to=submitted",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/review", "version=1&grade=3&text=Texte",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/match", "version=1",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/programmes", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/programmes/iati", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/programmes/import", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/programmes/import", "file",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/programmes/take", "choice=all",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/tables", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/tables/{list}", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/tables/{list}", "file",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/tables/{list}/take", "choice=all",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/statistics", "",
        [303, 200, 200, 200, 404, 404, 404, 200, 200]),
    ("GET", "/statistics/csv", "",
        [303, 200, 200, 200, 404, 404, 404, 200, 200]),
    ("GET", "/search", "",
        [303, 200, 200, 200, 404, 404, 404, 200, 200]),
    ("POST", "/search", "text=fichier&why=Dossier",
        [401, 200, 200, 200, 404, 404, 404, 200, 200]),
    // Consultations and communiqués of a joint group in which nobody here is.
    ("GET", "/group/{channel}/consultations", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/consultations/new", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/consultations/new", "",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/consultation", "",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/answers", "",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/answers/{answer}", "",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/communiques", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/communiques/new", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/communiques/new", "",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/group/{channel}/objects/{object}/communique", "",
        [303, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/group/{channel}/objects/{object}/communique", "",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
    // What is kept is restricted: decided on by the data-protection officer and the approver
    // of its unit; its officer reviews it in time.
    ("GET", "/keeping", "",
        [303, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("GET", "/keeping/{party}/{record}", "",
        [303, 200, 200, 404, 404, 200, 404, 404, 404]),
    ("POST", "/keeping/{party}/{record}/review", "verdict=keep&until={tomorrow}&why=Utile",
        [401, 303, 303, 404, 404, 303, 404, 404, 404]),
    ("POST", "/keeping/{party}/{record}/restrict", "on=yes&why=Contrôle",
        [401, 404, 303, 404, 404, 303, 404, 404, 404]),
    ("POST", "/keeping/{party}/{record}/hold", "until={tomorrow}&why=Preuve",
        [401, 404, 303, 404, 404, 303, 404, 404, 404]),
    ("POST", "/keeping/{party}/{record}/lift-hold", "why=Jugé",
        [401, 404, 303, 404, 404, 303, 404, 404, 404]),
    // Of our own, and never taken back.
    ("POST", "/keeping/{party}/{record}/own-copy", "when=stated&why=Inutile",
        [401, 409, 409, 404, 404, 409, 404, 404, 404]),
    ("POST", "/keeping/{party}/{record}/open", "why=Contrôle",
        [401, 422, 200, 422, 404, 200, 404, 422, 404]),
    // Nothing was reported of it.
    ("POST", "/keeping/{party}/{record}/use", "why=Fait",
        [401, 404, 404, 404, 404, 409, 404, 404, 404]),
    ("GET", "/break-glass", "",
        [303, 404, 200, 404, 404, 200, 404, 404, 404]),
    ("POST", "/break-glass", "party=be.interior&record={kept}&why=Urgence&conditions=yes",
        [401, 404, 200, 404, 404, 200, 404, 404, 404]),
    ("POST", "/break-glass/judge", "name={glass}&outcome=justified&why=Fondé",
        [401, 404, 404, 404, 404, 303, 404, 404, 404]),
    ("POST", "/requests", "subject=Nom&right=access&received={today}&why=Courrier",
        [401, 404, 404, 404, 404, 303, 404, 404, 404]),
    ("GET", "/requests/{request}", "",
        [303, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("POST", "/requests/{request}", "version={version}&step=note&why=Note",
        [401, 404, 404, 404, 404, 303, 404, 404, 404]),
    ("POST", "/requests/{request}/access", "authority=CNDP&person=Nom&function=Juriste&checked=Carte&days=3&why=Demande",
        [401, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("POST", "/requests/{request}/access/{access}/end", "why=Fini",
        [401, 404, 404, 404, 404, 303, 404, 404, 404]),
    // Whoever has no code, or no pass, finds nothing, whoever they are.
    ("GET", "/inspection", "",
        [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/inspection", "code=none&one-time=000000",
        [404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/inspection/record", "pass=none&party=be.interior&record={kept}",
        [404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/inspection/file", "pass=none&party=be.interior&record={kept}&n=0",
        [404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("POST", "/inspection/leave", "pass=none",
        [404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET", "/processing", "",
        [303, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("GET", "/confide", "",
        [303, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/confide", "text=Constat",
        [401, 303, 303, 303, 303, 303, 303, 303, 303]),
    ("GET", "/confided", "",
        [303, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("GET", "/confided/{report}", "",
        [303, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("POST", "/confided/{report}", "version={version}&step=note&why=Note",
        [401, 404, 404, 404, 404, 303, 404, 404, 404]),
    // Nobody here has a key of their own: it opens as it always did, and is shared with nobody.
    ("POST", "/confided/{report}/open", "passphrase=",
        [401, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("POST", "/confided/{report}/share", "version=1&officer=spare&passphrase=x",
        [401, 404, 404, 404, 404, 409, 404, 404, 404]),
    ("GET", "/confidant", "",
        [303, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("POST", "/confidant", "new=court&again=court",
        [401, 404, 404, 404, 404, 422, 404, 404, 404]),
    ("POST", "/confidant/passphrase", "old=x&new=court&again=court",
        [401, 404, 404, 404, 404, 409, 404, 404, 404]),
    ("POST", "/breaches", "title=Perte&known={today}T00:00&party=be.interior&why=Constat",
        [401, 404, 404, 404, 404, 303, 404, 404, 404]),
    ("GET", "/breaches/{breach}", "",
        [303, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("POST", "/breaches/{breach}", "version={version}&step=note&why=Note",
        [401, 404, 404, 404, 404, 303, 404, 404, 404]),
    ("GET", "/register", "",
        [303, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("POST", "/register", "why=Contrôle",
        [401, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("POST", "/register/export", "why=Contrôle",
        [401, 404, 404, 404, 404, 200, 404, 404, 404]),
    // There is no transfer under assessment or derogation.
    ("POST", "/register/transfers", "why=Contrôle",
        [401, 404, 404, 404, 404, 409, 404, 404, 404]),
    ("GET", "/partners", "",
        [303, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/agreements/{hash}", "",
        [303, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/partners/{party}/alarm/{alarm}", "",
        [303, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET", "/partners/{party}/alarm/{alarm}/evidence", "",
        [303, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/partners/{party}/alarm/{alarm}", "why=Expliqué&confirm=be.interior",
        [401, 404, 404, 404, 404, 404, 303, 404, 404]),
    ("GET", "/access", "",
        [303, 404, 404, 404, 404, 404, 200, 404, 404]),
    ("POST", "/access", "version=0",
        [401, 404, 404, 404, 404, 404, 303, 404, 404]),
    ("GET", "/tokens", "",
        [303, 404, 404, 404, 404, 404, 200, 404, 404]),
    ("POST", "/tokens", "name=Programme&scope=read",
        [401, 404, 404, 404, 404, 404, 200, 404, 404]),
    ("POST", "/tokens/revoke", "id={token}",
        [401, 404, 404, 404, 404, 404, 303, 404, 404]),
    ("GET", "/backups", "",
        [303, 404, 404, 404, 404, 404, 200, 404, 404]),
    ("GET", "/people", "",
        [303, 404, 404, 404, 404, 404, 200, 404, 404]),
    ("GET", "/people/new", "",
        [303, 404, 404, 404, 404, 404, 200, 404, 404]),
    ("POST", "/people/new", "officer=newcomer&name=N&function=F&role=analyst&unit=liaison",
        [401, 404, 404, 404, 404, 404, 200, 404, 404]),
    ("GET", "/people/{officer}", "",
        [303, 404, 404, 404, 404, 404, 200, 404, 404]),
    ("POST", "/people/{officer}", "version=1&name=N&function=F&role=analyst",
        [401, 404, 404, 404, 404, 404, 303, 404, 404]),
    ("POST", "/people/{officer}/reset", "",
        [401, 404, 404, 404, 404, 404, 200, 404, 404]),
    ("GET", "/settings", "",
        [303, 404, 404, 404, 404, 404, 200, 404, 404]),
    ("POST", "/settings", "register-days=3650&answer-days=365&rights-days=1825&breach-days=1825",
        [401, 404, 404, 404, 404, 404, 303, 404, 404]),
    ("GET", "/sessions", "",
        [303, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST", "/sessions/end", "id=0000000000000000000000000000000000000000000000000000000000000000",
        [401, 404, 404, 404, 404, 404, 404, 404, 404]),
];

/// Pages of which `table` has no line, and lines of which there is no page.
fn unlisted(pages: &BTreeSet<(&str, &str)>, table: &[Line]) -> Vec<String> {
    let lines: BTreeSet<(&str, &str)> = table.iter().map(|line| (line.0, line.1)).collect();
    pages
        .symmetric_difference(&lines)
        .map(|(verb, path)| format!("{verb} {path}"))
        .collect()
}

fn pages() -> BTreeSet<(&'static str, &'static str)> {
    let verb = |verb| match verb {
        Verb::Get => "GET",
        Verb::Post => "POST",
    };
    passerelle_desk::routes()
        .iter()
        .map(|route| (verb(route.verb()), route.path()))
        .collect()
}

/// In the order of [`COLUMNS`].
async fn everybody(desks: &Desks) -> Vec<Browser> {
    let mut all = vec![desks.stranger(0)];
    for who in COLUMNS.iter().skip(1) {
        all.push(desks.person(0, who).await);
    }
    all
}

async fn asked(targets: &Targets, line: &Line, browser: &Browser) -> u16 {
    let (verb, path, form, _) = *line;
    let path = targets.filled(path).await;
    let form = targets.written(form, &path).await;
    let answer = match (verb, form.as_str()) {
        ("GET", _) => browser.get(&path).await,
        (_, "file") => targets.uploaded(browser, &path).await,
        (_, form) => browser.post(&path, &pairs(form)).await,
    };
    answer.status
}

/// The fields of a form as the table writes it.
pub(crate) fn pairs(form: &str) -> Vec<(&str, &str)> {
    form.split('&')
        .filter_map(|pair| pair.split_once('='))
        .collect()
}

#[test]
fn the_columns_are_the_roles() {
    let roles: BTreeSet<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    let columns: BTreeSet<&str> = COLUMNS[1..8].iter().copied().collect();
    assert_eq!(columns, roles);
}

#[test]
fn every_page_stands_in_the_table_and_nothing_else_does() {
    let unlisted = unlisted(&pages(), TABLE);
    assert_eq!(
        unlisted,
        Vec::<String>::new(),
        "say above who gets which answer"
    );
}

#[test]
fn every_page_with_an_address_of_its_own_is_looked_at_in_a_browser() {
    let walked = [
        include_str!("../../../browser/pages.mjs"),
        include_str!("../../../browser/group-pages.mjs"),
    ]
    .concat();
    let shown = pages().into_iter().filter(|(verb, path)| {
        // The first address only leads on, a table for spreadsheets is a file, and what has
        // names is reached by what was made.
        *verb == "GET" && !["/", "/statistics/csv"].contains(path) && !path.contains('{')
    });
    let missing: Vec<&str> = shown
        .map(|(_, path)| path)
        .filter(|path| !walked.contains(&format!("\"{path}\"")))
        .collect();
    assert_eq!(
        missing,
        Vec::<&str>::new(),
        "add a line to tests/browser/pages.mjs"
    );
}

#[test]
fn a_page_that_is_not_listed_is_found() {
    let mut more = pages();
    more.insert(("GET", "/back-door"));
    assert_eq!(unlisted(&more, TABLE), ["GET /back-door"]);
    let mut fewer = pages();
    fewer.remove(&("GET", "/today"));
    assert_eq!(unlisted(&fewer, TABLE), ["GET /today"]);
}

#[tokio::test(start_paused = true)]
async fn every_page_answers_everybody_as_the_table_says() {
    let desks = Desks::open().await;
    let everybody = everybody(&desks).await;
    let targets = Targets::new(&desks, &everybody[1]).await;
    let of_alarm = |line: &&Line| line.1.contains("{alarm}");
    let lines = TABLE.iter().filter(|line| !of_alarm(line));
    // Signing out comes last: it ends what the other lines need.
    let (last, lines): (Vec<&Line>, Vec<&Line>) = lines.partition(|line| line.1 == "/sign-out");
    let mut wrong = Vec::new();
    for line in lines.into_iter().chain(last) {
        let mut found = [0; 9];
        for (status, browser) in found.iter_mut().zip(&everybody) {
            *status = asked(&targets, line, browser).await;
        }
        wrong.extend(differs(line, found));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Its own test: while an alarm waits for a person, nothing is exchanged.
#[tokio::test(start_paused = true)]
async fn an_alarm_answers_everybody_as_the_table_says() {
    let desks = Desks::alarmed().await;
    let everybody = everybody(&desks).await;
    let alarm = desks.node(0).alarms().await.unwrap().remove(0);
    let mut wrong = Vec::new();
    for line in TABLE.iter().filter(|line| line.1.contains("{alarm}")) {
        let path = line.1.replace("{party}", alarm.party.as_str());
        let path = path.replace("{alarm}", &alarm.id);
        let mut found = [0; 9];
        for (status, browser) in found.iter_mut().zip(&everybody) {
            let answer = match line.0 {
                "GET" => browser.get(&path).await,
                _ => browser.post(&path, &pairs(line.2)).await,
            };
            *status = answer.status;
        }
        wrong.extend(differs(line, found));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a line, where something is.
fn differs(line: &Line, found: [u16; 9]) -> Option<String> {
    let (verb, path, _, should) = line;
    (found != *should)
        .then(|| format!("{verb} {path}: {found:?}, not {should:?}, in the order {COLUMNS:?}"))
}
