// `node storm.mjs RATE PEOPLE ADDRESS…`: strangers offer so many passwords a second at these instances, each stranger from a
// loopback address of its own, however many still wait. Says `blowing` at the first; told to end, how many it offered.
import { request } from "node:http";

const [rate, people, ...instances] = process.argv.slice(2);
const begun = performance.now();
let offered = 0;
let gone = 0;

function stranger(n) {
  const { hostname, port, origin, host } = new URL(instances[n % instances.length]);
  const body = new URLSearchParams({ flow: "", user_name: `proeve${n % people}`, password: `forkert kodeord ${n}` }).toString();
  const question = request({
    host: hostname === "localhost" ? "127.0.0.1" : hostname,
    port,
    method: "POST",
    path: "/handling/log-ind",
    agent: false,
    localAddress: `127.${1 + ((n >> 16) % 250)}.${(n >> 8) & 255}.${n & 255}`,
    headers: {
      host,
      origin,
      accept: "text/html",
      "sec-fetch-site": "same-origin",
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
    },
  });
  const over = () => (gone += 1);
  question.on("response", (response) => response.resume());
  question.once("close", over);
  question.on("error", () => {});
  question.end(body);
}

setInterval(() => {
  const due = ((performance.now() - begun) / 1000) * Number(rate);
  for (; offered < due; offered += 1) stranger(offered);
}, 10);
console.log("blowing");
process.once("SIGTERM", () => {
  console.log(`offered ${offered}, of which ${gone} had an answer or lost their line`);
  process.exit(0);
});
