"""Bans, licences and sources of .cargo/deny.toml, looked at without cargo-deny.

Reads what `cargo metadata` resolves and says every crate that may not be here. What cargo-deny knows besides, such as
licence texts and advisories, it does not know: where cargo-deny is installed, that is asked instead.
"""

import json
import re
import subprocess
import sys
import tomllib

CRATES_IO = ("registry+https://github.com/rust-lang/crates.io-index", "sparse+https://index.crates.io/")


def allowed(expression: str, names: set[str]) -> bool:
    """Whether an SPDX expression can be kept by licences of this list. `A/B` is what was written before SPDX."""
    tokens = re.findall(r"[()]|[A-Za-z0-9.+-]+", expression.replace("/", " OR "))

    def either() -> bool:
        good = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            good = both() or good
        return good

    def both() -> bool:
        good = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            good = one() and good
        return good

    def one() -> bool:
        token = tokens.pop(0)
        if token == "(":
            good = either()
            tokens.pop(0)
            return good
        if tokens[:1] == ["WITH"]:
            tokens.pop(0)
            token = f"{token} WITH {tokens.pop(0)}"
        return token in names

    return either()


def resolved(targets: list[str]) -> list[dict]:
    """Every package that is built for any of the targets. `metadata` knows them all, and `tree` which of them are used."""
    told = json.loads(cargo("metadata", "--format-version=1", "--all-features"))
    used = set()
    for target in targets:
        for line in cargo("tree", "--workspace", "--all-features", "--prefix=none", "--format={p}", f"--target={target}").splitlines():
            used.add(tuple(line.split(" ")[:2]))
    return [package for package in told["packages"] if (package["name"], f"v{package['version']}") in used]


def cargo(*ask: str) -> str:
    return subprocess.run(["cargo", *ask, "--locked"], check=True, capture_output=True, text=True).stdout


def faults(package: dict, policy: dict) -> list[str]:
    """What is wrong with one package."""
    wrong = []
    for ban in policy["bans"]["deny"]:
        if package["name"] == ban["crate"]:
            wrong.append(f"banned: {ban['reason']}")
    own = package["source"] is None
    if not own and not package["source"].startswith(CRATES_IO):
        wrong.append(f"from an unknown source: {package['source']}")
    licence = package["license"]
    if licence is None and package["license_file"] is None:
        wrong.append("no licence is named")
    if licence is not None and not allowed(licence, set(policy["licenses"]["allow"])):
        wrong.append(f"licence not allowed: {licence}")
    if own:
        for need in package["dependencies"]:
            if need["req"] == "*" and need.get("path") is None:
                wrong.append(f"any version of {need['name']} would do")
    return wrong


def main() -> int:
    with open(".cargo/deny.toml", "rb") as file:
        policy = tomllib.load(file)
    packages = resolved(policy["graph"]["targets"])
    wrong = [(package, fault) for package in packages for fault in faults(package, policy)]
    for package, fault in wrong:
        print(f"{package['name']} {package['version']}: {fault}", file=sys.stderr)
    print(f"policy: bans, licences and sources of {len(packages)} crates, {len(wrong)} faults")
    return 1 if wrong or not packages else 0


if __name__ == "__main__":
    sys.exit(main())
