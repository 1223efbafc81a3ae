import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useTitle } from "../shell/useTitle";
import classes from "./help.module.css";
import { topicsOf } from "./topics";

/** Short answers to what people of one's role ask. All are on the page, so that the browser's search finds them. */
export function HelpPage() {
  const { t } = useWords();
  const { person } = usePerson();
  const heading = useTitle(t("help.title"), "help", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("help.title")}
      </h1>
      <p className="quiet">
        {t("help.for", { roles: person.roles.map((role) => t(`role.${role}`)).join(", ") || t("help.noRole") })}
      </p>
      {topicsOf(person).map((topic) => (
        <section key={topic}>
          <h2>{t(`question.${topic}`)}</h2>
          <p>{t(`answer.${topic}`)}</p>
        </section>
      ))}
    </div>
  );
}
