// Issue 4, items 1 to 4: a communiqué becomes a meeting, decisions and commitments; a meeting is
// called, held, and its minutes agreed.
import { AGREED, GROUP, alike, answered, changed, refused, seen, written } from "../grouping.mjs";
import { check } from "../report.mjs";
import { day, until } from "../tools.mjs";

const mark = (lang, script) => `${lang} ${script ? "s" : "n"} ${process.pid}`;
/** Written for this story; the last line is a link of a web page. */
const COMMUNIQUE = `Communiqué conjoint

Le ministre de l'Intérieur du Royaume du Maroc a reçu, le 15 avril 2024 à Rabat, la ministre de l'Intérieur du Royaume de Belgique.

Les deux ministres ont décidé de réunir le groupe mixte deux fois par an.

La Belgique s'engage à former des agents consulaires avant le 31 mars 2027.

Le Maroc s'engage à ouvrir un guichet d'information à Tanger.

Suivez-nous sur Facebook
`;

/** Has the text read; gives the address of the reading. */
export async function read(person) {
  await person.go(`${GROUP}/readings`);
  await written(person, "/readings", { text: COMMUNIQUE });
  return person.path();
}

/** Read in Rabat, taken up by a person, answered in Brussels in three ways. */
export async function reading(cast, lang, script) {
  const [rabat, brussels] = [
    await cast.as("rabat", "secretary", lang, script),
    await cast.as("brussels", "secretary", lang, script),
  ];
  const about = (what) => `${what} ${mark(lang, script)}`;
  const place = await read(rabat);
  check(await rabat.says("15 avril 2024", "section[aria-labelledby='source']"), "the text does not stand beside what it proposes");
  const [twice, trained, desk] = [
    await proposed(rabat, "deux fois par an"),
    await proposed(rabat, "agents consulaires"),
    await proposed(rabat, "Tanger"),
  ];
  check(!await rabat.has("main article blockquote:has-text('Facebook')"), "a link of the web page is proposed");
  const common = { strand: "migration", sector: "foreign-affairs" };
  const takes = {
    ...taken(twice, "decision", about("Deux fois par an"), { strand: "institutions" }),
    ...taken(trained, "commitment", about("Agents consulaires"), { ...common, responsible: "be.interior", function: "Direction consulaire", due: "2027-03-31" }),
    ...taken(desk, "commitment", about("Guichet à Tanger"), { ...common, responsible: "ma.interior", function: "Direction de la migration", due: "" }),
  };
  const met = {
    "meeting-choice": "accept", "meeting-title": about("Rencontre ministérielle"), "meeting-kind": "ministerial",
    "meeting-start": "2024-04-15T10:00", "meeting-end": "2024-04-15T12:00", "meeting-place": "Rabat",
  };
  check(!await rabat.has("main article a[href*='/objects/']"), "something is recorded before a person said so");
  await taking(rabat, place, { ...met, ...takes });
  check(await became(rabat, desk) === undefined, "a commitment without a due day is proposed");
  await taking(rabat, place, { [`due-${desk}`]: day(200) });
  const paths = Object.fromEntries(await Promise.all(
    Object.entries({ twice, trained, desk }).map(async ([name, id]) => [name, await became(rabat, id)]),
  ));
  check(Object.values(paths).every(Boolean), `not all became something: ${JSON.stringify(paths)}`);
  const meeting = await rabat.page.locator("section[aria-labelledby='meeting'] a[href*='/objects/']").first().getAttribute("href");
  check(await brussels.go(place) === 404, "our reading opens on the other side");
  await judged(rabat, brussels, { ...paths, meeting }, about);
}

/** Brussels accepts some, has a reservation on one, asks for a change in another. */
async function judged(rabat, brussels, { meeting, twice, trained, desk }, about) {
  for (const path of [meeting, twice]) await answered(brussels, path);
  const offer = "section[aria-labelledby^='offer-'] form[action$='/position']";
  await seen(brussels, trained, offer, "the commitment of Brussels");
  await brussels.unfold();
  await brussels.fill({ stance: "with-reservation", statement: "Sous réserve du budget." }, offer);
  await brussels.press(`${offer} button`);
  await answered(brussels, trained);
  await refused(brussels, desk, "Plutôt à Tétouan.");
  for (const path of [meeting, twice, trained]) {
    await seen(rabat, path, AGREED, `what Brussels signed: ${path}`);
    const { agreed, open } = await alike(rabat, brussels, path);
    check(agreed && !open, `not the same on both nodes: ${path}`);
  }
  await rabat.go(trained);
  check(await rabat.says("Sous réserve du budget.", AGREED), "the reservation does not show in Rabat");
  await until(async () => { await rabat.go(desk); await rabat.unfold(); return rabat.says("Plutôt à Tétouan."); }, "what Brussels asks");
  await changed(rabat, desk, { fr: [about("Guichet à Tétouan"), "Le Maroc ouvre un guichet à Tétouan."] });
  await answered(brussels, desk);
  await seen(rabat, desk, AGREED, "the changed commitment");
}

/** The proposal that rests on the sentence with these words. */
async function proposed(person, words) {
  const found = person.page.locator(`section[aria-labelledby='candidates'] article:has(blockquote:has-text("${words}"))`);
  check(await found.count() > 0, `nothing is proposed from: ${words}`);
  return (await found.last().getAttribute("id")).slice("p-".length);
}

const taken = (id, becomes, title, more) => Object.fromEntries(
  Object.entries({ choice: "accept", becomes, title, ...more }).map(([name, value]) => [`${name}-${id}`, value]),
);

