"""What a referential file says, whatever its format: readers give these rows, the tables follow."""

from collections.abc import Collection
from dataclasses import dataclass, field

from entremise.skills.enums import MobilityKind, Relation, SkillKind, Source, Weight


@dataclass(frozen=True, slots=True)
class OccupationRow:
    """An occupation; a definition of None is one the files do not give."""

    rome_code: str
    label: str
    definition: str | None


@dataclass(frozen=True, slots=True)
class JobTitleRow:
    """A job title of one occupation."""

    external_id: str
    rome_code: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingRow:
    """What a skill is in another referential."""

    system: Source
    code: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill; a kind of None is one the file does not give, `guess` is then what its label suggests."""

    external_id: str
    kind: SkillKind | None
    label: str
    family: str = ""
    names: tuple[str, ...] = ()
    mappings: tuple[MappingRow, ...] = ()
    guess: SkillKind = SkillKind.KNOW_HOW


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A skill called for by an occupation."""

    rome_code: str
    skill_id: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class MobilityRow:
    """A move between two occupations."""

    source: str
    target: str
    kind: MobilityKind


@dataclass(slots=True)
class Referential:
    """The rows of one release; None stands for a table it does not give, which then stays as it is."""

    system: Source
    version: str = ""
    families: dict[str, str] = field(default_factory=dict)
    occupations: list[OccupationRow] | None = None
    job_titles: list[JobTitleRow] | None = None
    # ESCO's occupations are not those of ROME: they are job titles once one of their names is known.
    loose_titles: list[JobTitleRow] | None = None
    skills: list[SkillRow] | None = None
    kinds: Collection[SkillKind] = ()  # the kinds of skills that it covers: only these may be retired
    links: list[LinkRow] | None = None
    mobilities: list[MobilityRow] | None = None
    unread_count: int = 0  # lines without what they need (empty label, impossible code)

    @property
    def row_count(self) -> int:
        """Return how many rows there are, for the progress."""
        tables = (
            *(self.occupations, self.job_titles, self.loose_titles),
            *(self.skills, self.links, self.mobilities),
        )
        return sum(len(table) for table in tables if table)
