import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Route, Switch } from "wouter";
import { ApiError } from "./api/client";
import { BoardPage } from "./board/BoardPage";
import { EmployeePage } from "./directory/EmployeePage";
import { EmployeesPage } from "./directory/EmployeesPage";
import { MyDayPage } from "./mine/MyDayPage";
import { QuarantinePage } from "./quarantine/QuarantinePage";
import { SessionGate } from "./session/SessionGate";
import { type Agency, AgencyContext } from "./shell/agency";
import { NotFound } from "./shell/NotFound";
import { Shell } from "./shell/Shell";
import { usePlace } from "./shell/usePlace";
import { QueuePage } from "./superiors/QueuePage";
import { TerminalsPage } from "./terminals/TerminalsPage";
import { edges, themeOf } from "./theme/theme";
import { WallPage } from "./wall/WallPage";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: 10 * 60_000,
      networkMode: "always", // the edge may be this machine; the browser's idea of "online" is not ours
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.transient,
      retryDelay: (attempt) => 500 * 2 ** attempt,
    },
  },
});

export function App({ agency }: { agency: Agency }) {
  return (
    <MantineProvider theme={themeOf(agency.brand)} cssVariablesResolver={edges} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <AgencyContext value={agency}>
          <SessionGate>
            <Pages />
          </SessionGate>
        </AgencyContext>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Pages() {
  const { path, search } = usePlace();
  if (path === "/dinding" || search.get("wall") === "1") return <WallPage />;
  return (
    <Shell>
      <Switch>
        <Route path="/">
          <BoardPage />
        </Route>
        <Route path="/saya">
          <MyDayPage />
        </Route>
        <Route path="/pegawai">
          <EmployeesPage />
        </Route>
        <Route path="/pegawai/:id">{({ id }) => <EmployeePage id={id} />}</Route>
        <Route path="/laporan-atasan">
          <QueuePage />
        </Route>
        <Route path="/karantina">
          <QuarantinePage />
        </Route>
        <Route path="/mesin">
          <TerminalsPage />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Shell>
  );
}
