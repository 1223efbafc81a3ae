import { useQueryClient } from "@tanstack/react-query";
import { addProof, type Correction, correctionKeys, proof, removeProof } from "../api/corrections";
import { EvidenceFiles } from "../evidence/EvidenceFiles";
import { useWords } from "../i18n";
import { Glyph } from "../states/Glyph";
import { useClaimed } from "./useClaimed";

/** The evidence of a correction, and that it is missing; with `own` also to add and remove while that may be changed. */
export function Proof(props: { correction: Correction; own?: boolean; changed?: (now: Correction | null) => unknown }) {
  const { t } = useWords();
  const client = useQueryClient();
  const claimed = useClaimed();
  const { correction, own = false, changed } = props;
  const open = correction.status === "waiting" || correction.status === "returned";
  const told = async (sending: Promise<Correction>) => {
    const now = await sending;
    changed?.(now);
  };
  return (
    <>
      {open && correction.needs_evidence && correction.evidence.length === 0 && (
        <p>
          <Glyph shape="warning" /> {t(own ? "correction.addEvidence" : "correction.noEvidence")}
        </p>
      )}
      <EvidenceFiles
        of={claimed(correction)}
        files={correction.evidence}
        take={(file) => proof(correction, file.id)}
        open={own && open}
        add={(file) => told(addProof(correction, file))}
        remove={(file) => told(removeProof(correction, file.id))}
        changed={() => client.invalidateQueries({ queryKey: correctionKeys.own(correction.employee_id) })}
      />
    </>
  );
}
