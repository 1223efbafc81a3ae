import classes from "./shell.module.css";

export function Mark() {
  return (
    <svg className={classes.mark} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M8 23V17h4v6zm6 0V9h4v14zm6 0V13h4v10z" fill="#fff" />
    </svg>
  );
}
