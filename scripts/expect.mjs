#!/usr/bin/env node
// Rewrites the expectations of tests/programs with real Go, which must be on PATH.
//   scripts/expect [FOLDER/NAME.go ...]      without names: every program of run/ and fault/
// What a program prints depends on the schedule in sets/, so those are checked, not written:
// every output seen in 50 runs of real Go must be listed.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "tests", "programs");
const environment = { ...process.env, GOTOOLCHAIN: "local", GOPROXY: "off" };
const work = mkdtempSync(join(tmpdir(), "lockstep-expect-"));

/** Go's report on standard error, less what no other implementation can share: addresses,
 *  arguments, the frames of its own library, paths. tests/run.rs does the same to ours. */
function normalise(text, file) {
  const kept = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    let line = lines[i];
    if (/^exit status \d+$/.test(line)) continue;
    if (line.startsWith("[signal ")) line = line.replace(/ code=.*$/, "]");
    line = line.replace(/^goroutine (?!1 )\d+/, "goroutine N").replace(/in goroutine (?!1$)\d+$/, "in goroutine N");
    line = line.replace(/\) 0x[0-9a-f]+/g, ") ADDRESS");
    const place = lines[i + 1]?.match(/^\t(.*\.go):(\d+)/);
    if (place && !line.startsWith("\t")) {
      i++;
      if (basename(place[1]) !== file) continue;
      const call = line.startsWith("created by") ? line : line.replace(/\([^()]*\)$/, "(...)");
      kept.push(call, `\t${file}:${place[2]}`);
      continue;
    }
    kept.push(line);
  }
  return kept.join("\n").trimEnd();
}

function build(path) {
  const binary = join(work, "program");
  execFileSync("go", ["build", "-o", binary, path], { env: environment, stdio: "inherit" });
  return binary;
}

function write(path, text) {
  if (text === "" && path.endsWith(".out")) {
    if (existsSync(path)) rmSync(path);
  } else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    writeFileSync(path, text);
    console.log(`rewritten: ${path}`);
  }
}

function expect(path) {
  const folder = basename(dirname(path));
  const stem = path.slice(0, -3);
  const binary = build(path);
  const run = () => spawnSync(binary, { encoding: "utf8", timeout: 20000 });
  if (folder === "sets") {
    const allowed = new Set(readFileSync(`${stem}.set`, "utf8").trimEnd().split("\n---\n"));
    for (let n = 0; n < 50; n++) {
      const { stdout } = run();
      if (!allowed.has(stdout.trimEnd())) throw new Error(`${path}: real Go printed what the set lacks:\n${stdout}`);
    }
    return;
  }
  const { status, stdout, stderr } = run();
  if (folder === "run" && status !== 0) throw new Error(`${path}: exit status ${status}\n${stderr}`);
  if (folder === "run" || folder === "fault") write(`${stem}.out`, stdout);
  if (folder === "fault") write(`${stem}.err`, `exit ${status}\n${normalise(stderr, basename(path))}`.trimEnd() + "\n");
}

const named = process.argv.slice(2).map((name) => resolve(name));
const all = ["run", "fault", "sets"].flatMap((folder) =>
  readdirSync(join(root, folder)).filter((f) => f.endsWith(".go")).map((f) => join(root, folder, f)));
try {
  for (const path of named.length ? named : all) expect(path);
} finally {
  rmSync(work, { recursive: true });
}
