"""The shared diagnosis as both sides see it: levels, questions, answers, fields; and on paper."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from entremise.kernel import clock, pdf
from entremise.offers import rules_diagnosis as rules
from entremise.offers.enums_followup import AnswerSource, DiagnosisLevel
from entremise.offers.models import Offer
from entremise.offers.models_followup import Diagnosis
from entremise.reciprok.queries_reasons import questions_for
from entremise.web.kit import papers

PAPER = "web/papers/diagnosis.html"


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One question and what was answered."""

    code: str
    words: str
    text: str
    source: str
    is_open: bool  # to who looks
    field: forms.BoundField | None = None  # to write it, when it may be


@dataclass(frozen=True, slots=True)
class ShownLevel:
    """One level of the diagnosis."""

    title: str
    answers: tuple[ShownAnswer, ...]


def levels(diagnosis: Diagnosis, form: forms.Form | None = None, *, for_recruiter: bool = False) -> list[ShownLevel]:
    """Return the three levels with their questions, in order, each with its field when a form is given."""
    told = {one.question: one for one in diagnosis.answers.all()}
    return [
        ShownLevel(
            capfirst(str(level.label)),
            tuple(
                ShownAnswer(
                    question.code,
                    _(question.words),
                    told[question.code].text if question.code in told else "",
                    str(AnswerSource(told[question.code].source).label) if question.code in told else "",
                    question.is_recruiters or not for_recruiter,
                    form[question.code] if form and question.code in form.fields else None,
                )
                for question in rules.of_level(level)
            ),
        )
        for level in DiagnosisLevel
    ]


class DiagnosisForm(forms.Form):
    """One field a question."""

    def __init__(self, *args: Any, diagnosis: Diagnosis, for_recruiter: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in levels(diagnosis, for_recruiter=for_recruiter):
            for answer in level.answers:
                if answer.is_open:
                    self.fields[answer.code] = forms.CharField(
                        label=answer.words, required=False, max_length=rules.LONGEST_ANSWER, initial=answer.text,
                        help_text=capfirst(answer.source), widget=forms.Textarea(attrs={"rows": 2}),
                    )  # fmt: skip


def refusals(offer: Offer) -> dict[str, Any]:
    """Return what refusals say of the occupation of an offer; the day is told, for a paper is read long after."""
    return {"questions": questions_for(offer), "told_on": clock.today()}


def shown(diagnosis: Diagnosis, form: forms.Form | None = None, *, for_recruiter: bool = False) -> dict[str, Any]:
    """Return what a diagnosis shows wherever it is read: the recruiter's page, the paper."""
    told = levels(diagnosis, form, for_recruiter=for_recruiter)
    return {"diagnosis": diagnosis, "offer": diagnosis.offer, "levels": told} | refusals(diagnosis.offer)


def on_paper(request: HttpRequest, diagnosis: Diagnosis, back: str) -> HttpResponse:
    """Answer with a diagnosis as a PDF."""
    try:
        return papers.answer(request, PAPER, shown(diagnosis), name=f"diagnostic-{diagnosis.version}.pdf")
    except pdf.PdfUnavailable:
        return papers.unavailable(request, back)
