import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isRefused } from "../api/client";
import { createSite, directoryKeys, replaceSite, type SiteRecord } from "../api/directory";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { CommandForm } from "../states/CommandForm";
import { pointOf, pointText, radiusOf } from "./place";
import { SiteFields, type Typed } from "./SiteFields";

/** A site's form: `site` null is a new one. Whoever may not write reads it. */
export function SiteForm(props: { site: SiteRecord | null; zone: string; today: string; done: () => void }) {
  const { t } = useWords();
  const { person } = usePerson();
  const client = useQueryClient();
  const { zone, today, done } = props;
  // As it was when the form was opened: a newer version that comes meanwhile must not be overwritten unseen.
  const [site] = useState(props.site);
  const [value, setValue] = useState<Typed>(() => typed(site, zone, today));
  const key = useRef(crypto.randomUUID());
  const point = pointOf(value.point);
  const radius = radiusOf(value.radius);
  const lacking = {
    code: value.code.trim() === "",
    name: value.name.trim() === "",
    from: value.from === "",
    // All of it or none: a point without a distance says nothing of who is there.
    point: point === "unreadable" || (point === null && radius !== null),
    radius: radius === "unreadable" || (radius === null && point !== null),
  };
  const saving = useMutation({
    mutationFn: () => {
      const state = {
        code: value.code.trim(),
        name: value.name.trim(),
        zone: value.zone,
        valid_from: value.from,
        valid_to: value.to === "" ? null : value.to,
        latitude: point === "unreadable" ? null : (point?.latitude ?? null),
        longitude: point === "unreadable" ? null : (point?.longitude ?? null),
        radius_m: radius === "unreadable" ? null : radius,
      };
      return site === null ? createSite(state, key.current) : replaceSite(site.id, site.version, state);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: directoryKeys.sites });
      done();
    },
    onError: (error) => {
      if (isRefused(error)) key.current = crypto.randomUUID(); // what is mended is another command
      return client.invalidateQueries({ queryKey: directoryKeys.sites });
    },
  });
  if (!person.roles.includes("bkpsdm")) return <SiteFields value={value} lacking={null} existing />;
  return (
    <CommandForm
      label={site === null ? t("sites.new") : t("sites.edit")}
      lacking={Object.values(lacking).some(Boolean)}
      command={saving}
      submit={site === null ? t("sites.create") : t("sites.save")}
      close={done}
      fields={(tried) => (
        <SiteFields value={value} set={setValue} lacking={tried ? lacking : null} existing={site !== null} />
      )}
    />
  );
}

function typed(site: SiteRecord | null, zone: string, today: string): Typed {
  return {
    code: site?.code ?? "",
    name: site?.name ?? "",
    zone: site?.zone ?? zone,
    from: site?.valid_from ?? today,
    to: site?.valid_to ?? "",
    point: site === null ? "" : pointText(site),
    radius: site?.radius_m == null ? "" : String(site.radius_m),
  };
}
