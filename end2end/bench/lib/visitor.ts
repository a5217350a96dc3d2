// Somebody with cookies and no browser: follows redirects, presses buttons, thousands of times.
import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";

/** What a page is answered with. */
interface Answer {
  status: number;
  location?: string;
  body: string;
  /** Milliseconds to the first byte of the head. */
  ttfb: number;
}

export class Visitor {
  /** What stands there. */
  page = "";
  private readonly cookies = new Map<string, string>();
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    /** Where she is. */
    public url = "",
  ) {}

  /** Opens an address and follows where it leads; milliseconds to the first byte of the first answer. */
  async open(address: string): Promise<number> {
    return this.follow(new URL(address, this.url || undefined), undefined);
  }

  /** Presses the button with this text, in the form it stands in, with these fields filled. */
  async press(button: string | RegExp, fields: Record<string, string> = {}): Promise<void> {
    const fits = (text: string) => (typeof button === "string" ? text === button : button.test(text));
    for (const [, head = "", inside = ""] of this.page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
      const pressed = [...inside.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)].find(([, , text = ""]) => fits(plain(text)));
      if (!pressed) continue;
      const body = new URLSearchParams();
      for (const [, input = ""] of inside.matchAll(/<input\b([^>]*)>/g)) {
        const name = attribute(input, "name");
        const value = fields[name] ?? (attribute(input, "type") === "checkbox" ? undefined : attribute(input, "value"));
        if (name && value !== undefined) body.append(name, value);
      }
      const name = attribute(pressed[1] ?? "", "name");
      if (name) body.append(name, attribute(pressed[1] ?? "", "value"));
      await this.follow(new URL(attribute(head, "action") || this.url, this.url), body);
      return;
    }
    throw new Error(`no button ${button} at ${this.url}: ${plain(this.page).slice(0, 500)}`);
  }

  /** Sends a form as it would be filled and looks at nothing that comes after: where the answer leads. */
  async send(path: string, fields: Record<string, string>): Promise<string> {
    const answer = await this.ask(new URL(path, this.url), new URLSearchParams(fields));
    if (answer.status !== 303 || answer.location === undefined) throw new Error(`${path} answered ${answer.status}`);
    return answer.location;
  }

  /** Where an address leads her, without going there. */
  async led(address: string): Promise<string> {
    const answer = await this.ask(new URL(address, this.url || undefined), undefined);
    if (answer.status !== 303 || answer.location === undefined) throw new Error(`${address} answered ${answer.status}`);
    return answer.location;
  }

  /** The page's main heading. */
  get heading(): string {
    return plain(/<h1\b[^>]*>([\s\S]*?)<\/h1>/.exec(this.page)?.[1] ?? "");
  }

  /** Fails unless she is on this page. */
  expect(heading: string | RegExp): void {
    const fits = typeof heading === "string" ? this.heading === heading : heading.test(this.heading);
    if (!fits) throw new Error(`expected ${heading}, found "${this.heading}" at ${this.url}: ${plain(this.page).slice(0, 500)}`);
  }

  /** The same browser on another connection. */
  beside(): Visitor {
    const other = new Visitor(this.url);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  /** Lets go of the connection. */
  leave(): void {
    this.agent.destroy();
  }

  private async follow(first: URL, form: URLSearchParams | undefined): Promise<number> {
    let answer = await this.ask(first, form);
    const { ttfb } = answer;
    let at = first;
    for (let hops = 0; answer.location !== undefined; hops += 1) {
      if (hops > 10) throw new Error(`${first} leads round in circles`);
      at = new URL(answer.location, at);
      answer = await this.ask(at, undefined);
    }
    if (answer.status >= 500) throw new Error(`${at} answered ${answer.status}`);
    [this.url, this.page] = [at.href, answer.body];
    return ttfb;
  }

  private ask(to: URL, form: URLSearchParams | undefined): Promise<Answer> {
    const begun = performance.now();
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const posted = { origin: to.origin, "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
    const headers = { accept: "text/html", "accept-language": "da", ...(cookie && { cookie }), ...(form && posted) };
    return new Promise((resolve, reject) => {
      const question = request(to, { method: form ? "POST" : "GET", headers, agent: this.agent }, (response) => {
        const ttfb = performance.now() - begun;
        for (const line of response.headers["set-cookie"] ?? []) this.keep(line);
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, location: response.headers.location, body: Buffer.concat(parts).toString(), ttfb }));
        response.on("error", reject);
      });
      question.on("error", reject);
      question.end(form?.toString());
    });
  }

  private keep(line: string): void {
    const [pair = "", ...rest] = line.split(";");
    const at = pair.indexOf("=");
    if (rest.some((it) => /max-age=0/i.test(it))) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

function attribute(tag: string, name: string): string {
  const quoted = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return quoted.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function plain(html: string): string {
  return html.replaceAll(/<!--[\s\S]*?-->/g, "").replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ").trim();
}
