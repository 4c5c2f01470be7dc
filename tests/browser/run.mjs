// Walks the desk of two live nodes as people do. Usage:
//   node run.mjs PASSERELLE-BINARY CHROMIUM
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = process.env.NODE_MODULES || join(import.meta.dirname, "node_modules");
const require = createRequire(join(modules, "..", "package.json"));
const { chromium } = await import(pathToFileURL(require.resolve("playwright-core")).href)
  .then((found) => found.default ?? found);
const axe = require.resolve("axe-core/axe.min.js");
const pictures = process.env.PICTURES;

let passed = 0;
const failures = [];
const check = (fact, what) => {
  if (fact) { passed += 1; } else { failures.push(what); console.log(`  FAILED ${what}`); }
};

/** Starts both nodes; gives their addresses once every receipt of the demonstration verified. */
async function demonstration(binary) {
  const folder = mkdtempSync(join(tmpdir(), "passerelle-browser-"));
  const child = spawn(binary, ["demo", "--headless", "--dir", join(folder, "demo")]);
  let said = "";
  const places = await new Promise((good, bad) => {
    child.stderr.on("data", (bytes) => { said += bytes; });
    child.stdout.on("data", (bytes) => {
      said += bytes;
      const found = [...said.matchAll(/http:\/\/(127\.0\.0\.1:\d+)/g)].map((one) => one[0]);
      if (found.length >= 2) good(found);
    });
    child.on("exit", (code) => bad(new Error(`the demonstration ended with ${code}\n${said}`)));
  });
  return {
    rabat: places[0],
    brussels: places[1],
    end: () => { child.removeAllListeners("exit"); child.kill("SIGTERM"); rmSync(folder, { recursive: true, force: true }); },
  };
}

