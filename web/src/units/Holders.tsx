import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { holdersQuery } from "../api/directory";
import { displayName } from "../directory/records";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import classes from "./units.module.css";

/** The posts held in the unit itself, asked for on demand: each look at people is written down for them. */
export function Holders({ unit, date }: { unit: string; date: string }) {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  return (
    <section className={classes.section}>
      <h2>{t("tree.posts")}</h2>
      {asked ? (
        <Rows unit={unit} date={date} />
      ) : (
        <>
          <p className="quiet">{t("tree.postsWhy")}</p>
          <Button variant="default" onClick={() => setAsked(true)}>
            {t("tree.showPosts")}
          </Button>
        </>
      )}
    </section>
  );
}

function Rows({ unit, date }: { unit: string; date: string }) {
  const { t } = useWords();
  const { to } = usePlace();
  const found = useQuery(holdersQuery(unit, date));
  if (found.data === undefined) {
    return found.error !== null ? <Failure error={found.error} retry={found.refetch} /> : <Waiting rows={4} />;
  }
  const { held, posts, more } = found.data;
  if (held.length === 0) return <p>{t("tree.noPosts")}</p>;
  return (
    <>
      <table className={classes.table}>
        <caption className="hidden">{t("tree.posts")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("record.post")}</th>
            <th scope="col">{t("tree.holder")}</th>
          </tr>
        </thead>
        <tbody>
          {held.map(({ person, post }) => (
            <tr key={`${person.id} ${post.post_id} ${post.valid_from}`}>
              <td>
                {posts.get(post.post_id)?.title}
                {post.kind !== "primary" && (
                  <span className="quiet"> ({t("record.acting", { kind: post.kind.toUpperCase() })})</span>
                )}
              </td>
              <td>
                <Link href={to({ date: null, q: "" }, `/pegawai/${person.id}`)}>{displayName(person)}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more && <p className="quiet">{t("tree.morePosts")}</p>}
    </>
  );
}
