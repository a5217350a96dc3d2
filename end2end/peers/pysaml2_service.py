"""A service that PyPI's pysaml2 protects, for the stories: it asks, is answered, and is told when a session is over.

Usage: pysaml2_service.py FOLDER PORT
The folder holds sp.key, sp.crt and the portal's metadata, idp.xml; the service writes its own beside them, sp.xml, and
says `ready`. It has one visitor: whoever logged in last. Everything of SAML is the library's; the level it demands it
looks at itself, whatever it asked for.
"""

import html
import logging
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP, SAMLError
from saml2.client import Saml2Client
from saml2.config import SPConfig
from saml2.metadata import create_metadata_string
from saml2.response import StatusError
from saml2.saml import NAMEID_FORMAT_PERSISTENT
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

LEVEL = "https://data.gov.dk/concept/core/nsis/loa"
SHOWN = {
    "loa": LEVEL,
    "cvr": "https://data.gov.dk/model/core/eid/professional/cvr",
    "orgName": "https://data.gov.dk/model/core/eid/professional/orgName",
    "specVersion": "https://data.gov.dk/model/core/specVersion",
}

# The library writes what it takes out of an envelope anew, and a signature covers the prefixes: these are the portal's.
for prefix, namespace in {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "soap": "http://schemas.xmlsoap.org/soap/envelope/",
}.items():
    ElementTree.register_namespace(prefix, namespace)


def configuration(folder: Path, url: str) -> SPConfig:
    """Signed requests, signed assertions that are encrypted, a name that stays, logout by SOAP."""
    pair = {"key_file": str(folder / "sp.key"), "cert_file": str(folder / "sp.crt")}
    endpoints = {
        "assertion_consumer_service": [(f"{url}/acs", BINDING_HTTP_POST)],
        "single_logout_service": [(f"{url}/soap", BINDING_SOAP)],
    }
    sp = {
        "endpoints": endpoints,
        "authn_requests_signed": True,
        "logout_responses_signed": True,
        "want_assertions_signed": True,
        "want_response_signed": False,
        "allow_unsolicited": False,
        "name_id_format": [NAMEID_FORMAT_PERSISTENT],
        "signing_algorithm": SIG_RSA_SHA256,
        "digest_algorithm": DIGEST_SHA256,
    }
    return SPConfig().load(
        {
            "entityid": f"{url}/metadata",
            "service": {"sp": sp},
            "metadata": {"local": [str(folder / "idp.xml")]},
            "encryption_keypairs": [pair],
            "allow_unknown_attributes": True,
            "accepted_time_diff": 5,
            **pair,
        }
    )


class Service:
    """What the service knows: its outstanding requests, and who is there."""

    def __init__(self, folder: Path, url: str) -> None:
        config = configuration(folder, url)
        (folder / "sp.xml").write_bytes(create_metadata_string("", config=config, valid=None, sign=False))
        self.client = Saml2Client(config)
        [self.portal] = self.client.metadata.identity_providers()
        self.outstanding = {}
        self.visitor = None
        self.said = "ingen"

    def ask(self, wishes: dict) -> str:
        """The address by which it asks: the least level, and whether it forces or keeps quiet."""
        flags = {name: "true" for name in ("force_authn", "is_passive") if name in wishes}
        level = wishes.get("level", "Substantial")
        context = {"authn_context_class_ref": [f"{LEVEL}/{level}"], "comparison": "minimum"}
        request, info = self.client.prepare_for_authenticate(
            entityid=self.portal,
            relay_state=f"til {level}",
            binding=BINDING_HTTP_REDIRECT,
            nameid_format=NAMEID_FORMAT_PERSISTENT,
            sign=True,
            sigalg=SIG_RSA_SHA256,
            requested_authn_context=context,
            **flags,
        )
        self.outstanding[request] = level
        return dict(info["headers"])["Location"]

    def hear(self, form: dict) -> None:
        """An answer: whoever it names is there now, or nobody."""
        self.visitor = None
        try:
            response = self.client.parse_authn_request_response(
                form["SAMLResponse"], BINDING_HTTP_POST, outstanding=self.outstanding
            )
        except StatusError as refused:
            self.said = type(refused).__name__
            return
        except SAMLError as wrong:
            self.said = f"{type(wrong).__name__}: {wrong}"
            return
        session = response.session_info()
        told = {short: session["ava"].get(name, [""])[0] for short, name in SHOWN.items()}
        asked = self.outstanding.pop(session["came_from"] and response.in_response_to, "Substantial")
        levels = ["Low", "Substantial", "High"]
        if told["loa"] not in levels[levels.index(asked) :]:
            self.said = "level"
            return
        told["authenticated"] = session["authn_info"][0][2]
        told["nameId"] = session["name_id"].text
        told["session"] = session["session_index"]
        told["relayState"] = form.get("RelayState", "")
        self.visitor, self.said = (session["name_id"], told), "logget ind"

    def told(self, body: bytes) -> bytes:
        """A logout without a browser: believed when it is signed and names who is here."""
        request = self.client.parse_logout_request(body, BINDING_SOAP)
        if request.message.signature is None:
            raise SAMLError("a logout request without a signature")
        name, _ = self.visitor or (None, None)
        info = self.client.handle_logout_request(body, name, BINDING_SOAP, sign=True)
        if name is not None and request.message.name_id == name:
            self.visitor, self.said = None, "logget ud af portalen"
        data = info["data"]
        return data if isinstance(data, bytes) else str(data).encode()


class Handler(BaseHTTPRequestHandler):
    service: Service

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/login":
            wishes = {name: values[0] for name, values in parse_qs(url.query, keep_blank_values=True).items()}
            self.go(self.service.ask(wishes))
        elif url.path == "/logout":
            self.service.visitor, self.service.said = None, "logget ud her"
            self.go("/")
        elif url.path == "/":
            self.show()
        else:
            self.send_response(204)
            self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        if self.path == "/acs":
            self.service.hear({name: values[0] for name, values in parse_qs(body.decode()).items()})
            self.go("/")
        elif self.path == "/soap":
            answer = self.service.told(body)
            self.send_response(200)
            self.send_header("content-type", "text/xml; charset=utf-8")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        else:
            self.send_error(404)

    def go(self, to: str) -> None:
        self.send_response(303)
        self.send_header("location", to)
        self.send_header("content-length", "0")
        self.end_headers()

    def show(self) -> None:
        service = self.service
        title = "Logget ind i Python-tjenesten" if service.visitor else "Ikke logget ind i Python-tjenesten"
        rows = service.visitor[1] if service.visitor else {}
        rows = "".join(f"<div><dt>{name}</dt><dd>{html.escape(str(value))}</dd></div>" for name, value in rows.items())
        page = (
            f'<!DOCTYPE html><html lang="da"><meta charset="utf-8"><title>{title}</title><link rel="icon" href="data:,">'
            f'<h1>{title}</h1><p id="said">{html.escape(service.said)}</p><dl>{rows}</dl>'
        )
        data = page.encode()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, form: str, *values: object) -> None:
        print(form % values, flush=True)


def main(folder: str, port: str) -> None:
    logging.basicConfig(level=logging.ERROR, stream=sys.stdout)
    Handler.service = Service(Path(folder), f"http://localhost:{port}")
    server = ThreadingHTTPServer(("127.0.0.1", int(port)), Handler)
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
