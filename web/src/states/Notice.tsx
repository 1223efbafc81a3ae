import classes from "./states.module.css";

/** A place without content: what will be here, why it is not, how to begin. `small` inside a panel. */
export function Notice(props: {
  title: string;
  children?: React.ReactNode;
  actions?: React.ReactNode;
  small?: boolean;
  /** The notice is all there is on the page: its title is the page's. */
  page?: boolean;
  alert?: boolean;
}) {
  const Heading = props.page ? "h1" : props.small ? "h3" : "h2";
  return (
    <div className={`${classes.notice} ${props.small ? classes.small : ""}`} role={props.alert ? "alert" : undefined}>
      <Heading>{props.title}</Heading>
      <div className="quiet">{props.children}</div>
      {props.actions !== undefined && <div className={classes.noticeActions}>{props.actions}</div>}
    </div>
  );
}
