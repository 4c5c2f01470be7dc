// Item 8: every step of every story above, and the audit package.
import { readFileSync, writeFileSync } from "node:fs";
import { check } from "../report.mjs";
import { PEOPLE } from "../world.mjs";

/** What the stories did at Rabat. */
const DEEDS = ["create", "submit", "approve", "decline", "transfer", "recall", "consult", "search", "sign-in"];
const FORM = "form[action='/register']";
const SHOW = `${FORM} button:not([formaction]):not([name])`;

export async function register(cast, lang, script) {
  const watch = await cast.as("rabat", "watch", lang, script);
  await watch.go("/register");
  check(await watch.page.locator(`${FORM} [name=why][required]`).count() === 1, "the register does not ask why");
  check(await watch.page.locator("main tbody tr").count() === 0, "acts show before a reason is given");
  const why = `contrôle de la licéité ${lang} ${script}`;
  for (const deed of DEEDS) {
    await watch.go("/register");
    await watch.fill({ why, deed }, FORM);
    await watch.press(SHOW);
    check(await watch.page.locator("main tbody tr").count() >= 1, `the register holds no ${deed}`);
  }
  await watch.go("/register");
  await watch.fill({ why }, FORM);
  await watch.press(SHOW);
  check(await watch.says(why), "reading the register is no act");
  await refused(cast, lang, script);
  await filtered(watch, why, { outcome: "refused" });
  await filtered(watch, why, { ground: "derogation" });
  await audited(cast, watch, why);
  const officer = await cast.as("rabat", "officer", lang, script);
  check(await officer.go("/register") === 404, "an officer reads the register");
}

/** A sign-in that fails is entered too. */
async function refused(cast, lang, script) {
  const stranger = await cast.stranger(cast.world.rabat, lang, script);
  await stranger.go("/sign-in");
  const form = "form[action='/sign-in']:has(input[type=password])";
  await stranger.fill({ name: PEOPLE.rabat.secretary, password: "pas le bon", code: "000000" }, form);
  await stranger.press(`${form} button`);
  await stranger.close();
}

async function filtered(watch, why, only) {
  await watch.go("/register");
  await watch.fill({ why, ...only }, FORM);
  await watch.press(SHOW);
  check(await watch.page.locator("main tbody tr").count() >= 1, `nothing with ${JSON.stringify(only)} in the register`);
}

/** Accepted as it is; refused with one letter changed. */
async function audited(cast, watch, why) {
  await watch.go("/register");
  await watch.fill({ why }, FORM);
  const file = await watch.take(`${FORM} button[formaction='/register/export']`);
  const verify = (path) => cast.world.command([
    "register", "verify", path, "--own", cast.world.card("rabat"), "--card", cast.world.card("brussels"),
  ]);
  const good = verify(file);
  check(good.status === 0, `the audit package does not verify: ${good.stderr}`);
  const bytes = readFileSync(file);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41;
  writeFileSync(`${file}-altered`, bytes);
  check(verify(`${file}-altered`).status !== 0, "an altered audit package verifies");
}
