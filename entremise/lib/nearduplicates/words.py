"""Bring the text of an offer to the words that tell one job from another.

Tags, bullets, case and accents go; so does what a feed adds around an offer, and what every offer says (“we are
looking for”, “permanent contract”): the facts are read apart. Abbreviations, genders, plurals and the usual synonyms
of job boards are brought to one word.
"""

import html
import re
from functools import lru_cache

from entremise.lib.text import SMALL_WORDS, normalise, stem, words_of

LONGEST_TEXT = 20_000  # characters read: four times the longest offer, its tags included
LONGEST_WORD = 32
_SHORTEST_ROOT = 4

_LETTERS = {code: normalise(chr(code)) for code in range(0xA0, 0x250)}
_SIGNS = {"’": "'", "‘": "'", "–": "-", "—": "-", "…": ".", "“": '"', "”": '"', "€": " eur ", "°": " ", "\u202f": " "}
_BULLETS = dict.fromkeys("•▪►●◦■‣∙✓✔➢→", "|")
_PLAIN = {chr(code): letter for code, letter in _LETTERS.items()} | _SIGNS | _BULLETS

_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|table|section)\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,300}>")
_CUT = re.compile(r"[\n\r!?;|*]|\.(?=\s|$)|\s[-·]+(?=\s)|^-")
_LONE_DASH = re.compile(r"(?m)^\s*[-–—·]")

# What feeds and job boards write around an offer, read on a normalised sentence. Each is looked for only where one of
# its needles is: most texts hold none, and a search of a fixed text costs nothing.
_MENTIONS = (
    (("://", "www."), re.compile(r"(?:https?://|www\.)[^\s|]{1,200}")),
    (("@",), re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}")),
    ((".fr", ".com", ".net", ".org", ".eu"), re.compile(r"\b[\w-]{2,60}\.(?:fr|com|net|org|eu)\b")),
    (
        ("offre", "annonce", "ref", "numero", "identifiant", "id"),
        re.compile(
            r"\b(?:offre|annonce|reference|ref|numero|identifiant|id)\s?(?:d'emploi |de l'offre )?\s?"
            r"(?:numero |no? ?|: ?|# ?|\. ?){1,3}[\w/-]{0,20}\d[\w/-]{0,20}"
        ),
    ),
)
_AROUND = re.compile(
    r"\b(?:postule[rz]\b|candidature|votre cv\b|cv (?:et|a jour|par)\b|cette (?:offre|annonce) (?:vous|est)\b"
    r"|nos (?:autres )?offres\b|(?:publiee?|diffusee?|importee?|mise a jour|actualisee?) (?:le|par|sur)\b"
    r"|date de (?:publication|parution)\b|partage[rz] cette\b|clique[rz]\b|en savoir plus\b"
    r"|politique (?:de )?diversite\b|ouverte? aux personnes en situation de handicap\b|competences egales\b"
    r"|n'hesite[rz] p(?:as|lus)\b|rejoigne[rz] -?nous\b)"
)
_NEEDLES_AROUND = (
    "postule", "candidature", "cv", "offre", "annonce", "publie", "diffuse", "importe", "mise a jour", "actualise",
    "date de p", "partage", "clique", "savoir plus", "diversite", "ouvert", "egales", "n'hesite", "rejoigne",
)  # fmt: skip
_LONGEST_AROUND = 240

