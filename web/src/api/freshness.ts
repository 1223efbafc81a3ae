/** How far every view is folded. */

import { queryOptions } from "@tanstack/react-query";
import { ask } from "./client";
import { keys } from "./queries";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type ViewFreshness = Schemas["ViewFreshness"];
export type Partition = ViewFreshness["partitions"][number];

const LOOK_EVERY = 5_000;

export const freshnessQuery = () =>
  queryOptions({
    queryKey: [...keys.all, "freshness"],
    queryFn: ({ signal }) => ask<Schemas["FreshnessAnswer"]>("/api/reporting/v1/freshness", { signal }),
    refetchInterval: LOOK_EVERY,
  });
