/** Which sums the report shows, in the order of the columns. Pure. */

import type { MonthSums } from "../api/reports";

export const COLUMNS = [
  { name: "required", of: (sums: MonthSums) => sums.required_days },
  { name: "present", of: (sums: MonthSums) => sums.present_days },
  { name: "late", of: (sums: MonthSums) => sums.late_days },
  { name: "lateMinutes", of: (sums: MonthSums) => sums.late_minutes },
  { name: "early", of: (sums: MonthSums) => sums.early_days },
  { name: "earlyMinutes", of: (sums: MonthSums) => sums.early_minutes },
  { name: "excused", of: (sums: MonthSums) => sums.leave_days + sums.duty_days + sums.permit_days },
  { name: "absent", of: (sums: MonthSums) => sums.absent_days },
  { name: "effective", of: (sums: MonthSums) => sums.effective_minutes },
  { name: "incomplete", of: (sums: MonthSums) => sums.incomplete_days },
] as const;