/** One person in one browser of their own. */
class Person {
  static async arrive(browser, base, officer, lang, script) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: script, locale: lang });
    const page = await context.newPage();
    const person = new Person(base, officer, lang, script, context, page);
    page.on("pageerror", (error) => check(false, `${officer}: script error ${error.message}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(base) && !request.url().startsWith("data:")) check(false, `another host was asked: ${request.url()}`);
    });
    await page.goto(`${base}/sign-in`);
    await page.click(`button[name=lang][value=${lang}]`);
    await person.look("sign-in");
    await person.enter();
    return person;
  }

  constructor(base, officer, lang, script, context, page) {
    Object.assign(this, { base, officer, lang, script, context, page });
  }

  async enter() {
    // A code works once: whoever signs in often waits for the next one.
    for (let turn = 0; turn < 20; turn += 1) {
      await this.press(`button.account:has-text("${this.officer}")`);
      if (!new URL(this.page.url()).pathname.startsWith("/sign-in")) return;
      await new Promise((go) => setTimeout(go, 4000));
      await this.page.goto(`${this.base}/sign-in`);
    }
    throw new Error(`${this.officer} cannot sign in`);
  }

  async go(path) {
    const answer = await this.page.goto(this.base + path);
    return answer.status();
  }

  async press(selector) {
    await Promise.all([this.page.waitForNavigation(), this.page.locator(selector).first().click()]);
  }

  async text() { return this.page.locator("body").innerText(); }

  /** Checks a page as it stands: words, boxes, accessibility. */
  async look(name) {
    const where = `${this.lang} ${name}`;
    const html = await this.page.content();
    check(!/\[[a-z]+(-[a-z0-9]+)+\]/.test(html.replace(/<script.*?<\/script>/gs, "")), `${where}: a message is missing`);
    const dir = await this.page.locator("html").getAttribute("dir");
    check(dir === (this.lang === "ar" ? "rtl" : "ltr"), `${where}: direction`);
    if (pictures) {
      mkdirSync(pictures, { recursive: true });
      await this.page.screenshot({ path: join(pictures, `${this.lang}-${name}.png`), fullPage: true });
    }
    if (!this.script) return;
    const boxes = await this.page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      crest: document.querySelector(".crest").getBoundingClientRect().x,
      middle: document.documentElement.clientWidth / 2,
    }));
    check(boxes.wide <= 0, `${where}: wider than the window by ${boxes.wide}`);
    check((boxes.crest > boxes.middle) === (this.lang === "ar"), `${where}: mirrored`);
    // The policy of the page lets no foreign script in, so axe is put in by the browser itself.
    const session = await this.context.newCDPSession(this.page);
    const source = (await import("node:fs")).readFileSync(axe, "utf8");
    await session.send("Runtime.evaluate", { expression: source });
    const { result } = await session.send("Runtime.evaluate", {
      expression: "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) => JSON.stringify(r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | '))))",
      awaitPromise: true,
    });
    const found = JSON.parse(result.value ?? "[\"axe did not run\"]");
    check(found.length === 0, `${where}: ${found.join("; ")}`);
    await session.detach();
  }

  async close() { await this.context.close(); }
}

/** Fills the form of a request that the agreement allows. */
async function fillRequest(person, subject, tlp) {
  const page = person.page;
  await page.check("input[name=to][value='be.interior/police']");
  await page.fill("[name=subject]", subject);
  await page.fill("[name=text]", "Un véhicule est passé trois fois de nuit au même point de contrôle.");
  await page.check("input[name=purpose][value=trafficking]");
  await page.check("input[name=basis][value='convention-2014']");
  await page.check("input[name=offences][value='organised-crime']");
  await page.check("input[name=class][value='case-data']");
  await page.fill("[name=held-because]", "La plaque est belge.");
  await page.check("input[name=personal][value=no]");
  await page.selectOption("[name=tlp]", tlp);
}

/** Waits until a page says something, by asking for it again: the other node needs a moment. */
async function until(person, path, fits, what) {
  for (let turn = 0; turn < 60; turn += 1) {
    await person.go(path);
    if (fits(await person.page.content())) return true;
    await new Promise((go) => setTimeout(go, 250));
  }
  check(false, `${person.lang}: ${what} did not come`);
  return false;
}

/** The issue's own story, from a question to the register. */
async function story(browser, places, lang, script) {
  const label = `${lang}${script ? "" : " without script"}`;
  console.log(`- the story, ${label}`);
  const subject = `Véhicule ${label} ${process.pid}`;
  const officer = await Person.arrive(browser, places.rabat, "rabat-agent", lang, script);
  await officer.look("today");
  await officer.press("a[href='/write']");
  await officer.look("write");
  await officer.press("button.choice");
  await officer.look("draft-empty");
  await officer.press("button[value=check]");
  check(await officer.page.locator(".summary li").count() > 4, `${label}: what is missing is listed`);
  await officer.look("draft-faults");
  await fillRequest(officer, subject, "red");
  if (script) {
    await officer.page.waitForFunction(() => document.querySelector("#panel .openers"));
    check(await officer.page.locator("#panel .needs-approval").count() >= 1, `${label}: the panel asks for a second person`);
  }
  await officer.press("button[value=check]");
  await officer.look("check");
  const draft = new URL(officer.page.url()).pathname.split("/")[2];
  check(await officer.page.locator("form[action$='/release']").count() === 0, `${label}: nothing leaves without a second person`);
  await officer.press("form[action$='/submit'] button");

  const approver = await Person.arrive(browser, places.rabat, "rabat-approbateur", lang, script);
  await approver.look("approver-today");
  check((await approver.text()).includes(subject), `${label}: it waits for the approver`);
  await approver.go(`/drafts/${draft}/check`);
  await approver.look("decide");
  await approver.press("form[action$='/approve'] button");

  await officer.go(`/drafts/${draft}/check`);
  await officer.press("form[action$='/release'] button");
  const path = new URL(officer.page.url()).pathname;
  check(path.startsWith("/cases/"), `${label}: released into its case`);
  check((await officer.text()).includes(subject), `${label}: the case shows it`);
  await until(officer, path, (html) => html.includes("class=\"proof\""), "the receipt");
  await officer.look("case");

  const asked = await Person.arrive(browser, places.brussels, "brussel-agent", lang, script);
  await until(asked, "/today", (html) => html.includes(subject), "the request in Brussels");
  await asked.look("brussels-today");
  await asked.press(`a:has-text("${subject}")`);
  check(await asked.page.locator("form[action$='/conditions']").count() === 1, `${label}: conditions come before content`);
  check(!(await asked.text()).includes("trois fois de nuit"), `${label}: nothing shows before they are accepted`);
  await asked.look("conditions");
  await asked.press("form[action$='/conditions'] button");
  check((await asked.text()).includes("trois fois de nuit"), `${label}: then it opens`);
  await asked.press("form:has(input[value=answer]) button");
  await asked.page.fill("[name=text]", "Het voertuig is niet geseind.");
  await asked.page.check("input[name=personal][value=no]");
  await asked.page.selectOption("[name=tlp]", "amber");
  await asked.press("button[value=check]");
  await asked.press("form[action$='/release'] button");

  await until(officer, path, (html) => html.includes("entry theirs"), "the answer in Rabat");
  if (await officer.page.locator("form[action$='/conditions']").count() > 0) await officer.press("form[action$='/conditions'] button");
  check((await officer.text()).includes("niet geseind"), `${label}: the answer shows`);
  await officer.look("answered");
  await officer.press("form:has(input[value=acknowledgement]) button");
  await officer.page.fill("[name=text]", "Merci.");
  await officer.page.check("input[name=personal][value=no]");
  await officer.press("button[value=check]");
  await officer.press("form[action$='/release'] button");

  // A record is taken back: gone on the other side, and said so here.
  await officer.press("form:has(input[value=recall]) button");
  await officer.press("button[value=check]");
  if (await officer.page.locator("form[action$='/release']").count() === 0) {
    const recall = new URL(officer.page.url()).pathname.split("/")[2];
    await officer.press("form[action$='/submit'] button");
    await approver.go(`/drafts/${recall}/check`);
    await approver.press("form[action$='/approve'] button");
    await officer.go(`/drafts/${recall}/check`);
  }
  await officer.press("form[action$='/release'] button");
  await until(officer, path, (html) => html.includes("proofline"), "the signed statement of erasure");
  await asked.go("/search");
  await asked.page.fill("[name=text]", "controle");
  check(!(await asked.text()).includes(subject), `${label}: gone from their lists`);

  await officer.go("/search");
  await officer.look("search");
  await officer.page.fill("#text", `véhicule ${process.pid}`);
  await officer.page.fill("#why", "suivi du dossier");
  await officer.press("form.sheet button.primary");
  check(await officer.page.locator(".todo li").count() >= 1, `${label}: search finds it`);
  await officer.look("found");

  const watch = await Person.arrive(browser, places.rabat, "rabat-donnees", lang, script);
  await watch.go("/register");
  await watch.look("register-why");
  await watch.page.fill("#why", "contrôle de la licéité");
  await watch.press("form.sheet button.primary");
  await watch.look("register");
  const register = await watch.page.content();
  for (const deed of ["transfer", "recall", "approve", "submit", "consult", "search"]) {
    const word = await watch.page.locator(`#deed option[value='${deed}']`).innerText();
    check(register.includes(`<th scope="row">${word}`), `${label}: the register holds ${deed}`);
  }
  for (const person of [officer, approver, asked, watch]) await person.close();
}

