// The modules that the walk uses, found where they were installed, and small helpers.
import { createHmac } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = process.env.NODE_MODULES || join(import.meta.dirname, "../../target/test-tools/browser/node_modules");
const require = createRequire(join(modules, "..", "package.json"));
const found = await import(pathToFileURL(require.resolve("playwright-core")).href);

export const { chromium } = found.default ?? found;
export const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** The words of the desk in one language, by their key; without those that hold variables. */
export function words(lang) {
  const folder = join(import.meta.dirname, "../../adapters/desk/locales", lang);
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const lines = text.matchAll(/^([a-z0-9-]+) = ([^{}\n]+)$/gm);
  return Object.fromEntries([...lines].map(([, key, word]) => [key, word.trim()]));
}

/** A day so many days from today, as forms write it. */
export const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

/** What an authenticator shows (RFC 6238), `ahead` steps from now. */
export function code(secret, ahead = 0) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/\s/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Asks again until it is so: the other node needs a moment. */
export async function until(ask, what, turns = 120) {
  for (let turn = 0; turn < turns; turn += 1) {
    if (await ask()) return;
    await new Promise((go) => setTimeout(go, 250));
  }
  throw new Error(`did not come: ${what}`);
}
