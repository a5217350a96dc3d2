// The sheet on paper: what is needed when nothing else is at hand, and nothing that belongs to the screen.
import type { Page } from "@playwright/test";
import { post } from "../lib/doors";
import { maja } from "../lib/people";
import type { Portal } from "../lib/server";
import { afterDayOne, expect, test } from "../lib/test";
import { type Enrolled, blockingCode, press, prove } from "../lib/walk";

const NEW = "tolv gule tulipaner";

/** Who made it for whom, today, as it stands on paper. */
function madeToday(): RegExp {
  const of = (part: Intl.DateTimeFormatOptions) => new Date().toLocaleDateString("da-DK", { timeZone: "Europe/Copenhagen", ...part });
  const day = `${of({ weekday: "long" })} d\\. ${Number.parseInt(of({ day: "numeric" }), 10)}\\. \\S+ ${of({ year: "numeric" })}`;
  return new RegExp(`^Eksempel Kommune\\. Brugernavn ${maja.userName}\\. Lavet ${day}\\. Erstatter arket fra \\S+ d\\. `);
}

/** Blocks, and opens again up to the new sheet. */
async function newSheet(page: Page, portal: Portal, credentials: Enrolled): Promise<void> {
  const form = { user_name: maja.userName, blocking_code: credentials.blockingCode };
  expect((await post(page, portal, "/handling/spaer-kode", form)).headers().location).toBe("/spaer/kvittering");
  await page.goto("/genaktiver");
  await prove(page, maja);
  await page.getByLabel("Ny adgangskode").fill(NEW);
  await press(page, "Fortsæt");
  await page.getByRole("checkbox", { name: /^Min telefon/ }).check();
  await press(page, "Fortsæt");
  await press(page, "Jeg kender det hele – fortsæt");
  await press(page, "Åbn kontoen");
}

afterDayOne("the sheet is printed with its codes, where to block and whom to call, on one page", async ({ page, portal, credentials }) => {
  test.slow();
  await page.goto("/spaer");
  const call = await page.getByRole("main").getByRole("link", { name: /^Eller ring: / }).innerText();
  const phone = call.replace(/^Eller ring: /, "");
  expect(phone.replaceAll(/\D/g, "").length, "the service desk has a phone").toBeGreaterThanOrEqual(8);
  await newSheet(page, portal, credentials);
  const code = await blockingCode(page);
  const main = page.getByRole("main");
  const onScreen = [
    page.getByRole("banner").getByRole("link", { name: "Spær min konto" }),
    page.getByRole("navigation", { name: "Om siden" }),
    main.getByText("Din konto er åben igen."),
    main.getByRole("checkbox", { name: "Jeg har gemt dem" }),
    main.getByRole("button", { name: "Fortsæt" }),
  ];
  for (const part of onScreen) await expect(part).toBeVisible();

  await page.emulateMedia({ media: "print" });
  for (const part of onScreen) await expect(part, "belongs to the screen").toBeHidden();
  const recovery = main.getByRole("listitem");
  await expect(recovery).toHaveCount(10);
  const address = `${new URL(portal.url).host}/spaer`;
  const onPaper = [
    page.getByRole("heading", { level: 1, name: "Gem dine koder" }),
    main.getByText(code, { exact: true }),
    main.getByText(`Spærrer din konto på ${address} hele døgnet.`),
    main.getByText(madeToday()),
    page.getByRole("contentinfo").getByText(phone, { exact: true }),
    ...(await recovery.all()),
  ];
  for (const part of onPaper) await expect(part, "stands on paper").toBeVisible();
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(paper.match(/\/Type\s*\/Page\b/g), "one page").toHaveLength(1);
});
