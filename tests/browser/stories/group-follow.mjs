// Issue 4, items 5 to 8: a commitment from its offer to what the other side found, and where it
// shows; a topic that both assess without seeing the other's view first; an indicator.
import { readFileSync } from "node:fs";
import { AGREED, GROUP, answered, promise, promised, question, seen, written } from "../grouping.mjs";
import { check } from "../report.mjs";
import { day, until, words } from "../tools.mjs";

const mark = (lang, script) => `${lang} ${script ? "s" : "n"} ${process.pid}`;
const EVIDENCE = { name: "Relevé du guichet.csv", mimeType: "text/csv", buffer: Buffer.from("mois,visites\n1,40\n") };

/** Reported by the side that promised it, verified by the other; a new day needs both. */
export async function following(cast, lang, script) {
  const [rabat, brussels, minister] = [
    await cast.as("rabat", "secretary", lang, script),
    await cast.as("brussels", "secretary", lang, script),
    await cast.as("rabat", "cabinet", lang, script),
  ];
  const title = `Former les équipes ${mark(lang, script)}`;
  const terms = promise("ma.interior", day(60), { sector: "labour", strand: "expertise", objective: "18" });
  const before = await counted(minister);
  const path = await promised(rabat, { fr: [title, "Deux sessions."], ar: [title, "دورتان."] }, terms);
  check(!await rabat.has("form[action*='/report?']"), "something that is not agreed can be reported");
  await answered(brussels, path);
  await seen(rabat, path, AGREED, "the signature of Brussels");
  await postponed(rabat, brussels, path, title);

  check(!await brussels.has("form[action*='/report?']"), "whoever did not promise it could report");
  await reported(rabat, path, "under-way", "La première session a eu lieu.");
  await stands(brussels, path, "under-way");
  check(!await brussels.has("form[action$='/verify']"), "something under way could be verified");
  await reported(rabat, path, "done", "Les deux sessions ont eu lieu.", EVIDENCE);
  await stands(rabat, path, "reported-done");
  check(!await rabat.has("form[action$='/verify']"), "whoever reports it could verify it");
  await checkedThere(brussels, path, title);
  await stands(rabat, path, "fulfilled");
  check(await rabat.says("Deux attestations vues."), "what they found does not show");
  await shown(minister, path, before);
}

/** Another day counts once the other side has signed it; the first one stays to be read. */
async function postponed(one, other, path) {
  await one.go(`${path}/change`);
  await written(one, `${path}/change`, { due: day(90) });
  await seen(other, path, "button[value=accept]", "the new day");
  check(await other.has("section[aria-labelledby^='offer-'] dl del"), "the day before is not marked");
  await answered(other, path);
  await until(async () => { await one.go(path); return await question(one) === undefined && one.has("#dues"); }, "the new day in Rabat");
  const days = one.page.locator("section[aria-labelledby='dues'] li");
  check(await days.count() === 2 && await days.locator("del").count() === 1, "not both days show, the old one struck");
}

async function reported(person, path, state, text, file) {
  await person.go(path);
  await person.unfold();
  const form = "form[action*='/report?']";
  await person.fill({ state, text }, form);
  if (file) await person.page.setInputFiles(`${form} [name=files]`, file);
  await person.press(`${form} button`);
  check(person.path() === path, `not reported: ${person.page.url()}`);
}

/** How far it is, in the reader's words. */
async function stands(person, path, progress) {
  const word = words(person.lang)[`group-progress-${progress}`];
  await until(async () => { await person.go(path); return person.says(word); }, `${path} ${progress}: ${word}`);
}

/** It waits to be verified; the evidence is the file that was sent; then it is found good. */
async function checkedThere(person, path, title) {
  const line = `section[aria-labelledby='s-to-verify'] a[href='${path}']`;
  await seen(person, GROUP, line, `${title} among what we must verify`);
  await person.press(line);
  const file = await person.take(".evidence form[action*='/papers/'] button");
  check(readFileSync(file).equals(EVIDENCE.buffer), "the evidence is another file");
  await written(person, "/verify", { found: "fulfilled", text: "Deux attestations vues." });
  check(!await person.has("form[action$='/verify']"), "it can be verified twice");
}

