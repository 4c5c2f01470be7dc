// Walks the desk of live nodes as people do. Usage:
//   node run.mjs PASSERELLE-BINARY CHROMIUM [PART OF A NAME...]
import { look } from "./look.mjs";
import { LAST_PAGES, PAGES, open, prepared } from "./pages.mjs";
import { Cast } from "./person.mjs";
import { announce, check, summary, told } from "./report.mjs";
import { brought, searched, swollen, translated } from "./stories/again.mjs";
import { asking } from "./stories/asking.mjs";
import { fourEyes } from "./stories/four-eyes.mjs";
import { agreeing, crossing, wall } from "./stories/group.mjs";
import { assessing, following } from "./stories/group-follow.mjs";
import { convening, reading } from "./stories/group-meet.mjs";
import { publishing } from "./stories/group-public.mjs";
import { partners, people, rooms } from "./stories/houses.mjs";
import { duties, evidence, restricted } from "./stories/keeping.mjs";
import { keyboard } from "./stories/keyboard.mjs";
import { attached, conflict, expired, forged, hurried, violation, weight } from "./stories/mishaps.mjs";
import { register } from "./stories/register.mjs";
import { backup, policy, setBack, statistics, tokens } from "./stories/running.mjs";
import { searching } from "./stories/search.mjs";
import { aPerson, firstStart } from "./stories/sign-in.mjs";
import { refusing, telling } from "./stories/telling.mjs";
import { confiding, inspecting } from "./stories/trust.mjs";
import { World } from "./world.mjs";

/** Told in French and in Arabic, with scripts and without. */
const STORIES = {
  "sign-in": aPerson,
  rooms,
  asking,
  telling,
  refusing,
  "four-eyes": fourEyes,
  searching,
  evidence,
  restricted,
  duties,
  confiding,
  inspecting,
  "group-agreeing": agreeing,
  "group-crossing": crossing,
  "group-reading": reading,
  "group-convening": convening,
  "group-following": following,
  "group-assessing": assessing,
  "group-publishing": publishing,
  "group-wall": wall,
  policy,
  statistics,
  tokens,
  backup,
  register,
  partners,
  people,
  keyboard,
  expired,
  conflict,
  attached,
  translated,
  searched,
  brought,
  swollen,
};
/** Told once in each of the two languages. */
const WITH_SCRIPT = { hurried, forged, violation };

function all(cast) {
  const list = [["first-start", () => firstStart(cast)], ["weight", () => weight(cast)]];
  for (const [name, story] of Object.entries(STORIES)) {
    for (const lang of ["fr", "ar"]) {
      list.push([`${name} ${lang}`, () => story(cast, lang, true)]);
      list.push([`${name} ${lang} without-script`, () => story(cast, lang, false)]);
    }
  }
  for (const [name, story] of Object.entries(WITH_SCRIPT)) {
    for (const lang of ["fr", "ar"]) list.push([`${name} ${lang}`, () => story(cast, lang)]);
  }
  let made;
  const looked = (page, lang) => [`page ${page.name} ${lang}`, async () => {
    check(made, "nothing was prepared");
    await look(await open(cast, made, page, lang), page.name);
  }];
  list.push(["pages prepared", async () => { made = await prepared(cast); }]);
  for (const lang of ["fr", "nl", "ar", "en"]) {
    for (const page of PAGES) list.push(looked(page, lang));
  }
  list.push(["node set back", async () => { Object.assign(made, await setBack(cast)); }]);
  for (const lang of ["fr", "nl", "ar", "en"]) {
    for (const page of LAST_PAGES) list.push(looked(page, lang));
  }
  return list;
}

const [binary, chromium, ...parts] = process.argv.slice(2);
const world = await World.start(binary);
let good = false;
try {
  const cast = await Cast.gather(world, chromium);
  const needed = ["first-start", "pages prepared", "node set back"];
  const list = all(cast).filter(([name]) => parts.length === 0 || [...needed, ...parts].some((part) => name.includes(part)));
  announce(list.length);
  for (const [name, story] of list) await told(name, story);
  await cast.end();
  good = summary();
} finally {
  world.end();
}
process.exit(good ? 0 : 1);
