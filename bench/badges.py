"""Measure Data Integrity signatures of badges, and how fast hostile badges are refused.

Run with `python -m bench.badges [--json]`. Processor time of one core, one badge with everything it may say. Each
hostile badge is given to a process of its own, which says its time and how much its memory grew at the worst.
"""

import datetime as dt
import hashlib
import itertools
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from openvc.keys import Ed25519SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite

from bench.report import Report, arguments
from entremise.lib.openbadges import di, did, jsonld, limits, ob3, schema, shapes
from entremise.lib.openbadges.claims import Achievement, Alignment, Claim, Evidence, Issuer, StatusRef
from entremise.lib.openbadges.keys import Algorithm, PrivateKey
from entremise.lib.openbadges.reasons import Refused

MOMENT = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)
SECONDS = 2.0  # for each figure
ROUNDS = 5
LEAST_PER_SECOND, HOPED_PER_SECOND = 150, 2_000
MOST_SECONDS, MOST_MEGABYTES = 1.0, 100.0
HOST, DID = "https://badges.example", "did:web:badges.example:o:mission-locale"
CLAIM = Claim(
    id="urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0001",
    subject_id="urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0002",
    issuer=Issuer(DID, "Mission locale de l’Île-d’Yeu", HOST, "badges@ml.example", "Pour les 16 à 25 ans."),
    achievement=Achievement(
        id=f"{HOST}/achievements/1/1",
        name="Accueillir la clientèle",
        description="Accueille, écoute, oriente.",
        criteria="Un ancien employeur a confirmé cette compétence.",
        image_url=f"{HOST}/achievements/1/1.png",
        version="1",
        alignments=(Alignment(f"{HOST}/rome/300425", "Accueillir", "300425", "ROME 4.0 (2026)", "Savoir-faire"),),
        tags=("accueil", "écoute"),
    ),
    awarded_at=MOMENT,
    valid_from=MOMENT,
    valid_until=MOMENT + dt.timedelta(days=730),
    evidence=(Evidence("urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0003", "Confirmé par courriel.", "Lien"),),
    statuses=(StatusRef(f"{HOST}/status/1", 94_567),),
    narrative="Niveau : autonome.",
)


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when the targets are met."""
    parser = arguments(__doc__)
    parser.add_argument("--hostile", choices=sorted(HOSTILE), help="refuse this one, and nothing else")
    asked = parser.parse_args(given)
    if asked.hostile:
        return _refuse(asked.hostile)
    report = Report("badges")
    _measure_signatures(report)
    _measure_reading(report)
    for name in HOSTILE:
        _measure_hostile(report, name)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure_signatures(report: Report) -> None:
    key = PrivateKey.generate(Algorithm.EDDSA)
    kid = did.kid_of_key(key.public)
    document = ob3.build(CLAIM)
    options = {"@context": document["@context"], "type": di.TYPE, "cryptosuite": di.SUITE}
    options |= {"created": "2026-11-22T10:30:00Z", "verificationMethod": kid, "proofPurpose": di.PURPOSE}

    def by_pyld() -> None:
        forms = (jsonld.canonical(options), jsonld.canonical(document))
        key.sign(b"".join(hashlib.sha256(form.encode()).digest() for form in forms))

    theirs = Ed25519SigningKey.generate("key")
    extra = {jsonld.OPEN_BADGES: jsonld.spec().documents[jsonld.OPEN_BADGES]}

    def by_openvc() -> None:
        suite = DataIntegrityProofSuite()
        suite.add_proof(document, signing_key=theirs, verification_method=kid, created=MOMENT, extra_contexts=extra)

    ours = _per_second(lambda: ob3.sign(CLAIM, key, kid, MOMENT))
    general, openvc = _per_second(by_pyld), _per_second(by_openvc)
    target = f">= {LEAST_PER_SECOND}"
    report.figure(
        name="signatures, quick form (build, sign, write)", value=ours, unit="/s", target=f">= {HOPED_PER_SECOND}",
        met=ours >= HOPED_PER_SECOND, ratio=ours / openvc, against="openvc-core",
    )  # fmt: skip
    report.figure(
        name="signatures, general form (PyLD expands)", value=general, unit="/s", target=target,
        met=general >= LEAST_PER_SECOND, ratio=general / openvc, against="openvc-core",
    )  # fmt: skip
    report.figure(name="signatures, openvc-core", value=openvc, unit="/s")


def _measure_reading(report: Report) -> None:
    key = PrivateKey.generate(Algorithm.EDDSA)
    raw = ob3.sign(CLAIM, key, did.kid_of_key(key.public), MOMENT)
    document = limits.read_json(raw)
    proof, public = document["proof"][0], key.public

    def verify() -> None:
        if not di.verify(limits.read_json(raw), proof, public):
            raise RuntimeError("a good signature was refused")

    report.figure(name="verifications (read, canonical form, key)", value=_per_second(verify), unit="/s")
    report.figure(name="schema of 1EdTech", value=_per_second(lambda: schema.check_achievement(document)), unit="/s")
    unsecured = ob3.build(CLAIM)
    report.figure(name="canonical form, quick", value=_per_second(lambda: shapes.quads(unsecured)), unit="/s")
    report.figure(name="canonical form, general", value=_per_second(lambda: jsonld.canonical(unsecured)), unit="/s")


def _per_second(act: Callable[[], object]) -> float:
    """Return the median of some rounds, in processor time."""
    act()
    rates = []
    for _ in range(ROUNDS):
        started, done = time.process_time(), 0
        while time.process_time() - started < SECONDS / ROUNDS:
            act()
            done += 1
        rates.append(done / (time.process_time() - started))
    return statistics.median(rates)


def _measure_hostile(report: Report, name: str) -> None:
    command = [sys.executable, "-m", "bench.badges", "--hostile", name]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    is_met = answer["seconds"] < MOST_SECONDS and answer["megabytes"] < MOST_MEGABYTES
    report.figure(
        name=name, value=1000 * answer["seconds"], unit="ms", target=f"< {MOST_SECONDS * 1000:.0f}",
        met=is_met and bool(answer["code"]), against=f"{answer['code']}, {answer['megabytes']:.0f} MB more",
        dataset="hostile badges, refused",
    )  # fmt: skip


def _refuse(name: str) -> int:
    given = HOSTILE[name]()
    jsonld.canonical(ob3.build(CLAIM))
    before, started, code = _peak_megabytes(), time.perf_counter(), ""
    try:
        jsonld.canonical(limits.read_json(given))
    except Refused as refused:
        code = refused.code
    answer = {"code": code, "seconds": time.perf_counter() - started, "megabytes": _peak_megabytes() - before}
    sys.stdout.write(json.dumps(answer))
    return 0


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def _badge_with(creators: list[dict[str, Any]]) -> bytes:
    document = ob3.build(CLAIM)
    document["credentialSubject"]["achievement"]["creator"] = creators
    return ob3.serialised(document)


def _connected(count: int) -> bytes:
    labels = [f"_:n{number}" for number in range(count)]
    nodes: dict[str, dict[str, Any]] = {one: {"id": one, "type": ["Profile"], "image": []} for one in labels}
    for one, other in itertools.permutations(labels, 2):
        nodes[one]["image"].append({"id": other})
    return _badge_with(list(nodes.values()))


def _chained(count: int, *, is_ring: bool) -> bytes:
    """One ring, or two chains, of blank nodes that look the same."""
    starts = ["n"] if is_ring else ["n", "m"]
    return _badge_with(
        [
            {
                "id": f"_:{start}{place}",
                "type": ["Profile"],
                "parentOrg": f"_:{start}{(place + 1) % count if is_ring else place + 1}",
            }
            for start in starts
            for place in range(count)
        ]
    )


def _tags(count: int) -> bytes:
    document = ob3.build(CLAIM)
    document["credentialSubject"]["achievement"]["tag"] = [f"t{number}" for number in range(count)]
    return ob3.serialised(document | {"unknown": "x"})


HOSTILE: dict[str, Callable[[], bytes]] = {
    "8 connected blank nodes": lambda: _connected(8),
    "25 connected blank nodes": lambda: _connected(25),
    "a ring of 500 blank nodes": lambda: _chained(500, is_ring=True),
    "two chains of 300 blank nodes": lambda: _chained(300, is_ring=False),
    "5 500 tags and an unknown term": lambda: _tags(5_500),
    "18 000 tags": lambda: _tags(18_000),
    "10 MB of brackets": lambda: b"[" * 10_000_000,
    "1 MB of brackets": lambda: b"[" * limits.MAX_JSON,
    "10 000 levels": lambda: b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "1 MB of empty lists": lambda: b'{"a":[' + b"[]," * 340_000 + b"[]]}",
    "90 000 members": lambda: b"{" + b",".join(b'"%d":1' % number for number in range(90_000)) + b"}",
    "a number of a million digits": lambda: b'{"a":' + b"1" * 1_000_000 + b"}",
    "a text of escapes without end": lambda: b'{"a":"' + b'\\"' * 500_000,
}

if __name__ == "__main__":
    sys.exit(main())
