import { Select } from "@mantine/core";
import { useWords } from "../i18n";
import classes from "./tables.module.css";

/** In which order a list stands. The first order is the list's own. */
export function OrderChoice<Order extends string>(props: {
  /** Beside fields whose labels are not shown. */
  bare?: boolean;
  orders: readonly Order[];
  value: Order;
  words: (order: Order) => string;
  /** null: the list's own order, which an address need not name. */
  choose: (order: Order | null) => void;
}) {
  const { t } = useWords();
  const { bare, orders, value, words, choose } = props;
  const label = t("tables.order");
  return (
    <Select
      className={bare ? classes.bare : classes.order}
      {...(bare ? { "aria-label": label } : { label })}
      data={orders.map((order) => ({ value: order, label: words(order) }))}
      value={value}
      onChange={(order) => choose(order === orders[0] ? null : order)}
      allowDeselect={false}
    />
  );
}

/** The order an address asks for; its own where it asks for none that the list has. */
export function orderOf<Order extends string>(orders: readonly [Order, ...Order[]], asked: string | null): Order {
  return orders.find((one) => one === asked) ?? orders[0];
}
