// `npm run pictures`: the pages as people see them, on phone and desktop.
import tests from "./playwright.config";

export default { ...tests, testDir: "pictures", reporter: [["list"]], projects: tests.projects?.filter(({ name }) => name === "phone" || name === "desktop") };
