import { useQuery } from "@tanstack/react-query";
import { freshnessQuery, type Partition, type ViewFreshness } from "../api/freshness";
import { useWords } from "../i18n";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Waiting } from "../states/Waiting";
import classes from "./freshness.module.css";
import { useViewWords } from "./useViewWords";
import { ViewsTable } from "./ViewsTable";

/** How far every view is: all of it at a glance, then partition by partition. */
export function FreshnessPage() {
  const { t } = useWords();
  const answer = useQuery(freshnessQuery());
  const heading = useTitle(t("fresh.title"), "freshness", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("fresh.title")}
      </h1>
      <p className={classes.lead}>{t("fresh.lead")}</p>
      {answer.data === undefined ? (
        answer.error !== null ? (
          <Failure error={answer.error} retry={answer.refetch} />
        ) : (
          <Waiting rows={8} height={28} />
        )
      ) : (
        <>
          {!answer.data.broker_answers && (
            <p role="status">
              <Glyph shape="wrong" /> {t("alarm.broker", { count: 1 })}
            </p>
          )}
          <ViewsTable views={answer.data.views} />
          {answer.data.views.map((view) => (
            <Partitions key={view.view} view={view} />
          ))}
        </>
      )}
    </div>
  );
}

function Partitions({ view }: { view: ViewFreshness }) {
  const words = useViewWords();
  const topics = [...new Set(view.partitions.map(({ topic }) => topic))];
  return (
    <section className={classes.section}>
      <h2>{words.name(view.view)}</h2>
      <div className={classes.topics}>
        {topics.map((topic) => (
          <Topic
            key={topic}
            topic={topic}
            partitions={view.partitions.filter((one) => one.topic === topic)}
            asOf={view.freshness.as_of}
          />
        ))}
      </div>
    </section>
  );
}

function Topic({ topic, partitions, asOf }: { topic: string; partitions: readonly Partition[]; asOf: string }) {
  const { t } = useWords();
  const words = useViewWords();
  return (
    <table className={classes.table}>
      <caption>{topic}</caption>
      <thead>
        <tr>
          <th scope="col">{t("fresh.partition")}</th>
          <th scope="col" data-number>
            {t("fresh.upTo")}
          </th>
          <th scope="col" data-number>
            {t("fresh.end")}
          </th>
          <th scope="col" data-number>
            {t("fresh.lag")}
          </th>
          <th scope="col" data-number>
            {t("fresh.folded")}
          </th>
        </tr>
      </thead>
      <tbody>
        {partitions.map((one) => (
          <tr key={one.partition}>
            <th scope="row">{one.partition}</th>
            <td data-number>{words.number(one.next_offset ?? 0)}</td>
            <td data-number>{words.number(one.end_offset)}</td>
            <td data-number>{words.number(one.lag)}</td>
            <td data-number>{words.ago(one.folded_at, asOf)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
