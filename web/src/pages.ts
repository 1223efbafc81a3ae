/** Each page is fetched when somebody goes there. The check-in comes with the app: it is what a phone at the door wants. */

import { type ComponentType, lazy } from "react";
import { loadPageWords } from "./i18n";
import { MyDayPage } from "./mine/MyDayPage";

// biome-ignore lint/suspicious/noExplicitAny: the properties of a page are its own
type Page = ComponentType<any>;

/** A page by the name it is exported under, with the words of pages. */
function page<Name extends string, P extends Page>(load: () => Promise<Record<Name, P>>, name: Name) {
  return lazy(async () => {
    const [loaded] = await Promise.all([load(), loadPageWords()]);
    return { default: loaded[name] };
  });
}

export const pages = {
  Activities: page(() => import("./activities/ActivitiesPage"), "ActivitiesPage"),
  Case: page(() => import("./discipline/CasePage"), "CasePage"),
  Cases: page(() => import("./discipline/CasesPage"), "CasesPage"),
  Ladder: page(() => import("./discipline/LadderPage"), "LadderPage"),
  Allowance: page(() => import("./allowance/AllowancePage"), "AllowancePage"),
  AllowanceTables: page(() => import("./allowance/TablesPage"), "TablesPage"),
  Board: page(() => import("./board/BoardPage"), "BoardPage"),
  Card: page(() => import("./card/CardPage"), "CardPage"),
  Closings: page(() => import("./closings/ClosingsPage"), "ClosingsPage"),
  Codes: page(() => import("./codes/CodePage"), "CodePage"),
  CorrectionQueue: page(() => import("./corrections/QueuePage"), "QueuePage"),
  Corrections: page(() => import("./corrections/CorrectionsPage"), "CorrectionsPage"),
  DeadLetters: page(() => import("./deadletters/DeadLettersPage"), "DeadLettersPage"),
  Employee: page(() => import("./directory/EmployeePage"), "EmployeePage"),
  Employees: page(() => import("./directory/EmployeesPage"), "EmployeesPage"),
  Freshness: page(() => import("./freshness/FreshnessPage"), "FreshnessPage"),
  Help: page(() => import("./help/HelpPage"), "HelpPage"),
  Holidays: page(() => import("./schedules/HolidaysPage"), "HolidaysPage"),
  Home: page(() => import("./home/HomePage"), "HomePage"),
  Leave: page(() => import("./leave/LeavePage"), "LeavePage"),
  LeaveBalances: page(() => import("./leave/BalancesPage"), "BalancesPage"),
  LeaveQueue: page(() => import("./leave/LeaveQueuePage"), "LeaveQueuePage"),
  Integrity: page(() => import("./integrity/IntegrityPage"), "IntegrityPage"),
  Import: page(() => import("./imports/ImportPage"), "ImportPage"),
  Imports: page(() => import("./imports/ImportsPage"), "ImportsPage"),
  Kiosk: page(() => import("./kiosk/KioskPage"), "KioskPage"),
  Kiosks: page(() => import("./kiosk/KiosksPage"), "KiosksPage"),
  Month: page(() => import("./month/MonthPage"), "MonthPage"),
  MonthDay: page(() => import("./month/DayPage"), "DayPage"),
  MyData: page(() => import("./mine/MyDataPage"), "MyDataPage"),
  MyDay: MyDayPage,
  NewCorrection: page(() => import("./corrections/NewCorrectionPage"), "NewCorrectionPage"),
  Notes: page(() => import("./notes/NotesPage"), "NotesPage"),
  Outage: page(() => import("./outages/OutagePage"), "OutagePage"),
  Outages: page(() => import("./outages/OutagesPage"), "OutagesPage"),
  Completeness: page(() => import("./completeness/CompletenessPage"), "CompletenessPage"),
  Operator: page(() => import("./freshness/OperatorPage"), "OperatorPage"),
  Quarantine: page(() => import("./quarantine/QuarantinePage"), "QuarantinePage"),
  Report: page(() => import("./report/ReportPage"), "ReportPage"),
  Reviews: page(() => import("./reviews/ReviewsPage"), "ReviewsPage"),
  Roster: page(() => import("./schedules/RosterPage"), "RosterPage"),
  Services: page(() => import("./services/ServicesPage"), "ServicesPage"),
  Site: page(() => import("./sites/SitePage"), "SitePage"),
  Sites: page(() => import("./sites/SitesPage"), "SitesPage"),
  Superiors: page(() => import("./superiors/QueuePage"), "QueuePage"),
  Tasks: page(() => import("./tasks/TasksPage"), "TasksPage"),
  Team: page(() => import("./team/TeamPage"), "TeamPage"),
  Terminal: page(() => import("./terminals/TerminalPage"), "TerminalPage"),
  Terminals: page(() => import("./terminals/TerminalsPage"), "TerminalsPage"),
  UnitCard: page(() => import("./card/UnitCardPage"), "UnitCardPage"),
  Units: page(() => import("./units/UnitsPage"), "UnitsPage"),
  Validation: page(() => import("./validation/ValidationPage"), "ValidationPage"),
  Voices: page(() => import("./voices/VoicesPage"), "VoicesPage"),
  Wall: page(() => import("./wall/WallPage"), "WallPage"),
  WorkingTime: page(() => import("./schedules/WorkingTimePage"), "WorkingTimePage"),
};
