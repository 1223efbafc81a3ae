// Fails when a language lacks a text, has one too many, drops a {{variable}}, or when a text is asked for that is not
// there or is there and never asked for. Plural forms are compared by their stem, since languages differ in them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("../src/", import.meta.url).pathname;
const languages = ["id", "en"];
const PLURAL = /_(zero|one|two|few|many|other)$/;

const flat = (node, prefix = "") =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );

const texts = Object.fromEntries(
  languages.map((one) => [one, new Map(flat(JSON.parse(readFileSync(`${root}i18n/${one}.json`, "utf8"))))]),
);
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
// A key is used when it stands in quotes, or when its group is addressed by a template such as `alert.${kind}`.
for (const key of known) {
  const group = key.slice(0, key.lastIndexOf(".") + 1);
  if (!sources.includes(`"${key}"`) && !sources.includes(`\`${group}\${`)) {
    problems.push(`text "${key}" is never used`);
  }
}

if (problems.length > 0) {
  console.error([...new Set(problems)].join("\n"));
  process.exit(1);
}
console.log(`texts complete: ${known.size} in ${languages.join(", ")}`);
