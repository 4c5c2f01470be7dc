// Issue 4, item 12: what both agreed appears on the public site of a node once its embargo is
// over, and nothing of it before.
import { AGREED, GROUP, answered, promise, promised, seen, written } from "../grouping.mjs";
import { check } from "../report.mjs";
import { day, until } from "../tools.mjs";

/** Public from yesterday, public from tomorrow; a commitment that both call public. */
export async function publishing(cast, lang, script) {
  const [rabat, brussels, reader, other] = [
    await cast.as("rabat", "secretary", lang, script),
    await cast.as("brussels", "secretary", lang, script),
    await cast.stranger(cast.world.rabatPublic, lang, script),
    await cast.stranger(cast.world.brusselsPublic.replace(/\/$/, ""), lang, script),
  ];
  const about = (what) => `${what} ${lang} ${script ? "s" : "n"} ${process.pid}`;
  const now = await announced(rabat, about("Communiqué conjoint"), `${day(-1)}T09:00`);
  check(await reader.go(onSite(lang, "communiques", now)) === 404, "one side alone publishes");
  const later = await announced(rabat, about("Communiqué de demain"), `${day(1)}T09:00`);
  const terms = promise("ma.interior", day(100), { public: "yes" });
  const open = await promised(rabat, { fr: [about("Guichet public"), "Un guichet."], ar: [about("شباك عمومي"), "شباك."] }, terms);
  const kept = await promised(rabat, { fr: [about("Guichet interne"), "Un guichet."] }, promise("ma.interior", day(100)));
  for (const path of [now, later, open, kept]) await answered(brussels, path);
  for (const path of [now, later, open, kept]) await seen(rabat, path, AGREED, `the signature: ${path}`);
  for (const site of [reader, other]) await told(site, lang, { now, later, open, kept });
  await reader.go(`/${lang}/communiques`);
  await reader.press(`main a[href$='${name(now)}']`);
  check(await reader.says(about("Communiqué conjoint")), "the communiqué is not to be read");
  const feed = await (await fetch(`${reader.base}/${lang}/feed.atom`)).text();
  check(feed.includes(name(now)) && !feed.includes(name(later)), "the feed tells something else than the pages");
  await Promise.all([reader.close(), other.close()]);
}

const name = (path) => path.split("/").at(-1);
const onSite = (lang, room, path) => `/${lang}/${room}/${name(path)}`;

/** Offers a communiqué; gives its address. */
async function announced(person, title, embargo) {
  await person.go(`${GROUP}/communiques/new`);
  const fields = { "title-fr": title, "body-fr": "Les deux parties poursuivent.", "title-ar": title, "body-ar": "يواصل الطرفان.", embargo };
  await written(person, "/communiques/new", fields);
  check(/\/objects\//.test(person.path()), `not offered: ${person.page.url()}`);
  return person.path();
}

/** What is public opens, in every language; the rest is not there. */
async function told(site, lang, { now, later, open, kept }) {
  await until(async () => await site.go(onSite(lang, "communiques", now)) === 200, `the communiqué on ${site.base}`);
  for (const one of ["fr", "nl", "ar", "en"]) {
    check(await site.go(onSite(one, "communiques", now)) === 200, `${site.base}: not in ${one}`);
  }
  check(await site.go(onSite(lang, "communiques", later)) === 404, `${site.base}: shown before its embargo is over`);
  await until(async () => await site.go(onSite(lang, "commitments", open)) === 200, `the commitment on ${site.base}`);
  check(await site.go(onSite(lang, "commitments", kept)) === 404, `${site.base}: a commitment is shown that is not public`);
  await site.go(`/${lang}/commitments`);
  check(!(await site.page.content()).includes(name(kept)), `${site.base}: the list names it`);
}
