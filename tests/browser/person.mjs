// People in browsers. Whoever signed in once keeps their session in every window of theirs:
// a code works once in thirty seconds, and nobody signs in again to change the language.
import { check } from "./report.mjs";
import { chromium } from "./tools.mjs";
import { PEOPLE } from "./world.mjs";

const WIDE = { width: 1280, height: 900 };
/** What a page of a node on this machine never needs, in milliseconds. */
const PATIENCE = 30_000;

/** Everybody, and the one browser that they share. */
export class Cast {
  static async gather(world, executablePath) {
    // Without its sandbox: the tests run as root in a container, and open our own pages only.
    const browser = await chromium.launch({
      executablePath, args: ["--no-sandbox"], handleSIGTERM: false, handleSIGINT: false,
    });
    return new Cast(world, browser);
  }

  constructor(world, browser) {
    Object.assign(this, { world, browser, cookies: new Map(), windows: new Map() });
  }

  /** A window of somebody of this role, signed in. */
  async as(city, role, lang, script = true) {
    const name = PEOPLE[city][role];
    const key = [city, name, lang, script].join(" ");
    const who = `${city} ${name}`;
    if (!this.windows.has(key)) {
      if (!this.cookies.has(who)) this.cookies.set(who, await this.signIn(this.world[city], name));
      const person = await this.stranger(this.world[city], lang, script);
      await person.context.addCookies(this.cookies.get(who));
      this.windows.set(key, person);
    }
    return this.windows.get(key);
  }

  /** A window of nobody yet. */
  async stranger(base, lang, script = true, options = {}) {
    const context = await this.browser.newContext({
      viewport: WIDE, javaScriptEnabled: script, locale: lang, acceptDownloads: true, ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    await context.addCookies([{ name: "passerelle-language", value: lang, url: base }]);
    return Person.open(context, base, lang, script);
  }

  async signIn(base, name) {
    const person = await this.stranger(base, "fr");
    await person.go("/sign-in");
    await person.press(`form:has(input[name=name][value="${name}"]) button`);
    // Whoever works in a joint group begins there.
    if (!/^\/(today|group)/.test(person.path())) throw new Error(`${name} cannot sign in: ${await person.text()}`);
    const cookies = await person.context.cookies();
    await person.close();
    return cookies.filter((cookie) => cookie.name === "passerelle-session");
  }

  async end() { await this.browser.close(); }
}

/** One person in one window. */
export class Person {
  static async open(context, base, lang, script) {
    const page = await context.newPage();
    const person = new Person(context, page, base, lang, script);
    page.on("pageerror", (error) => check(false, `script error: ${error.message}`));
    page.on("console", (line) => person.hear(line.text()));
    page.on("request", (request) => person.sees(request));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    return person;
  }

  constructor(context, page, base, lang, script) {
    Object.assign(this, { context, page, base, lang, script, violations: [], expected: false });
  }

  hear(line) {
    if (/content security policy|trusted ?type/i.test(line)) this.violated(line);
  }

  sees(request) {
    const url = request.url();
    if (url === `${this.base}/csp`) this.violated(`report: ${request.postData()}`);
    const own = url.startsWith(this.base) || url.startsWith("data:");
    check(own, `another host was asked: ${url}`);
  }

  violated(what) {
    this.violations.push(what);
    if (!this.expected) check(false, `violation of the content security policy: ${what}`);
  }

  path() { return new URL(this.page.url()).pathname; }

  async go(path) {
    const answer = await this.page.goto(this.base + path);
    return answer.status();
  }

  /** Presses something that leads to a page; gives the answer's status. */
  async press(selector) {
    const element = this.page.locator(selector).first();
    const [answer] = await Promise.all([this.page.waitForNavigation(), element.click()]);
    return answer?.status();
  }

  /** Presses something that gives a file; its bytes. */
  async take(selector) {
    const element = this.page.locator(selector).first();
    const [download] = await Promise.all([this.page.waitForEvent("download"), element.click()]);
    return download.path();
  }

  async has(selector) { return (await this.page.locator(selector).count()) > 0; }

  async text(selector = "main") { return this.page.locator(selector).first().innerText(); }

  async says(text, selector = "main") { return (await this.text(selector)).includes(text); }

  /** Opens everything that is folded. */
  async unfold() {
    await this.page.locator("main details").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
  }

  /** Fills a form by the names of its fields. */
  async fill(fields, form = "main form:has([name=version])") {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.page.locator(`${form} [name="${name}"]`);
      const kind = (await field.first().getAttribute("type")) ?? "";
      if (["radio", "checkbox"].includes(kind)) {
        for (const one of [value].flat()) await field.and(this.page.locator(`[value="${one}"]`)).check();
      } else if (await field.first().evaluate((element) => element.tagName === "SELECT")) {
        await field.selectOption(value);
      } else {
        await field.fill(value);
      }
    }
  }

  async close() { await this.context.close(); }
}
