import { useCallback } from "react";
import { useLocation, useSearch } from "wouter";
import { type BoardAddress, href, readBoard } from "./address";

/** The board's part of the address, and links that change some of it and keep the rest. */
export function usePlace() {
  const [path, navigate] = useLocation();
  const text = useSearch();
  const search = new URLSearchParams(text);
  const place = readBoard(search);

  const to = (change: Partial<BoardAddress>, onPath = "/") => {
    const { unit, date, view, state, q, order } = { ...place, ...change };
    return href(onPath, { unit, date, view, state, q, order }, new URLSearchParams(text));
  };
  /** Changes of a filter replace the entry; the back button leads to where the reader came from. */
  const replace = useCallback((address: string) => navigate(address, { replace: true }), [navigate]);
  return { path, search, place, to, navigate, replace };
}
