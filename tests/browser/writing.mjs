// What people write in these stories, and the way of a draft from form to release.
import { check } from "./report.mjs";

const FRAME = {
  purpose: "trafficking",
  basis: "convention-2014",
  offences: ["organised-crime"],
  class: "case-data",
  personal: "no",
  tlp: "amber",
};

/** A notice that needs nobody else. */
export const notice = (to, subject, text) => ({ to, subject, text, ...FRAME });

/** A request that needs nobody else. */
export const request = (to, subject, text) => ({
  ...notice(to, subject, text),
  "held-because": "La plaque est belge.",
});

/** One suspect, on the ground of the convention. */
export const person = {
  personal: "yes",
  persons: "1",
  categories: ["suspect"],
  nature: "fact",
  "as-of": "2024-04-01",
  completeness: "complete",
  ground: "instrument",
  "ground-reference": "Convention 2014",
  tainted: "no",
  protection: "no",
};

/** Short texts that answer something need only this. */
export const reply = (text) => ({ text, personal: "no", tlp: "amber" });

/** Begins something of one's own accord. */
export async function begin(writer, kind) {
  await writer.go("/write");
  await writer.press(`form:has(input[name=kind][value=${kind}]) button`);
}

/** Begins something about a record of the case that is open. */
export async function about(writer, kind, record = "") {
  const scope = record ? `[id="r-${record}"] ` : "";
  await writer.press(`${scope}form[action="/drafts"]:has(input[name=kind][value=${kind}]) button`);
}

/** From the form to the page where answers are checked; gives the draft. */
export async function checked(writer, fields) {
  await writer.fill(fields);
  await writer.press("button[name=next][value=check]");
  const draft = writer.path().split("/")[2];
  const there = writer.path().endsWith("/check");
  check(there, `the form has faults: ${there ? "" : await writer.text("[role=alert]").catch(() => writer.page.url())}`);
  return draft;
}

/** Hands the draft that is being checked to a second person. */
export async function submitted(writer) {
  await writer.press("form[action$='/submit'] button");
}

/** The second person's yes. */
export async function approved(approver, draft) {
  await approver.go(`/drafts/${draft}/check`);
  await approver.press("form[action$='/approve'] button");
}

/** Releases; gives the case and the records that its writer sees there. */
export async function released(writer, draft) {
  if (draft) await writer.go(`/drafts/${draft}/check`);
  await writer.press("form[action$='/release'] button");
  check(writer.path().startsWith("/cases/"), `not released: ${writer.page.url()}`);
  return writer.path();
}

/** From form to release, where the rules ask for nobody else. */
export async function sent(writer, fields) {
  await checked(writer, fields);
  return released(writer);
}

/** Identifiers of the records of the case that is open, in their order. */
export const records = (reader) =>
  reader.page.locator("[id^='r-']").evaluateAll((all) => all.map((one) => one.id.slice(2)).filter((id) => /^[0-9a-f]{32}$/.test(id)));

/** Accepts the conditions of whatever is closed in the case that is open. */
export async function opened(reader) {
  while (await reader.has("form[action$='/conditions'] button")) {
    await reader.press("form[action$='/conditions'] button");
  }
}

/** Takes the first record of the case that is open back, alone; gives its identifier. */
export async function takenBack(writer) {
  const [record] = await records(writer);
  await about(writer, "recall", record);
  await checked(writer, {});
  await released(writer);
  return record;
}
