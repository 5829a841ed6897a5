#!/usr/bin/env node
// Differential fuzzing: generated, well-typed, deterministic Go programs must print the same under
// Lockstep and under real Go (which must be on PATH).
//   scripts/differential.mjs [--seed N] [--files N] [--programs N] [--binary PATH] [--keep DIR]
// A file holds many programs, each a function of its own that prints what it works out, so that
// real Go compiles once for all of them. A difference is printed with its seed and the program.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Generator } from "./differential/generator.mjs";

const options = { seed: 1, files: 10, programs: 50, binary: "target/release/lockstep", keep: "" };
for (let i = 2; i < process.argv.length; i += 2) {
  const name = process.argv[i].replace(/^--/, "");
  if (!(name in options)) throw new Error(`unknown option ${process.argv[i]}`);
  options[name] = typeof options[name] === "number" ? Number(process.argv[i + 1]) : process.argv[i + 1];
}

const work = options.keep || mkdtempSync(join(tmpdir(), "lockstep-differential-"));
mkdirSync(work, { recursive: true });
const environment = { ...process.env, GOTOOLCHAIN: "local", GOPROXY: "off" };

/** The output by program: what stands after each line `== N`. */
function sections(text) {
  const found = new Map();
  for (const part of text.split(/^== /m).slice(1)) {
    const end = part.indexOf("\n");
    found.set(Number(part.slice(0, end)), part.slice(end + 1));
  }
  return found;
}

let agreed = 0;
let differ = 0;
for (let file = 0; file < options.files; file++) {
  const seed = options.seed + file;
  const generator = new Generator(seed);
  const programs = Array.from({ length: options.programs }, (_, n) => generator.program(n));
  const path = join(work, `generated_${seed}.go`);
  writeFileSync(path, generator.file(programs));
  const binary = join(work, "program");
  execFileSync("go", ["build", "-o", binary, path], { env: environment, stdio: "inherit" });
  const go = spawnSync(binary, { encoding: "utf8", timeout: 60000, maxBuffer: 1 << 28 });
  const ours = spawnSync(options.binary, ["run", path], { encoding: "utf8", timeout: 120000, maxBuffer: 1 << 28 });
  const [theirs, mine] = [sections(go.stdout), sections(ours.stdout)];
  for (const [n, program] of programs.entries()) {
    if (theirs.get(n) === mine.get(n) && theirs.has(n)) {
      agreed++;
      continue;
    }
    differ++;
    console.log(`seed ${seed}, program ${n} differs\n--- real Go\n${theirs.get(n)}--- Lockstep\n${mine.get(n)}--- program\n${program}`);
  }
  if (go.status !== ours.status) console.log(`seed ${seed}: exit status ${go.status} and ${ours.status}\n${go.stderr}\n${ours.stderr}`);
  console.error(`seed ${seed}: ${agreed} agree, ${differ} differ`);
}
if (!options.keep) rmSync(work, { recursive: true });
console.log(`${agreed} programs agree, ${differ} differ (seeds ${options.seed} to ${options.seed + options.files - 1})`);
process.exitCode = differ ? 1 : 0;
