// The network between a portal and everybody it asks, where it can be cut: the portal calls itself and its demonstration
// broker by one name, `localhost`, and stands at another address of the loopback.
import { createServer, connect, type Server, type Socket } from "node:net";
import { freePort } from "./process";

/** Where the portal listens instead. */
export const APART = "127.0.0.2";
/** What only the portal itself asks a broker for. */
const ASKED = /^(?:GET|POST) \/simulator\/op\/(?:\.well-known|connect\/(?:token|userinfo))/;

export class Line {
  private broken = false;
  private readonly open = new Set<Socket>();

  private constructor(
    readonly port: number,
    private readonly server: Server,
  ) {}

  /** Carries what comes to a free port of `127.0.0.1` to the same port of [`APART`]. */
  static async lay(): Promise<Line> {
    const port = await freePort();
    const line = new Line(port, createServer());
    line.server.on("connection", (near) => line.carry(near));
    await new Promise<void>((resolve) => line.server.listen(port, "127.0.0.1", resolve));
    return line;
  }

  /** From now on the broker does not answer the portal any more; browsers still see its pages. */
  cutBroker(): void {
    this.broken = true;
  }

  async remove(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private carry(near: Socket): void {
    const far = connect(this.port, APART);
    const end = () => {
      for (const socket of [near, far]) {
        socket.destroy();
        this.open.delete(socket);
      }
    };
    for (const socket of [near, far]) this.open.add(socket.on("error", end).on("close", end));
    near.on("data", (said) => (this.broken && ASKED.test(said.toString("latin1")) ? end() : far.write(said)));
    far.on("data", (said) => near.write(said));
  }
}