/** What the minister counts: the numbers of the page, and of one field of the matrix. */
async function counted(minister) {
  await minister.go(`${GROUP}/briefing`);
  const fulfilled = await number(minister, ".numbers dt:last-of-type + dd");
  await minister.go(`${GROUP}/matrix`);
  const field = await number(minister, `${FIELD} strong`);
  await minister.go(`${GROUP}/matrix?by=objective`);
  return { fulfilled, field, objective: await number(minister, `${OBJECTIVE} strong`) };
}
const FIELD = "td a[href*='responsible=ma.interior'][href*='sector=labour'][href*='strand=expertise']";
const OBJECTIVE = "td a[href*='responsible=ma.interior'][href*='sector=labour'][href*='objective=18']";

async function number(person, selector) {
  return await person.has(selector) ? Number((await person.text(selector)).trim()) : 0;
}

/** Board, list, timeline, calendar, matrix and the minister's page show the same. */
async function shown(minister, path, before) {
  const after = await counted(minister);
  check(after.fulfilled === before.fulfilled + 1, `fulfilled: ${before.fulfilled} became ${after.fulfilled}`);
  // The matrix shows who is at work: what is done has left it.
  for (const what of ["field", "objective"]) {
    check(after[what] === before[what], `${what}: ${before[what]} became ${after[what]}`);
  }
  await minister.go(`${GROUP}/briefing?since=${day(-1)}`);
  check(await minister.has("section[aria-labelledby='b-fulfilled'] li"), "the minister's page lists nothing as done");
  const narrow = "sector=labour&strand=expertise";
  for (const view of [`board?${narrow}`, `commitments?progress=fulfilled&${narrow}`, `calendar?${narrow}&month=${day(90).slice(0, 7)}`]) {
    await minister.go(`${GROUP}/${view}`);
    check(await minister.has(`main a[href='${path}']`), `it does not show: ${view}`);
  }
  await minister.go(`${GROUP}/board?${narrow}`);
  check(await minister.has(`section[aria-labelledby='c-fulfilled'] a[href='${path}']`), "the board does not have it among what is done");
  check(!await minister.has("form[action$='/verify'], form[action*='/report?'], main a[href$='/commitments/new']"), "the minister's page has buttons");
}

/** Neither sees the other's view before both are sealed; where they part, it goes on the agenda. */
export async function assessing(cast, lang, script) {
  const [rabat, brussels] = [
    await cast.as("rabat", "secretary", lang, script),
    await cast.as("brussels", "secretary", lang, script),
  ];
  const title = `Nouvelle route ${mark(lang, script)}`;
  await rabat.go(`${GROUP}/topics/new`);
  await written(rabat, "/topics/new", { "title-fr": title, "title-ar": title, strand: "borders" });
  const path = rabat.path();
  await seen(brussels, path, "form[action$='/seal']", "the topic in Brussels");
  const [likely, unlikely] = await scales(rabat, path);
  await sealed(rabat, path, likely, `Trois signaux concordants ${path.slice(-6)}`);
  await seen(brussels, path, "form[action$='/seal']", "our seal in Brussels");
  check(!(await brussels.page.content()).includes("Trois signaux"), "our view shows before theirs is sealed");
  check(!await rabat.has("form[action$='/reveal']"), "it can be opened before the other side has sealed");
  await sealed(brussels, path, unlikely, "Een enkel bericht.");
  for (const person of [rabat, brussels]) {
    await seen(person, path, "form[action$='/reveal']", "both seals");
    await person.press("form[action$='/reveal'] button");
  }
  for (const person of [rabat, brussels]) {
    await until(async () => { await person.go(path); return await person.says("Trois signaux") && person.says("Een enkel bericht."); }, "both views on both sides");
  }
  check(await rabat.has("form[action$='/agenda']"), "views that part cannot be put on the agenda");
}

/** The lowest and the highest of each scale. */
async function scales(person, path) {
  await person.go(path);
  await person.unfold();
  const values = async (name) => person.page.locator(`form[action$='/seal'] [name=${name}]`).evaluateAll((all) => all.map((one) => one.value));
  const [likelihoods, impacts, trends] = [await values("likelihood"), await values("impact"), await values("trend")];
  return [
    { likelihood: likelihoods.at(-1), impact: impacts.at(-1), trend: trends.at(-1) },
    { likelihood: likelihoods[0], impact: impacts[0], trend: trends[0] },
  ];
}

async function sealed(person, path, view, reasons) {
  await person.go(path);
  await written(person, "/seal", { ...view, reasons });
  check(person.path() === path, `not sealed: ${person.page.url()}`);
}
