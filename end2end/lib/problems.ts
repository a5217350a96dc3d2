// Listens to a browser for what nobody should ever cause: script errors, CSP reports, answers of 500 and above.
import type { BrowserContext, ConsoleMessage, Page, Request, Response } from "@playwright/test";
import { Leaving } from "./leaving";

/** A report about the content security policy, however it was heard. */
const REPORT = /^csp: |content security policy/i;

/** A request that nobody answered to its end, for no reason the browser has a name for. */
const BROKEN_OFF = "net::ERR_FAILED";

/** What went wrong behind the pages of one test. */
export class Problems {
  readonly found: string[] = [];
  private readonly allowed: RegExp[] = [];
  private readonly leaving = new Leaving();

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
    context.on("request", (request) => this.leaving.asked(request));
    context.on("requestfailed", (request) => this.miss(request));
    context.on("response", (response) => this.judge(response));
  }

  private listen(page: Page): void {
    page.on("console", (message) => this.hear(message));
    page.on("framenavigated", (frame) => this.leaving.arrived(frame));
    page.on("crash", () => this.found.push(`crash: ${page.url()}`));
  }

  private hear(message: ConsoleMessage): void {
    const text = message.text();
    // The browser itself complains about every page that is answered with 4xx, as ours are on purpose.
    if (/^Failed to load resource: .* status of 4\d\d/.test(text)) return;
    // Which request, and whether its page still stood there, is not in the message.
    if (text === `Failed to load resource: ${BROKEN_OFF}`) return;
    if (message.type() === "error" || /content security policy/i.test(text)) this.found.push(`console: ${text} (${message.location().url})`);
  }

  /** A request that a page made while she was already on her way to another is lost with it; any other was to be answered. */
  private miss(request: Request): void {
    if (request.failure()?.errorText !== BROKEN_OFF || this.leaving.isLeft(request)) return;
    this.found.push(`${BROKEN_OFF}: ${request.method()} ${request.url()}`);
  }

  private judge(response: Response): void {
    const page = response.request().isNavigationRequest();
    if (response.status() >= 500 || (response.status() >= 400 && !page)) {
      this.found.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
    }
  }
}
