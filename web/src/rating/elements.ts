/** Elements made by hand: text goes in as text, never as markup. */

type Child = Node | string | null;

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | boolean>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((one): one is Node | string => one !== null));
  return made;
}

export function button(label: string, press: () => void, kind = ""): HTMLButtonElement {
  const made = element("button", { type: "button", class: kind }, label);
  made.addEventListener("click", press);
  return made;
}

/** The heading that a changed page puts the focus on, so that a screen reader goes on from there. */
export function heading(text: string): HTMLHeadingElement {
  return element("h1", { tabindex: "-1" }, text);
}

const SVG = "http://www.w3.org/2000/svg";
// From the corners of the mouth by way of this height: very bad … very good.
const MOUTH = [22, 25.5, 29, 32.5, 36];
const CORNERS = [31, 30, 29, 28, 27];

/** A face for 1 … 5 stars; the word beside it says what it means. */
export function face(stars: number): SVGSVGElement {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", "0 0 44 44");
  made.setAttribute("aria-hidden", "true");
  const at = stars - 1;
  const corner = CORNERS[at];
  const parts: [string, Record<string, string>][] = [
    ["circle", { cx: "22", cy: "22", r: "19", class: "round" }],
    ["circle", { cx: "15.5", cy: "17.5", r: "2.4", class: "eye" }],
    ["circle", { cx: "28.5", cy: "17.5", r: "2.4", class: "eye" }],
    ["path", { d: `M13.5 ${corner}Q22 ${MOUTH[at]} 30.5 ${corner}`, class: "mouth" }],
  ];
  for (const [name, attributes] of parts) {
    const part = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    made.append(part);
  }
  return made;
}
