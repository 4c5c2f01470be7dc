// Item 7: folded words, why before results, and need-to-know.
import { check } from "../report.mjs";
import { begin, notice, sent } from "../writing.mjs";

const WHY = "suivi du dossier";

/** What stands in the record, and what people type. */
const FOLDED = [
  ["Véhicule", ["vehicule", "VÉHICULE", "véhicule"]],
  ["مُراقبة", ["مراقبة", "مـــراقبة", "مراقبه"]],
  ["إجراء", ["اجراء", "أجراء", "إجراء"]],
  ["coördinatie", ["coordinatie", "COÖRDINATIE"]],
];

async function search(reader, text, filters = {}) {
  await reader.go("/search");
  await reader.fill({ text, why: WHY, ...filters }, "form[action='/search']");
  await reader.press("form[action='/search'] button:not([name])");
}

const hits = (reader) => reader.page.locator("main a[href^='/cases/']").count();

export async function searching(cast, lang, script) {
  const mark = `folded${lang}${script ? "s" : "n"}${process.pid}`;
  const writer = await cast.as("rabat", "officer", lang, script);
  await begin(writer, "notice");
  const text = FOLDED.map(([word]) => word).join(" ");
  const path = await sent(writer, notice("be.interior/liaison", `${mark} ${text}`, text));

  await writer.go("/search");
  check(await writer.page.locator("[name=why][required]").count() === 1, "search does not ask why");
  const bare = await writer.page.request.post(`${writer.base}/search`, {
    form: { csrf: await writer.page.locator("main [name=csrf]").first().inputValue(), text: mark },
  });
  check(!(await bare.text()).includes(path), "search answers without a reason");
  for (const [word, typed] of FOLDED) {
    for (const one of typed) {
      await search(writer, `${one} ${mark}`);
      check(await writer.has(`a[href*='${path}']`), `${one} does not find ${word}`);
    }
  }
  await search(writer, `${mark} introuvable`);
  check(await hits(writer) === 0, "what is not there is found");
  await search(writer, `${mark} vehicule مراقبة`);
  check(await writer.has(`a[href*='${path}']`), "two scripts in one question find nothing");

  const day = (shift) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
  for (const [filters, expected] of [
    [{ from: day(-2), until: day(1), party: "ma.interior", kind: "notice" }, 1],
    [{ until: day(-2) }, 0],
    [{ from: day(2) }, 0],
    [{ party: "be.interior" }, 0],
  ]) {
    await search(writer, mark, filters);
    check(await hits(writer) === expected, `${JSON.stringify(filters)} finds something else`);
  }

  const analyst = await cast.as("rabat", "analyst", lang, script);
  await search(analyst, mark);
  check(await hits(analyst) === 1, "an analyst of the unit does not find it");
  await writer.go(path);
  await writer.unfold();
  await writer.fill({ named: "rabat-agent", why: "source sensible" }, "form[action$='/readers']");
  await writer.press("form[action$='/readers'] button");
  await search(analyst, mark);
  check(await hits(analyst) === 0, "a case kept to one person is found by another");
  check(await analyst.go(path) === 404, "a case kept to one person opens to another");
  await search(writer, mark);
  check(await hits(writer) === 1, "the person it is kept to does not find it");
}
