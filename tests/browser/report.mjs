// What was found, in the lines of a Rust test harness, so that both are counted alike.

const results = { passed: 0, failed: 0 };
let faults = [];

/** A fact that must hold within the story being told. */
export const check = (fact, what) => {
  if (!fact) faults.push(what);
  return Boolean(fact);
};

/** How many stories will be told. */
export const announce = (count) => console.log(`running ${count} tests`);

/** Tells one story. What it throws is a fault like any other, and the next one is told. */
export async function told(name, story) {
  faults = [];
  const begun = Date.now();
  try {
    await story();
  } catch (error) {
    faults.push(String(error.stack ?? error).split("\n").slice(0, 12).join("\n    "));
  }
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  for (const fault of faults) console.log(`    ${fault}`);
  results[faults.length === 0 ? "passed" : "failed"] += 1;
  console.log(`test ${name} ... ${faults.length === 0 ? "ok" : "FAILED"}`);
  if (seconds > 20 || process.env.TIMES) console.log(`    (${seconds} s)`);
}

/** The last line; gives whether nothing failed. */
export function summary() {
  const { passed, failed } = results;
  const word = failed === 0 ? "ok" : "FAILED";
  console.log(`test result: ${word}. ${passed} passed; ${failed} failed; 0 ignored; 0 measured; 0 filtered out`);
  return failed === 0;
}
