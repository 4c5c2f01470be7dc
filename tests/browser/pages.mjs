// Every page there is, with who looks at it. A new page is one line. `path` may be made from
// what `prepared` left; `act` does what leads from an address to a page that has none.
import { brokenGlass, holding, restricting, takenDown } from "./keeping.mjs";
import { GROUP_PAGES, groupPrepared } from "./group-pages.mjs";
import { day, until } from "./tools.mjs";
import { begin, checked, notice, records, request, sent, submitted, takenBack } from "./writing.mjs";

const fillAndPress = (fields, form, button = "button") => async (person) => {
  await person.fill(fields, form);
  await person.press(`${form} ${button}`);
};
const WHY = { why: "contrôle" };

export const PAGES = [
  { name: "sign-in", who: null, path: "/sign-in" },
  {
    name: "sign-in-refused", who: null, path: "/sign-in",
    act: fillAndPress({ name: "nobody-here", password: "x", code: "000000" }, "form[action='/sign-in']:has([type=password])"),
  },
  { name: "setup", who: null, path: (made) => made.setup },
  { name: "help", who: "officer", path: "/help" },
  { name: "accessibility", who: null, path: "/accessibility" },
  { name: "absent", who: "officer", path: "/nowhere" },
  { name: "today-officer", who: "officer", path: "/today" },
  { name: "today-approver", who: "approver", path: "/today" },
  { name: "today-analyst", who: "analyst", path: "/today" },
  { name: "today-watch", who: "watch", path: "/today" },
  { name: "today-administrator", who: "administrator", path: "/today" },
  { name: "today-supervisor", who: "supervisor", path: "/today" },
  { name: "cases", who: "officer", path: "/cases" },
  { name: "case", who: "officer", path: (made) => made.case },
  { name: "case-conditions", city: "brussels", who: "officer", path: (made) => made.theirs },
  { name: "write", who: "officer", path: "/write" },
  { name: "draft", who: "officer", path: (made) => made.draft },
  {
    name: "draft-faults", who: "officer", path: (made) => made.draft,
    act: (person) => person.press("button[name=next][value=check]"),
  },
  { name: "check", who: "officer", path: (made) => made.check },
  { name: "decide", who: "approver", path: (made) => made.check },
  { name: "search", who: "officer", path: "/search" },
  { name: "found", who: "officer", path: "/search", act: fillAndPress({ text: "vehicule", ...WHY }, "form[action='/search']", "button:not([name])") },
  { name: "register", who: "watch", path: "/register" },
  { name: "register-acts", who: "watch", path: "/register", act: fillAndPress(WHY, "form[action='/register']", "button:not([formaction]):not([name])") },
  { name: "keeping", who: "watch", path: "/keeping" },
  { name: "keeping-record", who: "watch", path: (made) => `/keeping/${made.kept}` },
  { name: "keeping-recalled", who: "officer", path: (made) => `/keeping/${made.recalled}` },
  { name: "keeping-open", who: "watch", path: (made) => `/keeping/${made.kept}`, act: fillAndPress(WHY, "form[action$='/open']") },
  { name: "break-glass", who: "approver", path: "/break-glass" },
  { name: "request", who: "watch", path: (made) => made.request },
  { name: "request-code", who: "watch", path: (made) => made.request, act: fillAndPress({ authority: "CNDP 2024-17", person: "Nadia B.", function: "juriste", checked: "Carte de service", ...WHY }, "form[action$='/access']") },
  { name: "inspection", who: null, path: "/inspection" },
  { name: "inspection-wrong", who: null, path: "/inspection", act: fillAndPress({ code: "x", "one-time": "000000" }, "form[action='/inspection']") },
  { name: "processing", who: "watch", path: "/processing" },
  { name: "confide", who: "officer", path: "/confide" },
  { name: "confided", who: "watch", path: "/confided" },
  { name: "confidant", who: "watch", path: "/confidant" },
  { name: "breach", who: "watch", path: (made) => made.breach },
  { name: "proof", who: "officer", path: (made) => made.proof },
  ...GROUP_PAGES,
  { name: "statistics", who: "officer", path: "/statistics" },
  { name: "partners", who: "supervisor", path: "/partners" },
  { name: "agreement", who: "supervisor", path: "/partners", act: (person) => person.press("main a[href^='/agreements/']") },
  { name: "people", who: "administrator", path: "/people" },
  { name: "person-new", who: "administrator", path: "/people/new" },
  { name: "person", who: "administrator", path: "/people/rabat-analyste" },
  { name: "access", who: "administrator", path: "/access" },
  { name: "tokens", who: "administrator", path: "/tokens" },
  {
    name: "token-made", who: "administrator", path: "/tokens",
    act: fillAndPress({ name: "Messagerie de Rabat", scope: ["read", "send"] }, "form[action='/tokens']"),
  },
  { name: "backups", who: "administrator", path: "/backups" },
  { name: "settings", who: "administrator", path: "/settings" },
  { name: "sessions", who: "administrator", path: "/sessions" },
  ...["", "communiques", "commitments", "programmes", "consultations", "about", "consultations/thanks", "nowhere"].map((rest) => (
    { name: `public-${rest || "home"}`, city: "public", who: null, path: rest }
  )),
];