/** What must not work. */
async function refusals(browser, places) {
  console.log("- refusals");
  const admin = await Person.arrive(browser, places.rabat, "rabat-admin", "fr", true);
  for (const path of ["/cases", "/search", "/register", "/write"]) {
    check(await admin.go(path) === 404, `an administrator sees ${path}`);
  }
  for (const path of ["/people", "/people/new", "/settings", "/people/rabat-agent", "/sessions", "/partners", "/help", "/accessibility"]) {
    check(await admin.go(path) === 200, `an administrator does not see ${path}`);
    await admin.look(`admin${path.replaceAll("/", "-")}`);
  }
  const supervisor = await Person.arrive(browser, places.rabat, "rabat-superviseur", "fr", true);
  await supervisor.go("/cases");
  await supervisor.look("cases");
  check(await supervisor.page.locator("a[href='/write']").count() === 0, "a supervisor may write");
  const forged = await supervisor.page.request.post(`${places.rabat}/drafts`, { form: { kind: "notice", csrf: "0" } });
  check(forged.status() === 403, "a form without its token is taken");
  const foreign = await supervisor.page.request.post(`${places.rabat}/drafts`, { form: { kind: "notice" }, headers: { origin: "https://evil.example" } });
  check(foreign.status() === 403, "a form of another site is taken");
  check(await supervisor.go("/cases/be.interior~01a20e9d74a4e4de3b9982d866381d22") === 404, "a case that is not there answers otherwise than 404");

  // The session ends while somebody writes.
  const writer = await Person.arrive(browser, places.rabat, "rabat-agent", "fr", false);
  await writer.go("/write");
  await writer.press("button.choice");
  await writer.page.fill("[name=text]", "Un long texte qui ne doit pas se perdre.");
  await writer.context.clearCookies({ name: "passerelle-session" });
  await writer.press("button[value=save]");
  check((await writer.page.content()).includes("name=\"kept\""), "what was typed is not carried along");
  await writer.go("/sign-in");
  await writer.close();

  // Two people on one draft: nothing is overwritten.
  const one = await Person.arrive(browser, places.brussels, "brussel-agent", "nl", false);
  await one.go("/write");
  await one.press("button.choice");
  const address = new URL(one.page.url()).pathname;
  const two = await one.context.newPage();
  await two.goto(places.brussels + address);
  await two.fill("[name=subject]", "De tweede");
  await Promise.all([two.waitForNavigation(), two.locator("button[value=save]").click()]);
  await one.page.fill("[name=subject]", "De eerste");
  const [answer] = await Promise.all([one.page.waitForNavigation(), one.page.locator("button[value=save]").click()]);
  check(answer.status() === 409, "a second writer overwrites the first");
  const both = await one.text();
  check(both.includes("De tweede") && both.includes("De eerste"), "not both versions are shown");
  await one.look("conflict");
  for (const person of [admin, supervisor, one]) await person.close();
}

