/**
 * The page on which a citizen rates the service just received (PRODUCT F1). It stands alone: no framework, no account,
 * nothing kept on the phone and no service worker, so that it opens at once on any phone and there is nothing to find.
 */

import { type Failure, isUncertain, type Offer, offerOf, rate } from "./asking";
import { ofFragment } from "./code";
import { button } from "./elements";
import { type Draft, EMPTY, ratingForm } from "./form";
import { away, checking, closed, enterCode, thanks, wordsOf } from "./screens";
import { LANGUAGES, type Language, languageOf, WORDS } from "./words";

type Screen =
  | { at: "enter"; wrong: "unknown" | null }
  | { at: "checking" }
  | { at: "asking"; offer: Offer; sending: boolean; failure: Failure | null; since: Date }
  | { at: "away"; failure: Failure; since: Date }
  | { at: "closed"; why: "used" | "expired" }
  | { at: "thanks"; service: string };

const NAMES: Record<Language, string> = { id: "Indonesia", en: "English" };

let language = languageOf(navigator.languages);
let code = "";
let screen: Screen = { at: "enter", wrong: null };
let draft: Draft = EMPTY;
/** A sending was cut off: the service may have taken it. */
let cut = false;

function show(next: Screen): void {
  const moved = next.at !== screen.at;
  screen = next;
  draw();
  if (moved) document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  if (moved) scrollTo(0, 0);
}

function draw(): void {
  const words = WORDS[language];
  document.documentElement.lang = language;
  document.title = words.page;
  fill("name", [words.page]);
  fill("languages", [languageSwitch()]);
  fill("main", content());
}

function content(): Node[] {
  const words = WORDS[language];
  switch (screen.at) {
    case "enter":
      return enterCode(code, screen.wrong && words.unknown, words, (typed) => void check(typed));
    case "checking":
      return checking(words);
    case "asking": {
      const { offer, sending, failure, since } = screen;
      const refusal = failure && wordsOf(failure, since, true, words, language);
      const change = (part: Partial<Draft>) => {
        draft = { ...draft, ...part };
      };
      return ratingForm({ offer, draft, change, send: () => void send(offer), sending, refusal, language, words });
    }
    case "away":
      return away(code, screen.failure, screen.since, () => void check(code), words, language);
    case "closed":
      return closed(screen.why, cut, words, () => enterAnother());
    case "thanks":
      return thanks(screen.service, words);
  }
}

async function check(asked: string): Promise<void> {
  code = asked;
  draft = EMPTY;
  cut = false;
  show({ at: "checking" });
  const answer = await offerOf(asked);
  if (code !== asked) return; // another code was scanned meanwhile
  if ("value" in answer) show({ at: "asking", offer: answer.value, sending: false, failure: null, since: new Date() });
  else refuse(answer.failure, () => show({ at: "away", failure: answer.failure, since: new Date() }));
}

async function send(offer: Offer): Promise<void> {
  const asked = code;
  show({ at: "asking", offer, sending: true, failure: null, since: new Date() });
  const answer = await rate({ code, stars: draft.stars, reasons: [...draft.reasons], text: draft.text.trim() });
  if (code !== asked) return;
  if ("value" in answer) {
    draft = EMPTY;
    show({ at: "thanks", service: answer.value.service });
    return;
  }
  cut ||= isUncertain(answer.failure);
  refuse(answer.failure, () => {
    show({ at: "asking", offer, sending: false, failure: answer.failure, since: new Date() });
    document.querySelector<HTMLElement>(".more .main")?.focus();
  });
}

/** What is final is said as such; `otherwise` is for what another try can mend. */
function refuse({ why }: Failure, otherwise: () => void): void {
  if (why === "used" || why === "expired") show({ at: "closed", why });
  else if (why === "unknown" || (why === "invalid" && screen.at === "checking"))
    show({ at: "enter", wrong: "unknown" });
  else otherwise();
}

function enterAnother(): void {
  code = "";
  history.replaceState(null, "", location.pathname);
  show({ at: "enter", wrong: null });
}

function languageSwitch(): HTMLElement {
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", WORDS[language].languages);
  for (const one of LANGUAGES) {
    const choice = button(one.toUpperCase(), () => {
      language = one;
      draw();
      document.querySelector<HTMLElement>(`#languages [lang="${one}"]`)?.focus();
    });
    choice.lang = one;
    choice.setAttribute("aria-label", `${one.toUpperCase()}: ${NAMES[one]}`);
    choice.setAttribute("aria-pressed", String(one === language));
    group.append(choice);
  }
  return group;
}

function fill(id: string, children: (Node | string)[]): void {
  const place = document.getElementById(id);
  if (place === null) throw new Error(`nilai.html lacks the element #${id}`);
  place.textContent = "";
  place.append(...children);
}

function begin(): void {
  const found = ofFragment(location.hash);
  if (found === "") show({ at: "enter", wrong: null });
  else void check(found);
}

// Another code scanned into the same tab changes the fragment alone.
addEventListener("hashchange", begin);
// The network came back while the page could only say that it was away.
addEventListener("online", () => {
  if (screen.at === "away") void check(code);
});
begin();
