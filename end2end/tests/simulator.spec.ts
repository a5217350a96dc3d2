// The simulator's own pages, in the language of whoever looks.
import { expectGoodPage } from "../lib/good-page";
import { expect, test } from "../lib/test";
import { expectPage } from "../lib/walk";

for (const [code, who, sign, again] of [
  ["da", "Hvem vil du være?", "Dette er ikke MitID", "Simulatoren kan ikke bruge forespørgslen"],
  ["en", "Who do you want to be?", "This is not MitID", "The simulator cannot use the request"],
] as const) {
  test(`who reads ${code} in the portal reads it at the simulator too`, async ({ page }) => {
    await page.goto(`/kom-i-gang/mitid?sprog=${code}`);
    await page.getByRole("main").getByRole("button").click();
    await expectPage(page, who);
    await expect(page.locator("html")).toHaveAttribute("lang", code);
    await expect(page.getByText(sign)).toBeVisible();
    await expectGoodPage(page);
    await page.goto("/simulator/op/connect/authorize");
    await expectPage(page, again);
    await expectGoodPage(page);
  });
}
