// Listens to a browser for what nobody should ever cause: script errors, CSP reports, answers of 500 and above.
import type { BrowserContext, ConsoleMessage, Page, Response } from "@playwright/test";

/** A report about the content security policy, however it was heard. */
const REPORT = /^csp: |content security policy/i;

/** What went wrong behind the pages of one test. */
export class Problems {
  readonly found: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** Expects a problem: a test that provokes one says which. A report about the policy is never expected. */
  allow(expected: RegExp): void {
    this.allowed.push(expected);
  }

  /** All problems that nobody expected. */
  get unexpected(): string[] {
    const allowed = (problem: string) => !REPORT.test(problem) && this.allowed.some((expected) => expected.test(problem));
    return this.found.filter((problem) => !allowed(problem));
  }

  /** Takes away the reports about the policy that say this: for the test that sees whether they are heard. */
  takeReports(about: string): string[] {
    const reports = this.found.filter((problem) => REPORT.test(problem) && problem.includes(about));
    const rest = this.found.filter((problem) => !reports.includes(problem));
    this.found.splice(0, this.found.length, ...rest);
    return reports;
  }

  /** Listens to every page of a context, those to come too. */
  async watch(context: BrowserContext): Promise<void> {
    // Reported by the browser as events of the document; the console says it too where scripts are off.
    await context.exposeBinding("reportCspViolation", (_, what: string) => this.found.push(`csp: ${what}`));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const report = (window as unknown as { reportCspViolation: (what: string) => void }).reportCspViolation;
        report(`${event.violatedDirective} ${event.blockedURI} on ${event.documentURI}`);
      });
    });
    for (const page of context.pages()) this.listen(page);
    context.on("page", (page) => this.listen(page));
    context.on("weberror", (error) => this.found.push(`script: ${error.error().message}`));
    context.on("response", (response) => this.judge(response));
  }

  private listen(page: Page): void {
    page.on("console", (message) => this.hear(message));
    page.on("crash", () => this.found.push(`crash: ${page.url()}`));
  }

  private hear(message: ConsoleMessage): void {
    const text = message.text();
    // The browser itself complains about every page that is answered with 4xx, as ours are on purpose.
    if (/^Failed to load resource: .* status of 4\d\d/.test(text)) return;
    if (message.type() === "error" || /content security policy/i.test(text)) this.found.push(`console: ${text} (${message.location().url})`);
  }

  private judge(response: Response): void {
    const page = response.request().isNavigationRequest();
    if (response.status() >= 500 || (response.status() >= 400 && !page)) {
      this.found.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
    }
  }
}
