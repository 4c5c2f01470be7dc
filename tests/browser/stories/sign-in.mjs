// Item 1: a real set-up from the link that the first start prints, to sessions that end.
import { check } from "../report.mjs";
import { code } from "../tools.mjs";

const PHRASE = "six lampes vertes au port";

/** Chooses a password and an authenticator; gives the authenticator's secret. */
async function setUp(person, link) {
  await person.go(new URL(link).pathname);
  const form = "form[action*='/setup/']";
  await person.fill({ password: PHRASE, again: `${PHRASE}!` }, form);
  check(await person.press(`${form} button`) === 422, "two passwords that differ are taken");
  await person.fill({ password: "passerelle", again: "passerelle" }, form);
  check(await person.press(`${form} button`) === 422, "a short password is taken");
  await person.fill({ password: PHRASE, again: PHRASE }, form);
  await person.press(`${form} button`);
  const shown = await person.page.locator("main code").allInnerTexts();
  const secret = shown.map((text) => text.replace(/\s/g, "")).find((text) => /^[A-Z2-7]{32}$/.test(text));
  await person.fill({ code: "000000" }, form);
  check(await person.press(`${form} button`) === 422, "a wrong code confirms");
  await person.fill({ code: code(secret) }, form);
  await person.press(`${form} button`);
  check(person.path() === "/sign-in", "the set-up leads to the sign-in");
  check(await person.go(new URL(link).pathname) === 409, "a link that was used works again");
  return secret;
}

async function signIn(person, name, password, typed) {
  await person.go("/sign-in");
  await person.fill({ name, password, code: typed }, "form[action='/sign-in']");
  return person.press("form[action='/sign-in']:has(input[type=password]) button");
}

/** The first administrator, from the printed link. Gives their window to the stories after. */
export async function firstStart(cast) {
  const first = await cast.stranger(cast.world.alone, "fr");
  const secret = await setUp(first, cast.world.setup);
  await signIn(first, "administrator", PHRASE, code(secret));
  check(first.path() === "/today", "the first administrator is not in");
  check(!await first.has("a[href='/cases']"), "an administrator sees cases");
  check(await first.go("/cases") === 404, "an administrator opens cases");
  cast.administrator = first;
}

/** The administrator makes an account; gives its set-up link. */
async function invited(administrator, officer) {
  await administrator.go("/people/new");
  await administrator.fill(
    { officer, name: `Personne ${officer}`, function: "Agent", role: "officer", unit: "liaison" },
    "form[action='/people/new']",
  );
  await administrator.press("form[action='/people/new'] button");
  return (await administrator.text()).match(/http:\S+\/setup\/\S+/)[0];
}

export async function aPerson(cast, lang, script) {
  const officer = `agent-${lang}${script ? "" : "-sans"}`;
  const link = await invited(cast.administrator, officer);
  const person = await cast.stranger(cast.world.alone, lang, script);
  const secret = await setUp(person, link);
  check(await signIn(person, officer, "un autre mot de passe", code(secret)) === 401, "a wrong password enters");
  check(await person.has("[role=alert]"), "a wrong password is not told");
  check(await signIn(person, officer, PHRASE, "000000") === 401, "a wrong code enters");
  await signIn(person, officer, PHRASE, code(secret));
  check(person.path() === "/today", "the right password and code do not enter");

  // A second window elsewhere; ended from the first one.
  const elsewhere = await cast.stranger(cast.world.alone, lang, script, { userAgent: "Elsewhere/1" });
  await signIn(elsewhere, officer, PHRASE, code(secret, 1));
  check(elsewhere.path() === "/today", "a second window does not enter");
  await person.go("/sessions");
  check(await person.page.locator("form[action='/sessions/end']").count() === 2, "both sessions are listed");
  await person.press("tr:has-text('Elsewhere/1') form[action='/sessions/end'] button");
  await elsewhere.go("/today");
  check(elsewhere.path() === "/sign-in", "an ended session goes on");

  await suspended(cast.administrator, officer);
  await person.go("/today");
  check(person.path() === "/sign-in", "a suspended person goes on");
  for (let turn = 0; turn < 5; turn += 1) await signIn(person, officer, PHRASE, "000000");
  check(await signIn(person, officer, PHRASE, code(secret, 1)) === 401, "a suspended person enters");
  const locked = await person.text("[role=alert]");
  await signIn(person, "nobody-here", PHRASE, "000000");
  check(await person.text("[role=alert]") === locked, "an account that waits is told from one that is not there");
  await person.close();
  await elsewhere.close();
}

async function suspended(administrator, officer) {
  await administrator.go(`/people/${officer}`);
  const form = `form[action='/people/${officer}']`;
  await administrator.fill({ suspended: "yes" }, form);
  await administrator.press(`${form} button`);
}
