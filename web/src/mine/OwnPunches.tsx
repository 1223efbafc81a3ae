import { useQuery } from "@tanstack/react-query";
import { receiptsQuery } from "../api/receipts";
import type { Punch } from "../api/types";
import { Punches } from "./Punches";
import { ReceiptLine } from "./ReceiptLine";

interface Props {
  employeeId: string;
  date: string;
  punches: readonly Punch[];
}

/** One's own punches of a day, each with its receipt. */
export function OwnPunches({ employeeId, date, punches }: Props) {
  const sealed = useQuery(receiptsQuery(employeeId, date, date)).data;
  return (
    <Punches
      punches={punches}
      below={(punch, time) => (
        <ReceiptLine employeeId={employeeId} punchId={punch.punch_id} date={date} time={time} sealed={sealed} />
      )}
    />
  );
}
