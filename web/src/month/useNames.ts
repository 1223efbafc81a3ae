import { useQueries } from "@tanstack/react-query";
import { type AssessedDay, bookRowQuery } from "../api/days";

const KIND: Record<string, "patterns" | "holidays"> = {
  "plan.pattern": "patterns",
  "plan.no_pattern_version": "patterns",
  "plan.holiday": "holidays",
};

/** Names of the pattern and the holiday that a day was planned by, by their ids, as the book has them today. */
export function useNames(day: AssessedDay | undefined): ReadonlyMap<string, string> {
  const wanted = (day?.steps ?? []).flatMap(({ code, values }) => {
    const id = String(values?.id ?? "").split("@")[0] ?? "";
    const plural = KIND[code];
    return id === "" || plural === undefined ? [] : [{ plural, id }];
  });
  const rows = useQueries({ queries: wanted.map(({ plural, id }) => bookRowQuery(plural, id)) });
  return new Map(
    wanted.flatMap(({ id }, at) => {
      const name = rows[at]?.data?.name;
      return name === undefined ? [] : [[id, name] as const];
    }),
  );
}
