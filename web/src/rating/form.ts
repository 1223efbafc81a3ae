/** The rating itself: stars, then reasons and words, then one button. */

import type { Offer } from "./asking";
import { button, element, face, heading } from "./elements";
import type { Language, Words } from "./words";

export const MOST_LETTERS = 1000;
const MOST_REASONS = 5;

/** What the citizen has chosen and typed so far; it outlives a change of language and a failed sending. */
export interface Draft {
  stars: number;
  reasons: ReadonlySet<string>;
  text: string;
}

export const EMPTY: Draft = { stars: 0, reasons: new Set(), text: "" };

interface Props {
  offer: Offer;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  send: () => void;
  sending: boolean;
  /** Why it has not been sent, in words. */
  refusal: string | null;
  language: Language;
  words: Words;
}

export function ratingForm(props: Props): Node[] {
  const { offer, draft, words, refusal, send, sending } = props;
  const more = element(
    "div",
    { class: "more", hidden: draft.stars === 0 },
    offer.reasons.length === 0 ? null : reasons(props),
    comment(props),
    element("p", { role: "alert", class: "refusal", hidden: refusal === null }, refusal ?? ""),
    button(sending ? words.sending : refusal === null ? words.send : words.sendAgain, () => sending || send(), "main"),
  );
  const form = element("form", { novalidate: true }, stars(props, more), more);
  form.addEventListener("submit", (event) => event.preventDefault());
  const counter = offer.counter ? element("p", { class: "counter" }, offer.counter) : null;
  const whose = element("div", { class: "whose" }, element("p", {}, offer.unit), heading(offer.service), counter);
  return [whose, form, element("p", { class: "quiet kept" }, words.kept)];
}

function stars({ draft, change, words }: Props, more: HTMLElement): HTMLElement {
  const choices = words.stars.map((word, at) => {
    const value = at + 1;
    const input = element("input", {
      type: "radio",
      name: "stars",
      value: String(value),
      checked: draft.stars === value,
    });
    input.addEventListener("change", () => {
      change({ stars: value });
      more.hidden = false;
    });
    return element("label", { class: "star" }, input, face(value), element("span", {}, word));
  });
  return element("fieldset", {}, element("legend", {}, words.question), element("div", { class: "stars" }, ...choices));
}

function reasons({ offer, draft, change, language, words }: Props): HTMLElement {
  const chosen = new Set(draft.reasons);
  const boxes: HTMLInputElement[] = [];
  const limit = () => {
    for (const one of boxes) one.disabled = !one.checked && chosen.size >= MOST_REASONS;
  };
  const chips = offer.reasons.map((one) => {
    const input = element("input", { type: "checkbox", value: one.id, checked: chosen.has(one.id) });
    boxes.push(input);
    input.addEventListener("change", () => {
      if (input.checked) chosen.add(one.id);
      else chosen.delete(one.id);
      limit();
      change({ reasons: new Set(chosen) });
    });
    const text = element("span", {}, language === "id" ? one.id_text : one.en_text);
    return element("label", { class: "chip" }, input, text);
  });
  limit();
  const hint = element("span", { class: "quiet" }, words.reasonsHint);
  const legend = element("legend", {}, words.reasons, hint);
  return element("fieldset", {}, legend, element("div", { class: "chips" }, ...chips));
}

function comment({ draft, change, words }: Props): HTMLElement {
  const field = element("textarea", {
    id: "text",
    rows: "4",
    maxlength: String(MOST_LETTERS),
    "aria-describedby": "text-fate text-count",
    autocomplete: "off",
  });
  field.value = draft.text;
  const count = element("p", { id: "text-count", class: "quiet" }, words.count(draft.text.length, MOST_LETTERS));
  field.addEventListener("input", () => {
    change({ text: field.value });
    count.textContent = words.count(field.value.length, MOST_LETTERS);
  });
  return element(
    "div",
    { class: "comment" },
    element("label", { for: "text" }, words.text),
    element("p", { id: "text-fate", class: "quiet" }, `${words.textHint} ${words.textFate} ${words.textNames}`),
    field,
    count,
  );
}
