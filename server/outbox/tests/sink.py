"""A mail server that keeps what it is given: says its port, then one line of JSON for each message, as read by
Python's own mail parser.

    sink.py                 speaks plain SMTP
    sink.py CERT KEY        takes nothing before STARTTLS

SINK_PORT in the environment: listens there, as a server that comes back does.
"""
import asyncio
import json
import os
import ssl
import sys
from email import message_from_bytes
from email.policy import default

from aiosmtpd.smtp import SMTP


class Sink:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return f"550 5.1.1 <{address}> is unknown here"
        if address.startswith("busy"):
            return f"451 4.7.1 <{address}> must wait"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=default)
        say({
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "headers": {name.lower(): value for name, value in message.items()},
            "text": message.get_body(("plain",)).get_content(),
            "html": message.get_body(("html",)).get_content(),
        })
        return "250 OK"


def say(what):
    print(json.dumps(what), flush=True)


async def main(tls=None):
    loop = asyncio.get_running_loop()
    make = lambda: SMTP(Sink(), hostname="sink", tls_context=tls, require_starttls=tls is not None, loop=loop)
    server = await loop.create_server(make, "127.0.0.1", int(os.environ.get("SINK_PORT", "0")))
    say(server.sockets[0].getsockname()[1])
    # Ends with whoever started it.
    await loop.run_in_executor(None, sys.stdin.read)


context = None
if len(sys.argv) == 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
asyncio.run(main(context))
