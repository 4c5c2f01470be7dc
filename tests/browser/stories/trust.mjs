// What is entrusted: a report that only its reader opens, and one subject's records shown to the
// authority that comes in with two things.
import { takenDown } from "../keeping.mjs";
import { check } from "../report.mjs";
import { code, words } from "../tools.mjs";
import { begin, notice, records, sent } from "../writing.mjs";

const PHRASE = "cinq mots rares mis bout à bout";
const MAKE = "form[action='/confidant']:not(:has([name=replace]))";

/** A key is made once; then what is reported opens with its passphrase, one report at a time. */
export async function confiding(cast, lang, script) {
  const watch = await cast.as("rabat", "watch", lang, script);
  await watch.go("/confidant");
  check(await watch.says(words(lang)["confidant-lost"]), "the page does not say what a lost passphrase costs");
  if (await watch.has(MAKE)) {
    await watch.fill({ new: PHRASE, again: `${PHRASE}!` }, MAKE);
    check(await watch.press(`${MAKE} button`) === 422, "two different passphrases are taken");
    await watch.fill({ new: PHRASE, again: PHRASE }, MAKE);
    await watch.press(`${MAKE} button`);
    check(!await watch.has(MAKE), "the key was not made");
  }
  const officer = await cast.as("rabat", "officer", lang, script);
  await officer.go("/confide");
  check(await officer.says(words(lang)["confide-who"]), "the page does not say who could open it");
  const text = `Consultation sans motif ${lang} ${script}`;
  await officer.fill({ text }, "form[action='/confide']");
  await officer.press("form[action='/confide'] button");
  await opened(watch, text);
}

async function opened(watch, text) {
  await watch.go("/confided");
  check(!await watch.says(text), "the list says what was reported");
  await watch.page.locator("ul.todo").first().locator("a[href^='/confided/']").last().click();
  const form = "form[action$='/open']";
  await watch.fill({ passphrase: "une autre suite de mots" }, form);
  check(await watch.press(`${form} button`) === 422, "another passphrase opens it");
  await watch.fill({ passphrase: PHRASE }, form);
  await watch.press(`${form} button`);
  check(await watch.says(text), "its passphrase does not open it");
  await watch.fill({ why: "Entendu." }, "form:has(button[value=closed])");
  await watch.press("button[value=closed]");
  check(!await watch.says(text), "what was opened stays open");
}

/** The authority sees one subject's records, takes nothing else, and leaves. */
export async function inspecting(cast, lang, script) {
  const writer = await cast.as("rabat", "officer", lang, script);
  await begin(writer, "notice");
  await sent(writer, notice("be.interior/liaison", `Au sujet ${lang} ${script}`, "Vu au port."));
  const [record] = await records(writer);
  const watch = await cast.as("rabat", "watch", lang, script);
  const page = await takenDown(watch, "/requests", { subject: `Sujet ${lang}`, right: "access", why: "Courrier." });
  const chosen = "form:has(button[value=chosen])";
  await watch.fill({ party: "ma.interior", record, why: "Cité." }, chosen);
  await watch.press(`${chosen} button[value=chosen]`);
  const whom = { authority: "CNDP", person: "Nadia B.", function: "juriste", checked: "Carte.", why: "Demande." };
  await watch.fill(whom, `form[action='${page}/access']`);
  await watch.press(`form[action='${page}/access'] button`);
  const given = { code: await watch.text("code.big.ids"), "one-time": code(await watch.text("code.big:not(.ids)")) };
  await watch.go(page);
  check(!await watch.says(given.code), "the code is shown again");

  const nobody = await cast.stranger(cast.world.rabat, lang, script);
  await entered(nobody, given);
  check(await nobody.says(record), "the record of the subject is not there");
  await nobody.press("form[action='/inspection/record'] button");
  check(await nobody.says("Vu au port."), "the record does not open");
  await nobody.press("form[action='/inspection'] button");
  await nobody.press("form[action='/inspection/leave'] button");
  check(await entered(nobody, given) === 404, "a code works twice");
  check(await nobody.says(words(lang)["inspection-wrong"]), "it is not said that nothing opens");
  await nobody.close();
}

async function entered(person, given) {
  const form = "form[action='/inspection']";
  await person.go("/inspection");
  await person.fill(given, form);
  return person.press(`${form} button`);
}
