// What goes wrong while people work: a session that ends, two people on one draft, a page of
// another site; and the proof that a violation of the page's policy would be seen.
import { gzipSync } from "node:zlib";
import { check } from "../report.mjs";
import { begin } from "../writing.mjs";

export async function expired(cast, lang, script) {
  const writer = await cast.as("rabat", "officer", lang, script);
  await begin(writer, "notice");
  const draft = writer.path();
  const text = "Un long texte qui ne doit pas se perdre. نصّ طويل.";
  const session = (await writer.context.cookies()).filter((cookie) => cookie.name === "passerelle-session");
  if (script) await writer.page.route(`**${draft}`, (route) => {
    // The page's own saving must not be first: only the button is tried here.
    const quiet = route.request().postData()?.includes("next=quiet");
    return quiet ? route.abort() : route.continue();
  });
  await writer.fill({ text });
  await writer.context.clearCookies({ name: "passerelle-session" });
  check(await writer.press("button[name=next][value=save]") === 401, "a session that ended goes on");
  const kept = await writer.page.locator("main [name=kept]").first().inputValue();
  check(new URLSearchParams(kept).get("text") === text, "what was typed is not carried along");
  await writer.page.unrouteAll();
  await writer.context.addCookies(session);
  await writer.go(draft);
}

export async function conflict(cast, lang, script) {
  const one = await cast.as("brussels", "officer", lang, script);
  await begin(one, "notice");
  const draft = one.path();
  const other = await one.context.newPage();
  await other.goto(one.base + draft);
  await other.fill("[name=subject]", "De tweede");
  await Promise.all([other.waitForNavigation(), other.locator("button[name=next][value=save]").click()]);
  await other.close();
  await one.fill({ subject: "De eerste" });
  check(await one.press("button[name=next][value=save]") === 409, "a second writer overwrites the first");
  check(await one.says("De tweede") && await one.says("De eerste"), "not both versions are shown");
  await one.press(`form[action='${draft}'] button`);
  check(await one.page.locator("[name=subject]").inputValue() === "De eerste", "one's own version cannot be kept");
}

/** A click while the page saves itself is no conflict with oneself. */
export async function hurried(cast, lang) {
  const writer = await cast.as("rabat", "officer", lang, true);
  await begin(writer, "notice");
  let saves = 0;
  await writer.page.route(`**${writer.path()}`, async (route) => {
    saves += 1;
    await route.continue();
  });
  for (let turn = 0; turn < 3; turn += 1) {
    await writer.page.locator("[name=subject]").fill(`Vite ${turn}`);
    await writer.page.waitForRequest((request) => request.postData()?.includes("next=quiet") ?? false);
    await writer.page.locator("[name=text]").fill(`Texte ${turn}`);
    const status = await writer.press("button[name=next][value=save]");
    check(status === 200, `a hurried click answers ${status}`);
    check(await writer.page.locator("[name=text]").inputValue() === `Texte ${turn}`, "a hurried click loses words");
  }
  check(saves >= 6, "the page did not save itself");
  await writer.page.unrouteAll();
}

export async function forged(cast, lang) {
  const supervisor = await cast.as("rabat", "supervisor", lang);
  const post = (options) => supervisor.page.request.post(`${supervisor.base}/drafts`, options);
  check((await post({ form: { kind: "notice", csrf: "0" } })).status() === 403, "a form without its token is taken");
  const foreign = await post({ form: { kind: "notice" }, headers: { origin: "https://evil.example" } });
  check(foreign.status() === 403, "a form of another site is taken");
}

/** The negative control: a page with a foreign script in it is noticed, and runs nothing. */
export async function violation(cast, lang) {
  const person = await cast.stranger(cast.world.rabat, lang);
  person.expected = true;
  await person.page.route("**/help", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace("</main>", "<script>document.title = 'run'</script></main>");
    await route.fulfill({ response: answer, body });
  });
  await person.go("/help");
  check(await person.page.title() !== "run", "a foreign script runs");
  check(person.violations.length > 0, "a violation is not noticed");
  await person.close();
}

/** A small file goes along, and comes out again at the other end as it was. */
export async function attached(cast, lang, script) {
  const writer = await cast.as("rabat", "officer", lang, script);
  await begin(writer, "notice");
  const file = { name: "Relevé n° 1.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") };
  await writer.page.setInputFiles("input[type=file]", file);
  await writer.press("form[enctype='multipart/form-data'] button");
  check(await writer.says(file.name), "the file is not listed");
  await writer.press("form[action$='/files/remove'] button");
  check(!await writer.says(file.name), "the file cannot be taken out");
}

/** How much a first visit costs. */
export async function weight(cast) {
  const base = cast.world.rabat;
  const html = await (await fetch(`${base}/sign-in`)).text();
  let total = gzipSync(html).length;
  for (const [, path] of html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
    total += gzipSync(Buffer.from(await (await fetch(base + path)).arrayBuffer())).length;
  }
  check(total < 150 * 1024, `a first visit weighs ${total} bytes`);
}
