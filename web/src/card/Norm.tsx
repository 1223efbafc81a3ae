import { Progress } from "@mantine/core";
import { integer, percent } from "../format/number";
import { useWords } from "../i18n";

/** How much of the month's norm is done, drawn and said. */
export function Norm({ share, norm }: { share: number; norm: number }) {
  const { t, language } = useWords();
  const words = t("card.ofNorm", { share: percent(share, language), norm: integer(norm, language) });
  return (
    <>
      <Progress value={share * 100} aria-label={words} />
      <span className="quiet">{words}</span>
    </>
  );
}
