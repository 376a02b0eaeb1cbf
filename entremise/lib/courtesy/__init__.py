"""Judge the words written to a candidate with a refusal, or by a candidate in a rating. Pure; French first.

    findings(text)     -> insults, contempt, threats, discrimination, personal reasons, nonsense, capitals: where
    is_nonsense(text)  -> whether a text says nothing at all

A finding warns the person who writes; it proves nothing. Words are added in `rude_words.txt`, one line each.
What would be discrimination in an offer is read by `fairwording`; what other letters hide, by `lookalikes`.
"""

from entremise.lib.courtesy.faults import Fault, Finding
from entremise.lib.courtesy.judging import findings
from entremise.lib.courtesy.nonsense import is_nonsense

__all__ = ["Fault", "Finding", "findings", "is_nonsense"]
