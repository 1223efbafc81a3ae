import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { FILES, type FileKind, monthReportFile } from "../api/reports";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import { downloadFile } from "../tables/download";
import classes from "./report.module.css";

/** The whole report as a file, all its people and days: written down as read. */
export function Downloads({ unit, month }: { unit: string | null; month: string }) {
  const { t } = useWords();
  const taking = useMutation({
    mutationFn: (kind: FileKind) => monthReportFile(unit, month, kind),
    onSuccess: (file, kind) => downloadFile(`rekap-kehadiran-${month}.${kind}`, file),
  });
  return (
    <div>
      <div className={classes.downloads}>
        {FILES.map((kind) => (
          <Button
            key={kind}
            variant="default"
            loading={taking.isPending && taking.variables === kind}
            disabled={taking.isPending && taking.variables !== kind}
            onClick={() => taking.mutate(kind)}
          >
            {t("report.download", { kind: kind.toUpperCase() })}
          </Button>
        ))}
      </div>
      {taking.isPending && (
        <p className="quiet" role="status">
          {t("report.downloading")}
        </p>
      )}
      <Refusal error={taking.error} />
    </div>
  );
}
