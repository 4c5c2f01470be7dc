// One page as it stands: its words, its direction, its boxes, its accessibility.
import { check } from "./report.mjs";
import { axe } from "./tools.mjs";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** One language of each direction: what axe finds does not hang on the words. */
const AXE = ["fr", "ar"];
/** The narrowest phone that is common. */
const NARROW = { width: 360, height: 760 };

/** Everything that a page must keep to, whichever it is. */
export async function look(person, name) {
  const { page, lang } = person;
  const where = `${lang} ${name}`;
  const html = await page.content();
  check(!/\[[a-z]+(-[a-z0-9]+)+\]/.test(html.replace(/<script.*?<\/script>/gs, "")), `${where}: a message is missing`);
  const [dir, tag] = await Promise.all(["dir", "lang"].map((one) => page.locator("html").getAttribute(one)));
  check(dir === (lang === "ar" ? "rtl" : "ltr"), `${where}: direction ${dir}`);
  check(tag?.startsWith(lang), `${where}: language ${tag}`);
  check(await page.locator("h1").count() === 1, `${where}: one first heading`);
  check((await page.title()).length > 3, `${where}: a title`);
  await mirrored(person, where);
  if (AXE.includes(lang)) await accessible(person, where);
  const wide = page.viewportSize();
  await page.setViewportSize(NARROW);
  await fits(page, `${where} at 360`);
  await page.setViewportSize(wide);
  await fits(page, where);
}

async function fits(page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(over <= 0, `${where}: wider than the window by ${over}`);
}

/** The name of the house stands where a line begins, the languages where it ends. */
async function mirrored(person, where) {
  const boxes = await person.page.evaluate(() => {
    const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
    const [brand, languages] = [box("header a[href='/'], header p.name"), box("form.languages, ul.languages")];
    const middle = document.documentElement.clientWidth / 2;
    const start = (one) => one.x + one.width / 2 < middle;
    return { brand: start(brand), languages: start(languages) };
  });
  const left = person.lang !== "ar";
  check(boxes.brand === left, `${where}: the name of the house is on the wrong side`);
  check(boxes.languages !== left, `${where}: the languages are on the wrong side`);
}

/** axe comes in by the browser's own door: the policy of the page lets no foreign script in. */
async function accessible(person, where) {
  const session = await person.context.newCDPSession(person.page);
  await session.send("Runtime.evaluate", { expression: axe });
  const options = JSON.stringify({ runOnly: STANDARDS });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, ${options}).then((r) => JSON.stringify(r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | '))))`,
    awaitPromise: true,
  });
  const found = JSON.parse(result.value ?? "[\"axe did not run\"]");
  check(found.length === 0, `${where}: axe ${found.join("; ")}`);
  await session.detach();
}
