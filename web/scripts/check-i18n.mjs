// Indonesian lies in two files: what the app starts with, and what its other pages need. Fails when a language lacks a text, has one too many, drops a {{variable}}, or when a text is asked for that is not
// there or is there and never asked for. Plural forms are compared by their stem, since languages differ in them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = new URL("../src/", import.meta.url).pathname;
const languages = ["id", "en"];
const PLURAL = /_(zero|one|two|few|many|other)$/;

const flat = (node, prefix = "") =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );

const read = (name) => flat(JSON.parse(readFileSync(`${root}i18n/${name}.json`, "utf8")));
const core = new Set(read("id").map(([key]) => key.slice(0, key.indexOf("."))));
const texts = { id: new Map([...read("id"), ...read("id.pages")]), en: new Map(read("en")) };
const stems = (map) => new Set([...map.keys()].map((key) => key.replace(PLURAL, "")));
const variables = (text) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map((match) => match[1])
    .sort()
    .join(" ");

const problems = [];
for (const one of languages) {
  for (const other of languages) {
    for (const stem of stems(texts[one])) {
      if (!stems(texts[other]).has(stem)) problems.push(`${other}.json lacks "${stem}"`);
    }
  }
  const categories = new Intl.PluralRules(one).resolvedOptions().pluralCategories;
  for (const [key, text] of texts[one]) {
    if (text.trim() === "") problems.push(`${one}.json: "${key}" is empty`);
    const stem = key.replace(PLURAL, "");
    const twin = texts.id.get(key) ?? texts.id.get(`${stem}_other`);
    if (twin !== undefined && variables(twin) !== variables(text)) {
      problems.push(`${one}.json: "${key}" has other variables than id.json`);
    }
    if (PLURAL.test(key)) {
      for (const category of categories) {
        if (!texts[one].has(`${stem}_${category}`)) problems.push(`${one}.json lacks "${stem}_${category}"`);
      }
    }
  }
}

const sources = readdirSync(root, { recursive: true })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."))
  .map((name) => readFileSync(join(root, name), "utf8"))
  .join("\n");
const known = stems(texts.id);
for (const [, key] of sources.matchAll(/\bt\(\s*"([^"]+)"/g)) {
  if (!known.has(key)) problems.push(`text "${key}" is asked for but not written`);
}
// A key is used when it stands in quotes, or when its group is addressed by a template such as `alert.${kind}`, or one
// of several steps (`card.more.${name}.${field}`).
const stepped = [...sources.matchAll(/`([\w.]+\.)\$\{[^}]+\}\.\$\{[^}]+\}`/g)].map(([, prefix]) => prefix);
for (const key of known) {
  const group = key.slice(0, key.lastIndexOf(".") + 1);
  const byStep = stepped.some((prefix) => key.startsWith(prefix) && key.slice(prefix.length).split(".").length === 2);
  if (!byStep && !sources.includes(`"${key}"`) && !sources.includes(`\`${group}\${`)) {
    problems.push(`text "${key}" is never used`);
  }
}

// What comes with the app asks for nothing that comes later.
const started = new Set();
const follow = (path) => {
  const file = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find(
    (one) => /\.tsx?$/.test(one) && existsSync(one),
  );
  if (file === undefined || started.has(file)) return;
  started.add(file);
  const text = readFileSync(file, "utf8");
  const stated = /^(?:import|export)(?! type)[^;]*?"(\.[^"]+)"/gm;
  const imports = file.endsWith("/pages.ts") ? [stated] : [stated, /\bimport\("(\.[^"]+)"\)/g];
  for (const [, name] of imports.flatMap((one) => [...text.matchAll(one)])) follow(join(dirname(file), name));
  for (const [, group] of text.matchAll(/["'`]([a-zA-Z]+)\.[\w$]/g)) {
    if (!core.has(group) && [...texts.id.keys()].some((key) => key.startsWith(`${group}.`))) {
      problems.push(`${file.slice(root.length)} comes with the app and asks for "${group}": move it to id.json`);
    }
  }
};
follow(`${root}main.tsx`);

if (problems.length > 0) {
  console.error([...new Set(problems)].join("\n"));
  process.exit(1);
}
console.log(`texts complete: ${known.size} in ${languages.join(", ")}`);
