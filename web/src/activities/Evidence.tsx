import { Button, FileButton } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type Activity,
  activityKeys,
  addEvidence,
  type EvidenceFile,
  evidenceFile,
  removeEvidence,
} from "../api/appraisal";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import { downloadFile } from "../tables/download";
import classes from "./activities.module.css";

/** As the service takes them; it looks at the content, not at the name. */
const TAKEN = "application/pdf,image/png,image/jpeg";
const MOST = 5;
const KIB = 1024;

/** The files of an entry, to take away; with `own` also to add and remove while the entry may still be changed. */
export function Evidence({ activity, own = false }: { activity: Activity; own?: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const changed = () => client.invalidateQueries({ queryKey: activityKeys.own(activity.employee_id) });
  const adding = useMutation({ mutationFn: (file: File) => addEvidence(activity, file), onSettled: changed });
  const removing = useMutation({
    mutationFn: (file: EvidenceFile) => removeEvidence(activity, file.id),
    onSettled: changed,
  });
  const open = own && (activity.status === "waiting" || activity.status === "returned");
  if (activity.evidence.length === 0 && !open) return null;
  return (
    <div className={classes.evidence}>
      {activity.evidence.length > 0 && (
        <ul aria-label={t("evidence.label")}>
          {activity.evidence.map((file) => (
            <li key={file.id}>
              <Take activity={activity} file={file} />
              {open && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  loading={removing.isPending && removing.variables.id === file.id}
                  aria-label={t("evidence.removeOf", { name: file.name })}
                  onClick={() => removing.mutate(file)}
                >
                  {t("evidence.remove")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {open && activity.evidence.length < MOST && (
        <FileButton accept={TAKEN} onChange={(file) => file !== null && adding.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              variant="subtle"
              className={classes.more}
              loading={adding.isPending}
              aria-label={t("evidence.addTo", { what: activity.what })}
            >
              {t("evidence.add")}
            </Button>
          )}
        </FileButton>
      )}
      <Refusal error={adding.error ?? removing.error} />
    </div>
  );
}

function Take({ activity, file }: { activity: Activity; file: EvidenceFile }) {
  const { t, language } = useWords();
  const taking = useMutation({
    mutationFn: () => evidenceFile(activity, file.id),
    onSuccess: (content) => downloadFile(file.name, content),
  });
  const size = Math.max(1, Math.round(file.size / KIB));
  return (
    <span>
      <button type="button" className={classes.file} disabled={taking.isPending} onClick={() => taking.mutate()}>
        {file.name}
      </button>{" "}
      <span className="quiet">{t("evidence.size", { number: integer(size, language) })}</span>
      <Refusal error={taking.error} />
    </span>
  );
}
