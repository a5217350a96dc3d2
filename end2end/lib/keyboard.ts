// A person without a pointer: Tab to what she sees, then Enter, Space or letters.
import { expect, type Locator, type Page, type TestInfo } from "@playwright/test";
import { tabTo } from "./good-page";
import { withoutScript } from "./hydration";
import { maja } from "./people";
import { freshCode } from "./totp";
import { type Credentials, expectPage } from "./walk";

export class Keyboard {
  constructor(
    private readonly page: Page,
    private readonly info: TestInfo,
  ) {}

  /** A button of the page. */
  button(name: string): Locator {
    return this.page.getByRole("main").getByRole("button", { name, exact: true });
  }

  /** A link of the page. */
  link(name: string): Locator {
    return this.page.getByRole("main").getByRole("link", { name, exact: true });
  }

  /** Tabs to a link or a button, and chooses it. */
  async choose(target: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
    await this.reach(target);
    await this.page.keyboard.press(key);
  }

  async tick(box: Locator): Promise<void> {
    await this.reach(box);
    await this.page.keyboard.press("Space");
    await expect(box).toBeChecked();
  }

  /** Tabs to a field, and types into it. */
  async write(field: Locator, what: string): Promise<void> {
    await this.reach(field);
    await this.page.keyboard.type(what);
  }

  /** The same, and sends the form from the field. */
  async send(field: Locator, what: string): Promise<void> {
    await this.write(field, what);
    await this.page.keyboard.press("Enter");
  }

  /** Something is to be corrected: the summary has the focus and says what, and its first link leads into the field. */
  async correct(says: string | RegExp, field: Locator): Promise<void> {
    const summary = this.page.getByRole("alert");
    await expect(summary).toContainText(says);
    await expect(summary, "the summary takes the focus").toBeFocused();
    await this.awake();
    await this.page.keyboard.press("Tab");
    await expect(summary.getByRole("link").first()).toBeFocused();
    await this.page.keyboard.press("Enter");
    await expect(field, "its link leads to the field").toBeFocused();
  }

  /** From a page with its button to MitID, and back as Maja. */
  async prove(button = "Bekræft med MitID"): Promise<void> {
    await this.choose(this.button(button));
    await expectPage(this.page, "Hvem vil du være?");
    await this.choose(this.page.getByRole("button", { name: new RegExp(`^${maja.inSimulator}`) }));
  }

  /** Signs in to the portal, and stands at the overview. */
  async signIn({ userName, password, secret }: Credentials): Promise<void> {
    await this.page.goto("/log-ind");
    await this.write(this.page.getByLabel("Brugernavn"), userName);
    await this.send(this.page.getByLabel("Adgangskode", { exact: true }), password);
    await expectPage(this.page, "Bekræft med koden fra din app");
    await this.send(this.page.getByLabel("Kode", { exact: true }), await freshCode(secret));
    await expectPage(this.page, /^Hej /);
  }

  private async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    await this.awake();
    await tabTo(this.page, target);
  }

  /** Where a script wakes the islands: it has, or found none. Fields without one work as they came. */
  private async awake(): Promise<void> {
    if (withoutScript(this.info) || (await this.page.locator("script[type=module]").count()) === 0) return;
    await expect(this.page.locator("html"), "the islands are awake").toHaveAttribute("data-islands", /^(awake|none)$/);
  }
}