/** Proposes what is accepted; whoever is asked whether a text names a person says that it does not. */
async function taking(person, place, fields) {
  const form = `form[action='${place}']`;
  await person.unfold();
  await person.fill(fields, form);
  await person.press(`${form} button[value=propose]`);
  if (await person.has("form:has([name=sure])")) await person.press("form:has([name=sure]) button");
  check(person.path() === place && !await person.has("[role=alert]"), `not taken: ${person.page.url()}`);
}

const became = async (person, id) => {
  const link = person.page.locator(`article[id='p-${id}'] a[href*='/objects/']`);
  return await link.count() > 0 ? link.first().getAttribute("href") : undefined;
};

/** From an agenda to minutes that both signed. */
export async function convening(cast, lang, script) {
  const [rabat, brussels] = [
    await cast.as("rabat", "secretary", lang, script),
    await cast.as("brussels", "secretary", lang, script),
  ];
  const { minutes } = await session(rabat, brussels, (what) => `${what} ${mark(lang, script)}`);
  await minuted(rabat, brussels, minutes, `Procès-verbal ${mark(lang, script)}`);
}

/** A meeting from its agenda to the first draft of its minutes. */
export async function session(rabat, brussels, about) {
  const item = await listed(rabat, about("Visas de travail"));
  const meeting = await called(rabat, about("Réunion technique"), item);
  await answered(brussels, meeting);
  await seen(rabat, meeting, "form[action$='/step'] button[value=convened]", "the agreed meeting");
  await stepped(rabat, meeting, "convened");
  await delegated(rabat, meeting, "Directeur de la migration");
  await stepped(rabat, meeting, "in-session");
  check(!await rabat.has("button[value=ended]"), "a session opens without the other side");
  await seen(brussels, meeting, "form[action$='/delegates']", "the convened meeting");
  await delegated(brussels, meeting, "Directeur Dienst Vreemdelingenzaken");
  await until(async () => { await rabat.go(meeting); return rabat.says("Vreemdelingenzaken"); }, "their delegates");
  check((await rabat.take("a[href$='/invitation.ics']")).length > 0, "no invitation");
  await stepped(rabat, meeting, "in-session");
  await settled(rabat, meeting, item, about("Note commune"));
  await stepped(rabat, meeting, "ended");
  await rabat.go(meeting);
  await rabat.press("form[action$='/minutes'] button");
  return { item: `${GROUP}/objects/${item}`, meeting, minutes: rabat.path() };
}

/** Puts something on the list of what to speak about; gives its name. */
async function listed(person, title) {
  await person.go(`${GROUP}/items/new`);
  const fields = { "title-fr": title, "title-ar": title, strand: "migration", minutes: "20", chair: "ma.interior" };
  await written(person, "/items/new", fields);
  const line = person.page.locator(`main a[href*='/objects/']:has-text("${title}")`).first();
  return (await line.getAttribute("href")).split("/").at(-1);
}

async function called(person, title, item) {
  await person.go(`${GROUP}/meetings/new`);
  const fields = {
    kind: "technical", start: `${day(30)}T10:00`, end: `${day(30)}T12:00`, place: "Rabat, ministère",
    "title-fr": title, "title-ar": title, [`item-${item}`]: "yes", [`order-${item}`]: "1",
  };
  await written(person, "/meetings/new", fields);
  check(/\/objects\//.test(person.path()), `not called: ${person.page.url()}`);
  return person.path();
}

async function stepped(person, path, to) {
  await person.go(path);
  return person.press(`form[action$='/step'] button[value='${to}']`);
}

async function delegated(person, path, functions) {
  await person.go(path);
  await written(person, "/delegates", { functions }, "button");
}

/** Settles the item, and records the decision that comes of it. */
async function settled(person, meeting, item, title) {
  await person.go(meeting);
  const form = `/items/${item}/settle`;
  await written(person, form, { outcome: "decision", text: "Une note commune est adoptée." }, "button[value=settle]");
  await person.go(`${GROUP}/items/${item}/outcome?kind=decision&meeting=${meeting.split("/").at(-1)}`);
  await written(person, `/items/${item}/outcome`, { "title-fr": title, strand: "migration" });
  check(/\/objects\//.test(person.path()), `no decision: ${person.page.url()}`);
}

/** They say what was settled; both write on, they are sent round, and signed. */
async function minuted(rabat, brussels, path, title) {
  const place = path.replace("/objects/", "/minutes/");
  await until(async () => { await brussels.go(path); return brussels.says("Une note commune est adoptée."); }, "the minutes in Brussels");
  await written(brussels, `${place}/add`, { "text-fr": "Bruxelles remercie Rabat." }, "button");
  await until(async () => { await rabat.go(path); return rabat.says("Bruxelles remercie Rabat."); }, "what Brussels wrote");
  await stepped(rabat, path, "prepared");
  await rabat.go(path);
  await written(rabat, "/step", { until: day(14) }, "button[value=circulated]");
  await rabat.go(path);
  await rabat.fill({ "lang-fr": "yes", "title-fr": title }, "form[action$='/offer']");
  await rabat.press("form[action$='/offer'] button.primary");
  await answered(brussels, path);
  await seen(rabat, path, AGREED, "the agreed minutes");
  const { agreed } = await alike(rabat, brussels, path);
  check(agreed, "the minutes are not agreed");
  check(await rabat.says("Bruxelles remercie Rabat.", AGREED), "the agreed minutes lack what Brussels wrote");
  check(!await brussels.has("form[action$='/add']"), "agreed minutes can be written on");
  check((await rabat.take("a[href$='/minutes.odt']")).length > 0, "no file of the minutes");
}
