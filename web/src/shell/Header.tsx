import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { presenceQuery } from "../api/queries";
import { useWords } from "../i18n";
import { PersonMenu } from "../session/PersonMenu";
import { pagesOf } from "../session/person";
import { usePerson } from "../session/useSession";
import { href } from "./address";
import { useAgency } from "./agency";
import { LanguageSwitch } from "./LanguageSwitch";
import { Mark } from "./Mark";
import { SchemeSwitch } from "./SchemeSwitch";
import classes from "./shell.module.css";
import { usePlace } from "./usePlace";

export function Header() {
  const { t } = useWords();
  const { path, search, place } = usePlace();
  const { person } = usePerson();
  const pages = pagesOf(person).map(({ path, word }) => ({
    path,
    label: t(`nav.${word}`),
    href: href(path, path === "/dinding" ? { unit: place.unit, date: place.date } : {}, search),
  }));
  // On a narrow screen the navigation scrolls: the page one is on must be in sight.
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each page
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [path]);
  return (
    <header className={classes.header}>
      <Link href={href("/", {}, search)} className={classes.brand}>
        <Mark />
        <span className={classes.brandName}>{t("app.name")}</span>
        <AgencyName />
      </Link>
      <nav ref={nav} className={classes.nav} aria-label={t("nav.label")}>
        {pages.map((page) => (
          <Link key={page.path} href={page.href} aria-current={page.path === path ? "page" : undefined}>
            {page.label}
          </Link>
        ))}
      </nav>
      <div className={classes.switches}>
        <LanguageSwitch />
        <SchemeSwitch />
        <PersonMenu />
      </div>
    </header>
  );
}

/** The agency's own name if it set one, else that of the root unit (asked once, shared with the board). */
function AgencyName() {
  const { name } = useAgency();
  const root = useQuery({
    ...presenceQuery({ unit: null, date: null }),
    enabled: name === null,
    refetchInterval: false,
  });
  const shown = name ?? root.data?.unit.name;
  return shown ? <span className={classes.agency}>{shown}</span> : null;
}
