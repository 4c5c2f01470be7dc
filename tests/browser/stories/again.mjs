// A form that is not taken: its page in another language keeps what is typed, says which file is
// to be chosen again, and one that is too large ends in a page and not in the middle of nowhere.
import { GROUP } from "../grouping.mjs";
import { check } from "../report.mjs";
import { words } from "../tools.mjs";

const OTHER = { fr: "ar", ar: "fr" };

/** Presses a language; gives the answer's status. */
const into = (person, lang) => person.press(`form.languages button[value=${lang}]`);

/** What one field of a form holds. */
const held = (person, form, name) => person.page.locator(`${form} [name="${name}"]`).first().inputValue();

export async function translated(cast, lang, script) {
  const person = await cast.as("rabat", "administrator", lang, script);
  const other = OTHER[lang];
  const form = "form[action='/people/new']";
  await person.go("/people/new");
  await person.fill({ officer: "Pas un identifiant !", name: "Ilham « Nour »", function: "Analyste" }, form);
  check(await person.press(`${form} button`) === 422, "an identifier with blanks is taken");
  check(await held(person, form, "name") === "Ilham « Nour »", "a refused form is empty");
  check(await person.has(".summary a[href^='#']"), "nothing leads to what is wrong");
  // What is typed after the refusal comes along too.
  await person.fill({ function: "Cheffe de veille" }, form);
  check(await into(person, other) === 200, "the page is not shown in another language");
  await same(person, form, other);
  check(await person.page.title() !== "" && !await person.has(".summary"), "a language is told as a fault");
  check(await into(person, lang) === 200, "and not back again");
  await same(person, form, lang);
  await person.go("/people");
  check(!await person.says("Cheffe de veille"), "another language did something");
  await unproven(person, form);
}

/** The page in this language, with everything in its boxes. */
async function same(person, form, lang) {
  check(await person.page.locator("html").getAttribute("lang").then((tag) => tag.startsWith(lang)), `not in ${lang}`);
  for (const [name, text] of [["officer", "Pas un identifiant !"], ["name", "Ilham « Nour »"], ["function", "Cheffe de veille"]]) {
    check(await held(person, form, name) === text, `${name} is lost in ${lang}: ${await held(person, form, name)}`);
  }
}

/** Without the page's token nobody changes a language by a form. */
async function unproven(person) {
  const given = await person.page.request.post(`${person.base}/people/new`, { form: { csrf: "0", "in-language": "nl", name: "N" } });
  check(given.status() === 403, `a language without a token: ${given.status()}`);
}

/** What was searched stays in the boxes; the results are asked for again. */
export async function searched(cast, lang, script) {
  const person = await cast.as("rabat", "officer", lang, script);
  await person.go("/search");
  const form = "form[action='/search']";
  await person.fill({ text: "vehicule", why: "contrôle" }, form);
  await person.press(`${form} button:not([name])`);
  await into(person, OTHER[lang]);
  check(await held(person, form, "text") === "vehicule" && await held(person, form, "why") === "contrôle", "a search is lost with its language");
  await into(person, lang);
}

/** A report that is not taken: its file is named, for no browser fills it in again. */
export async function brought(cast, lang, script) {
  const person = await cast.as("rabat", "secretary", lang, script);
  const form = "form[action*='/report?']";
  await reportable(person, form);
  await person.unfold();
  await person.page.locator(`${form} [required]`).evaluateAll((all) => all.forEach((one) => one.removeAttribute("required")));
  await person.fill({ state: "under-way", text: " " }, form);
  const file = { name: "Relevé à venir.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") };
  await person.page.setInputFiles(`${form} [name=files]`, file);
  const status = await person.press(`${form} button`);
  check(status === 422, `an empty report is taken: ${status}`);
  check(await person.has(".summary") && await person.says(file.name), "the file to choose again is not named");
  check(await into(person, OTHER[lang]) === 200, "a form with files has no other language");
  check(await person.page.locator(`${form} [value=under-way]`).isChecked(), "what was chosen is lost with the language");
  await into(person, lang);
}

/** Goes to a commitment of ours that can be reported. */
async function reportable(person, form) {
  await person.go(`${GROUP}/commitments?responsible=ma.interior`);
  const links = await person.page.locator("main th a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  for (const link of links) {
    await person.go(link);
    if (await person.has(form)) return;
  }
  throw new Error("nothing of ours can be reported");
}

/** More than a form holds: said in a page, and everybody is still signed in. */
export async function swollen(cast, lang, script) {
  const person = await cast.as("rabat", "secretary", lang, script);
  await person.go(GROUP);
  const path = await person.page.locator("main a[href*='/objects/']").first().getAttribute("href");
  await person.go(path);
  await person.unfold();
  const form = "form[action$='/note']";
  // Nobody types so much; somebody pastes it.
  await person.page.locator(`${form} [name=note]`).evaluate((box) => { box.value = `${"x".repeat(99)}\n`.repeat(30_000); });
  check(await person.press(`${form} button`) === 413, "a form of three megabytes is taken");
  check(await person.says(words(lang)["error-large"]), "nothing says that it is too large");
  check(await person.has("form[action='/sign-out']"), "somebody was signed out");
  check(await person.go(GROUP) === 200, "and cannot go on");
}
