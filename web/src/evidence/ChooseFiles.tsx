import { Button, FileButton } from "@mantine/core";
import { useRef, useState } from "react";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import classes from "./evidence.module.css";
import { kibibytes, MOST, TAKEN, unfit } from "./kinds";

/** Files that go with what is being written: chosen, or photographed by a phone; sent later. */
export function ChooseFiles({ files, set }: { files: readonly File[]; set: (files: File[]) => void }) {
  const { t, language } = useWords();
  const [wrong, setWrong] = useState<"type" | "large" | null>(null);
  // A file that was taken away may be chosen again: to the browser it would be the one it has.
  const resets = [useRef<() => void>(null), useRef<() => void>(null)] as const;
  const add = (chosen: readonly File[]) => {
    const fit = chosen.filter((file) => unfit(file) === null);
    setWrong(chosen.map(unfit).find((why) => why !== null) ?? null);
    set([...files, ...fit].slice(0, MOST));
    for (const reset of resets) reset.current?.();
  };
  return (
    <div className={classes.evidence}>
      {files.length > 0 && (
        <ul aria-label={t("evidence.label")}>
          {files.map((file, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two photos of a phone may have one name
            <li key={`${at} ${file.name}`}>
              <span className={classes.name}>{file.name}</span>
              <span className="quiet">{t("evidence.size", { number: integer(kibibytes(file.size), language) })}</span>
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t("evidence.removeOf", { name: file.name })}
                onClick={() => set(files.filter((_, other) => other !== at))}
              >
                {t("evidence.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {files.length < MOST && (
        <div className={classes.choose}>
          <FileButton
            resetRef={resets[0]}
            accept="image/jpeg,image/png"
            capture="environment"
            onChange={(file) => file && add([file])}
          >
            {(props) => (
              <Button {...props} variant="default">
                {t("evidence.photo")}
              </Button>
            )}
          </FileButton>
          <FileButton resetRef={resets[1]} accept={TAKEN} multiple onChange={add}>
            {(props) => (
              <Button {...props} variant="default">
                {t("evidence.choose")}
              </Button>
            )}
          </FileButton>
        </div>
      )}
      {wrong !== null && <p role="alert">{t(`evidenceWrong.${wrong}`)}</p>}
    </div>
  );
}
