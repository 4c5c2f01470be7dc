// Items 3 and 6: a notice, its correction, taking it back; a request that is refused.
import { check } from "../report.mjs";
import { until } from "../tools.mjs";
import { about, begin, checked, notice, opened, records, released, reply, request, sent } from "../writing.mjs";

export async function telling(cast, lang, script) {
  const subject = `Itinéraire ${lang} ${script ? "s" : "n"} ${process.pid}`;
  const writer = await cast.as("rabat", "officer", lang, script);
  const reader = await cast.as("brussels", "officer", lang, script);
  await begin(writer, "notice");
  const path = await sent(writer, notice("be.interior/liaison", subject, "Deux ports."));
  const [first] = await records(writer);
  await about(writer, "correction");
  check((await writer.page.locator("[name=text]").inputValue()).includes("Deux ports."), "a correction does not begin with what it corrects");
  await sent(writer, reply("Un seul port."));
  await until(async () => { await reader.go("/today"); return reader.says(subject); }, "the notice in Brussels");
  await reader.press(`a:has-text("${subject}")`);
  const theirs = reader.path();
  await until(async () => { await reader.go(theirs); return (await records(reader)).length === 2; }, "the correction in Brussels");
  await opened(reader);
  check(await reader.says("Un seul port."), "the correction does not show");
  await about(reader, "acknowledgement", (await records(reader)).at(-1));
  await sent(reader, reply("Genoteerd."));

  await writer.go(path);
  await about(writer, "recall", first);
  await checked(writer, {});
  await released(writer);
  await until(async () => { await reader.go(theirs); return !await reader.says("Deux ports."); }, "the erasure");
}

export async function refusing(cast, lang, script) {
  const subject = `Boetes ${lang} ${script ? "s" : "n"} ${process.pid}`;
  const asks = await cast.as("brussels", "officer", lang, script);
  const refuses = await cast.as("rabat", "officer", lang, script);
  await begin(asks, "request");
  const path = await sent(asks, request("ma.interior/liaison", subject, "Alle boetes, graag."));
  await until(async () => { await refuses.go("/today"); return refuses.says(subject); }, "the request in Rabat");
  await refuses.press(`a:has-text("${subject}")`);
  await opened(refuses);
  await about(refuses, "refusal");
  await refuses.fill(reply("Hors du champ."));
  check(await refuses.press("button[name=next][value=check]") === 422, "a refusal without a reason from the list is taken");
  const reason = (await refuses.page.locator("label:has(input[name=reason][value=scope])").innerText()).trim();
  await sent(refuses, { reason: "scope" });
  await until(async () => { await asks.go(path); return (await records(asks)).length === 2; }, "the refusal in Brussels");
  await opened(asks);
  await asks.unfold();
  check(await asks.says(reason), `the reason does not show: ${reason}`);
}
