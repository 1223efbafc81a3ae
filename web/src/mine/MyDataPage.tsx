import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { NotFound } from "../shell/NotFound";
import { useTitle } from "../shell/useTitle";
import { MyHistory } from "./MyHistory";
import { MyRecord } from "./MyRecord";
import classes from "./mine.module.css";
import { Readers } from "./Readers";
import { ReceiptKey } from "./ReceiptKey";

/** What is kept about oneself, and who has looked at it. */
export function MyDataPage() {
  const { t } = useWords();
  const { person } = usePerson();
  const heading = useTitle(t("nav.record"), "record", true);
  if (person.employeeId === null) return <NotFound />;
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1} className={classes.name}>
        {person.name}
      </h1>
      <MyRecord employeeId={person.employeeId} />
      <MyHistory employeeId={person.employeeId} />
      <ReceiptKey />
      <Readers employeeId={person.employeeId} />
    </div>
  );
}
