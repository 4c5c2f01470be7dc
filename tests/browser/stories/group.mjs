// Issue 4, items 4 and 10: a text that two administrations agree with no server in common, an
// amendment that crosses another, and the wall between the group and the cases.
import {
  AGREED, GROUP, alike, answered, changed, decided, fingerprint, offered, position, question, refused, seen, written,
} from "../grouping.mjs";
import { check } from "../report.mjs";
import { until, words } from "../tools.mjs";

const mark = (lang, script) => `${lang} ${script ? "s" : "n"} ${process.pid}`;
const desk = (title, title_ar, body, body_ar) => ({ fr: [title, body], ar: [title_ar, body_ar] });

/** Offered, sent back, offered anew, signed; a reservation, a translation, a note of our own. */
export async function agreeing(cast, lang, script) {
  const [rabat, brussels] = [
    await cast.as("rabat", "secretary", lang, script),
    await cast.as("brussels", "secretary", lang, script),
  ];
  const [title, titleAr] = [`Guichet commun ${mark(lang, script)}`, `شباك مشترك ${mark(lang, script)}`];
  const first = desk(title, titleAr, "Le guichet ouvre en mai.\n\nIl siège à Rabat.", "يفتح الشباك في مايو.\n\nمقره الرباط.");
  const path = await offered(rabat, first, { strand: "migration" });
  const own = lang === "ar" ? titleAr : title;
  check(await rabat.says(own, "h1"), "the title does not show in the reader's language");
  check(!await rabat.has("button[value=accept]"), "its author could sign for the other side");
  await waiting(brussels, "to-sign", path, own);
  await refused(brussels, path, "La date est trop proche.");

  const asked = words(lang)["group-standing-rejected"];
  await until(async () => { await rabat.go(path); await rabat.unfold(); return rabat.says("La date est trop proche."); }, "the reason in Rabat");
  check(await rabat.says(asked), "it does not say that a change was asked for");
  const second = desk(title, titleAr, "Le guichet ouvre en septembre.\n\nIl siège à Rabat.", "يفتح الشباك في سبتمبر.\n\nمقره الرباط.");
  await changed(rabat, path, second);
  await differs(brussels, path);
  await answered(brussels, path);
  const { agreed, open } = await alike(rabat, brussels, path);
  check(agreed && !open, "it is not agreed on both nodes");
  for (const person of [rabat, brussels]) {
    check(await person.page.locator(`${AGREED} > ul a[href$='/proof']`).count() === 2, `${person.base}: not both signatures`);
    check(await person.says("Le guichet ouvre en septembre.") && await person.says("يفتح الشباك في سبتمبر."), "not both texts show");
  }
  await reserved(brussels, rabat, path);
  await translated(brussels, rabat, path);
  await noted(rabat, brussels, path);
  await onlyReads(await cast.as("brussels", "cabinet", lang, script), path, agreed);
}

/** It stands on the first page of the group, under this heading. */
async function waiting(person, heading, path, title) {
  const line = `section[aria-labelledby='s-${heading}'] a[href='${path}']`;
  await seen(person, GROUP, line, `${title} under ${heading}`);
  check(await person.says(title, line), "the line has another title");
  await person.press(line);
  check(person.path() === path, "the line leads elsewhere");
}

/** What the new text takes away and what it adds is marked, in both languages. */
async function differs(person, path) {
  await until(async () => { await person.go(path); return person.says("septembre"); }, "the new text");
  for (const lang of ["fr", "ar"]) {
    const marks = person.page.locator(`section[aria-labelledby^='offer-'] [lang|='${lang}'] :is(ins, del)`);
    check(await marks.count() === 2, `${lang}: ${await marks.count()} paragraphs are marked, not the old and the new one`);
    check(!/Rabat|الرباط/.test((await marks.allInnerTexts()).join()), `${lang}: what stays the same is marked`);
  }
}

async function reserved(one, other, path) {
  const statement = "Sous réserve du budget de l’an prochain.";
  await position(one, path, "with-reservation", statement);
  await until(async () => { await other.go(path); return other.says(statement, AGREED); }, "the reservation on the other side");
  check(await other.says(words(other.lang)["group-stance-with-reservation"], `${AGREED} .positions`), "it is not called a reservation");
}

async function translated(one, other, path) {
  const before = await fingerprint(one);
  await one.go(path);
  const title = "Gemeenschappelijk loket";
  await written(one, "/translate", { lang: "nl", title, body: "Het loket opent in september." }, "button");
  await until(async () => { await other.go(path); return other.says(title, AGREED); }, "the translation on the other side");
  const label = `${AGREED} div[lang|='nl'] span[lang|='${other.lang}']`;
  check(await other.has(label), "the translation is not labelled");
  check(!await other.has(`${AGREED} div[lang|='fr'] span[lang|='${other.lang}'].tag`), "an authentic text is labelled as a translation");
  check(await fingerprint(other) === before, "a translation changes the agreed text");
}

