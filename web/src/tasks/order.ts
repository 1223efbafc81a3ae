/** In which orders tasks and services can stand, and whether one has ended. Pure. */

interface Listed {
  name: string;
  /** null: it holds for every unit. */
  unit_id?: string | null;
  valid_from: string;
}

export const TASK_ORDERS = ["name", "-name", "unit", "newest"] as const;
export type TaskOrder = (typeof TASK_ORDERS)[number];

const texts = new Intl.Collator("id", { numeric: true });

/** What holds for every unit comes before the units. */
export function inOrder<Row extends Listed>(
  rows: readonly Row[],
  order: TaskOrder,
  unitName: (id: string) => string,
): Row[] {
  const byName = (a: Row, b: Row) => texts.compare(a.name, b.name);
  const unit = ({ unit_id }: Row) => (unit_id == null ? "" : unitName(unit_id));
  const compare: Record<TaskOrder, (a: Row, b: Row) => number> = {
    name: byName,
    "-name": (a, b) => byName(b, a),
    unit: (a, b) => texts.compare(unit(a), unit(b)) || byName(a, b),
    newest: (a, b) => b.valid_from.localeCompare(a.valid_from) || byName(a, b),
  };
  return [...rows].sort(compare[order]);
}

export function hasEnded({ valid_to }: { valid_to?: string | null }, today: string): boolean {
  return valid_to != null && valid_to < today;
}
