import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { siteQuery } from "../api/directory";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { SITES } from "./place";
import { SiteForm } from "./SiteForm";
import classes from "./sites.module.css";

/** One place of work (`id`; null: one to be made). */
export function SitePage({ id }: { id: string | null }) {
  const { t } = useWords();
  const { zone } = useAgency();
  const { to, navigate } = usePlace();
  const site = useQuery({ ...siteQuery(id ?? ""), enabled: id !== null });
  const title = id === null ? t("sites.new") : (site.data?.name ?? t("sites.title"));
  const heading = useTitle(title, id ?? "new-site", id === null || site.data !== undefined);
  const back = to({ q: "" }, SITES);
  const today = localDate(new Date().toISOString(), zone);
  return (
    <div className={classes.page}>
      <p>
        <Link href={back}>{t("sites.back")}</Link>
      </p>
      {id !== null && site.data === undefined ? (
        site.error !== null ? (
          <Failure page error={site.error} retry={site.refetch} />
        ) : (
          <Waiting rows={8} height={28} />
        )
      ) : (
        <>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <SiteForm key={id} site={site.data ?? null} zone={zone} today={today} done={() => navigate(back)} />
        </>
      )}
    </div>
  );
}