/** A note stays at home. */
async function noted(one, other, path) {
  const note = `Céder sur le lieu, pas sur la date ${path.slice(-6)}`;
  await one.go(path);
  await written(one, "/note", { note }, "button");
  await one.go(path);
  check(await one.page.locator("form[action$='/note'] [name=note]").inputValue() === note, "the note is gone");
  // A comment that is said afterwards is there: what was said before it would be too.
  await one.fill({ comment: `Vu ${note.slice(-6)}` }, "form[action$='/comment']");
  await one.press("form[action$='/comment'] button");
  await until(async () => { await other.go(path); return other.says(`Vu ${note.slice(-6)}`); }, "the comment");
  check(!(await other.page.content()).includes("Céder sur le lieu"), "our note shows on the other side");
}

/** Whoever only reads sees it all and can say nothing of it. */
async function onlyReads(reader, path, agreed) {
  await reader.go(path);
  check(await fingerprint(reader) === agreed, "the reader sees another text");
  const says = ["answer", "position", "translate", "comment"].map((form) => `form[action$='/${form}']`);
  check(!await reader.has([...says, "a[href$='/change']"].join()), "whoever only reads could say something");
  await reader.go(GROUP);
  check(!await reader.has("a[href$='/decisions/new']"), "whoever only reads could offer something");
}

/** Both change the same agreed text at the same moment: one question stays, the same on both. */
export async function crossing(cast, lang, script) {
  const [rabat, brussels] = [
    await cast.as("rabat", "secretary", lang, script),
    await cast.as("brussels", "secretary", lang, script),
  ];
  const title = `Horaires ${mark(lang, script)}`;
  const path = await decided(rabat, brussels, { fr: [title, "De 9 à 12 heures."], ar: [title, "من 9 إلى 12."] });
  const { agreed } = await alike(rabat, brussels, path);
  const changes = [[rabat, "De 8 à 12 heures."], [brussels, "De 9 à 17 heures."]];
  for (const [person, body] of changes) {
    await person.go(`${path}/change`);
    await person.unfold();
    await person.fill({ "body-fr": body }, `form[action='${path}/change']`);
  }
  await Promise.all(changes.map(([person]) => person.press(`form[action='${path}/change'] button.primary`)));
  let now;
  await until(async () => {
    now = await alike(rabat, brussels, path);
    return now.open !== undefined;
  }, "one question on both nodes");
  check(now.agreed === agreed, "what was agreed is no longer");
  const asked = [];
  for (const [person] of changes) {
    await person.go(path);
    if (await person.has("button[value=accept]")) asked.push(person);
  }
  check(asked.length === 1, `${asked.length} sides are asked to sign`);
  await answered(asked[0], path);
  await until(async () => {
    await rabat.go(path);
    await brussels.go(path);
    return await fingerprint(rabat) === now.open && await fingerprint(brussels) === now.open;
  }, "the amended text on both nodes");
  check(await question(rabat) === undefined, "a question stays open");
}

/** Nobody of the cases finds the group, nobody of the group the cases. */
export async function wall(cast, lang, script) {
  const secretary = await cast.as("rabat", "secretary", lang, script);
  await secretary.go(GROUP);
  const object = await secretary.page.locator("main a[href*='/objects/']").first().getAttribute("href");
  for (const role of ["officer", "approver", "analyst"]) {
    const person = await cast.as("rabat", role, lang, script);
    for (const path of [GROUP, object, `${GROUP}/decisions/new`, `${GROUP}/commitments`, `${GROUP}/briefing`]) {
      check(await person.go(path) === 404, `${role}: ${path} opens`);
    }
    await person.go("/today");
    check(!await person.has("nav a[href='/group']"), `${role}: the group is among the rooms`);
  }
  for (const city of ["rabat", "brussels"]) {
    for (const role of ["secretary", "sector", "cabinet"]) {
      const person = await cast.as(city, role, lang, script);
      check(await person.go(GROUP) === 200, `${city} ${role}: the group does not open`);
      check(await person.has("nav a[href='/group']"), `${city} ${role}: the group is not among the rooms`);
      check(await person.go("/cases") === 404, `${city} ${role}: the cases open`);
      check(!await person.has("nav a[href='/cases']"), `${city} ${role}: the cases are among the rooms`);
    }
  }
}
