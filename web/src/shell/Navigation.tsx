import { NavLink } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Link } from "wouter";
import { waitingCountQuery } from "../api/appraisal";
import { reviewCountQuery } from "../api/checkins";
import { correctionCountQuery } from "../api/corrections";
import { useWords } from "../i18n";
import { isOn, type Page, pagesOf } from "../session/person";
import { usePerson } from "../session/useSession";
import { href } from "./address";
import classes from "./shell.module.css";
import { usePlace } from "./usePlace";

const GROUPS = ["own", "presence", "citizens", "directory", "terminals", "end"] as const;

/** The pages of whoever is signed in, in their groups. `chosen` is called when one is opened. */
export function Navigation({ chosen = () => {} }: { chosen?: () => void }) {
  const { person } = usePerson();
  // Who has subordinates is not in the token: the service that would refuse says so.
  const decides = useQuery({ ...reviewCountQuery(), enabled: person.employeeId !== null });
  const waits = useQuery({ ...waitingCountQuery(), enabled: person.employeeId !== null });
  const corrects = useQuery({ ...correctionCountQuery(), enabled: person.employeeId !== null });
  const pages = pagesOf(
    person,
    decides.data?.decides,
    (waits.data?.waiting ?? 0) > 0,
    (corrects.data?.waiting ?? 0) > 0,
  );
  return GROUPS.map((group) => {
    const members = pages.filter((page) => page.group === group);
    return members.length > 0 && <Group key={group} group={group} pages={members} chosen={chosen} />;
  });
}

function Group(props: { group: Page["group"]; pages: readonly Page[]; chosen: () => void }) {
  const { t } = useWords();
  const { path, search, place } = usePlace();
  const id = useId();
  const { group, pages, chosen } = props;
  const named = group === "own" || group === "end" ? null : t(`navGroup.${group}`);
  return (
    <div className={classes.group} data-end={group === "end" || undefined}>
      {named !== null && (
        <p id={id} className={classes.groupName}>
          {named}
        </p>
      )}
      <ul aria-labelledby={named === null ? undefined : id}>
        {pages.map((page) => {
          const on = isOn(path, page.path);
          const parts = page.path === "/dinding" ? { unit: place.unit, date: place.date } : {};
          return (
            <li key={page.path}>
              <NavLink
                component={Link}
                href={href(page.path, parts, search)}
                label={t(`nav.${page.word}`)}
                active={on}
                aria-current={on ? "page" : undefined}
                className={classes.page}
                onClick={chosen}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
