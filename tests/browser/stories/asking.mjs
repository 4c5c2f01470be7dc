// Items 2 to 6: a question from Rabat to Brussels with everything that can follow from it, each
// step on the screens of both, until the question is taken back and gone.
import { readFileSync } from "node:fs";
import { check } from "../report.mjs";
import { until, words } from "../tools.mjs";
import { about, approved, begin, checked, opened, records, released, reply, request, sent, submitted } from "../writing.mjs";

const SECRET = "trois fois de nuit";

export async function asking(cast, lang, script) {
  const subject = `Véhicule ${lang} ${script ? "s" : "n"} ${process.pid}`;
  const [officer, approver, asked] = [
    await cast.as("rabat", "officer", lang, script),
    await cast.as("rabat", "approver", lang, script),
    await cast.as("brussels", "officer", lang, script),
  ];
  const path = await secondPerson(officer, approver, subject, script);
  await until(async () => { await asked.go("/today"); return asked.says(subject); }, "the request in Brussels");
  check(await asked.has(`a:has-text("${subject}") time`), "no clock beside what must be answered");
  await conditions(asked, subject);
  const theirs = asked.path();

  await about(asked, "clarification");
  await sent(asked, reply("Welke plaat?"));
  await arrived(officer, path, 2);
  await same(officer, path, asked, theirs, "clarification");
  await officer.go("/today");
  check(await officer.says(subject), "the question for details is not on the first page");
  await officer.go(path);
  const [question, clarification] = await records(officer);
  await about(officer, "clarification", clarification);
  await sent(officer, reply("1-DEM-000"));

  await arrived(asked, theirs, 3);
  await asked.go(theirs);
  await about(asked, "answer", question);
  await sent(asked, { ...reply("De plaat is toegekend."), part: "partial" });
  await arrived(officer, path, 4);
  await same(officer, path, asked, theirs, "partly-answered");
  await asked.go(theirs);
  await about(asked, "answer", question);
  await sent(asked, { ...reply("Niet geseind."), part: "final" });
  await arrived(officer, path, 5);
  check(await officer.says("Niet geseind."), "the answer does not show");
  await same(officer, path, asked, theirs, "answered");

  const answer = (await records(officer)).at(-1);
  await about(officer, "acknowledgement", answer);
  await sent(officer, reply("Merci."));
  await arrived(asked, theirs, 6);
  await same(officer, path, asked, theirs);
  await proof(cast, officer, path, question, script);
  await recalled(officer, approver, asked, { path, theirs, question, subject });
}

/** Red needs a second person, and nobody is their own. Gives the address of the case. */
async function secondPerson(officer, approver, subject, script) {
  await begin(officer, "request");
  await officer.press("button[name=next][value=check]");
  check(await officer.page.locator("[role=alert] li").count() > 4, "what is missing is not listed");
  const fields = { ...request("be.interior/police", subject, `Un véhicule est passé ${SECRET}.`), tlp: "red" };
  if (script) {
    await officer.fill(fields);
    await officer.page.waitForFunction(() => /brux|brus|بروكسل/i.test(document.querySelector("aside").innerText));
  }
  const draft = await checked(officer, fields);
  check(!await officer.has("form[action$='/release']"), "it could leave without a second person");
  check(!await officer.has("form[action$='/approve']"), "its writer could approve it");
  await submitted(officer);
  await approver.go("/today");
  check(await approver.says(subject), "it does not wait for the approver");
  await approver.press(`a:has-text("${subject}")`);
  await approved(approver, draft);
  return released(officer, draft);
}

/** Conditions come before content. */
async function conditions(reader, subject) {
  await reader.press(`a:has-text("${subject}")`);
  check(await reader.has("form[action$='/conditions']"), "no conditions before the content");
  check(!(await reader.page.content()).includes(SECRET), "the content shows before its conditions are accepted");
  await opened(reader);
  check((await reader.page.content()).includes(SECRET), "the content does not open");
}

/** Waits for so many records, and opens them. */
async function arrived(reader, path, count) {
  await until(async () => { await reader.go(path); return (await records(reader)).length >= count; }, `${count} records`);
  await opened(reader);
}

/** Both sides show the same records in the same order, and the same stage. */
async function same(one, path, other, theirs, stage) {
  await until(async () => {
    await one.go(path);
    await other.go(theirs);
    const [ours, yours] = [await stageOf(one), await stageOf(other)];
    return ours === yours && (!stage || ours === words(one.lang)[`stage-${stage}`]);
  }, `the same stage on both nodes (${stage ?? "any"})`);
  const [ours, yours] = [await records(one), await records(other)];
  check(ours.join() === yours.join(), `the nodes show other records: ${ours} and ${yours}`);
}

/** The stage that stands above the records. */
async function stageOf(reader) {
  const whole = await reader.text();
  const head = whole.split(/\n/).slice(0, 12).join("\n");
  const stages = Object.entries(words(reader.lang)).filter(([key]) => key.startsWith("stage-"));
  const found = stages.map(([, word]) => word).filter((word) => head.includes(word));
  return found.sort((a, b) => b.length - a.length)[0];
}

/** The receipt comes as a file, and the program accepts it offline. */
async function proof(cast, officer, path, record, script) {
  const drawer = `[id="r-${record}"] details.proof`;
  await until(async () => { await officer.go(path); return officer.has(drawer); }, "the receipt");
  await officer.page.locator(`${drawer} summary`).first().click();
  if (!script) await officer.press(`${drawer} a[href*='/proof']`);
  const form = `${script ? `${drawer} ` : ""}form[action$='/receipt']`;
  await officer.page.locator(form).waitFor();
  const said = words(officer.lang)["proof-yourself"];
  check(await officer.says(said), "the proof is not laid open");
  const file = await officer.take(`${form} button`);
  const cards = ["rabat", "brussels"].flatMap((city) => ["--card", cast.world.card(city)]);
  const verified = cast.world.command(["verify", file, ...cards]);
  check(verified.status === 0, `the receipt does not verify: ${verified.stderr}`);
  check(readFileSync(file, "utf8").length > 100, "the receipt is empty");
}

/** Taken back: gone at the partner, who signed that it is; said so here. */
async function recalled(officer, approver, asked, { path, theirs, question, subject }) {
  await officer.go(path);
  await about(officer, "recall", question);
  const draft = await checked(officer, {});
  if (!await officer.has("form[action$='/release']")) {
    await submitted(officer);
    await approved(approver, draft);
  }
  await released(officer, await officer.has("form[action$='/release']") ? undefined : draft);
  await until(async () => { await asked.go(theirs); return !(await asked.page.content()).includes(SECRET); }, "the erasure in Brussels");
  const erased = words(officer.lang)["bead-erased"];
  await until(async () => { await officer.go(path); return officer.says(erased); }, "the statement of erasure");
  await asked.go("/search");
  await asked.fill({ text: subject, why: "suivi" }, "form[action='/search']");
  await asked.press("form[action='/search'] button:not([name])");
  check(!await asked.has(`a[href*='${question}#r-${question}']`), "search finds what was taken back");
}
