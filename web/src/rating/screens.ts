/** What the page can show beside the rating itself. */

import { type Failure, minutesOf } from "./asking";
import { grouped, LENGTH, plain } from "./code";
import { button, element, heading } from "./elements";
import type { Language, Words } from "./words";

/** A field for the code from paper. `wrong` says what was wrong with the last one. */
export function enterCode(typed: string, wrong: string | null, words: Words, enter: (code: string) => void): Node[] {
  const field = element("input", {
    id: "code",
    type: "text",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: "40",
    "aria-describedby": "code-wrong",
    "aria-invalid": wrong !== null && "true",
  });
  field.value = grouped(typed);
  const problem = element(
    "p",
    { id: "code-wrong", role: "alert", class: "refusal", hidden: wrong === null },
    wrong ?? "",
  );
  const form = element(
    "form",
    { class: "enter", novalidate: true },
    element("label", { for: "code" }, words.code),
    field,
    problem,
    element("button", { type: "submit", class: "main" }, words.go),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = plain(field.value);
    if (code.length === LENGTH) {
      enter(code);
      return;
    }
    problem.textContent = words.codeShort;
    problem.hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  });
  return [heading(words.enterTitle), element("p", { class: "quiet" }, words.enterWhy), form];
}

export function checking(words: Words): Node[] {
  return [element("p", { role: "status", class: "quiet" }, words.checking)];
}

export function thanks(service: string, words: Words): Node[] {
  return [
    heading(words.thanksTitle),
    element("p", {}, words.thanks(service)),
    element("p", {}, words.kept),
    element("p", { class: "quiet" }, words.thanksEnd),
  ];
}

/** The code can take no rating (any more). */
export function closed(why: "used" | "expired", sentBefore: boolean, words: Words, other: () => void): Node[] {
  const used = why === "used";
  return [
    heading(used ? words.usedTitle : words.expiredTitle),
    used && sentBefore ? element("p", {}, words.usedByYou) : null,
    element("p", {}, used ? words.used : words.expired),
    button(words.other, other),
  ].filter((one) => one !== null);
}

/** The code could not be asked about: what to do, with the code in sight. */
export function away(code: string, failure: Failure, since: Date, again: () => void, words: Words, language: Language) {
  const { why } = failure;
  return [
    heading(why === "offline" ? words.offlineTitle : why === "many" ? words.manyTitle : words.busyTitle),
    element("p", {}, wordsOf(failure, since, false, words, language)),
    element("p", { class: "quiet" }, `${words.code}: ${grouped(code)}`),
    button(words.again, again, "main"),
  ];
}

/** Why something was not done, in words. `sending`: it was the rating, which is still there. */
export function wordsOf(
  { why, wait }: Failure,
  since: Date,
  sending: boolean,
  words: Words,
  language: Language,
): string {
  if (why === "many") {
    const then = new Date(since.getTime() + wait * 1000);
    const clock = then.toLocaleTimeString(language === "id" ? "id-ID" : "en-GB", {
      hour: "2-digit",
      minute: "2-digit",
    });
    return words.many(minutesOf(wait), clock);
  }
  if (why === "offline") return sending ? words.offlineSend : words.offline;
  if (why === "large") return words.large;
  if (why === "invalid") return words.invalid;
  return sending ? words.busySend : words.busy;
}
