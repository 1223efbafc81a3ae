import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { startLanguage, storedLanguage } from "./i18n";
import { readLanguage } from "./shell/address";
import { loadAgency } from "./shell/agency";
import "./theme/styles";

const language = readLanguage(new URLSearchParams(location.search)) ?? storedLanguage() ?? "id";
document.documentElement.lang = language;

const [agency] = await Promise.all([loadAgency(), startLanguage(language)]);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html lacks the element #root that the app is drawn into");
createRoot(root).render(
  <StrictMode>
    <App agency={agency} />
  </StrictMode>,
);

// A page that was left open while a new release came asks for parts that are gone. Not again and again: without a
// network, or with an edge that is away, a reload brings nothing, and the page says so (states/Crash.tsx).
const RELOADED = "kinerja-reloaded";
const AGAIN = 60_000;
window.addEventListener("vite:preloadError", () => {
  if (!navigator.onLine || Date.now() - Number(sessionStorage.getItem(RELOADED)) < AGAIN) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
});

// What is kept for a start without a network comes after what the page asks for, and not on the way to the sign-in.
const FIRST_THE_PAGE = 3_000;
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  setTimeout(() => {
    navigator.serviceWorker.register("/sw.js").catch(() => {
      // A private window may have none: then the app starts with a network only, and says so where it matters.
    });
  }, FIRST_THE_PAGE);
}
