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
