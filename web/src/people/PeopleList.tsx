import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { PEOPLE_ORDERS, peopleQuery, type Scope } from "../api/queries";
import type { Presence } from "../api/types";
import { useWords } from "../i18n";
import type { Live } from "../live/fold";
import { usePlace } from "../shell/usePlace";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { orderOf } from "../tables/OrderChoice";
import { mergePeople } from "./merge";
import { NoPeople } from "./NoPeople";
import { PeopleCount } from "./PeopleCount";
import { PeopleFilters } from "./PeopleFilters";
import { PeopleTable } from "./PeopleTable";
import classes from "./people.module.css";

/** The people of a unit and of all units below it: state, name, post, when and where they came. */
export function PeopleList({ scope, board, live }: { scope: Scope; board: Presence; live: Live }) {
  const { t } = useWords();
  const { place } = usePlace();
  const { state, q } = place;
  const filter = { state, q, order: orderOf(PEOPLE_ORDERS, place.order) };
  const people = useInfiniteQuery(peopleQuery(scope, filter));
  const { hasNextPage, isFetching, fetchNextPage } = people;
  const pages = people.data?.pages;
  const view = useMemo(() => {
    if (pages === undefined || pages[0] === undefined) return null;
    const asOf = Math.min(...pages.map((page) => Date.parse(page.freshness.as_of)));
    const items = pages.flatMap((page) => page.items);
    return mergePeople(items, pages[0].total, live, asOf, state, q);
  }, [pages, live, state, q]);

  // A page may be empty although more follow: nobody can scroll to the end of nothing.
  const empty = view?.items.length === 0;
  useEffect(() => {
    if (empty && hasNextPage && !isFetching) void fetchNextPage();
  }, [empty, hasNextPage, isFetching, fetchNextPage]);

  return (
    <section className={classes.people}>
      <PeopleFilters scope={scope} board={board} filter={filter} />
      {view === null || (empty && hasNextPage) ? (
        people.error !== null ? (
          <Failure error={people.error} retry={people.refetch} />
        ) : (
          <Waiting rows={8} height={28} />
        )
      ) : empty ? (
        <NoPeople state={state} q={q} />
      ) : (
        <>
          <PeopleTable
            board={board}
            people={view.items}
            live={live}
            total={view.total}
            wantMore={hasNextPage && !isFetching && !people.isFetchNextPageError ? fetchNextPage : null}
          />
          <PeopleCount view={view} more={hasNextPage} loading={people.isFetchingNextPage} />
          {people.isFetchNextPageError && (
            <p className={classes.count} role="alert">
              {t("people.moreFailed")}{" "}
              <button type="button" className={classes.again} onClick={() => fetchNextPage()}>
                {t("error.retry")}
              </button>
            </p>
          )}
        </>
      )}
    </section>
  );
}
