import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { ApiError } from "./api/client";
import { Queries } from "./api/queryClient";
import { pages } from "./pages";
import { SessionGate } from "./session/SessionGate";
import { type Agency, AgencyContext } from "./shell/agency";
import { NotFound } from "./shell/NotFound";
import { Shell } from "./shell/Shell";
import { usePlace } from "./shell/usePlace";
import { Waiting } from "./states/Waiting";
import { edges, themeOf } from "./theme/theme";

const client = new Queries({
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
          <Suspense fallback={null}>
            <Switch>
              <Route path="/kios">
                <pages.Kiosk />
              </Route>
              <Route>
                <SessionGate>
                  <Pages />
                </SessionGate>
              </Route>
            </Switch>
          </Suspense>
        </AgencyContext>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Pages() {
  const { path, search } = usePlace();
  if (path === "/dinding" || search.get("wall") === "1") return <pages.Wall />;
  return (
    <Shell>
      <Suspense fallback={<Waiting rows={6} height={28} />}>
        <Switch>
          <Route path="/">
            <pages.Board />
          </Route>
          <Route path="/beranda">
            <pages.Home />
          </Route>
          <Route path="/bantuan">
            <pages.Help />
          </Route>
          <Route path="/saya">
            <pages.MyDay />
          </Route>
          <Route path="/bulan">
            <pages.Month id={null} />
          </Route>
          <Route path="/bulan/:id">{({ id }) => <pages.Month id={id} />}</Route>
          <Route path="/bulan/:id/:date">{({ id, date }) => <pages.MonthDay id={id} date={date} />}</Route>
          <Route path="/disiplin">
            <pages.Ladder id={null} />
          </Route>
          <Route path="/disiplin/:id">{({ id }) => <pages.Ladder id={id} />}</Route>
          <Route path="/tunjangan">
            <pages.Allowance id={null} />
          </Route>
          <Route path="/tunjangan/:id">{({ id }) => <pages.Allowance id={id} />}</Route>
          <Route path="/aturan-tunjangan">
            <pages.AllowanceTables />
          </Route>
          <Route path="/kasus">
            <pages.Cases />
          </Route>
          <Route path="/kasus/:id">{({ id }) => <pages.Case key={id} id={id} />}</Route>
          <Route path="/aktivitas">
            <pages.Activities />
          </Route>
          <Route path="/cuti">
            <pages.Leave />
          </Route>
          <Route path="/persetujuan-cuti">
            <pages.LeaveQueue />
          </Route>
          <Route path="/saldo-cuti">
            <pages.LeaveBalances />
          </Route>
          <Route path="/pengesahan">
            <pages.Validation />
          </Route>
          <Route path="/koreksi">
            <pages.Corrections />
          </Route>
          <Route path="/koreksi/baru">
            <pages.NewCorrection />
          </Route>
          <Route path="/persetujuan-koreksi">
            <pages.CorrectionQueue />
          </Route>
          <Route path="/gangguan">
            <pages.Outages />
          </Route>
          <Route path="/gangguan/:id">{({ id }) => <pages.Outage id={id} />}</Route>
          <Route path="/kelengkapan">
            <pages.Completeness />
          </Route>
          <Route path="/keutuhan">
            <pages.Integrity />
          </Route>
          <Route path="/katalog-tugas">
            <pages.Tasks />
          </Route>
          <Route path="/kode-penilaian">
            <pages.Codes />
          </Route>
          <Route path="/suara-warga">
            <pages.Voices />
          </Route>
          <Route path="/layanan">
            <pages.Services />
          </Route>
          <Route path="/data-saya">
            <pages.MyData />
          </Route>
          <Route path="/kartu">
            <pages.Card id={null} />
          </Route>
          <Route path="/kartu/:id">{({ id }) => <pages.Card id={id} />}</Route>
          <Route path="/umpan-balik">
            <pages.Notes tab="" />
          </Route>
          <Route path="/umpan-balik/:tab">{({ tab }) => <pages.Notes tab={tab} />}</Route>
          <Route path="/kinerja-unit">
            <pages.UnitCard />
          </Route>
          <Route path="/rekap-kehadiran">
            <pages.Report />
          </Route>
          <Route path="/tim">
            <pages.Team />
          </Route>
          <Route path="/presensi">
            <Redirect to={`/saya?${search}`} replace />
          </Route>
          <Route path="/pemeriksaan">
            <pages.Reviews />
          </Route>
          <Route path="/jam-kerja">
            <pages.WorkingTime />
          </Route>
          <Route path="/hari-libur">
            <pages.Holidays />
          </Route>
          <Route path="/penutupan">
            <pages.Closings />
          </Route>
          <Route path="/jadwal-dinas">
            <pages.Roster />
          </Route>
          <Route path="/pegawai">
            <pages.Employees />
          </Route>
          <Route path="/pegawai/:id">{({ id }) => <pages.Employee id={id} />}</Route>
          <Route path="/laporan-atasan">
            <pages.Superiors />
          </Route>
          <Route path="/unit">
            <pages.Units id={null} />
          </Route>
          <Route path="/unit/:id">{({ id }) => <pages.Units id={id} />}</Route>
          <Route path="/lokasi">
            <pages.Sites />
          </Route>
          <Route path="/lokasi/:id">{({ id }) => <pages.Site key={id} id={id === "baru" ? null : id} />}</Route>
          <Route path="/impor">
            <pages.Imports />
          </Route>
          <Route path="/impor/:id">{({ id }) => <pages.Import id={id} />}</Route>
          <Route path="/karantina">
            <pages.Quarantine />
          </Route>
          <Route path="/operator">
            <pages.Operator />
          </Route>
          <Route path="/kesegaran">
            <pages.Freshness />
          </Route>
          <Route path="/surat-mati">
            <pages.DeadLetters />
          </Route>
          <Route path="/mesin">
            <pages.Terminals />
          </Route>
          <Route path="/mesin/:serial">{({ serial }) => <pages.Terminal serial={serial} />}</Route>
          <Route path="/kios-lokasi">
            <pages.Kiosks />
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </Shell>
  );
}
