"""Opens and verifies answers with libxmlsec, which shares no code with ours.

Usage: oracle.py SERVICE_KEY IDP_CERTIFICATE RESPONSE...   (PEM files, then XML)
Prints each verified assertion, or refusal, and NUL behind it; fails loudly, naming the file, on anything else.
"""

import sys

import xmlsec
from lxml import etree

SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
DSIG = "{http://www.w3.org/2000/09/xmldsig#}"


def open_assertion(response, key_file):
    """The decrypted assertion as a document of its own, or the plain one."""
    encrypted = response.find(SAML + "EncryptedAssertion")
    if encrypted is None:
        return response.find(SAML + "Assertion")
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_file(key_file, xmlsec.constants.KeyDataFormatPem))
    data = xmlsec.tree.find_node(encrypted, "EncryptedData", xmlsec.constants.EncNs)
    key = xmlsec.tree.find_node(data, "EncryptedKey", xmlsec.constants.EncNs)
    session = xmlsec.EncryptionContext(manager)
    transport = xmlsec.EncryptionContext(manager)
    transport.key = xmlsec.Key.from_file(key_file, xmlsec.constants.KeyDataFormatPem)
    raw = transport.decrypt(key)
    algorithm = data.find("{*}EncryptionMethod").get("Algorithm")
    session.key = xmlsec.Key.from_binary_data(xmlsec.constants.KeyDataAes, raw)
    assert algorithm.split("#")[1].startswith("aes"), algorithm
    opened = session.decrypt(data)
    return opened if opened.tag == SAML + "Assertion" else opened.getroottree().getroot()


def verify(element, certificate_file):
    """The signature must be good under the given certificate and cover the element itself."""
    document = etree.fromstring(etree.tostring(element))
    xmlsec.tree.add_ids(document, ["ID"])
    signatures = document.findall(DSIG + "Signature")
    assert len(signatures) == 1, "one signature expected"
    reference = signatures[0].find(f"{DSIG}SignedInfo/{DSIG}Reference")
    assert reference.get("URI") == "#" + document.get("ID"), "signature covers something else"
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_file(certificate_file, xmlsec.constants.KeyDataFormatCertPem)
    context.verify(signatures[0])
    return document


def genuine(response_file, key_file, certificate_file):
    """What is signed in an answer: its assertion, or all of it where it holds none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    response = etree.parse(response_file, parser).getroot()
    assertion = open_assertion(response, key_file)
    signed = response if assertion is None else assertion
    return etree.tostring(verify(signed, certificate_file), encoding="unicode")


def main(key_file, certificate_file, *response_files):
    for response_file in response_files:
        try:
            sys.stdout.write(genuine(response_file, key_file, certificate_file) + "\0")
        except Exception:
            sys.stderr.write(f"{response_file}:\n")
            raise


if __name__ == "__main__":
    main(*sys.argv[1:])
