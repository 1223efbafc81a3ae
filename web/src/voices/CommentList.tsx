import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { commentsQuery, servicesQuery } from "../api/feedback";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import classes from "./voices.module.css";

/** What citizens wrote, newest day first. It is text, whatever stands in it. */
export function CommentList({ unit, unitName }: { unit: string | null; unitName: (id: string) => string }) {
  const { t, language } = useWords();
  const comments = useInfiniteQuery(commentsQuery(unit));
  const services = useQuery(servicesQuery(null));
  const names = new Map(services.data?.items.map(({ id, name }) => [id, name]));
  const found = comments.data?.pages.flatMap((page) => page.items);
  return (
    <section className={classes.part}>
      <h2>{t("voices.comments")}</h2>
      <p className="quiet">{t("voices.late")}</p>
      {found === undefined ? (
        comments.error !== null ? (
          <Failure error={comments.error} retry={comments.refetch} />
        ) : (
          <Waiting rows={4} height={28} />
        )
      ) : found.length === 0 ? (
        <Notice small title={t("voices.none")}>
          <p>{t("voices.noneText")}</p>
        </Notice>
      ) : (
        <>
          <ul className={classes.comments}>
            {found.map((one) => (
              <li key={one.id}>
                <p className={classes.said}>{one.text}</p>
                <p className="quiet">
                  {names.get(one.service_id) ?? "…"} · {unitName(one.unit_id)} · {day(one.published_on, language)}
                </p>
              </li>
            ))}
          </ul>
          {comments.hasNextPage && (
            <Button
              className={classes.more}
              variant="default"
              loading={comments.isFetchingNextPage}
              onClick={() => comments.fetchNextPage()}
            >
              {t("reads.more")}
            </Button>
          )}
        </>
      )}
    </section>
  );
}
