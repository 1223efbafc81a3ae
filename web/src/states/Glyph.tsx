import classes from "./states.module.css";

/** Shapes that say a state without colour: full, hollow, triangle, square, cross. Always beside a word. */
export type Shape = "full" | "hollow" | "warning" | "waiting" | "wrong" | "dash";

const TONE: Record<Shape, string> = {
  full: "var(--k-good)",
  hollow: "var(--k-dim)",
  warning: "var(--k-attention)",
  waiting: "var(--k-link)",
  wrong: "var(--k-wrong)",
  dash: "var(--k-dim)",
};

const FORM: Record<Shape, React.ReactNode> = {
  full: <circle cx="8" cy="8" r="5.5" fill="currentColor" />,
  hollow: <circle cx="8" cy="8" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.75" />,
  warning: (
    <>
      <path d="M8 1.6 15 14H1z" fill="currentColor" />
      <path d="M8 6v4M8 11.2v1.4" stroke="var(--k-page)" strokeWidth="1.5" />
    </>
  ),
  waiting: <path d="M3 3h10v10H3z" fill="none" stroke="currentColor" strokeWidth="1.75" strokeDasharray="3 2" />,
  dash: <path d="M3 8h10" stroke="currentColor" strokeWidth="2.2" />,
  wrong: <path d="m3.5 3.5 9 9m0-9-9 9" stroke="currentColor" strokeWidth="2.2" />,
};

export function Glyph({ shape, size = 12 }: { shape: Shape; size?: number | string }) {
  return (
    <svg
      className={classes.glyph}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      style={{ color: TONE[shape] }}
      aria-hidden="true"
    >
      {FORM[shape]}
    </svg>
  );
}
