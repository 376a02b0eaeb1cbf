"""Read the official CSV files of ESCO in French (European Commission), with or without the types of skills."""

import re
from collections.abc import Iterator

from entremise.kernel.reference_files import Row
from entremise.skills import rules
from entremise.skills.actions.files import Files, fitting, limits
from entremise.skills.actions.rows import JobTitleRow, Referential, SkillRow
from entremise.skills.enums import SkillKind, Source

_SEPARATORS = re.compile(r"[\n|]")  # the official files put one name a line, the lighter extracts a bar
_TYPES = {"skill/competence": SkillKind.KNOW_HOW, "knowledge": SkillKind.KNOWLEDGE}
_COLUMNS = ("concepturi", "preferredlabel", "altlabels")


def read(files: Files) -> Referential:
    """Return the skills of ESCO, and its occupations as names that may lead to those of ROME."""
    referential = Referential(Source.ESCO)
    referential.skills = list(_skills(files, referential))
    referential.kinds = tuple(SkillKind)
    if files.find("occupations_fr")[0]:
        referential.loose_titles = list(_titles(files, referential))
    return referential


def _skills(files: Files, referential: Referential) -> Iterator[SkillRow]:
    for row in files.raw_rows("skills_fr", *_COLUMNS, needed=True):
        uri, label = row["concepturi"].strip(), rules.capitalised(rules.tidied(row["preferredlabel"]))
        if not uri or not label:
            referential.unread_count += 1
            continue
        kind = _TYPES.get(rules.tidied(row.get("skilltype", "")))
        names = limits([rules.capitalised(name) for name in _names(row)], 400)
        label = fitting(label, 400, uri)
        yield SkillRow(uri, kind, label, names=names, guess=rules.esco_kind(label))


def _titles(files: Files, referential: Referential) -> Iterator[JobTitleRow]:
    for row in files.raw_rows("occupations_fr", *_COLUMNS):
        uri, label = row["concepturi"].strip(), rules.displayed_pair(rules.tidied(row["preferredlabel"]))
        if uri and label:
            yield JobTitleRow(uri, "", fitting(label, 250, uri), tuple(_names(row)))
        else:
            referential.unread_count += 1


def _names(row: Row) -> list[str]:
    """Return the other names of a concept, each once."""
    names = (rules.tidied(name) for name in _SEPARATORS.split(row.get("altlabels", "")))
    return list(dict.fromkeys(name for name in names if name))
