import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { authorizedFetch, carry } from "./bearer";

const asked = vi.fn<(input: RequestInfo | URL, init?: RequestInit) => Promise<Response>>();
const refused = vi.fn();

beforeEach(() => {
  asked.mockReset().mockResolvedValue(new Response("{}"));
  refused.mockReset();
  vi.stubGlobal("fetch", asked);
});
afterEach(() => {
  carry(null);
  vi.unstubAllGlobals();
});

const headers = () => new Headers(asked.mock.calls[0]?.[1]?.headers);

it("carries the token beside what the caller says", async () => {
  carry({ token: async () => "t-1", refused });
  await authorizedFetch("/api", { headers: { Accept: "text/event-stream" } });
  expect(headers().get("authorization")).toBe("Bearer t-1");
  expect(headers().get("accept")).toBe("text/event-stream");
  expect(refused).not.toHaveBeenCalled();
});

it("carries nothing when nobody is signed in", async () => {
  await authorizedFetch("/api");
  expect(headers().has("authorization")).toBe(false);
});

it("says when a service refuses the token, and hands the answer on", async () => {
  carry({ token: async () => "t-1", refused });
  asked.mockResolvedValue(new Response("", { status: 401 }));
  expect((await authorizedFetch("/api")).status).toBe(401);
  expect(refused).toHaveBeenCalledOnce();
});

it("asks nothing while the token cannot be renewed", async () => {
  carry({ token: () => Promise.reject(new Error("the issuer does not answer")), refused });
  await expect(authorizedFetch("/api")).rejects.toThrow("does not answer");
  expect(asked).not.toHaveBeenCalled();
});
