import { Link } from "wouter";
import { useWords } from "../i18n";
import { homeOf } from "../session/person";
import { usePerson } from "../session/useSession";
import { href } from "./address";
import { Mark } from "./Mark";
import classes from "./shell.module.css";
import { usePlace } from "./usePlace";

/** The product's name; leads to where the reader's role begins. */
export function BrandLink({ className = "" }: { className?: string | undefined }) {
  const { t } = useWords();
  const { person } = usePerson();
  const { search } = usePlace();
  return (
    <Link href={href(homeOf(person), {}, search)} className={`${classes.brand} ${className}`}>
      <Mark />
      <span className={classes.brandName}>{t("app.name")}</span>
    </Link>
  );
}
