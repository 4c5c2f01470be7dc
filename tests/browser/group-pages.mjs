// Pages of the joint group, one line each as in `pages.mjs`.
import { GROUP, decided, offered } from "./grouping.mjs";
import { read, session } from "./stories/group-meet.mjs";

const of = (name, path, more = {}) => ({ name: `group-${name}`, who: "secretary", path, ...more });
const at = (rest) => `${GROUP}${rest}`;
const name = (path) => path.split("/").at(-1);

/** What is described by a form of its own, and what of it the demonstration has. */
const LEARNT = ["programme", "practice", "expert", "request", "mission", "competence"];
const FOUND = ["practice", "expert", "competence"];

/** A line of a list: the tabs above it are links too. */
const OBJECT = "main li a[href*='/objects/']";

/** What somebody types that looks like data of one person: the page asks before it is said. */
const personal = { text: "Appeler le +212 661 23 45 67.", state: "under-way" };

export const GROUP_PAGES = [
  of("table", "/group"),
  of("table-sector", GROUP, { who: "sector" }),
  of("table-cabinet", GROUP, { who: "cabinet" }),
  of("decision-new", at("/decisions/new")),
  of("decision", (made) => made.decision),
  of("decision-read", (made) => made.decision, { who: "cabinet" }),
  of("decision-offered", (made) => made.offered),
  of("decision-to-sign", (made) => made.offered, { city: "brussels" }),
  of("decision-change", (made) => `${made.decision}/change`),
  of("commitments", at("/commitments")),
  of("commitments-filtered", at("/commitments?responsible=ma.interior&flag=late")),
  of("board", at("/board")),
  of("calendar", at("/calendar")),
  of("timeline", at("/timeline")),
  of("commitment-new", at("/commitments/new")),
  of("commitment", (made) => made.commitment),
  of("commitment-change", (made) => `${made.commitment}/change`),
  of("commitment-persons", (made) => made.commitment, {
    act: async (person) => {
      await person.unfold();
      await person.fill(personal, "form[action*='/report?']");
      await person.press("form[action*='/report?'] button");
    },
  }),
  of("step", (made) => made.step),
  of("step-new", (made) => at(`/commitments/${name(made.commitment)}/steps`)),
  of("briefing", at("/briefing"), { who: "cabinet" }),
  of("matrix", at("/matrix")),
  of("matrix-objectives", at("/matrix?by=objective")),
  of("indicators", at("/indicators")),
  of("indicator-new", at("/indicators/new")),
  of("indicator", (made) => made.indicator),
  of("indicator-change", (made) => `${made.indicator}/change`),
  of("observe", (made) => at(`/indicators/${name(made.indicator)}/observe`)),
  of("topics", at("/topics")),
  of("topic-new", at("/topics/new")),
  of("topic", (made) => made.topic),
  of("meetings", at("/meetings")),
  of("meeting-new", at("/meetings/new")),
  of("meeting", (made) => made.meeting),
  of("meeting-change", (made) => at(`/meetings/${name(made.meeting)}/change`)),
  of("meeting-caution", (made) => made.meeting, {
    act: async (person) => {
      await person.fill({ functions: "Chef de service +212 661 23 45 67" }, "form[action$='/delegates']");
      await person.press("form[action$='/delegates'] button");
    },
  }),
  of("item-new", at("/items/new")),
  of("item", (made) => made.item),
  of("outcome-decision", (made) => at(`/items/${name(made.item)}/outcome?kind=decision&meeting=${name(made.meeting)}`)),
  of("outcome-commitment", (made) => at(`/items/${name(made.item)}/outcome?kind=commitment&meeting=${name(made.meeting)}`)),
  of("minutes", (made) => made.minutes),
  of("readings", at("/readings")),
  of("reading", (made) => made.reading),
  of("expertise", at("/expertise")),
  of("prevention", at("/prevention")),
  of("programmes", at("/programmes")),
  of("programmes-import", at("/programmes/import")),
  of("tables", at("/tables")),
  of("communiques", at("/communiques")),
  of("communique-new", at("/communiques/new")),
  of("communique", (made) => made.communique),
  of("consultations", at("/consultations")),
  of("consultation", (made) => made.consultation, { city: "brussels" }),
  of("consultation-new", at("/consultations/new")),
  ...LEARNT.map((kind) => of(`${kind}-new`, at(`/learn/${kind}`))),
  ...FOUND.map((kind) => of(kind, (made) => made[kind])),
];

/** The demonstration's objects by their pages, a meeting with minutes, an offer, a reading. */
export async function groupPrepared(cast) {
  const rabat = await cast.as("rabat", "secretary", "fr");
  const brussels = await cast.as("brussels", "secretary", "fr");
  const long = "Un titre assez long pour occuper deux lignes sur un écran étroit, avec العربية au milieu";
  const made = {
    reading: await read(rabat),
    ...await session(rabat, brussels, (what) => `${what} (pages)`),
    offered: await offered(rabat, { fr: [long, "Un.\n\nDeux."], ar: ["قرار مشترك", "واحد."] }),
    decision: await decided(rabat, brussels, { fr: ["Points de contact", "Un par capitale."], ar: ["نقط الاتصال", "واحدة في كل عاصمة."] }),
    indicator: await first(rabat, at("/indicators"), "main td a, main th a"),
    topic: await first(rabat, at("/topics"), OBJECT),
  };
  made.communique = await first(rabat, at("/communiques"), OBJECT);
  made.consultation = await first(brussels, at("/consultations"), OBJECT);
  for (const kind of FOUND) made[kind] = await first(rabat, at("/expertise"), `section[aria-labelledby='s-${kind}'] li a`);
  return { ...made, ...await stepOfOurs(rabat) };
}

/** A commitment of ours that can be reported, with a step. */
async function stepOfOurs(person) {
  await person.go(at("/commitments?responsible=ma.interior"));
  const links = await person.page.locator("main th a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  for (const commitment of links) {
    await person.go(commitment);
    const step = person.page.locator("section[aria-labelledby='steps'] th a").first();
    if (await step.count() > 0 && await person.has("form[action*='/report?']")) {
      return { commitment, step: await step.getAttribute("href") };
    }
  }
  throw new Error("no commitment of ours has a step");
}

async function first(person, path, selector) {
  await person.go(path);
  return person.page.locator(selector).first().getAttribute("href");
}
