import { Link } from "wouter";
import type { Device } from "../api/types";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import classes from "./terminals.module.css";

/** A terminal's name, leading to all that is known of it. */
export function TerminalLink({ device }: { device: Device }) {
  const { search } = usePlace();
  return (
    <Link className={classes.name} href={href(`/mesin/${encodeURIComponent(device.serial)}`, {}, search)}>
      {device.name || device.serial}
    </Link>
  );
}
