"""Is a sentence in French? (L. 5331-4) Counted on the small words of a few languages."""

from typing import Final

from entremise.lib.fairwording.reading import Reading
from entremise.lib.fairwording.words import word_set

_FRENCH: Final = word_set(
    """le la les un une des du de d l et ou a au aux en dans par pour sur avec sans vous votre vos nous notre
    nos est sont sera serez etes etre que qui ce cette ces se son sa ses il elle on ne pas plus poste
    equipe travail recherche recherchons entreprise experience horaires contrat temps salaire formation"""
)
_FOREIGN: Final[dict[str, frozenset[str]]] = {
    "en": word_set(
        """the and you your our with for are will we this that of to is be have must from looking join team work
    working experience required skills job wanted needed hiring who as an in on at by or can should
    their please apply driver worker warehouse cleaner waiter waitress nurse cook store sales assistant
    start full part time speaking english knowledge strong ability role position candidate within daily
    needs hours week help now staff only offer offers salary great competitive communication ideal customers
    customer love passionate motivated environment opportunity benefits company us send resume cover letter
    fluent excellent good friendly paid training provided available immediately about responsibilities duties
    include requirements level years people day every night daily manage support description me they has get
    guests weekends holidays willing able if not all new best more what who want like responsible ensure"""
    ),
    "es": word_set(
        """el los las una con y de cocina temporada verano incluido alojamiento busca buscan camarero camareros
    turno sueldo para por que se su sus del al es son buscamos trabajo empresa experiencia equipo
    jornada persona personas trabajador puesto requiere incorporacion nuestra nuestro en la"""
    ),
    "de": word_set(
        """der die das und ein eine mit fur wir sie suchen ist sind im von zu den dem auf bei oder als unser unsere
    ihre erfahrung arbeit gesucht mitarbeiter werden haben nicht"""
    ),
    "it": word_set(
        """il lo gli una con per che di e si del della nel sono cerchiamo lavoro azienda esperienza siamo nostro
    nostra cercasi personale la"""
    ),
    "pt": word_set(
        """o os as um uma com para por que do da dos em e nos procuramos trabalho empresa experiencia equipa equipe
    nossa nosso"""
    ),
}
_ENOUGH_WORDS: Final = 4
_ENOUGH_SHARE: Final = 0.35
# English words that are current French in an offer: they prove nothing.
_ADOPTED: Final = word_set(
    """manager job team marketing web data community business developer product designer drive fast food call
    center feedback reporting planning package start up startup brand store sales assistant time part
    experience position"""
)


def foreign_sentences(reading: Reading) -> list[tuple[int, int]]:
    """Return the token ranges of the sentences that are not in French."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(reading):
        first, last = at, at
        while last < len(reading) and reading.sentences[last] == reading.sentences[first]:
            last += 1
        if _is_foreign(reading.words[first:last]):
            found.append((first, last))
        at = last
    return found


def _is_foreign(words: tuple[str, ...]) -> bool:
    letters = [word for word in words if word.isalpha()]
    if len(letters) < _ENOUGH_WORDS:
        return False
    french = sum(word in _FRENCH for word in letters)
    for small_words in _FOREIGN.values():
        own = [word for word in letters if word in small_words]
        proper = [word for word in own if word not in _FRENCH and word not in _ADOPTED]
        if len(set(proper)) >= 2 and len(own) >= _ENOUGH_SHARE * len(letters) and len(own) > french:
            return True
    return False


_TITLE_ENGLISH: Final = word_set(
    """warehouse worker driver cleaner cleaning waiter waitress nurse cook housekeeper housekeeping wanted
    needed hiring clerk plumber electrician builder baker butcher shop keeper security guard officer
    employee maintenance engineer head of the for senior junior sales store customer service
    representative accountant receptionist and with operator delivery man truck forklift teacher
    babysitter nanny looking"""
)


def is_foreign_title(reading: Reading) -> bool:
    """Say whether a title is in English from end to end, but for « H/F » and the words French has adopted."""
    words = [word for word in reading.words if word.isalpha() and len(word) > 1]
    if len(words) < 2 or any(word in _FRENCH for word in words):
        return False
    if {"needed", "wanted", "hiring"} & set(words):
        return True
    english = [word for word in words if word in _TITLE_ENGLISH]
    return (
        len(english) >= 2
        and len(english) * 2 > len(words)
        and all(word in _TITLE_ENGLISH or word in _ADOPTED for word in words)
    )
