"""Reads of the referential: public reference data, the same for everybody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _

from entremise.kernel import typeahead_store
from entremise.lib.text import SMALL_WORDS, stem, tokens
from entremise.lib.typeahead import Entry, Hit
from entremise.skills import rules
from entremise.skills.enums import SkillKind, Source
from entremise.skills.models import JobTitle, Occupation, OccupationFamily, OccupationSkill, Skill, SkillLabel

JOB_TITLES_INDEX = "job_titles"
OCCUPATIONS_INDEX = "occupations"
SKILLS_INDEX = "skills"
SOFT_SKILLS_INDEX = "soft_skills"  # thirty among forty-six thousand would never come first
INDEXES = (JOB_TITLES_INDEX, OCCUPATIONS_INDEX, SKILLS_INDEX, SOFT_SKILLS_INDEX)

_CHUNK = 5000
_MORE = 2  # hits asked for one shown: some say the same thing, or are of another kind
_MOST_HITS = 150
_NAMED = 20
# What is usually meant: our own plain words and the main name of an occupation, before rarer titles.
_PLAIN_WEIGHT, _OFFICIAL_WEIGHT, _OTHER_WEIGHT = 4.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to pick: what it is called and a hint that tells it from its neighbours."""

    id: str
    label: str
    hint: str


def families() -> QuerySet[OccupationFamily]:
    """Return the 14 families of occupations."""
    return OccupationFamily.objects.order_by("letter")


def occupations() -> QuerySet[Occupation]:
    """Return the occupations of today, by family then label."""
    return Occupation.objects.filter(retired_on=None).select_related("family").order_by("family_id", "label")


def job_titles(occupation: Occupation) -> QuerySet[JobTitle]:
    """Return the names under which an occupation is exercised."""
    return JobTitle.objects.filter(occupation=occupation, retired_on=None).order_by("label")


def skills_of_occupation(occupation: Occupation | UUID, kinds: Iterable[SkillKind] = ()) -> QuerySet[Skill]:
    """Return the skills an occupation calls for, the most needed first, plain words before official ones.

    Each carries its `weight` in this occupation.
    """
    rows = Skill.objects.filter(occupation_skills__occupation=occupation, retired_on=None)
    wanted = list(kinds)
    if wanted:
        rows = rows.filter(kind__in=wanted)
    rows = rows.annotate(weight=F("occupation_skills__weight"), is_official=_official())
    return rows.order_by("-weight", "is_official", "label")


def soft_skills() -> QuerySet[Skill]:
    """Return the soft skills, plain words before official ones."""
    rows = Skill.objects.filter(kind=SkillKind.SOFT_SKILL, retired_on=None).exclude(source=Source.ESCO)
    return rows.annotate(is_official=_official()).order_by("is_official", "label")


def occupations_calling_for(skill: Skill) -> QuerySet[OccupationSkill]:
    """Return what occupations call for a skill, those that need it most first."""
    rows = OccupationSkill.objects.filter(skill=skill, occupation__retired_on=None).select_related("occupation")
    return rows.order_by("-weight", "occupation__label")


def suggest_job_titles(typed: str, limit: int = 8) -> list[Suggestion]:
    """Return the job titles that best fit what is typed; the hint is the occupation and what is done there."""
    hits = typeahead_store.index(JOB_TITLES_INDEX).search(typed, limit * _MORE)
    columns = ("pk", "label", "occupation__rome_code", "occupation__label", "occupation__definition")
    titles = JobTitle.objects.filter(pk__in=[hit.id for hit in hits], retired_on=None).values_list(*columns)
    rows = {str(pk): row for pk, *row in titles}
    found: list[Suggestion] = []
    said: set[tuple[str, frozenset[str]]] = set()
    for hit in hits:
        if hit.id not in rows:
            continue
        label, code, occupation, definition = rows[hit.id]
        # ESCO and ROME may write one title in two ways.
        key = (code, rules.gendered_forms(label))
        if key not in said and len(found) < limit:
            said.add(key)
            found.append(Suggestion(hit.id, label, _hint(hit, label, *_about(label, occupation, definition))))
    return found


def suggest_occupations(typed: str, limit: int = 8) -> list[Suggestion]:
    """Return the occupations that best fit what is typed, by their label or one of their job titles."""
    hits = typeahead_store.index(OCCUPATIONS_INDEX).search(typed, limit)
    rows = occupations().in_bulk([hit.id for hit in hits])
    found = [(hit, rows[UUID(hit.id)]) for hit in hits if UUID(hit.id) in rows]
    return [Suggestion(hit.id, row.label, _hint(hit, row.label, rules.in_brief(row.definition))) for hit, row in found]


