import { NavLink, Popover } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { href } from "./address";
import type { Source } from "./notifications";
import classes from "./shell.module.css";
import { usePlace } from "./usePlace";
import type { Waits } from "./useWaiting";

/** What waits, and where; `children` is the button it belongs to. */
export function NotificationList(props: {
  waiting: readonly Waits[];
  opened: boolean;
  setOpened: (opened: boolean) => void;
  children: React.ReactElement;
}) {
  const { t, language } = useWords();
  const { person } = usePerson();
  const { search } = usePlace();
  const client = useQueryClient();
  const { waiting, opened, setOpened, children } = props;
  const follow = async (source: Source) => {
    setOpened(false);
    await source.opened?.(client, person);
    await client.invalidateQueries({ queryKey: source.key });
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={300}
      trapFocus
      returnFocus
      withinPortal={false}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown className={classes.waiting}>
        {waiting.length === 0 && <p className="quiet">{t("frame.nothing")}</p>}
        <ul>
          {waiting.map(({ source, count }) => (
            <li key={source.word}>
              <NavLink
                component={Link}
                href={href(source.path, {}, search)}
                className={classes.page}
                label={t(`waits.${source.word}`, { count: count ?? 0, number: integer(count ?? 0, language) })}
                onClick={() => void follow(source)}
              />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
