// What is walked: the demonstration's two nodes, and one node that nobody has set up yet.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { until } from "./tools.mjs";

/** Who signs in where, by role. */
export const PEOPLE = {
  rabat: {
    officer: "rabat-agent",
    approver: "rabat-approbateur",
    analyst: "rabat-analyste",
    secretary: "rabat-secretaire",
    sector: "rabat-secteur",
    cabinet: "rabat-cabinet",
    watch: "rabat-donnees",
    administrator: "rabat-admin",
    supervisor: "rabat-superviseur",
  },
  brussels: {
    officer: "brussel-agent",
    approver: "brussel-approver",
    analyst: "brussel-analist",
    secretary: "brussel-secretaris",
    sector: "brussel-sector",
    cabinet: "brussel-kabinet",
    watch: "brussel-data",
    administrator: "brussel-admin",
    supervisor: "brussel-toezicht",
  },
};

PEOPLE.setback = PEOPLE.rabat;

export class World {
  /** Starts everything; both nodes have exchanged and verified their first records then. */
  static async start(binary) {
    const folder = mkdtempSync(join(tmpdir(), "passerelle-browser-"));
    const world = new World(binary, folder);
    // Whoever is stopped leaves no node running.
    for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => { world.end(); process.exit(1); });
    try {
      const demo = await world.run(["demo", "--headless", "--dir", join(folder, "demo")], 4);
      [world.rabat, world.rabatPublic, world.brussels, world.brusselsPublic] = demo.addresses;
      world.rabatPublic = world.rabatPublic.replace(/\/$/, "");
      const made = world.backup("rabat", "early");
      if (made.status !== 0) throw new Error(`backup: ${made.stderr}`);
      await world.fresh();
    } catch (error) {
      world.end();
      throw error;
    }
    return world;
  }

  constructor(binary, folder) {
    Object.assign(this, { binary, folder, children: [] });
  }

  /** A node as an administration sets it up; its first start prints the link. */
  async fresh() {
    const data = join(this.folder, "fresh");
    const made = this.command([
      "init", "--data", data, "--party", "ma.douane", "--country", "MA",
      "--name", "fr=Administration des douanes", "--name", "ar=إدارة الجمارك",
      "--unit", "liaison", "--key-inside-data-i-know",
    ]);
    if (made.status !== 0) throw new Error(`init: ${made.stderr}`);
    const loopback = ["--desk", "127.0.0.1:0", "--exchange", "127.0.0.1:0"];
    const up = await this.run(["up", "--data", data, ...loopback], 2);
    this.alone = up.addresses[0];
    this.setup = up.addresses.find((address) => address.includes("/setup/"));
  }

  /** Makes a backup of a node of the demonstration. */
  backup(city, name) {
    const [file, ...key] = this.backupFile(name);
    return this.command(["backup", "--data", join(this.folder, "demo", city), "--out", file, ...key]);
  }

  /** Where that backup is and what opens it. */
  backupFile(name) {
    return [join(this.folder, `${name}.backup`), "--key-file", join(this.folder, `${name}.key`)];
  }

  /**
   * Starts Rabat once more as it was when the demonstration had just begun. Its partner must
   * have co-signed an act that came after that, or nobody could tell: registers are shown once
   * a minute at most, or when the line is quiet. A backup is such an act.
   */
  async setBack() {
    const before = this.registerCosigned();
    this.backup("rabat", "late");
    await until(() => this.registerCosigned() > before, "a co-signature on the register", 600);
    const data = join(this.folder, "setback");
    const made = this.command(["restore", "--data", data, ...this.backupFile("early")]);
    if (made.status !== 0) throw new Error(`restore: ${made.stderr}`);
    // Its settings name the public site of the node that it was.
    const loopback = ["--desk", "127.0.0.1:0", "--exchange", "127.0.0.1:0", "--public", "127.0.0.1:0"];
    const up = await this.run(["up", "--data", data, ...loopback], 1);
    this.setback = up.addresses[0];
  }

  /** How many acts of Rabat's register the partner co-signed. */
  registerCosigned() {
    const shown = this.command(["--data", join(this.folder, "demo", "rabat"), "--json", "partners"]);
    const heads = JSON.parse(shown.stdout)[0].heads;
    return heads.find((head) => head.of === "our-register")?.size ?? 0;
  }

  /** Runs a command of the program to its end. */
  command(args) {
    return spawnSync(this.binary, args, { encoding: "utf8" });
  }

  /** Starts a command that stays, until it has printed so many addresses. */
  async run(args, count) {
    const child = spawn(this.binary, args);
    this.children.push(child);
    let said = "";
    const addresses = await new Promise((good, bad) => {
      child.stderr.on("data", (bytes) => { said += bytes; });
      child.stdout.on("data", (bytes) => {
        said += bytes;
        const found = [...said.matchAll(/http:\/\/127\.0\.0\.1:\d+\S*(?=\s)/g)].map((one) => one[0]);
        if (found.length >= count) good(found);
      });
      child.on("error", bad);
      child.on("exit", (code) => bad(new Error(`${args[0]} ended with ${code}\n${said}`)));
    });
    return { addresses };
  }

  /** A card as the demonstration left it, for offline checks. */
  card(city) {
    return join(this.folder, "demo", "receipts", `${city}.card`);
  }

  end() {
    for (const child of this.children) {
      child.removeAllListeners("exit");
      child.kill("SIGTERM");
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