def occupations_named(typed: str) -> list[UUID]:
    """Return the occupations one of whose names has each word typed, by its stem: nothing that only looks alike."""
    asked = [stem(word) for word in tokens(typed) if word not in SMALL_WORDS]
    hits = typeahead_store.index(OCCUPATIONS_INDEX).search(typed, _NAMED) if asked else []
    return [UUID(hit.id) for hit in hits if all(_has(hit.matched, word) for word in asked)]


def _has(name: str, start: str) -> bool:
    return any(stem(word).startswith(start) for word in tokens(name))


def suggest_skills(typed: str, kind: SkillKind | None = None, limit: int = 8) -> list[Suggestion]:
    """Return the skills that best fit what is typed, of one kind or of all."""
    name = SOFT_SKILLS_INDEX if kind is SkillKind.SOFT_SKILL else SKILLS_INDEX
    asked = limit * _MORE if kind in (None, SkillKind.SOFT_SKILL) else _MOST_HITS
    hits = typeahead_store.index(name).search(typed, asked)
    skills = Skill.objects.filter(pk__in=[hit.id for hit in hits], retired_on=None)
    if kind is not None:
        skills = skills.filter(kind=kind)
    rows = {str(pk): row for pk, *row in skills.values_list("pk", "label", "kind")}
    found: list[Suggestion] = []
    said: set[tuple[str, str]] = set()
    for hit in hits:
        if hit.id not in rows:
            continue
        label, its_kind = rows[hit.id]
        key = (its_kind, rules.same_label(label))
        if key not in said and len(found) < limit:
            said.add(key)
            found.append(Suggestion(hit.id, label, _hint(hit, label, str(SkillKind(its_kind).label))))
    return found


def _about(label: str, occupation: str, definition: str) -> tuple[str, ...]:
    """Say of what occupation a title is, unless it has the same name, and what is done there."""
    brief = rules.in_brief(definition)
    return (brief,) if rules.same_label(occupation) == rules.same_label(label) else (occupation, brief)


def _hint(hit: Hit, label: str, *parts: str) -> str:
    """Put the parts together, after the wording that matched when it is not the label."""
    matched = () if rules.same_label(hit.matched) == rules.same_label(label) else (_("« %s »") % hit.matched,)
    return " · ".join(part for part in (*matched, *parts) if part)


def _official() -> Case:
    return Case(When(source=Source.BUILTIN, then=Value(0)), default=Value(1), output_field=IntegerField())


def _job_title_entries() -> Iterator[Entry]:
    rows = JobTitle.objects.filter(retired_on=None, occupation__retired_on=None)
    columns = ("pk", "label", "synonyms", "source", "occupation__label")
    for pk, label, synonyms, source, occupation in rows.order_by("pk").values_list(*columns).iterator(_CHUNK):
        is_main = rules.same_label(label) == rules.same_label(occupation)
        weight = _PLAIN_WEIGHT if source == Source.BUILTIN else _OFFICIAL_WEIGHT if is_main else _OTHER_WEIGHT
        yield Entry(str(pk), label, weight, tuple(filter(None, synonyms.split("|"))))


def _occupation_entries() -> Iterator[Entry]:
    names: dict[UUID, list[str]] = {}
    titles = JobTitle.objects.filter(retired_on=None).order_by("pk").values_list("occupation_id", "label", "synonyms")
    for occupation_id, label, synonyms in titles.iterator(_CHUNK):
        names.setdefault(occupation_id, []).extend([label, *filter(None, synonyms.split("|"))])
    for pk, label in occupations().values_list("pk", "label"):
        others = (name for name in dict.fromkeys(names.get(pk, ())) if name != label)
        yield Entry(str(pk), label, 0, tuple(others))


def _skill_entries() -> Iterator[Entry]:
    return _entries_of(Skill.objects.filter(retired_on=None))


def _soft_skill_entries() -> Iterator[Entry]:
    return _entries_of(Skill.objects.filter(retired_on=None, kind=SkillKind.SOFT_SKILL))


def _entries_of(rows: QuerySet[Skill]) -> Iterator[Entry]:
    names: dict[UUID, list[str]] = {}
    labels = SkillLabel.objects.filter(skill__in=rows, language="fr").order_by("pk")
    for skill_id, label in labels.values_list("skill_id", "label").iterator(_CHUNK):
        names.setdefault(skill_id, []).append(label)
    weights: dict[str, float] = {Source.BUILTIN: _PLAIN_WEIGHT, Source.ROME: _OFFICIAL_WEIGHT}
    for pk, label, source in rows.order_by("pk").values_list("pk", "label", "source").iterator(_CHUNK):
        yield Entry(str(pk), label, weights.get(source, _OTHER_WEIGHT), tuple(names.get(pk, ())))


typeahead_store.register(JOB_TITLES_INDEX, _job_title_entries)
typeahead_store.register(OCCUPATIONS_INDEX, _occupation_entries)
typeahead_store.register(SKILLS_INDEX, _skill_entries)
typeahead_store.register(SOFT_SKILLS_INDEX, _soft_skill_entries)
