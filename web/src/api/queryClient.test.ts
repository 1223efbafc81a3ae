import { QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { Queries } from "./queryClient";

test("a first answer that was asked before a change does not stand", async () => {
  const client = new Queries();
  const answers: ((value: string) => void)[] = [];
  const queryFn = () => new Promise<string>((answer) => answers.push(answer));
  const screen = new QueryObserver(client, { queryKey: ["rows"], queryFn });
  const leave = screen.subscribe(() => {});
  const told = client.invalidateQueries({ queryKey: ["rows"] });
  await expect.poll(() => answers.length).toBe(2);
  answers[0]?.("before");
  answers[1]?.("after");
  await told;
  expect(screen.getCurrentResult().data).toBe("after");
  leave();
});
