import { Button, FileButton, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import { downloadFile } from "../tables/download";
import classes from "./evidence.module.css";
import { isPicture, kibibytes, MOST, TAKEN } from "./kinds";

export interface EvidenceFile {
  id: string;
  name: string;
  media_type: string;
  size: number;
}

interface Props {
  /** What it is evidence of, for who does not see where the button stands. */
  of: string;
  files: readonly EvidenceFile[];
  take: (file: EvidenceFile) => Promise<Blob>;
  /** Whether files may be added and removed now. */
  open: boolean;
  add: (file: File) => Promise<unknown>;
  remove: (file: EvidenceFile) => Promise<unknown>;
  /** Called after each, done or not. */
  changed: () => unknown;
}

/** The files of an entry: pictures are looked at within the page, all are taken away; added and removed while open. */
export function EvidenceFiles({ of, files, take, open, add, remove, changed }: Props) {
  const { t } = useWords();
  const adding = useMutation({ mutationFn: add, onSettled: changed });
  const removing = useMutation({ mutationFn: remove, onSettled: changed });
  if (files.length === 0 && !open) return null;
  return (
    <div className={classes.evidence}>
      {files.length > 0 && (
        <ul aria-label={t("evidence.label")}>
          {files.map((file) => (
            <li key={file.id}>
              <One file={file} take={take} />
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
      {open && files.length < MOST && (
        <FileButton accept={TAKEN} onChange={(file) => file !== null && adding.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              variant="subtle"
              className={classes.more}
              loading={adding.isPending}
              aria-label={t("evidence.addTo", { what: of })}
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

function One({ file, take }: Pick<Props, "take"> & { file: EvidenceFile }) {
  const { t, language } = useWords();
  const [looking, setLooking] = useState<Blob | null>(null);
  const taking = useMutation({
    mutationFn: () => take(file),
    onSuccess: (content) => downloadFile(file.name, content),
  });
  const opening = useMutation({ mutationFn: () => take(file), onSuccess: setLooking });
  return (
    <span>
      <button type="button" className={classes.file} disabled={taking.isPending} onClick={() => taking.mutate()}>
        {file.name}
      </button>{" "}
      <span className="quiet">{t("evidence.size", { number: integer(kibibytes(file.size), language) })}</span>
      {isPicture(file.media_type) && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={opening.isPending}
          aria-label={t("evidence.lookAt", { name: file.name })}
          onClick={() => opening.mutate()}
        >
          {t("evidence.look")}
        </Button>
      )}
      <Refusal error={taking.error ?? opening.error} />
      <Modal
        opened={looking !== null}
        onClose={() => setLooking(null)}
        title={<span className={classes.name}>{file.name}</span>}
        size="xl"
        closeButtonProps={{ "aria-label": t("evidence.close") }}
      >
        {looking !== null && <Picture content={looking} name={file.name} />}
      </Modal>
    </span>
  );
}

/** A picture and nothing else: whatever it holds, an image element runs none of it. */
function Picture({ content, name }: { content: Blob; name: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(content);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  return address === null ? null : <img src={address} alt={name} className={classes.shown} />;
}
