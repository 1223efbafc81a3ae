import { Menu } from "@mantine/core";
import { useWords } from "../i18n";
import classes from "../shell/shell.module.css";
import { useScheme } from "../shell/useScheme";
import { usePerson } from "./useSession";

/** The menu itself; `children` is the button it belongs to. It is fetched by the first press, so it begins open. */
export function PersonList({ children }: { children: React.ReactElement }) {
  const { t } = useWords();
  const { person, signOut } = usePerson();
  const { change, word, label } = useScheme();
  const roles = person.roles.map((role) => t(`role.${role}`)).join(", ");
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {person.name}
          <br />
          {roles}
        </Menu.Label>
        {/* Where the header has no room for the button. */}
        <Menu.Item className={classes.narrow} aria-label={label} onClick={change}>
          {word}
        </Menu.Item>
        <Menu.Item onClick={signOut}>{t("session.signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
