import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Failure } from "../states/Failure";
import { downloadFile } from "../tables/download";

interface Props {
  label: string;
  /** Says which one it is to whoever does not see where it stands. */
  described?: string;
  name: string;
  fetch: () => Promise<Blob>;
  quiet?: boolean;
}

/** A button that hands over a file; what went wrong stands below it. */
export function Download({ label, described, name, fetch, quiet = false }: Props) {
  const file = useMutation({ mutationFn: fetch, onSuccess: (content) => downloadFile(name, content) });
  return (
    <>
      <Button
        variant={quiet ? "subtle" : "default"}
        size={quiet ? "compact-sm" : "sm"}
        loading={file.isPending}
        aria-label={described}
        onClick={() => file.mutate()}
      >
        {label}
      </Button>
      {file.error !== null && <Failure error={file.error} retry={() => file.mutate()} />}
    </>
  );
}