# Phrases brought to one word, or to nothing when they are facts or filling; written as the normalised words are.
_PHRASES = {
    "temps plein": "", "temps complet": "", "temps partiel": "", "mi temps": "", "tps plein": "", "tps partiel": "",
    "contrat duree indeterminee": "", "contrat duree determinee": "", "travaux publics": "", "h f": "", "f h": "",
    "auxiliaire vie sociale": "auxvie", "auxiliaire vie": "auxvie", "assistant vie": "auxvie", "avs": "auxvie",
    "assistante vie": "auxvie", "agent service hospitalier": "ash", "agente service hospitaliere": "ash",
    "agent services hospitaliers": "ash", "infirmier diplome etat": "infirmier", "ide": "infirmier",
    "poids lourd": "pl", "poids lourds": "pl", "super poids lourd": "spl", "vehicule leger": "vl",
    "semi remorque": "spl", "conseiller vente": "vendeur", "conseillere vente": "vendeur", "hote caisse": "caissier",
    "hotesse caisse": "caissier", "employe caisse": "caissier", "employee caisse": "caissier",
    "employe libre service": "els", "employee libre service": "els", "employe commercial": "els",
    "employee commerciale": "els", "commis cuisine": "commis", "chef cuisine": "chefcuisine",
    "agent proprete": "agent entretien", "agente proprete": "agent entretien",
    "agent nettoyage": "agent entretien", "agente nettoyage": "agent entretien", "femme menage": "agent entretien",
    "homme menage": "agent entretien",
    "titres restaurant": "ticket", "tickets restaurant": "ticket", "cheques dejeuner": "ticket",
    "mutuelle entreprise": "mutuelle", "complementaire sante": "mutuelle", "treizieme mois": "13mois",
    "13e mois": "13mois", "13eme mois": "13mois", "comite entreprise": "cse", "permis conduire": "permis",
    "service apres vente": "sav", "ressources humaines": "rh", "mise rayon": "rayon", "mettre rayon": "rayon",
    "ordinateur": "informatique", "outil informatique": "informatique", "outils informatiques": "informatique",
    "bon relationnel": "relationnel", "sens relationnel": "relationnel", "aisance relationnelle": "relationnel",
    "esprit equipe": "equipe", "travail equipe": "equipe", "travailler equipe": "equipe",
}  # fmt: skip
_SYNONYMS = """
    chauffeur conducteur; employeur entreprise; client clientele; vehicule voiture; magasin boutique;
    nettoyer entretenir laver; livrer livraison acheminer; verifier controler; realiser effectuer executer assurer;
    gerer gestion; aider assister accompagner; preparer confectionner; ranger classer; vendre vente;
    accueillir accueil recevoir reception; formation former; conseiller renseigner; diriger encadrer manager;
    informer prevenir signaler; choisir selectionner; respecter appliquer; machine equipement; local locaux;
    marchandise produit article; commande commandes; rapide rapidement; autonome autonomie; rigueur rigoureux;
    dynamique dynamisme; motive motivation; organise organisation; ponctuel ponctualite; souriant sourire;
    hygiene proprete; securite surete; resident pensionnaire; enfant jeunes; repas plat; outil outillage;
    depannage depanner reparer reparation; monter montage assembler assemblage; dossier document;
    telephone telephonique appel; mail courriel email; prime bonus; remuneration salaire; garantir veiller
"""
# Said by every offer: they tell nothing of this one.
_EVERYWHERE = """
    recherche rechercher recherchons recrute recruter recrutons embauche embaucher poste emploi job offre annonce
    profil mission missions principales entreprise societe structure groupe etablissement client candidat candidate
    candidats experience exp experimente debutant accepte acceptee souhaite souhaitee exige exigee requis requise
    cdi cdd interim interimaire contrat duree mois an ans annee annees heure heures h f m hf fh semaine
    hebdomadaire hebdo brut net eur euro euros salaire remuneration horaire horaires mensuel annuel temps plein
    partiel travail travailler type lieu base basee situe situee sein cadre nous nos notre vous votre vos etes est
    sont serez sera avez avoir etre avec sans plus tres bien tout tous toute toutes afin ainsi selon entre chez
    dont aussi comme que qui quoi dans cette cet ces il elle ils elles on y ne pas se si mais donc plusieurs autre
    autres charge besoin immediat immediatement description descriptif intitule avantages conditions competences
    qualites qualite requises demandees environ tp jour jours journee nuit nuits matin soir week end date prise bon
    bonne bonnes notamment possible immediate saisonnier saisonniere alternance apprentissage chercher cherche
    cherchons activite activites tache taches responsabilites prioritaire missions confiees
"""


