// A picture of every page, in four languages, light and dark, wide and narrow. Usage:
//   node pictures.mjs PASSERELLE-BINARY CHROMIUM FOLDER
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LAST_PAGES, PAGES, open, prepared } from "./pages.mjs";
import { Cast } from "./person.mjs";
import { setBack } from "./stories/running.mjs";
import { World } from "./world.mjs";

const SIZES = { wide: { width: 1280, height: 900 }, narrow: { width: 360, height: 760 } };

const [binary, chromium, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const world = await World.start(binary);
let count = 0;

/** One page in one language, in both lights and both sizes. */
async function pictures(cast, made, one, lang) {
  const { page } = await open(cast, made, one, lang);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await page.screenshot({ path: join(folder, `${one.name}-${lang}-${colorScheme}-${size}.png`), fullPage: true });
      count += 1;
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(SIZES.wide);
}

async function all(cast, made, pages) {
  for (const lang of ["fr", "nl", "ar", "en"]) {
    for (const one of pages) await pictures(cast, made, one, lang);
    console.log(`${lang}: ${count} pictures`);
  }
}

try {
  const cast = await Cast.gather(world, chromium);
  const made = await prepared(cast);
  await all(cast, made, PAGES);
  await all(cast, { ...made, ...await setBack(cast) }, LAST_PAGES);
  await cast.end();
} finally {
  world.end();
}
console.log(`${count} pictures in ${folder}`);
