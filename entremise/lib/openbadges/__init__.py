"""Open Badges that stand up in front of other people's verifiers: build, sign, bake, read and verify.

Forms: Open Badges 3.0 secured by a Data Integrity proof (`eddsa-rdfc-2022`) or as VC-JWT, Open Badges 2.0 hosted or
signed, endorsements, status lists (Bitstring and Token), SD-JWT VC for wallets. Pure Python: no framework, no network
(whoever calls gives a `Fetch`), no clock (`now` is an argument). Start with `claims`, `ob3` and `verify`.

Modules: `encoding` and `keys` (bases, JWK, Multikey), `claims` (what a badge says), `did`, `limits` (what is refused
before it is read), `jsonld` (pinned contexts), `rdf` and `rdfc` (canonical form), `shapes` (the canonical form of our
own shapes, without JSON-LD), `schema`, `di`, `vcjwt`, `sdjwt`, `statuslist`, `ob3`, `ob2`, `endorsement`, `bake` (PNG
and SVG), `reasons` and `sentences` (why not, in words), `fetched` (what is asked elsewhere), `verify` (one
pipeline, its steps are `verify_*`), `report` and `content` (what was found, what the badge says).
"""
