import { type InvalidateOptions, type InvalidateQueryFilters, QueryClient, type QueryKey } from "@tanstack/react-query";

/**
 * The library lets a first answer that is on its way stand when its query is said to be out of date: it was asked before
 * the change, and may come without it. Here it is asked for anew, as a later answer is.
 */
export class Queries extends QueryClient {
  override async invalidateQueries<TKey extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<TKey>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const asked = this.getQueryCache().findAll(filters);
    const first = asked.filter(({ state }) => state.data === undefined && state.fetchStatus === "fetching");
    await Promise.all(first.map((query) => query.cancel({ revert: true })));
    return super.invalidateQueries(filters, options);
  }
}
