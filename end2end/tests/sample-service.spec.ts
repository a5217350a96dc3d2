// The demo's own service: what a stranger learns of her, and that it asks for nothing more.
import { expectGoodPage } from "../lib/good-page";
import { withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import { shown } from "../lib/service";
import { afterDayOne, expect, test } from "../lib/test";
import { expectEvent } from "../lib/trail";
import { expectPage, press, showPassword, signIn } from "../lib/walk";

const SERVICE = "/simulator/tjeneste";

afterDayOne("she goes from a service to her login and back, known at Substantial", async ({ page, context, portal, credentials }, info) => {
  test.slow();
  await page.goto(SERVICE);
  await expectPage(page, "Velkommen til Prøvetjenesten");
  await expectGoodPage(page);
  await press(page, "Log ind");
  await expect(page.getByText("Du er på vej til Prøvetjenesten.")).toBeVisible();
  await signIn(page, credentials);
  if (withoutScript(info)) await press(page, "Fortsæt");
  await expectPage(page, "Du er logget ind");
  await expect(page).toHaveURL(SERVICE);
  await expectGoodPage(page);
  expect(await shown(page, "Sikringsniveau")).toBe("Betydelig (Substantial)");
  expect(await shown(page, "CVR-nummer")).toBe("29189897");
  expect(await shown(page, "Organisation")).toBe("Eksempel Kommune");
  const name = await shown(page, "Vores navn for dig");
  expect(name).toMatch(/professional\/uuid\/[0-9a-f-]{36}/);
  await expect(page.getByText(maja.familyName), "no name is given to a service").toHaveCount(0);
  await expectEvent(portal, "token.issued", "Substantial");

  await test.step("while she is logged in the service is answered at once, by the same name", async () => {
    await context.clearCookies({ name: /^proevetjeneste/ });
    await page.goto(SERVICE);
    await press(page, "Log ind");
    if (withoutScript(info)) await press(page, "Fortsæt");
    await expectPage(page, "Du er logget ind");
    expect(await shown(page, "Vores navn for dig")).toBe(name);
  });

  await test.step("unless she asks to log in again: then both factors are wanted", async () => {
    await press(page, "Log ind igen");
    await expectPage(page, "Bekræft, at det er dig");
    await showPassword(page, credentials);
    await expectPage(page, "Bekræft med koden fra din app");
    await page.goto(SERVICE);
    await expectPage(page, "Du er logget ind");
  });

  await test.step("in English too", async () => {
    await page.getByRole("link", { name: "English" }).click();
    await expectPage(page, "You are logged in");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    expect(await shown(page, "Level of assurance")).toBe("Substantial");
    await expectGoodPage(page);
  });
});

test("an answer nobody asked for lets nobody in", async ({ page, portal }) => {
  const answer = Buffer.from("<a/>").toString("base64");
  const response = await page.request.post(`${SERVICE}/svar`, { form: { SAMLResponse: answer } });
  expect(response.status()).toBe(400);
  expect(await response.text()).toContain("Vi kunne ikke logge dig ind");
  await page.goto(SERVICE);
  await expectPage(page, "Velkommen til Prøvetjenesten");
  expect(portal.log).not.toContain("panicked");
});
