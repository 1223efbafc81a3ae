import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useWords } from "../i18n";
import { usePerson } from "./useSession";

const PersonList = lazy(async () => ({ default: (await import("./PersonList")).PersonList }));

/** Who is signed in, as what, and the way out. */
export function PersonMenu() {
  const { t } = useWords();
  const { person } = usePerson();
  const [asked, setAsked] = useState(false);
  const face = (
    <>
      <span aria-hidden="true">{initials(person.name)}</span>
      <span className="hidden">{t("session.menu", { name: person.name })}</span>
    </>
  );
  const closed = (
    <Button variant="default" aria-haspopup="menu" aria-expanded={false} onClick={() => setAsked(true)}>
      {face}
    </Button>
  );
  if (!asked) return closed;
  return (
    <Suspense fallback={closed}>
      <PersonList>
        <Button variant="default">{face}</Button>
      </PersonList>
    </Suspense>
  );
}

/** Two letters of a name without its titles (`dr. Siti Aminah, M.Kes.` → SA). */
function initials(name: string): string {
  const words = (name.split(",")[0] ?? "").split(" ").filter((word) => word !== "" && !word.endsWith("."));
  return [words[0], words.length > 1 ? words[words.length - 1] : ""].map((word) => word?.[0] ?? "").join("") || "?";
}
