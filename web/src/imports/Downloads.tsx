import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { exportWorkbook, type SheetName, templateFile } from "../api/directory";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import { downloadFile } from "../tables/download";
import classes from "./imports.module.css";

const SHEETS: SheetName[] = ["unit", "lokasi", "jabatan", "pegawai", "pangkat", "penugasan"];

/** What to fill in: an empty workbook, one empty list, or the directory as it is now. */
export function Downloads() {
  const { t } = useWords();
  const template = useMutation({
    mutationFn: templateFile,
    onSuccess: (file, sheet) => downloadFile(sheet === null ? t("imports.templateFile") : `templat-${sheet}.csv`, file),
  });
  const whole = useMutation({
    mutationFn: exportWorkbook,
    onSuccess: (file) => downloadFile(t("employees.file"), file),
  });
  return (
    <div className={classes.downloads}>
      <Button variant="default" loading={template.isPending} onClick={() => template.mutate(null)}>
        {t("imports.template")}
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default">{t("imports.templateCsv")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {SHEETS.map((sheet) => (
            <Menu.Item key={sheet} onClick={() => template.mutate(sheet)}>
              {t(`sheet.${sheet}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" loading={whole.isPending} onClick={() => whole.mutate()}>
        {t("employees.export")}
      </Button>
      <Refusal error={template.error ?? whole.error} />
    </div>
  );
}
