// The mails of the demo: one `.eml` file each, read the way a mail programme reads them.
import { expect } from "@playwright/test";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";

export interface Mail {
  file: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** Every web address in it, in order, each once. */
  links: string[];
}

export class Mailbox {
  constructor(readonly folder: string) {}

  /** All mails to an address, oldest first. */
  async to(address: string): Promise<Mail[]> {
    if (!existsSync(this.folder)) return [];
    const files = readdirSync(this.folder)
      .filter((name) => name.endsWith(".eml"))
      .map((name) => join(this.folder, name))
      .sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs || one.localeCompare(other));
    const mails = await Promise.all(files.map(read));
    return mails.filter((mail) => mail.to.includes(address.toLowerCase()));
  }

  /** The newest mail to an address, waiting until one is there whose subject fits. */
  async newest(address: string, subject = /./): Promise<Mail> {
    let found: Mail | undefined;
    const look = async () => (found = (await this.to(address)).filter((mail) => subject.test(mail.subject)).at(-1));
    await expect.poll(look, { message: `a mail to ${address} with ${subject}`, timeout: 15_000 }).toBeDefined();
    return found as Mail;
  }

  /** The link of the newest mail that fits: the one whose address matches. */
  async link(address: string, pattern: RegExp, subject?: RegExp): Promise<string> {
    const mail = await this.newest(address, subject);
    const link = mail.links.find((candidate) => pattern.test(candidate));
    expect(link, `a link like ${pattern} in "${mail.subject}": ${mail.links.join(" ")}`).toBeDefined();
    return link as string;
  }
}

async function read(file: string): Promise<Mail> {
  const mail = await PostalMime.parse(readFileSync(file));
  const [text, html] = [mail.text ?? "", mail.html ?? ""];
  const plain = text || html.replaceAll("&amp;", "&");
  return {
    file,
    to: (mail.to ?? []).map(({ address }) => (address ?? "").toLowerCase()),
    subject: mail.subject ?? "",
    text,
    html,
    links: [...new Set(plain.match(/https?:\/\/[^\s"'<>)]+/g) ?? [])].map((link) => link.replace(/[.,;]$/, "")),
  };
}
