// Items 9 and 10: who opens what, as partners see it; tokens, statistics, backups, and a node
// that was set back.
import { readFileSync } from "node:fs";
import { check } from "../report.mjs";
import { until, words } from "../tools.mjs";
import { begin, checked, notice, released, request, sent } from "../writing.mjs";

const BOX = "[name=open][value='liaison/case-data/analyst']";

/** Taken from a role: gone for it at once here, and said to whoever is about to send there. */
export async function policy(cast, lang, script) {
  const administrator = await cast.as("brussels", "administrator", lang, script);
  const analyst = await cast.as("brussels", "analyst", lang, script);
  const writer = await cast.as("rabat", "officer", lang, script);
  const subject = `Qui ouvre ${lang} ${script ? "s" : "n"} ${process.pid}`;
  await begin(writer, "notice");
  const draft = await checked(writer, notice("be.interior/liaison", subject, "Un texte."));
  const role = words(lang)["role-analyst"];
  const openers = async () => { await writer.go(`/drafts/${draft}/check`); return writer.text(".openers"); };
  await until(async () => (await openers()).includes(role), "the roles that will open it");
  check(/\d|une personne|شخص/.test(await openers()), "not how many people");
  await released(writer, draft);
  await until(async () => { await analyst.go("/cases"); return analyst.says(subject); }, "the notice in Brussels");
  const theirs = await analyst.page.locator(`a:has-text("${subject}")`).first().getAttribute("href");

  await publish(administrator, "uncheck");
  check(await analyst.go(theirs) === 404, "a class that was taken from a role still opens");
  await begin(writer, "notice");
  const next = await checked(writer, notice("be.interior/liaison", subject, "Un texte."));
  await until(async () => { await writer.go(`/drafts/${next}/check`); return !await writer.says(role, ".openers"); }, "the new policy in Rabat");
  await publish(administrator, "check");
  check(await analyst.go(theirs) === 200, "a class that was given back does not open");
  await until(async () => { await writer.go(`/drafts/${next}/check`); return writer.says(role, ".openers"); }, "the policy as it was");
}

async function publish(administrator, how) {
  await administrator.go("/access");
  await administrator.page.locator(BOX)[how]();
  await administrator.press("form[action='/access'] button");
}

/** A secret is shown once. */
export async function tokens(cast, lang, script) {
  const administrator = await cast.as("rabat", "administrator", lang, script);
  const name = `Messagerie ${lang} ${script ? "s" : "n"}`;
  await administrator.go("/tokens");
  const form = "form[action='/tokens']";
  await administrator.fill({ name }, form);
  check(await administrator.press(`${form} button`) === 422, "a token without any right is made");
  await administrator.fill({ scope: ["read"] }, form);
  await administrator.press(`${form} button`);
  const secret = await administrator.text("code.big");
  const ask = () => fetch(`${administrator.base}/v1/partners`, { headers: { authorization: `Bearer ${secret}` } });
  check((await ask()).status === 200, "the secret opens nothing");
  await administrator.go("/tokens");
  check(!(await administrator.page.content()).includes(secret), "the secret is shown again");
  await administrator.press(`tr:has-text("${name}") button`);
  check((await ask()).status === 401, "a revoked secret still opens");
}

/** One request more is one request more, on the page and in the file. */
export async function statistics(cast, lang, script) {
  const writer = await cast.as("rabat", "officer", lang, script);
  const asked = async () => {
    await writer.go("/statistics");
    const cells = writer.page.locator(`td[data-label="${words(lang)["statistics-asked"]}"]`);
    return (await cells.allInnerTexts()).reduce((sum, one) => sum + Number(one), 0);
  };
  const before = await asked();
  await begin(writer, "request");
  await sent(writer, request("be.interior/liaison", `Compté ${lang} ${process.pid}`, "Une plaque."));
  check(await asked() === before + 1, "a request is not counted");
  check(await writer.has("svg.bars rect"), "no figure");
  const file = await writer.take("a[href^='/statistics/csv']");
  const [head, ...lines] = readFileSync(file, "utf8").trim().split(/\r?\n/);
  check(head.includes(",") && lines.length > 0, "the file holds nothing");
  check(!lines.join().includes("Compté"), "the file names a case");
}

/** Made on the command line; the page says when. */
export async function backup(cast, lang, script) {
  const administrator = await cast.as("rabat", "administrator", lang, script);
  const name = `${lang}-${script}`;
  const made = cast.world.backup("rabat", name);
  check(made.status === 0, `no backup: ${made.stderr}`);
  await administrator.go("/backups");
  check(!await administrator.says(words(lang)["backups-none"]), "the page knows of no backup");
  const whole = cast.world.command(["backup", "--check", ...cast.world.backupFile(name)]);
  check(whole.status === 0, `the backup is not whole: ${whole.stderr}`);
}

/**
 * Rabat from the backup that was made before anything was told here. Its partner co-signed more:
 * the node says so, and a person decides.
 */
export async function setBack(cast) {
  await cast.world.setBack();
  const administrator = await cast.as("setback", "administrator", "fr");
  await until(async () => { await administrator.go("/partners"); return administrator.has(".alarm a"); }, "the alarm");
  const alarm = await administrator.page.locator(".alarm a").first().getAttribute("href");
  await administrator.go(alarm);
  check(await administrator.has("main [download]"), "no evidence to download");
  await administrator.go("/backups");
  check(await administrator.has("main table tbody tr"), "nothing about what came back");
  return { alarm };
}
