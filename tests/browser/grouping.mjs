// What people do in the joint group. Addresses of objects are the same on both nodes.
import { check } from "./report.mjs";
import { until } from "./tools.mjs";

export const GROUP = "/group/ma-be-gmmp";
/** What stands of an object that is agreed. */
export const AGREED = "section[aria-labelledby='agreed-text']";

/** Texts of a form, by language: `{ fr: [title, body] }`. */
const texts = (said) => Object.fromEntries(
  Object.entries(said).flatMap(([lang, [title, body]]) => [[`title-${lang}`, title], [`body-${lang}`, body]]),
);

/** Fills the form of this address, whatever of it is folded; presses the button. */
export async function written(person, form, fields, button = "button.primary") {
  const whole = `form[action$='${form}']`;
  await person.unfold();
  await person.fill(fields, whole);
  return person.press(`${whole} ${button}`);
}

/** Offers a decision; gives its address. */
export async function offered(person, said, more = {}) {
  await person.go(`${GROUP}/decisions/new`);
  await written(person, "/decisions/new", { ...texts(said), ...more });
  check(/\/objects\//.test(person.path()), `not offered: ${person.page.url()}`);
  return person.path();
}

/** Offers another text of something. */
export async function changed(person, path, said, more = {}) {
  await person.go(path);
  await person.press(`main a[href='${path}/change']`);
  return written(person, `${path}/change`, { ...texts(said), ...more });
}

/** Goes to an object once this is there. */
export async function seen(person, path, selector, what) {
  await until(async () => { await person.go(path); return person.has(selector); }, what);
}

/** Answers what is open: `accept`, `withdraw`, `release`. */
export async function answered(person, path, answer = "accept") {
  await seen(person, path, `button[name=answer][value=${answer}]`, `the offer that waits: ${path}`);
  return person.press(`button[name=answer][value=${answer}]`);
}

/** Asks for another text, and says why. */
export async function refused(person, path, reason) {
  await seen(person, path, "button[name=answer][value=reject]", `the offer that waits: ${path}`);
  const form = "form:has(button[value=reject])";
  check(await person.has(`${form} [name=reason][required]`), "a change can be asked for without a reason");
  await person.unfold();
  await person.fill({ reason }, form);
  return person.press(`${form} button[value=reject]`);
}

/** Says what one's party thinks of what is agreed. */
export async function position(person, path, stance, statement) {
  await person.go(path);
  await person.unfold();
  await person.fill({ stance, statement }, `${AGREED} form[action$='/position']`);
  return person.press(`${AGREED} form[action$='/position'] button`);
}

/** Hash of what is agreed, as the page shows it. */
export const fingerprint = async (person) =>
  await person.has(`${AGREED} code`) ? (await person.text(`${AGREED} code`)).trim() : undefined;

/** Hash of what is offered. */
export const question = async (person) => {
  const offer = person.page.locator("h2[id^='offer-']");
  return await offer.count() > 0 ? (await offer.first().getAttribute("id")).slice("offer-".length) : undefined;
};

/** Both show the same: what is agreed, and what is still open. Gives both hashes. */
export async function alike(one, other, path) {
  let [agreed, open] = [];
  await until(async () => {
    await one.go(path);
    await other.go(path);
    [agreed, open] = [await fingerprint(one), await question(one)];
    return agreed === await fingerprint(other) && open === await question(other);
  }, `the same text on both nodes: ${path}`);
  return { agreed, open };
}

/** Agrees a decision: one offers, the other signs. Gives its address. */
export async function decided(one, other, said) {
  const path = await offered(one, said);
  await answered(other, path);
  await seen(one, path, AGREED, `the signature: ${path}`);
  return path;
}

/** A day's promise as the form of a commitment asks for it. */
export const promise = (responsible, due, more = {}) => ({
  responsible, due, function: "Secrétariat du groupe mixte", sector: "interior", strand: "migration", ...more,
});

/** Offers a commitment; gives its address. */
export async function promised(person, said, terms) {
  await person.go(`${GROUP}/commitments/new`);
  await written(person, "/commitments/new", { ...texts(said), ...terms });
  check(/\/objects\//.test(person.path()), `not offered: ${person.page.url()} ${await person.text()}`);
  return person.path();
}