def _root_of(word: str) -> str:
    """Return what a noun and its verb share: “préparation”, “préparez” and “préparer” give “prepar”."""
    for ending, rest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(rest) >= _SHORTEST_ROOT:
            return word[: len(word) - len(ending)] + rest
    return word


_ENDINGS = (
    ("ication", "i"), ("ations", ""), ("ation", ""), ("ements", ""), ("ement", ""), ("issage", ""), ("ages", ""),
    ("age", ""), ("iez", "i"), ("ier", "i"), ("issez", ""), ("ez", ""), ("er", ""), ("ir", ""), ("ag", ""),
    ("ant", ""), ("e", ""),
)  # fmt: skip


def _rooted(word: str) -> str:
    return _root_of(stem(word))


_SAME = {
    _rooted(word): _rooted(group.split()[0])
    for group in _SYNONYMS.split(";")
    for word in group.split()
}  # fmt: skip
_DROPPED_WORDS = frozenset(_EVERYWHERE.split()) | SMALL_WORDS

_DROPPED_ROOTS = frozenset(_rooted(word) for word in _EVERYWHERE.split() if len(word) > _SHORTEST_ROOT)


def _tree() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Lay the phrases out by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase, instead in _PHRASES.items():
        first, *rest = phrase.split()
        found.setdefault(first, []).append((tuple(rest), tuple(instead.split())))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


_BY_FIRST = _tree()
_LITTLE = SMALL_WORDS - {"par", "sur", "et", "ou", "pour"}


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, normalised, without tags, nor what a feed wrote around the offer."""
    whole = plain(text)
    told = [kept for sentence in _CUT.split(whole) if (kept := sentence.strip(" -.,:"))]
    if not any(needle in whole for needle in _NEEDLES_AROUND) or not _AROUND.search(whole):
        return told
    return [one for one in told if len(one) > _LONGEST_AROUND or not _AROUND.search(one)]


def plain(text: str) -> str:
    """Return a text in lower case and without accents, sentences cut by bars."""
    told = text[:LONGEST_TEXT]
    if "&" in told:
        told = html.unescape(html.unescape(told))
    if "<" in told:
        told = _TAG.sub(" ", _BLOCK_TAG.sub("\n", told))
    told = _LONE_DASH.sub("|", told).replace("\n", "|").replace("\r", "|").lower()
    for sign in {sign for sign in told if sign > "\x7f"} & _PLAIN.keys():  # a few: quicker than each letter looked up
        told = told.replace(sign, _PLAIN[sign])
    told = " ".join(told.split()) if told.isascii() else normalise(told)
    for needles, pattern in _MENTIONS:
        if any(needle in told for needle in needles):
            told = pattern.sub(" ", told)
    return told


def telling(sentence: str) -> list[str]:
    """Return the words of a normalised sentence that tell one job from another, in their order."""
    return [root for word in joined(words_of(sentence)) if (root := canonical(word))]


def joined(words: list[str]) -> list[str]:
    """Bring the phrases that mean one thing to one word; little words between theirs do not count."""
    if _BY_FIRST.keys().isdisjoint(words):
        return words
    found: list[str] = []
    words = [word for word in words if word not in _LITTLE]
    place = 0
    while place < len(words):
        for rest, instead in _BY_FIRST.get(words[place], ()):
            if tuple(words[place + 1 : place + 1 + len(rest)]) == rest:
                found.extend(instead)
                place += len(rest)
                break
        else:
            found.append(words[place])
        place += 1
    return found


def said(sentence: str) -> list[str]:
    """Return the words of a normalised sentence as they are written, without those that every offer says."""
    return [word for word in words_of(sentence) if canonical(word)]


@lru_cache(maxsize=200_000)
def canonical(word: str) -> str:
    """Return the one form of a normalised word, or nothing when every offer says it."""
    if word in _DROPPED_WORDS or len(word) < 2 or word.isdigit():
        return ""
    root = _rooted(word[:LONGEST_WORD])
    return "" if root in _DROPPED_ROOTS else _SAME.get(root, root)
