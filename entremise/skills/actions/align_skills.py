"""Bring skills, their other names, their mappings and what occupations call for in line with a referential.

A skill has one identity: when another referential already has it (an exact mapping, or the same label and kind), that
row stays, so do the passports that point at it, and it gets an exact mapping and the other wording as a further name.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from entremise.skills import rules
from entremise.skills.actions.align_occupations import Occupations
from entremise.skills.actions.batch import Batch
from entremise.skills.actions.rows import MappingRow, Referential, SkillRow
from entremise.skills.enums import Relation, Source, Weight
from entremise.skills.models import OccupationSkill, Skill, SkillLabel, SkillMapping

LANGUAGE = "fr"
# ESCO says nothing of the skills of ROME's occupations: a mapping to it does not protect a link.
_LINKING = {Source.BUILTIN, Source.ROME}


class Skills:
    """The skills, as they will be, with their names and mappings."""

    def __init__(self, referential: Referential, today: date) -> None:
        self.system = referential.system
        self.batch = Batch("skills", Skill)
        self.names = Batch("skill_labels", SkillLabel)
        self.mappings = Batch("skill_mappings", SkillMapping, sampled=False)
        self.by_code: dict[str, Skill] = {}  # what each code of this referential stands for
        self._read()
        if referential.skills is not None:
            for row in referential.skills:
                self._one(row)
            self._drop_names()
            self._retire(referential, today)

    def write(self) -> None:
        """Write skills, then what hangs from them."""
        for batch in (self.batch, self.names, self.mappings):
            batch.write()

    def is_shared(self, skill: Skill, systems: Iterable[Source] = Source) -> bool:
        """Tell whether one of the other referentials has this skill too."""
        return any((skill.pk, system) in self._exact for system in systems if system != self.system)

    def _read(self) -> None:
        rows = list(Skill.objects.all())
        self.by_pk = {row.pk: row for row in rows}
        self._own = {row.external_id: row for row in rows if row.source == self.system}
        self._foreign = {(row.source, row.external_id): row for row in rows if row.source != self.system}
        self._known_mappings: set[tuple[UUID, str, str]] = set()
        self._mapped: dict[str, Skill] = {}
        self._exact: set[tuple[UUID, str]] = set()
        for mapping in SkillMapping.objects.all():
            self._known_mappings.add((mapping.skill_id, mapping.system, mapping.code))
            if mapping.relation == Relation.EXACT:
                self._exact.add((mapping.skill_id, mapping.system))
                if mapping.system == self.system:
                    self._mapped[mapping.code] = self.by_pk[mapping.skill_id]
        self._by_label: dict[tuple[str, str], Skill] = {}
        for row in rows:
            if row.source != self.system and row.retired_on is None:
                for kind in (row.kind, ""):
                    self._by_label.setdefault((kind, rules.same_label(row.label)), row)
        self._known_names = {
            (name.skill_id, name.label): name for name in SkillLabel.objects.filter(language=LANGUAGE)
        }
        self._said_names: set[tuple[UUID, str]] = set()

    def _one(self, row: SkillRow) -> None:
        if row.external_id in self.by_code:
            self.batch.ignored_count += 1
            return
        skill = self._own.get(row.external_id)
        elsewhere = None if skill else self._elsewhere(row)
        if elsewhere is not None:
            self.batch.aligned_count += 1
            self._map(elsewhere, MappingRow(self.system, row.external_id, Relation.EXACT))
            self._name(elsewhere, row.label)
            skill = elsewhere
        else:
            skill = self._kept(row, skill)
            for mapping in row.mappings:
                self._map(skill, mapping)
        self.by_code[row.external_id] = skill
        for name in row.names:
            self._name(skill, name)

    def _kept(self, row: SkillRow, known: Skill | None) -> Skill:
        wanted: dict[str, Any] = {"label": row.label, "family": row.family, "retired_on": None}
        if known is not None:
            return self.batch.keep(known, {**wanted, "kind": row.kind} if row.kind else wanted)
        new = Skill(source=self.system, external_id=row.external_id, kind=row.kind or row.guess, **wanted)
        return self.batch.create(new)

    def _elsewhere(self, row: SkillRow) -> Skill | None:
        """Return the skill of another referential that is the same."""
        if row.external_id in self._mapped:
            return self._mapped[row.external_id]
        for mapping in row.mappings:
            other = self._foreign.get((mapping.system, mapping.code))
            if other is not None and mapping.relation is Relation.EXACT:
                return other
        return self._by_label.get((row.kind or "", rules.same_label(row.label)))

    def _map(self, skill: Skill, mapping: MappingRow) -> None:
        key = (skill.pk, str(mapping.system), mapping.code)
        if key in self._known_mappings:
            self.mappings.unchanged_count += 1
            return
        self._known_mappings.add(key)
        if mapping.relation is Relation.EXACT:
            self._exact.add((skill.pk, mapping.system))
        self.mappings.create(
            SkillMapping(skill=skill, system=mapping.system, code=mapping.code, relation=mapping.relation)
        )

    def _name(self, skill: Skill, label: str) -> None:
        if rules.same_label(label) == rules.same_label(skill.label) or (skill.pk, label) in self._said_names:
            return
        self._said_names.add((skill.pk, label))
        if (skill.pk, label) in self._known_names:
            self.names.unchanged_count += 1
        else:
            self.names.create(SkillLabel(skill=skill, language=LANGUAGE, label=label))

    def _drop_names(self) -> None:
        """Take away the names that our own rows no longer have, unless another referential may have given them."""
        own = {skill.pk: skill for skill in self._own.values() if skill.external_id in self.by_code}
        for key, name in self._known_names.items():
            if key[0] in own and key not in self._said_names and not self.is_shared(own[key[0]]):
                self.names.remove(name)

    def _retire(self, referential: Referential, today: date) -> None:
        for code, skill in self._own.items():
            is_gone = code not in self.by_code and skill.retired_on is None and skill.kind in referential.kinds
            if is_gone and not self.is_shared(skill):
                self.batch.retire(skill, today)


def links(referential: Referential, occupations: Occupations, skills: Skills) -> Batch[OccupationSkill]:
    """Decide on what occupations call for; a referential weighs and removes only links to its own skills."""
    batch = Batch("occupation_skills", OccupationSkill, sampled=False)
    if referential.links is None:
        return batch
    wanted = _wanted_links(referential, occupations, skills, batch)
    left = dict(wanted)
    covered = {
        occupations.by_code[row.rome_code].pk for row in referential.links if row.rome_code in occupations.by_code
    }
    for before in OccupationSkill.objects.all():
        key = (before.occupation_id, before.skill_id)
        weight = left.pop(key, None)
        skill = skills.by_pk[before.skill_id]
        is_own = skill.source == referential.system
        if weight is None:
            is_gone = is_own and before.occupation_id in covered and skill.kind in referential.kinds
            if is_gone and not skills.is_shared(skill, _LINKING):
                batch.remove(before)
        elif is_own:
            batch.keep(before, {"weight": weight})
        else:
            batch.aligned_count += 1
    for (occupation_id, skill_id), weight in left.items():
        batch.create(OccupationSkill(occupation_id=occupation_id, skill_id=skill_id, weight=weight))
    return batch


def _wanted_links(
    referential: Referential, occupations: Occupations, skills: Skills, batch: Batch[OccupationSkill]
) -> dict[tuple[UUID, UUID], Weight]:
    wanted: dict[tuple[UUID, UUID], Weight] = {}
    for row in referential.links or ():
        occupation, skill = occupations.by_code.get(row.rome_code), skills.by_code.get(row.skill_id)
        if occupation is None or skill is None:
            batch.ignored_count += 1
            continue
        key = (occupation.pk, skill.pk)
        wanted[key] = max(row.weight, wanted.get(key, row.weight))
    return wanted
