// Items 6 and 8: evidence that a recall does not destroy, our own copy, what is restricted, an
// emergency opening, a request of a data subject, a breach.
import { brokenGlass, decided, holdLifted, holding, restricting, takenDown } from "../keeping.mjs";
import { check } from "../report.mjs";
import { day, until, words } from "../tools.mjs";
import { begin, notice, records, sent, takenBack } from "../writing.mjs";

const TEXT = "Vu au port, de nuit.";

/** A notice to Brussels; gives its case and its place. */
async function told(writer, subject) {
  await begin(writer, "notice");
  const path = await sent(writer, notice("be.interior/liaison", subject, TEXT));
  const [record] = await records(writer);
  return { path, record, place: `ma.interior/${record}` };
}

/** Taken back while the partner keeps it as evidence: refused, said so, done when that ends. */
export async function evidence(cast, lang, script) {
  const writer = await cast.as("rabat", "officer", lang, script);
  const watch = await cast.as("brussels", "watch", lang, script);
  const { path, record, place } = await told(writer, `Preuve ${lang} ${script ? "s" : "n"} ${process.pid}`);
  await until(async () => await watch.go(`/keeping/${place}`) === 200, "the record in Brussels");
  await holding(watch, place, day(30));
  check(await watch.has("form[action$='/lift-hold']"), "it is not kept as evidence");
  await writer.go(path);
  await takenBack(writer);
  const stated = (what) => async () => { await writer.go(path); return writer.has(`[id="r-${record}"] .e-${what}`); };
  await until(stated("refused"), "the signed refusal of the erasure");
  await watch.go("/keeping");
  check(await watch.says(words(lang)["keeping-erasure-waits"], "#held"), "the room does not say that an erasure waits");
  await holdLifted(watch, place);
  await until(stated("done"), "the erasure after the evidence");

  await writer.go(`/keeping/${place}`);
  await decided(writer, "/own-copy", {}, "[value=now]");
  check(await writer.go(`/keeping/${place}`) === 404, "what is erased still has a page");
  await writer.go(path);
  check(!(await writer.page.content()).includes(TEXT), "our own copy is still there");
}

/** Restricted: seen as such, not found, opened with a reason by those who decide only. */
export async function restricted(cast, lang, script) {
  const subject = `limite${lang}${script ? "s" : "n"}${process.pid}`;
  const writer = await cast.as("rabat", "officer", lang, script);
  const watch = await cast.as("rabat", "watch", lang, script);
  const { path, record, place } = await told(writer, subject);
  await restricting(watch, place);
  await writer.go(path);
  check(await writer.says(words(lang).restricted), "it is not said to be restricted");
  check(!(await writer.page.content()).includes(TEXT), "what is restricted opens to its officer");
  check(await found(writer, subject) === 0, "search finds what is restricted");
  await watch.go(`/keeping/${place}`);
  await decided(watch, "/open");
  check(await watch.says(TEXT), "it does not open to the person who decides");
  await restricting(watch, place, "no");
  await writer.go(path);
  check(await writer.says(TEXT), "what was lifted does not open");
  check(await found(writer, subject) > 0, "search does not find what was lifted");
  await emergency(cast, lang, script, record);
}

async function found(reader, text) {
  await reader.go("/search");
  await reader.fill({ text, why: "suivi" }, "form[action='/search']");
  await reader.press("form[action='/search'] button:not([name])");
  return reader.page.locator("main a[href^='/cases/']").count();
}

/** Opened beyond need-to-know, and judged by somebody else. */
async function emergency(cast, lang, script, record) {
  const approver = await cast.as("rabat", "approver", lang, script);
  const watch = await cast.as("rabat", "watch", lang, script);
  await brokenGlass(approver, "ma.interior", record);
  check(await approver.says(TEXT), "an emergency opens nothing");
  await watch.go("/keeping");
  const form = `#glass article:has(a[href$='${record}'])`;
  check(await watch.has(form), "an emergency opening waits for nobody");
  await watch.fill({ why: "Danger réel." }, `${form} form`);
  await watch.press(`${form} button[value=justified]`);
  check(!await watch.has(form), "what was judged still waits");
}

/** A request of a data subject and a breach, from their first line to their last. */
export async function duties(cast, lang, script) {
  const watch = await cast.as("rabat", "watch", lang, script);
  const request = await takenDown(watch, "/requests", { subject: `Dossier ${lang}`, right: "access", why: "Courrier." });
  await step(watch, "identified", { why: "Pièce d’identité." });
  await step(watch, "consulted", { party: "be.interior", why: "Ses données." });
  check(!await watch.has("form:has(button[value=answered])"), "answered before the partner was heard");
  await step(watch, "heard", { why: "Pas d’objection." });
  await step(watch, "answered", { answer: "partial", why: "Une partie protège une enquête." });
  await watch.go("/keeping");
  check(!await watch.has(`#rights > ul a[href='${request}']`), "what was answered still waits");

  const known = { title: `Poste égaré ${lang}`, known: `${day(-1)}T09:30`, party: "be.interior", why: "Constaté." };
  const breach = await takenDown(watch, "/breaches", known);
  check(await watch.has("main .clock"), "no clock of 72 hours");
  await step(watch, "told", { why: "Par téléphone." });
  await step(watch, "notified", { why: "CNDP 2024-1." });
  await step(watch, "closed", { why: "Poste retrouvé." });
  await watch.go("/keeping");
  check(!await watch.has(`#breaches > ul a[href='${breach}']`), "what was closed still waits");
}

async function step(watch, name, fields) {
  const form = `form:has(button[value=${name}])`;
  await watch.fill(fields, form);
  await watch.press(`${form} button[value=${name}]`);
}
