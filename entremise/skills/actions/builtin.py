"""Read the referential shipped with the product."""

from collections import defaultdict
from pathlib import Path

from entremise.skills.actions.files import Files, as_list
from entremise.skills.actions.rows import (
    JobTitleRow,
    LinkRow,
    MappingRow,
    MobilityRow,
    OccupationRow,
    Referential,
    SkillRow,
)
from entremise.skills.enums import MobilityKind, Relation, SkillKind, Source, Weight

FOLDER = Path(__file__).resolve().parent.parent / "builtin"


def read(files: Files) -> Referential:
    """Return the rows of the built-in files."""
    mappings: dict[str, list[MappingRow]] = defaultdict(list)
    for row in files.rows("mappings", "skill_id", "system", "code", "relation"):
        mappings[row["skill_id"]].append(MappingRow(Source(row["system"]), row["code"], Relation(row["relation"])))
    return Referential(
        system=Source.BUILTIN,
        families={row["letter"]: row["label"] for row in files.rows("families", "letter", "label", needed=True)},
        occupations=[
            OccupationRow(row["rome"], row["label"], row["definition"])
            for row in files.rows("occupations", "rome", "label", "definition", needed=True)
        ],
        job_titles=[
            JobTitleRow(row["id"], row["rome"], row["label"], as_list(row["synonyms"]))
            for row in files.rows("job_titles", "id", "rome", "label", "synonyms", needed=True)
        ],
        skills=[
            SkillRow(
                row["id"],
                SkillKind(row["kind"]),
                row["label"],
                row["family"],
                as_list(row["synonyms"]),
                tuple(mappings[row["id"]]),
            )
            for row in files.rows("skills", "id", "kind", "label", "synonyms", "family", needed=True)
        ],
        kinds=tuple(SkillKind),
        links=[
            LinkRow(row["rome"], row["skill_id"], Weight(int(row["weight"])))
            for row in files.rows("occupation_skills", "rome", "skill_id", "weight", needed=True)
        ],
        mobilities=[
            MobilityRow(row["from_rome"], row["to_rome"], MobilityKind(row["kind"]))
            for row in files.rows("mobilities", "from_rome", "to_rome", "kind", needed=True)
        ],
    )
