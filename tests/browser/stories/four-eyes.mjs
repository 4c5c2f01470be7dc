// Item 4: what the rules keep from leaving, and the second person's page.
import { check } from "../report.mjs";
import { approved, begin, checked, notice, person, released, submitted } from "../writing.mjs";

export async function fourEyes(cast, lang, script) {
  const writer = await cast.as("rabat", "officer", lang, script);
  const second = await cast.as("rabat", "approver", lang, script);
  const about = (what) => `${what} ${lang} ${script ? "s" : "n"} ${process.pid}`;
  const first = (subject) => ({ ...notice("be.interior/police", subject, "Une personne."), ...person });

  // A special category: why it is strictly necessary, then a second person.
  await begin(writer, "notice");
  let draft = await checked(writer, { ...first(about("Santé")), special: "health" });
  check(!await writer.has("form[action$='/submit']"), "a special category leaves unexplained");
  await writer.go(`/drafts/${draft}`);
  await checked(writer, { necessity: "Sans cela la personne ne peut être identifiée." });
  check(!await writer.has("form[action$='/release']"), "a special category leaves without a second person");
  await submitted(writer);
  await sentBack(second, draft);
  await writer.go(`/drafts/${draft}`);
  check(await writer.says("Trop large."), "the writer does not see why it came back");
  await checked(writer, { text: "Une seule personne, sans autre détail." });
  await submitted(writer);
  await second.go(`/drafts/${draft}/check`);
  check(await second.page.locator("main dd:has-text('sans autre détail')").count() === 1, "the second person does not see the new text");
  const marked = await second.page.locator("main dd.changed, main dd:has(mark), main dd:has(.tag)").count();
  check(marked >= 1, "the second person does not see what changed");
  await approved(second, draft);
  await released(writer, draft);

  // A minor.
  await begin(writer, "notice");
  draft = await checked(writer, { ...first(about("Mineur")), minors: "Pour le protéger." });
  check(await writer.has("form[action$='/submit']") && !await writer.has("form[action$='/release']"), "a minor's data leave without a second person");

  // A derogation: one person at a time.
  await begin(writer, "notice");
  const derogation = { ground: "derogation", "ground-reason": "Danger immédiat.", balance: "La vie prime." };
  draft = await checked(writer, { ...first(about("Dérogation")), ...derogation, persons: "2" });
  check(!await writer.has("form[action$='/submit'], form[action$='/release']"), "a derogation for two persons leaves");
  await writer.go(`/drafts/${draft}`);
  await checked(writer, { persons: "1" });
  await submitted(writer);
  await approved(second, draft);
  await released(writer, draft);
}

/** Not without saying why. */
async function sentBack(second, draft) {
  await second.go(`/drafts/${draft}/check`);
  check(await second.has("form[action$='/decline'] [name=why][required]"), "it can be sent back without a reason");
  await second.fill({ why: "Trop large." }, "form[action$='/decline']");
  await second.press("form[action$='/decline'] button");
}
