"""Read the wording of a French job offer: discrimination, illegal conditions, advice. Pure: no Django, no I/O.

    findings = check(title, description, OfferFacts(contract="CDI"), parameters_on(today, "26"))

A `Finding` has a kind (discrimination, illegal, hint), a code, the article it rests on, a severity (BLOCKING: to
change before publication; WARNING: an adviser looks; ADVICE), its field and stretch of text (start, end), a French
sentence (`explanation`, filled with `values`: see `sentence`) and what to write instead (`suggestion`). Both are
marked for translation. Findings come the gravest first. A wording is added in `tables/`, one line each.
"""

from entremise.lib.fairwording.amounts import OfferFacts
from entremise.lib.fairwording.checking import check
from entremise.lib.fairwording.codes import Code, Kind, Severity, kind_of
from entremise.lib.fairwording.findings import Finding
from entremise.lib.fairwording.parameters import LegalParameters, parameters_on

__all__ = [
    "Code",
    "Finding",
    "Kind",
    "LegalParameters",
    "OfferFacts",
    "Severity",
    "check",
    "kind_of",
    "parameters_on",
]
