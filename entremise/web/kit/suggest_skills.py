"""Suggestions of job titles and of skills."""

from collections.abc import Iterable

from entremise.skills import queries
from entremise.skills.enums import SkillKind
from entremise.web.kit.screens import ActorRequest
from entremise.web.kit.suggestions import Suggested, suggestions


@suggestions("skills.suggest")
def suggest_job_titles(request: ActorRequest, typed: str) -> Iterable[Suggested]:
    """Suggest job titles."""
    return queries.suggest_job_titles(typed)


@suggestions("skills.suggest")
def suggest_skills(request: ActorRequest, typed: str) -> Iterable[Suggested]:
    """Suggest skills, of one kind when `kind` names it."""
    kind = request.GET.get("kind", "")
    return queries.suggest_skills(typed, SkillKind(kind) if kind in SkillKind.values else None)
