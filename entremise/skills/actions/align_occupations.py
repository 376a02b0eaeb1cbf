"""Bring occupations, job titles and mobilities in line with a referential.

What another referential already has stays as it is and is shared: an occupation by its ROME code, a job title by its
label in the same occupation. A referential changes and retires its own rows only.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from entremise.kernel.reference_files import SourceRefused
from entremise.skills import rules
from entremise.skills.actions.batch import Batch
from entremise.skills.actions.rows import JobTitleRow, MobilityRow, OccupationRow, Referential
from entremise.skills.enums import Source
from entremise.skills.models import JobTitle, Mobility, Occupation, OccupationFamily, OccupationSkill, Skill

_WITH_OCCUPATIONS = (Source.BUILTIN, Source.ROME)


class Occupations:
    """The occupations by ROME code, as they will be."""

    def __init__(self, referential: Referential, today: date) -> None:
        self.system = referential.system
        self.batch = Batch("occupations", Occupation)
        self.by_code = {row.rome_code: row for row in Occupation.objects.all()}
        self.shared = self._shared()
        self.letters = set(OccupationFamily.objects.values_list("letter", flat=True))
        self.new_families = [
            OccupationFamily(letter=letter, label=label)
            for letter, label in referential.families.items()
            if letter not in self.letters
        ]
        self.letters |= referential.families.keys()
        if referential.occupations is not None:
            self._align(referential.occupations, today)

    def write(self) -> None:
        """Write families and occupations."""
        OccupationFamily.objects.bulk_create(self.new_families)
        self.batch.write()

    def _align(self, rows: Iterable[OccupationRow], today: date) -> None:
        seen: set[str] = set()
        for row in rows:
            if row.rome_code in seen:
                self.batch.ignored_count += 1
                continue
            seen.add(row.rome_code)
            self._one(row)
        for code, known in list(self.by_code.items()):
            is_ours = known.source == self.system and code not in self.shared
            if is_ours and code not in seen and known.retired_on is None:
                self.batch.retire(known, today)

    def _one(self, row: OccupationRow) -> None:
        letter = row.rome_code[0]
        if letter not in self.letters:
            raise SourceRefused(
                _("La famille de métiers « %(letter)s » est inconnue : il manque le fichier des grands domaines.")
                % {"letter": letter}
            )
        wanted: dict[str, Any] = {"label": row.label, "family_id": letter, "retired_on": None}
        if row.definition is not None:
            wanted["definition"] = row.definition
        known = self.by_code.get(row.rome_code)
        if known is None:
            new = Occupation(rome_code=row.rome_code, source=self.system, **wanted)
            self.by_code[row.rome_code] = self.batch.create(new)
        elif known.source == self.system or known.retired_on is not None:
            self.batch.keep(known, {**wanted, "source": self.system})
        else:
            self.batch.aligned_count += 1

    def _shared(self) -> set[str]:
        """Return the codes that another referential fills too: they outlive ours, and so do their mobilities."""
        others = {"source__in": set(_WITH_OCCUPATIONS) - {self.system}}
        titles = JobTitle.objects.filter(retired_on=None, **others)
        skills = Skill.objects.filter(retired_on=None, **others).exclude(mappings__system=self.system)
        calls = OccupationSkill.objects.filter(skill__in=skills)
        return {
            *titles.values_list("occupation__rome_code", flat=True).distinct(),
            *calls.values_list("occupation__rome_code", flat=True).distinct(),
        }


class Titles:
    """The job titles of a referential."""

    def __init__(self, referential: Referential, occupations: Occupations, today: date) -> None:
        self.system = referential.system
        self.occupations = occupations
        self.batch = Batch("job_titles", JobTitle)
        rows = list(JobTitle.objects.all())
        self.own = {row.external_id: row for row in rows if row.source == self.system}
        self.others = [row for row in rows if row.source != self.system and row.retired_on is None]
        self._labels = {(row.occupation_id, rules.same_label(row.label)) for row in self.others}
        self._seen: set[str] = set()
        if referential.job_titles is not None:
            self._all(referential.job_titles, today)
        if referential.loose_titles is not None:
            self._labels.clear()  # already known, by definition: they come for their other names
            self._all(self._placed(referential.loose_titles), today)

    def _all(self, rows: Iterable[JobTitleRow], today: date) -> None:
        for row in rows:
            occupation = self.occupations.by_code.get(row.rome_code)
            if occupation is None or row.external_id in self._seen:
                self.batch.ignored_count += 1
                continue
            self._seen.add(row.external_id)
            self._one(row, occupation)
        for code, known in self.own.items():
            if code not in self._seen and known.retired_on is None:
                self.batch.retire(known, today)

    def _one(self, row: JobTitleRow, occupation: Occupation) -> None:
        wanted = {
            "occupation_id": occupation.pk,
            "label": row.label,
            "synonyms": "|".join(row.synonyms),
            "retired_on": None,
        }
        known = self.own.get(row.external_id)
        if known is not None:
            self.batch.keep(known, wanted)
        elif (occupation.pk, rules.same_label(row.label)) in self._labels:
            self.batch.aligned_count += 1
        else:
            self.batch.create(JobTitle(source=self.system, external_id=row.external_id, **wanted))

    def _placed(self, rows: Iterable[JobTitleRow]) -> Iterable[JobTitleRow]:
        """Keep the titles that another referential knows, in one occupation and no more, when they bring other names.

        A title known only by a synonym is left out: trolleybus drivers are no tram drivers, although ESCO calls both
        drivers of guided buses.
        """
        codes = {row.pk: code for code, row in self.occupations.by_code.items()}
        places: dict[str, set[str]] = defaultdict(set)
        for title in self.others:
            for form in rules.gendered_forms(title.label):
                places[form].add(codes[title.occupation_id])
        for row in rows:
            found = _places(places, row.label)
            news = {form for name in row.synonyms for form in rules.gendered_forms(name) if form not in places}
            if len(found) == 1 and (news or row.external_id in self.own):
                yield JobTitleRow(row.external_id, found.pop(), row.label, row.synonyms)
            elif len(found) == 1:
                self.batch.aligned_count += 1
            else:
                self.batch.ignored_count += 1


def mobilities(referential: Referential, occupations: Occupations) -> Batch[Mobility]:
    """Decide on the mobilities; those of an occupation another referential brought are only added to."""
    batch = Batch("mobilities", Mobility, sampled=False)
    if referential.mobilities is None:
        return batch
    known = {(row.source_id, row.target_id): row for row in Mobility.objects.all()}
    own = {row.pk for row in occupations.by_code.values() if row.source == referential.system}
    alone = {row.pk for code, row in occupations.by_code.items() if code not in occupations.shared}
    seen: set[tuple[Any, Any]] = set()
    for row in referential.mobilities:
        _mobility(row, occupations, batch, known, own, seen)
    for pair, before in known.items():
        if pair[0] in own & alone and pair not in seen:
            batch.remove(before)
    return batch


def _mobility(
    row: MobilityRow,
    occupations: Occupations,
    batch: Batch[Mobility],
    known: dict[tuple[Any, Any], Mobility],
    own: set[Any],
    seen: set[tuple[Any, Any]],
) -> None:
    source, target = occupations.by_code.get(row.source), occupations.by_code.get(row.target)
    pair = (source.pk, target.pk) if source and target else None
    if pair is None or pair in seen:
        batch.ignored_count += 1
        return
    seen.add(pair)
    if pair not in known:
        batch.create(Mobility(source_id=pair[0], target_id=pair[1], kind=row.kind))
    elif pair[0] in own:
        batch.keep(known[pair], {"kind": row.kind})
    else:
        batch.aligned_count += 1


def _places(places: dict[str, set[str]], label: str) -> set[str]:
    return set().union(*(places.get(form, set()) for form in rules.gendered_forms(label)))
