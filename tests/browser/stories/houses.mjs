// Items 2, 9 and 10: each role's first page and rooms, partners and agreement, people and settings.
import { check } from "../report.mjs";
import { PEOPLE } from "../world.mjs";

const ROOMS = ["/cases", "/search", "/register", "/people"];
/** Whose first page is that of the joint group. */
const IN_GROUP = ["secretary", "sector", "cabinet"];
/** Which of these rooms a role has; every role has its own first page and the partners. */
const OF = {
  officer: ["/cases", "/search"],
  approver: ["/cases", "/search"],
  analyst: ["/cases", "/search"],
  supervisor: ["/cases", "/search"],
  secretary: [],
  sector: [],
  cabinet: [],
  watch: ["/register"],
  administrator: ["/people"],
};

export async function rooms(cast, lang, script) {
  for (const role of Object.keys(PEOPLE.rabat)) {
    const person = await cast.as("rabat", role, lang, script);
    await person.go("/");
    const first = IN_GROUP.includes(role) ? "/group" : "/today";
    check(person.path().startsWith(first), `${role}: the first page is not ${first}`);
    for (const room of [first, "/partners"]) check(await person.has(`nav a[href='${room}']`), `${role}: no ${room}`);
    for (const room of ROOMS) {
      const has = OF[role].includes(room);
      check(await person.has(`nav a[href='${room}']`) === has, `${role}: ${room} in the rooms`);
      check((await person.go(room) === 200) === has, `${role}: ${room} opens`);
    }
    await person.go("/today");
    check(await person.has("a[href='/write']") === (role === "officer"), `${role}: who writes`);
  }
}

export async function partners(cast, lang, script) {
  const [rabat, brussels] = [
    await cast.as("rabat", "supervisor", lang, script),
    await cast.as("brussels", "supervisor", lang, script),
  ];
  await rabat.go("/partners");
  await brussels.go("/partners");
  const prints = async (reader) => new Set((await reader.page.content()).match(/\d{5}(?: \d{5}){5,}/g) ?? []);
  const [ours, theirs] = [await prints(rabat), await prints(brussels)];
  check(ours.size === 2, `two fingerprints, not ${ours.size}`);
  check([...ours].sort().join() === [...theirs].sort().join(), "the two nodes show other fingerprints");
  await rabat.press("main a[href^='/agreements/']");
  check(await rabat.page.locator("h1").count() === 1 && (await rabat.text()).length > 500, "the agreement is not readable");
  const paths = [rabat.path()];
  await brussels.press("main a[href^='/agreements/']");
  check(brussels.path() === paths[0], "the nodes show other agreements");
}

export async function people(cast, lang, script) {
  const administrator = await cast.as("brussels", "administrator", lang, script);
  const officer = `nieuw-${lang}${script ? "" : "-zonder"}`;
  await administrator.go("/people/new");
  const form = "form[action='/people/new']";
  await administrator.fill({ officer: "Not an id!", name: "N", function: "F" }, form);
  check(await administrator.press(`${form} button`) === 422, "an identifier with blanks is taken");
  check(await administrator.page.locator(`${form} [name=name]`).inputValue() === "N", "what was typed is gone");
  await administrator.fill({ officer, role: "analyst", unit: "liaison" }, form);
  await administrator.press(`${form} button`);
  check(/\/setup\/\w+/.test(await administrator.text()), "no set-up link");
  await administrator.go("/people");
  check(await administrator.says(officer), "the new person is not listed");
  await administrator.press(`a[href='/people/${officer}']`);
  await administrator.fill({ function: "Analist van de wacht" }, `form[action='/people/${officer}']`);
  await administrator.press(`form[action='/people/${officer}'] button`);
  check(await administrator.says("Analist van de wacht"), "the change does not show");

  await administrator.go(`/people/${PEOPLE.brussels.administrator}`);
  const own = `form[action='/people/${PEOPLE.brussels.administrator}']`;
  await administrator.fill({ role: "officer" }, own);
  check(await administrator.press(`${own} button`) !== 303 && await administrator.has("[role=alert]"), "an administrator gives themselves a role");

  await administrator.go("/settings");
  await administrator.fill({ "register-days": "4000" }, "form[action='/settings']");
  await administrator.press("form[action='/settings'] button");
  await administrator.go("/settings");
  check(await administrator.page.locator("[name=register-days]").inputValue() === "4000", "the settings are not kept");
}
