import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { ownCheckInsQuery } from "../api/checkins";
import type { EmployeeDay } from "../api/types";
import { CheckInButton } from "../checkin/CheckInButton";
import { OwnPhone } from "../checkin/OwnPhone";
import { remember } from "../checkin/owner";
import { Recent } from "../checkin/Recent";
import { useCheckIns } from "../checkin/useCheckIns";
import { shiftDay } from "../format/time";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";

/** What somebody may still want to explain or appeal. */
const DAYS = 31;

interface Props {
  employeeId: string;
  date: string;
  /** Undefined while it is not known. */
  day: EmployeeDay | undefined;
  /** What else belongs to the day, below the button. */
  children: React.ReactNode;
}

/** Checking in by phone: the button, what waits, and what is doubted. */
export function MyCheckIns({ employeeId, date, day, children }: Props) {
  const { person } = usePerson();
  const { zone } = useAgency();
  const { search } = usePlace();
  const checkins = useCheckIns(employeeId, true);
  const recent = useQuery(ownCheckInsQuery(employeeId, shiftDay(date, 1 - DAYS), date));
  useEffect(() => remember({ employeeId, name: person.name }), [employeeId, person.name]);

  const pressed = checkins.waiting.some((item) => item.refused === null && item.body.kind === "check_in");
  const kind = pressed || day?.state === "present" ? "check_out" : "check_in";
  return (
    <>
      <CheckInButton checkins={checkins} kind={kind} qr={search.get("qr")} zone={day?.site?.zone ?? zone} />
      {children}
      <OwnPhone employeeId={employeeId} />
      <Recent rows={recent.data?.items ?? []} />
    </>
  );
}
