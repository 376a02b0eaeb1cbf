"""What the library returns."""

import dataclasses
from collections.abc import Mapping

from entremise.lib.fairwording.codes import Code, Kind, Severity, kind_of


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, where it is, the article it rests on, and what to write instead.

    `explanation` and `suggestion` are French sentences to translate, then to fill with `values` (« %(minimum)s »).
    A finding about the whole offer (a missing item, the pay of the form) has an empty stretch: start == end == 0.
    """

    code: Code
    severity: Severity
    article: str
    field: str  # "title" or "description"
    start: int
    end: int
    explanation: str
    suggestion: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    is_sure: bool = True  # no: the sentence only looks like forbidden ones, an adviser decides

    @property
    def kind(self) -> Kind:
        """Return whether it is discrimination, another illegal wording, or advice."""
        return kind_of(self.code)

    @property
    def criterion(self) -> str:
        """Return the criterion or rule the article names: the value of the code."""
        return self.code.value

    @property
    def sentence(self) -> str:
        """Return the explanation in French, filled."""
        return self.explanation % self.values if self.values else self.explanation
