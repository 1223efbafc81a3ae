// Types of the services' answers, from their published OpenAPI: `pnpm run api` writes them, `--check` fails when stale.
import { execFileSync } from "node:child_process";

const TYPES = {
  appraisal: "src/api/appraisal.schema.ts",
  attendance: "src/api/attendance.schema.ts",
  directory: "src/api/directory.schema.ts",
  feedback: "src/api/feedback.schema.ts",
  reporting: "src/api/schema.ts",
};
const check = process.argv.includes("--check") ? ["--check"] : [];
for (const [service, file] of Object.entries(TYPES)) {
  const arguments_ = [`../docs/api/${service}.openapi.json`, "-o", file, ...check];
  execFileSync("node_modules/.bin/openapi-typescript", arguments_, { stdio: "inherit" });
}
