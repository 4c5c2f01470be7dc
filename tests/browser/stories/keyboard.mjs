// From sign-in to release with Tab, Space, Enter, arrows and letters: no mouse, and nothing is
// focused but by the keys.
import { check } from "../report.mjs";
import { PEOPLE } from "../world.mjs";

const FAR = 400;
/** Who signs in here and does not when the demonstration is told: one person may do so twice in
    thirty seconds. */
const NOBODY_ELSE = { fr: "cabinet", ar: "approver" };
/** Where they begin: the minister's office at the table of the joint group. */
const BEGINS = { fr: "/group/ma-be-gmmp", ar: "/today" };

/** Tabs on until what has the focus fits. */
async function tabTo(page, selector) {
  for (let step = 0; step < FAR; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
      const seen = await page.evaluate(() => {
        const one = document.activeElement;
        const style = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        const ring = style.outlineStyle !== "none" || style.boxShadow !== "none" || one.matches("input[type=radio], input[type=checkbox]");
        return ring && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
      });
      check(seen, `the focus on ${selector} cannot be seen`);
      return;
    }
  }
  throw new Error(`no Tab leads to ${selector}`);
}

async function type(page, selector, text) {
  await tabTo(page, selector);
  await page.keyboard.type(text);
}

/** One of a group of radio buttons: Tab enters the group, arrows move in it. */
async function choose(page, name, value) {
  await tabTo(page, `input[name="${name}"]`);
  const at = () => page.evaluate(() => document.activeElement.value);
  for (let step = 0; step < 20 && await at() !== value; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  check(await at() === value, `arrows do not reach ${name} ${value}`);
}

async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

export async function keyboard(cast, lang, script) {
  const person = await cast.stranger(cast.world.brussels, lang, script);
  const { page } = person;
  await person.go("/sign-in");
  await tabTo(page, `form:has(input[name=name][value="${PEOPLE.brussels[NOBODY_ELSE[lang]]}"]) button`);
  await enter(page);
  check(person.path() === BEGINS[lang], `the keyboard does not sign in: ${person.path()}`);
  await person.close();

  const writer = await cast.as("brussels", "officer", lang, script);
  const keys = writer.page;
  await writer.go("/today");
  await tabTo(keys, "a[href='#main']");
  await keys.keyboard.press("Enter");
  await tabTo(keys, "main a[href='/write']");
  await enter(keys);
  await tabTo(keys, "form:has(input[name=kind][value=notice]) button");
  await enter(keys);
  await tabTo(keys, "input[name=to][value='ma.interior/liaison']");
  await keys.keyboard.press("Space");
  await type(keys, "[name=subject]", `Au clavier ${lang} ${process.pid}`);
  await type(keys, "[name=text]", "Rien que des touches.");
  await choose(keys, "purpose", "trafficking");
  await choose(keys, "basis", "convention-2014");
  await tabTo(keys, "input[name=offences][value='organised-crime']");
  await keys.keyboard.press("Space");
  await choose(keys, "class", "case-data");
  await choose(keys, "personal", "no");
  await tabTo(keys, "button[name=next][value=check]");
  await enter(keys);
  check(writer.path().endsWith("/check"), `the form has faults: ${keys.url()}`);
  await tabTo(keys, "form[action$='/release'] button");
  await enter(keys);
  check(writer.path().startsWith("/cases/"), "the keyboard does not release");
  if (script) await letters(writer);
}

/** Letters that lead to rooms, and to search and help. */
async function letters(writer) {
  const { page } = writer;
  await writer.go("/today");
  for (const [keys, path] of [["gw", "/write"], ["gc", "/cases"], ["/", "/search"], ["?", "/help"]]) {
    await writer.go("/today");
    const [first, ...rest] = keys;
    if (rest.length > 0) await page.keyboard.press(first);
    await Promise.all([page.waitForURL((url) => url.pathname === path), page.keyboard.press(rest[0] ?? first)]);
  }
}
