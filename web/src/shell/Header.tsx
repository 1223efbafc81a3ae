import { Burger } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { presenceQuery } from "../api/queries";
import { useWords } from "../i18n";
import { PersonMenu } from "../session/PersonMenu";
import { useAgency } from "./agency";
import { BrandLink } from "./BrandLink";
import { LanguageSwitch } from "./LanguageSwitch";
import { NotificationMenu } from "./NotificationMenu";
import { SchemeSwitch } from "./SchemeSwitch";
import classes from "./shell.module.css";

const NavigationDrawer = lazy(async () => ({ default: (await import("./NavigationDrawer")).NavigationDrawer }));

/** The line above every page. On a narrow screen it opens the navigation, which then holds the focus until it closes. */
export function Header() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Burger
        className={classes.burger}
        size="sm"
        opened={open}
        onClick={() => {
          setAsked(true);
          setOpen(true);
        }}
        aria-label={t("nav.open")}
        aria-expanded={open}
      />
      {asked && (
        <Suspense fallback={null}>
          <NavigationDrawer opened={open} close={() => setOpen(false)} />
        </Suspense>
      )}
      <BrandLink className={classes.headBrand} />
      <AgencyName />
      <div className={classes.switches}>
        <NotificationMenu />
        <div className={classes.roomy}>
          <LanguageSwitch />
        </div>
        <SchemeSwitch />
        <PersonMenu />
      </div>
    </>
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
