"""Closed lists of the matching domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartName(StrEnum):
    """The named parts whose sum is the score."""

    SKILLS = "skills"
    OCCUPATION = "occupation"
    DISTANCE = "distance"
    AVAILABILITY = "availability"


class GainKind(StrEnum):
    """What a profile could have more, to have more points in a search."""

    LEARN = "learn"  # a skill asked for, not held
    PROVE = "prove"  # held, said by the person
    PROVE_BETTER = "prove_better"  # confirmed from the person's own address book
    PROVE_AGAIN = "prove_again"  # an old proof
    PROVE_ANY = "prove_any"  # the search asks for no skill in particular
    WISH = "wish"
    GO_FARTHER = "go_farther"
    SAY_WHEN = "say_when"
    BE_READY = "be_ready"


class SkillMode(models.TextChoices):
    """How several skills are asked for."""

    ALL = "all", _("toutes ces compétences")
    ANY = "any", _("au moins une")


class PoolSort(models.TextChoices):
    """In which order profiles are shown."""

    RELEVANCE = "pertinence", _("les plus proches de la recherche")
    NEAREST = "distance", _("les moins loin du lieu de travail")
    RECENT = "recents", _("les profils confirmés le plus récemment")


class Toggle(models.TextChoices):
    """Yes-or-no filters of the pool."""

    VALIDATED = "validated", _("avec des compétences confirmées")
    NEVER_PROMOTED = "never_promoted", _("jamais promus")
    AVAILABLE = "available", _("disponibles dès maintenant")
    FRESH = "fresh", _("profil à jour (3 mois)")


class Verb(StrEnum):
    """What happens beside the workflow, in the journal."""

    CONTESTED = "matching.contested"
    CONTESTED_OWN = "matching.contested_own"
    ACCESS_OPENED = "matching.recruiter_access_opened"
    ACCESS_REVOKED = "matching.recruiter_access_revoked"
    RECRUITER_SEARCHED = "matching.recruiter_searched"
    MEETING_WISHED = "matching.meeting_wished"
    MEETING_SET_ASIDE = "matching.meeting_set_aside"
    OWN_SEARCH_OPENED = "matching.own_search_opened"
    WISHES_RELEASED = "matching.wishes_released"
    WISHES_HELD = "matching.wishes_held"


class OfferSort(models.TextChoices):
    """In which order offers are shown to a person."""

    RELEVANCE = "pertinence", _("les plus proches de votre profil")
    NEAREST = "distance", _("les moins loin de chez vous")
    RECENT = "recentes", _("les plus récentes")
