import { useQueryClient } from "@tanstack/react-query";
import { type Activity, activityKeys, addEvidence, evidenceFile, removeEvidence } from "../api/appraisal";
import { EvidenceFiles } from "../evidence/EvidenceFiles";

/** The files of an entry; with `own` also to add and remove while the entry may still be changed. */
export function Evidence({ activity, own = false }: { activity: Activity; own?: boolean }) {
  const client = useQueryClient();
  return (
    <EvidenceFiles
      of={activity.what}
      files={activity.evidence}
      take={(file) => evidenceFile(activity, file.id)}
      open={own && (activity.status === "waiting" || activity.status === "returned")}
      add={(file) => addEvidence(activity, file)}
      remove={(file) => removeEvidence(activity, file.id)}
      changed={() => client.invalidateQueries({ queryKey: activityKeys.own(activity.employee_id) })}
    />
  );
}