/** Of a node that was set back; it comes last, for its partner cannot tell it from the other. */
export const LAST_PAGES = [
  { name: "alarm", city: "setback", who: "administrator", path: (made) => made.alarm },
  { name: "backups-restored", city: "setback", who: "administrator", path: "/backups" },
];

/** Makes what some pages show: drafts, a case, one with conditions, a set-up link, a full room. */
export async function prepared(cast) {
  const officer = await cast.as("rabat", "officer", "fr");
  await begin(officer, "request");
  const draft = officer.path();
  await begin(officer, "notice");
  const subject = "Véhicule aperçu à l’aube, avec un objet assez long pour occuper deux lignes sur un écran étroit";
  const id = await checked(officer, { ...notice("be.interior/police", subject, "Un texte."), tlp: "red" });
  await submitted(officer);
  await begin(officer, "request");
  const own = await sent(officer, request("be.interior/liaison", "Véhicule : مراقبة", "Deux écritures."));
  const [asked] = await records(officer);
  const reader = await cast.as("brussels", "officer", "fr");
  await until(async () => { await reader.go("/today"); return reader.has("a:has-text('Véhicule : مراقبة')"); }, "the request in Brussels");
  const theirs = await reader.page.locator("a:has-text('Véhicule : مراقبة')").first().getAttribute("href");
  const administrator = await cast.as("rabat", "administrator", "fr");
  await administrator.go("/people/new");
  const person = { officer: "rabat-nouvelle", name: "Nouvelle Venue", function: "Analyste", role: "analyst", unit: "liaison" };
  await administrator.fill(person, "form[action='/people/new']");
  await administrator.press("form[action='/people/new'] button");
  const setup = new URL((await administrator.text()).match(/http:\S+\/setup\/\S+/)[0]).pathname;
  const proof = `/records/ma.interior/${asked}/proof?partner=be.interior`;
  return {
    draft, check: `/drafts/${id}/check`, case: own, theirs, setup, proof,
    ...await kept(cast, officer, asked), ...await groupPrepared(cast),
  };
}

/** Something in every part of the data-protection officer's room. */
async function kept(cast, officer, asked) {
  const watch = await cast.as("rabat", "watch", "fr");
  const approver = await cast.as("rabat", "approver", "fr");
  await begin(officer, "notice");
  const soon = { ...notice("be.interior/liaison", "À revoir bientôt", "Un texte."), review: day(10), erasure: day(40) };
  await sent(officer, soon);
  const [held] = await records(officer);
  await holding(watch, `ma.interior/${held}`, day(30));
  await restricting(watch, `ma.interior/${held}`);
  await begin(officer, "notice");
  await sent(officer, notice("be.interior/liaison", "À reprendre", "Un texte."));
  const recalled = await takenBack(officer);
  await brokenGlass(approver, "ma.interior", asked);
  return {
    kept: `ma.interior/${held}`,
    recalled: `ma.interior/${recalled}`,
    request: await takenDown(watch, "/requests", { subject: "CNDP 2024-17", right: "access", why: "Courrier du 3 avril." }),
    breach: await takenDown(watch, "/breaches", { title: "Poste égaré", known: `${day(-1)}T09:30`, party: "be.interior", why: "Constaté à la relève." }),
  };
}

/** Opens a page in one language; gives the person who looks at it. */
export async function open(cast, made, page, lang) {
  const { city = "rabat", who, path, act } = page;
  if (city === "public") return reading(cast, path, lang);
  const person = who ? await cast.as(city, who, lang) : await nobody(cast, lang);
  await person.go(typeof path === "string" ? path : path(made));
  if (act) await act(person);
  return person;
}

/** The public site has its language in the address and knows no cookie. */
async function reading(cast, rest, lang) {
  cast.readers ??= new Map();
  if (!cast.readers.has(lang)) cast.readers.set(lang, await cast.stranger(cast.world.rabatPublic, lang));
  const person = cast.readers.get(lang);
  await person.go(`/${lang}/${rest}`);
  return person;
}

async function nobody(cast, lang) {
  cast.nobody ??= new Map();
  if (!cast.nobody.has(lang)) cast.nobody.set(lang, await cast.stranger(cast.world.rabat, lang));
  return cast.nobody.get(lang);
}