/** From sign-in to a written draft with nothing but the keyboard. */
async function keyboard(browser, places) {
  console.log("- keyboard");
  const person = await Person.arrive(browser, places.rabat, "rabat-agent", "fr", true);
  await person.page.keyboard.press("g");
  await Promise.all([person.page.waitForNavigation(), person.page.keyboard.press("w")]);
  check(person.page.url().endsWith("/write"), "g w leads to writing");
  await person.page.locator("button.choice").first().focus();
  await Promise.all([person.page.waitForNavigation(), person.page.keyboard.press("Enter")]);
  await person.page.locator("#i-subject").focus();
  await person.page.keyboard.type("Au clavier");
  check(await person.page.locator("#i-subject").inputValue() === "Au clavier", "typing works");
  await person.close();
}

/** How much a first visit costs. */
async function weight(places) {
  const { gzipSync } = await import("node:zlib");
  const html = await (await fetch(`${places.rabat}/sign-in`)).text();
  let total = gzipSync(html).length;
  for (const [, path] of html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
    total += gzipSync(await (await fetch(places.rabat + path)).text()).length;
  }
  console.log(`- a first visit is ${(total / 1024).toFixed(1)} KiB compressed`);
  check(total < 150 * 1024, `a first visit weighs ${total} bytes`);
}

const [binary, executablePath] = process.argv.slice(2);
const places = await demonstration(binary);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  await weight(places);
  await story(browser, places, "fr", true);
  await story(browser, places, "ar", true);
  await story(browser, places, "ar", false);
  if (pictures) for (const lang of ["nl", "en"]) await story(browser, places, lang, true);
  await refusals(browser, places);
  await keyboard(browser, places);
} catch (error) {
  failures.push(String(error));
  console.log(error);
} finally {
  await browser.close();
  places.end();
}
console.log(`${passed} checks passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
