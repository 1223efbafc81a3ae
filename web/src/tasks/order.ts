/** In which orders the tasks can stand, and whether one has ended. Pure. */

import type { Task } from "../api/appraisal";

export const TASK_ORDERS = ["name", "-name", "unit", "newest"] as const;
export type TaskOrder = (typeof TASK_ORDERS)[number];

const texts = new Intl.Collator("id", { numeric: true });

/** What holds for every unit comes before the units. */
export function inOrder(tasks: readonly Task[], order: TaskOrder, unitName: (id: string) => string): Task[] {
  const byName = (a: Task, b: Task) => texts.compare(a.name, b.name);
  const unit = ({ unit_id }: Task) => (unit_id == null ? "" : unitName(unit_id));
  const compare: Record<TaskOrder, (a: Task, b: Task) => number> = {
    name: byName,
    "-name": (a, b) => byName(b, a),
    unit: (a, b) => texts.compare(unit(a), unit(b)) || byName(a, b),
    newest: (a, b) => b.valid_from.localeCompare(a.valid_from) || byName(a, b),
  };
  return [...tasks].sort(compare[order]);
}

export function hasEnded({ valid_to }: Task, today: string): boolean {
  return valid_to != null && valid_to < today;
}
