/** Each page is fetched when somebody goes there. The check-in comes with the app: it is what a phone at the door wants. */

import { type ComponentType, lazy } from "react";
import { MyDayPage } from "./mine/MyDayPage";

// biome-ignore lint/suspicious/noExplicitAny: the properties of a page are its own
type Page = ComponentType<any>;

/** A page by the name it is exported under. */
function page<Name extends string, P extends Page>(load: () => Promise<Record<Name, P>>, name: Name) {
  return lazy(async () => ({ default: (await load())[name] }));
}

export const pages = {
  Activities: page(() => import("./activities/ActivitiesPage"), "ActivitiesPage"),
  Board: page(() => import("./board/BoardPage"), "BoardPage"),
  Card: page(() => import("./card/CardPage"), "CardPage"),
  Codes: page(() => import("./codes/CodePage"), "CodePage"),
  DeadLetters: page(() => import("./deadletters/DeadLettersPage"), "DeadLettersPage"),
  Employee: page(() => import("./directory/EmployeePage"), "EmployeePage"),
  Employees: page(() => import("./directory/EmployeesPage"), "EmployeesPage"),
  Freshness: page(() => import("./freshness/FreshnessPage"), "FreshnessPage"),
  Help: page(() => import("./help/HelpPage"), "HelpPage"),
  Home: page(() => import("./home/HomePage"), "HomePage"),
  Import: page(() => import("./imports/ImportPage"), "ImportPage"),
  Imports: page(() => import("./imports/ImportsPage"), "ImportsPage"),
  Kiosk: page(() => import("./kiosk/KioskPage"), "KioskPage"),
  Kiosks: page(() => import("./kiosk/KiosksPage"), "KiosksPage"),
  MyData: page(() => import("./mine/MyDataPage"), "MyDataPage"),
  MyDay: MyDayPage,
  Notes: page(() => import("./notes/NotesPage"), "NotesPage"),
  Operator: page(() => import("./freshness/OperatorPage"), "OperatorPage"),
  Quarantine: page(() => import("./quarantine/QuarantinePage"), "QuarantinePage"),
  Reviews: page(() => import("./reviews/ReviewsPage"), "ReviewsPage"),
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
};
