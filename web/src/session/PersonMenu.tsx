import { Button, Menu } from "@mantine/core";
import { useWords } from "../i18n";
import { SchemeItem } from "../shell/SchemeSwitch";
import { usePerson } from "./useSession";

/** Who is signed in, as what, and the way out. */
export function PersonMenu() {
  const { t } = useWords();
  const { person, signOut } = usePerson();
  const roles = person.roles.map((role) => t(`role.${role}`)).join(", ");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">
          <span aria-hidden="true">{initials(person.name)}</span>
          <span className="hidden">{t("session.menu", { name: person.name })}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {person.name}
          <br />
          {roles}
        </Menu.Label>
        <SchemeItem />
        <Menu.Item onClick={signOut}>{t("session.signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Two letters of a name without its titles (`dr. Siti Aminah, M.Kes.` → SA). */
function initials(name: string): string {
  const words = (name.split(",")[0] ?? "").split(" ").filter((word) => word !== "" && !word.endsWith("."));
  return [words[0], words.length > 1 ? words[words.length - 1] : ""].map((word) => word?.[0] ?? "").join("") || "?";
}
