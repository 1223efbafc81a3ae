import { filterTreeData, getTreeExpandedState, Tree, useTree } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Unit } from "../api/directory";
import { useWords } from "../i18n";
import classes from "./units.module.css";
import { pathTo, treeOf } from "./versions";

/** The tree with the keys of a tree: arrows move and open, Enter chooses. A search opens whatever holds a match. */
export function UnitTree(props: {
  units: readonly Unit[];
  q: string;
  chosen: string | null;
  address: (unit: string) => string;
}) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const { units, q, chosen, address } = props;
  const whole = useMemo(() => treeOf(units), [units]);
  const data = useMemo(() => (q.trim() === "" ? whole : filterTreeData(whole, q.trim())), [whole, q]);
  const roots = whole.map(({ value }) => value);
  const [opened, setOpened] = useState<Record<string, boolean>>({});
  const open = { ...getTreeExpandedState(whole, [...roots, ...pathTo(units, chosen)]), ...opened };
  const tree = useTree({
    expandedState: q.trim() === "" ? open : getTreeExpandedState(data as typeof whole, "*"),
    onExpandedStateChange: setOpened,
    selectedState: chosen === null ? [] : [chosen],
  });
  if (data.length === 0) return <p role="status">{t("employees.noUnit")}</p>;
  return (
    <Tree
      aria-label={t("tree.title")}
      className={classes.tree}
      data={data as typeof whole}
      tree={tree}
      levelOffset={20}
      onKeyDown={({ key, target }) => {
        const unit = target instanceof HTMLElement ? target.dataset.value : undefined;
        if (key === "Enter" && unit !== undefined) navigate(address(unit));
      }}
      renderNode={({ node, expanded, hasChildren, elementProps }) => (
        <div {...elementProps} className={`${elementProps.className} ${classes.node}`}>
          <span className={classes.chevron} data-open={expanded || undefined} aria-hidden="true">
            {hasChildren && "›"}
          </span>
          <Link
            href={address(node.value)}
            tabIndex={-1}
            aria-current={node.value === chosen ? "page" : undefined}
            onClick={(event) => event.stopPropagation()}
          >
            {node.label}
          </Link>
        </div>
      )}
    />
  );
}
