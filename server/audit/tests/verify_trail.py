"""A second verifier of the trail, written from docs/trail.md and from nothing of the programme's code.

    python verify_trail.py EXPORT PUBLIC-KEYS.pem [CHECKPOINTS]

Says "sound …" and ends with 0, or names the first thing that is wrong and ends with 3. Needs `cryptography` alone. How long
each kind of event is kept is read from docs/events.md.
"""
import base64
import datetime
import hashlib
import json
import pathlib
import re
import sys
import uuid

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key


class Wrong(Exception):
    pass


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def read_keys(path):
    text = open(path, "rb").read()
    pems = re.findall(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----", text, re.S)
    return [load_pem_public_key(pem + b"\n") for pem in pems]


def read_note(note, keys):
    """The text of a note that one of the keys signed."""
    text, below = note.rsplit("\n\n", 1)
    text += "\n"
    for line in below.splitlines():
        dash, name, encoded = line.split(" ")
        signed = base64.b64decode(encoded, validate=True)
        for key in keys:
            raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
            if dash == "\u2014" and signed[:4] == sha(name.encode(), b"\n\x01", raw)[:4]:
                try:
                    key.verify(signed[4:], text.encode())
                    return text
                except InvalidSignature:
                    pass
    raise Wrong("a note is not signed by a key that was given")


def read_checkpoint(note, keys):
    lines = read_note(note, keys).splitlines()
    named = dict(line.split(" ", 1) for line in lines[3:])
    given_up = named.get("given-up")
    return {
        "origin": lines[0],
        "size": int(lines[1]),
        "root": base64.b64decode(lines[2], validate=True),
        "number": int(named["number"]),
        "at": named["at"],
        "given_up": given_up and tuple(map(int, given_up.split())),
    }


def field(value):
    return len(value).to_bytes(8, "big") + value


def instant(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")


def leaf(row):
    """Of a row, or of what is left of one: that has a digest where the content was."""
    at = instant(row["at"])
    if at.strftime("%Y-%m-%dT%H:%M:%S.%fZ") != row["at"]:
        raise Wrong(f"the time at place {row['place']} is not written as it must be")
    micros = (at - datetime.datetime(1970, 1, 1)) // datetime.timedelta(microseconds=1)
    head = [
        row["row"].to_bytes(2, "big", signed=True),
        uuid.UUID(row["id"]).bytes,
        micros.to_bytes(8, "big", signed=True),
        row["kind"].encode(),
    ]
    origin = [
        uuid.UUID(row["instance"]).bytes if row["instance"] else b"",
        row["lane"].to_bytes(4, "big") if row["lane"] is not None else b"",
        row["number"].to_bytes(8, "big") if row["number"] is not None else b"",
    ]
    if "body" in row:
        body = bytes.fromhex(row["body"])
    else:
        content = [
            row["actor"].encode(),
            uuid.UUID(row["subject"]).bytes if row["subject"] else b"",
            uuid.UUID(row["request"]).bytes,
            row["facts"].encode(),
            base64.b64decode(row["personal"], validate=True),
        ]
        body = sha(b"".join(map(field, content)))
    if "body" in row or row["row"] >= 3:
        fields = head + origin + [body]
    else:
        fields = head + content + (origin if row["row"] >= 2 else [])
    return sha(b"\x00", b"".join(map(field, fields)), bytes.fromhex(row["mac"]))


# How many months each category is kept at least.
LEAST = {"central": 60, "exchange": 60, "sign-in": 13}


def categories():
    """Of each kind of event, how long it is kept."""
    page = pathlib.Path(__file__).resolve().parents[3] / "docs" / "events.md"
    kept = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if len(cells) == 9 and cells[0].startswith("`"):
            kept[cells[0].strip("`")] = cells[7].split(",")[0]
    return kept


def months_before(day, months):
    """The same day so many months before, or the last of a shorter month."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - datetime.timedelta(days=1)).replace(day=1)
    following = (first + datetime.timedelta(days=32)).replace(day=1)
    return first.replace(day=min(day.day, (following - datetime.timedelta(days=1)).day))


class Rules:
    """Rows that are empty, and the rows that say that their time had come."""

    def __init__(self):
        self.empty, self.until, self.kept = [], {}, categories()

    def allow(self, row):
        if row["kind"] != "trail.expired":
            return
        facts = json.loads(row["facts"])
        category, before = facts["category"], instant(facts["before"])
        least = LEAST.get(category)
        if least is None:
            return
        day = months_before(instant(row["at"]).date(), least)
        if before <= datetime.datetime.combine(day, datetime.time()):
            self.until[category] = max(before, self.until.get(category, before))

    def settle(self):
        for row in self.empty:
            until = self.until.get(self.kept.get(row["kind"]))
            if until is None or instant(row["at"]).date() >= until.date():
                raise Wrong(f"the row at place {row['place']} was emptied, and no rule took it")


def includes(root, size, index, digest, path):
    """RFC 6962, 2.1.1: the path shows that the leaf at this index is in the tree."""
    last = size - 1
    for side in path:
        if index % 2 or index == last:
            digest = sha(b"\x01", side, digest)
            while index and not index % 2:
                index, last = index >> 1, last >> 1
        else:
            digest = sha(b"\x01", digest, side)
        index, last = index >> 1, last >> 1
    return last == 0 and digest == root


class Tree:
    """Perfect subtrees from left to right, each as (height, hash)."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def add(self, height, digest):
        self.size += 1 << height
        while self.peaks and self.peaks[-1][0] == height and (self.size - 1 >> height) & 1:
            digest = sha(b"\x01", self.peaks.pop()[1], digest)
            height += 1
        self.peaks.append((height, digest))

    def root(self):
        if not self.peaks:
            return sha()
        root = self.peaks[-1][1]
        for _, peak in reversed(self.peaks[:-1]):
            root = sha(b"\x01", peak, root)
        return root


def heights(start, end):
    """Of the perfect subtrees that make up the leaves from start to end."""
    while start < end:
        height = (end - start).bit_length() - 1
        while start and start % (1 << height):
            height -= 1
        yield height
        start += 1 << height


def outside(path, keys):
    """Checkpoints in their order, without those a later one gave up."""
    stand, last = [], None
    for line in open(path, encoding="utf-8"):
        it = read_checkpoint(json.loads(line)["checkpoint"], keys)
        if last and not (last["number"] < it["number"] and (last["size"] <= it["size"] or it["given_up"])):
            raise Wrong(f"checkpoint {it['number']} does not follow {last['number']}")
        if it["given_up"]:
            stand = [old for old in stand if old["size"] <= it["given_up"][0]]
        stand.append(it)
        last = it
    return stand


def verify(export, keys, checkpoints):
    lines = open(export, "rb").read().split(b"\n")
    if lines.pop() != b"" or len(lines) < 3:
        raise Wrong("the export is cut off")
    header = json.loads(lines[0])
    start, end, size = header["from"], header["to"], header["size"]
    if header["format"] != "nsis-id trail 1" or not 1 <= start <= end <= size:
        raise Wrong("the header is none")
    behind = 1 + end - start + 1
    if len(lines) < behind + 2 or not all(line.startswith(b'{"rule":') for line in lines[behind:-2]):
        raise Wrong("there are more or fewer lines than the header says")
    tree = Tree()
    for height, digest in zip(heights(0, start - 1), header["before"], strict=True):
        tree.add(height, bytes.fromhex(digest))
    due = {}
    for it in checkpoints:
        if start - 1 <= it["size"] <= end:
            due.setdefault(it["size"], []).append(it)

    def compare():
        for it in due.get(tree.size, []):
            if it["root"] != tree.root():
                raise Wrong(f"checkpoint {it['number']} stands for other rows than the first {tree.size}")

    chain, lanes = bytes.fromhex(header["chain"]), {}
    if start == 1 and chain != bytes(32):
        raise Wrong("the chain does not begin at its start")
    compare()
    rules = Rules()
    for place, line in enumerate(lines[1:behind], start):
        row = json.loads(line)
        if "emptied" in row:
            row = row["emptied"]
            rules.empty.append(row)
        else:
            rules.allow(row)
        digest = leaf(row)
        chain = sha(b"\x01", place.to_bytes(8, "big"), chain, digest)
        if row["place"] != place or chain.hex() != row["hash"]:
            raise Wrong(f"the chain does not hold at place {place}")
        if row["row"] >= 2 and row["instance"]:
            lane = (row["instance"], row["lane"])
            expected = lanes.get(lane, 0 if start == 1 else row["number"] - 1) + 1
            if row["number"] != expected:
                raise Wrong(f"row {expected} of lane {lane} is missing before place {place}")
            lanes[lane] = row["number"]
        tree.add(0, digest)
        compare()
    for height, digest in zip(heights(end, size), header["after"], strict=True):
        tree.add(height, bytes.fromhex(digest))
    for line in lines[behind:-2]:
        rule = json.loads(line)
        path, row = [bytes.fromhex(side) for side in rule["path"]], rule["rule"]
        if not includes(tree.root(), size, row["place"] - 1, leaf(row), path):
            raise Wrong("a rule is not among the rows of the checkpoint")
        rules.allow(row)
    rules.settle()
    signed = read_checkpoint(json.loads(lines[-2])["checkpoint"], keys)
    if (signed["size"], signed["root"], signed["origin"]) != (size, tree.root(), header["origin"]):
        raise Wrong(f"checkpoint {signed['number']} stands for other rows")
    seal = read_note(json.loads(lines[-1])["seal"], keys).splitlines()
    digest = base64.b64encode(sha(b"".join(line + b"\n" for line in lines[:-1]))).decode()
    if seal[:4] != ["nsis-id export 1", header["origin"], f"places {start} {end}", f"sha256 {digest}"]:
        raise Wrong("the seal does not hold")
    made = instant(seal[4].removeprefix("at "))
    for it in checkpoints:
        if it["size"] > size and made - instant(it["at"]) > datetime.timedelta(minutes=10):
            raise Wrong(f"checkpoint {it['number']} stands for {it['size']} rows: the export ends before it")
    return f"sound: rows {start} to {end} under checkpoint {signed['number']}"


def main():
    try:
        keys = read_keys(sys.argv[2])
        print(verify(sys.argv[1], keys, outside(sys.argv[3], keys) if len(sys.argv) > 3 else []))
    except (Wrong, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as wrong:
        print(f"TAMPERED: {wrong!r}")
        sys.exit(3)


main()
