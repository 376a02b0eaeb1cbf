"""Is a job title open to women and to men? (L. 1142-1)

A title is open when it carries « H/F », gives both forms (« vendeur/vendeuse », « vendeur·se ») or has one form for
both (« comptable »). The list below gives the masculine of the jobs; the feminine is built from its ending.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from entremise.lib.fairwording.reading import Reading
from entremise.lib.fairwording.words import word_set


class TitleFault(StrEnum):
    """The only sex a title speaks to."""

    FEMININE = "feminine"
    MASCULINE = "masculine"


@dataclass(frozen=True, slots=True)
class TitleFinding:
    """A word of the title that speaks to one sex only, with the other form."""

    fault: TitleFault
    token: int
    other: str
    is_named: bool = False  # a sex is named, rather than a job in one form


_MASCULINE: Final = """
    abatteur accessoiriste accompagnateur accordeur acheteur acteur adjoint administrateur afficheur affineur
    affuteur agenceur agent agriculteur agrofournisseur aiguilleur ajusteur ambassadeur ambulancier analyste
    animateur apiculteur apprenti approvisionneur armurier artisan ascensoriste assembleur assistant assureur
    attache auditeur auteur auxiliaire avocat bagagiste banquier barman batelier berger bijoutier blanchisseur
    bottier boucher boulanger boutiquier brancardier brasseur briqueteur brodeur buandier bucheron cableur
    caissier calculateur cameraman cariste carreleur carrossier cartonnier cascadeur chanteur chapelier
    charcutier charge chargeur charpentier charretier chasseur chaudronnier chauffagiste chauffeur chercheur
    chevrier chirurgien chocolatier chroniqueur cireur clerc coach coffreur coiffeur collaborateur collecteur
    coloriste commercant commercial commis compagnon compositeur compteur concepteur concessionneur concierge
    conditionneur conducteur confectionneur confiseur conseiller conservateur constructeur consultant
    contremaitre controleur convoyeur coordinateur coordonnateur cordonnier correcteur correspondant costumier
    coupeur coursier courtier couseur coutelier couturier couvreur createur cremier creperier crepier croupier
    cueilleur cuiseur cuisinier cultivateur cyclopousseur danseur debardeur debroussailleur decolleteur
    decorateur decoupeur degraisseur degustateur delegue demenageur demineur demonstrateur depanneur depute
    dermatologue designeur desosseur dessinateur detective developpeur deviseur diagnostiqueur dieteticien
    directeur dispatcheur distillateur distributeur docker dockeur docteur domoticien doreur douanier dresseur
    ebavureur ebeniste eboueur ecailler echafaudeur eclairagiste ecrivain editeur educateur egorgeur elagueur
    electricien electromecanicien electronicien electrotechnicien eleveur emballeur embouteilleur emboutisseur
    employe encadrant encadreur enduiseur enqueteur enseignant entraineur entrepreneur entretien ergotherapeute
    essayeur estheticien estimateur etancheur etudiant evaluateur examinateur expediteur expert exploitant
    fabricant facadier faconneur facteur factotum fermenteur fermier ferrailleur ferronnier fileteur financier
    fleuriste fondeur forestier foreur forgeron formateur fossoyeur fraiseur frigoriste fromager galvaniseur
    gantier garagiste garcon gardien gendarme geometre gerant gestionneur glacier gouvernant gouverneur
    graisseur graveur grutier guichetier habilleur herboriste historien horloger horticulteur hote hotelier
    huissier illustrateur imprimeur infirmier infographiste informaticien ingenieur inspecteur installateur
    instituteur instructeur integrateur intendant intermittent intervenant inventoriste jardinier joaillier
    laborantin laitier lamaneur lamineur laqueur laveur lecteur lithographe livreur logisticien lunetier
    machiniste macon magasinier magicien maitre manageur mandateur manoeuvrier maquettiste maquilleur maraicher
    marbrier marchand marechal mareyeur margeur marin marinier maroquinier masseur matelassier mathematicien
    mecanicien mecano mecatronicien mediateur menager menuisier messager metallier metallurgiste meteorologue
    metreur metteur meunier militaire mineur miroitier mitron modeleur moissonneur moniteur monteur motoriste
    mouleur musicien nageur navigateur negociant negociateur nettoyeur nez observateur oenologue officier ogiste
    operateur opticien orchestrateur orienteur orthopedagogue ostreiculteur outilleur ouvreur ouvrier oxycoupeur
    palefrenier palettiseur paqueteur pareur parfumeur passementier patissier patron paveur paysagiste paysan
    pecheur peintre peleur percepteur perceur perchiste perruquier pharmacien photograveur physicien piqueur
    pisciculteur pisteur pizzaiolo placeur plaquiste plasticien platrier plombier plongeur plumeur pneumaticien
    poissonnier policier polisseur politicien pompier ponceur pontier porteur portier poseur postier potier
    praticien precepteur prefet preleveur preparateur presentateur president presseur prestataire preventeur
    primeur producteur professeur programmateur programmeur projeteur promoteur prospecteur prothesiste
    psychologue psychomotricien puericulteur qualiticien rameur ramoneur ravaleur realisateur rebobineur
    receptionnaire recruteur rectifieur redacteur referent regisseur regleur releveur relieur remouleur
    remplacant renfort reparateur repareur repasseur repetiteur reporteur representant restaurateur retoucheur
    reviseur riveteur robinetier rondier routeur sableur saisonnier salaisonnier salarie sapeur scieur sculpteur
    second secouriste serrurier serveur soignant soigneur soldat solier sommelier sondeur soudeur souffleur
    soutier statisticien steward stockeur stratifieur styliste superviseur surveillant sylviculteur tailleur
    tanneur tapissier technicien teinturier teleconseiller telegestionnaire teleoperateur teleprospecteur
    televendeur testeur tireur tisserand tolier tonnelier topographe torrefacteur tourneur tractoriste
    traducteur traiteur trameur trancheur transporteur trappeur travailleur tresorier tricoteur trieur
    tronconneur tuteur tuyauteur urbaniste usineur vacataire vacher valoriste vannier veilleur vendangeur
    vendeur verificateur vernisseur verrier veterinaire vidangeur vigneron visiteur viticulteur vitrier voilier
    voiturier volailler volontaire voyagiste vulcanisateur webmestre zingueur
"""
# The same word for both (or felt so): never a fault by itself.
_EPICENE: Final = word_set(
    """accessoiriste analyste auxiliaire bagagiste cariste chauffagiste clerc coach coloriste concierge
    dermatologue detective ebeniste eclairagiste ergotherapeute fleuriste frigoriste garagiste geometre
    infographiste inventoriste machiniste maquettiste meteorologue metallurgiste militaire nez oenologue
    ogiste paysagiste peintre perchiste plaquiste prestataire prothesiste psychologue receptionnaire
    renfort secouriste styliste telegestionnaire topographe tractoriste urbaniste vacataire valoriste
    veterinaire volontaire voyagiste webmestre commis ascensoriste herboriste lithographe entretien
    docker motoriste gendarme factotum mitron mecano voilier lecteur primeur traiteur mineur glacier
    portier tuteur soldat voiturier compteur financier routeur pareur hotelier calculateur distributeur
    ravaleur tireur second etudiant professeur marechal contremaitre artisan"""
) - {"professeur", "artisan", "contremaitre", "lecteur", "voiturier", "portier", "tuteur", "etudiant"}
# Feminine forms an ending does not give.
_SPECIAL: Final = {
    "barman": ("barmaid", "barwoman"),
    "steward": ("hotesse",),
    "cameraman": ("camerawoman",),
    "hote": ("hotesse",),
    "maitre": ("maitresse",),
    "contremaitre": ("contremaitresse",),
    "docteur": ("docteure", "doctoresse"),
    "prefet": ("prefete",),
    "ambassadeur": ("ambassadrice",),
    "gouvernant": ("gouvernante",),
    "chef": ("cheffe",),
    "professeur": ("professeure",),
    "ingenieur": ("ingenieure",),
    "auteur": ("auteure", "autrice"),
    "superviseur": ("superviseure", "superviseuse"),
    "entrepreneur": ("entrepreneure", "entrepreneuse"),
    "masseur": ("masseuse",),
    "artisan": ("artisane",),
    "marin": ("marine",),
    "compagnon": ("compagne",),
}
_FEMININE_ONLY: Final = {
    "lingere": "linger",
    "nourrice": "assistant maternel",
    "nounou": "garde d enfants",
    "soubrette": "employé de maison",
    "puericultrice": "puericulteur",
    "dactylo": "",
    "vendeuse": "vendeur",
}
_ADJECTIVES: Final = {"soignant": "soignante"}
_FEMININE_ADJECTIVES: Final = {
    "soignante": "soignant",
    "menagere": "ménager",
    "medicale": "médical",
    "commerciale": "commercial",
    "administrative": "administratif",
    "polyvalente": "polyvalent",
    "confirmee": "confirmé",
    "experimentee": "expérimenté",
    "diplomee": "diplômé",
    "qualifiee": "qualifié",
    "adjointe": "adjoint",
    "debutante": "débutant",
}
_TRAILING: Final = word_set("""experimentee confirmee diplomee qualifiee motivee debutante serieuse""")
_EPICENE_HEADS: Final = word_set(
    """secretaire comptable responsable cadre receptionniste standardiste aide auxiliaire gestionnaire
    bibliothecaire libraire fleuriste juriste styliste chef cheffe charge manutentionnaire prothesiste"""
)
_SKIPPED: Final = word_set(
    """recherche recherchons cherche cherchons recrute recrutons urgent offre d de emploi poste un une cdi cdd
    interim h f le la les nous notre nos job etudiant stage stagiaire alternance apprentissage jeune
    jeunes sous en pour l contrat mission offres futur future # saison saisonnier ete hiver bon bonne
    second seconde premier premiere super lead recrutement"""
)
_OPEN: Final = re.compile(
    r"(?<![a-z])(?:h\s*[/\-.|&x+,]?\s*f|f\s*[/\-.|&x+,]?\s*h|m\s*[/|]\s*f|f\s*[/|]\s*m|h\s*et\s*f|f\s*et\s*h|h\s*ou\s*f"
    r"|hommes?\s*(?:/|-|ou|et)\s*femmes?|femmes?\s*(?:/|-|ou|et)\s*hommes?|tous\s+genres|tous\s+les\s+genres|f\s*/\s*h\s*/\s*x"
    r"|m\s*/\s*w\s*/\s*d|w\s*/\s*m\s*/\s*d)(?![a-z])"
)
_BRACKETED: Final = re.compile(r"\s\(([fh])\)(?=\s|$)")  # « secrétaire (F) »
_BOTH_ENDINGS: Final = re.compile(
    r"(?<![a-z])[a-z]{3,30}\s?[(/.·•∙\-]\s?-?(?:e|es|se|ses|euse|euses|trice|trices|rice|ice|iere|ieres|ere|eres|ne|nes|enne|iennes|ienne|le|te|tes"
    r"|ive|esse|sse|fe|ve|ee|onne|eure|re|ure|eur|er|ier|ien|teur)\)?s?(?![a-z])"
    # « assembleur(bleuse) », « assistant/(e) », « technicien (cienne) »
    r"|(?<=[a-z])\s?/?\((?:e|[a-z]{1,5}(?:euse|trice|enne|iere|ere|esse))s?\)"
)


def _feminines(masculine: str) -> tuple[str, ...]:
    """Return the feminine forms of a masculine job name, by its ending."""
    if masculine in _SPECIAL:
        return _SPECIAL[masculine]
    if masculine.endswith("teur"):
        return (masculine[:-4] + "trice", masculine[:-4] + "teuse", masculine + "e")
    if masculine.endswith("eur"):
        return (masculine[:-3] + "euse", masculine + "e", masculine[:-3] + "eresse")
    if masculine.endswith("er"):
        return (masculine[:-2] + "ere",)
    if masculine.endswith(("ien", "on")):
        return (masculine + "ne",)
    return (masculine + "e",)


_MASCULINES: Final = frozenset(word for word in _MASCULINE.split() if word.isascii()) - _EPICENE
_MASCULINE_OF: Final = {
    feminine: word for word in sorted(_MASCULINES) for feminine in _feminines(word)
} | _FEMININE_ONLY
_COMPOUND_FEMININE: Final = frozenset({"femme", "dame", "demoiselle", "fille"})
_COMPOUND_MASCULINE: Final = frozenset({"homme", "garcon", "valet"})
# Two forms of one job that do not look alike.
_PAIRED: Final = (
    ("garcon", "serveuse"),
    ("monsieur", "dame"),
    ("monsieur", "madame"),
    ("hote", "hotesse"),
)


def is_open(reading: Reading) -> bool:
    """Say whether the title carries a mark that opens it to both sexes."""
    return bool(_OPEN.search(reading.folded) or _BOTH_ENDINGS.search(reading.folded))


def feminine_job(word: str) -> str | None:
    """Return the masculine of a feminine job name, None when the word is not one."""
    single = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    known = _MASCULINE_OF.get(single)
    return known if known is not None else _by_ending(single)


_ENDINGS: Final = (("trice", "teur"), ("euse", "eur"), ("iere", "ier"), ("ienne", "ien"))
# Words with these endings that name no person.
_THINGS: Final = word_set(
    """matiere filiere carriere lumiere biere pepiniere riviere barriere cafetiere premiere derniere entiere croisiere
    banniere frontiere maniere priere poussiere chaudiere cimetiere theiere arriere litiere
    particuliere reguliere financiere saisonniere hospitaliere immobiliere routiere familiere singuliere journaliere
    fonciere aquifere grossiere miniere laitiere cotiere hoteliere fruitiere legumiere cerealiere ouvriere sabliere
    fourmiliere charniere paupiere gouttiere jardiniere mobiliere forestiere policiere sorciere
    moissonneuse pelleteuse tondeuse perceuse debroussailleuse berceuse serieuse motrice matrice cicatrice ponceuse
    tractopelle betonneuse niveleuse visseuse agrafeuse meuleuse balayeuse imprimeuse trieuse laveuse
    ancienne quotidienne europeenne canadienne italienne parisienne persienne mitoyenne moyenne aerienne mienne
    tienne sienne moderatrice creuse heureuse precieuse rigoureuse soigneuse ambitieuse curieuse sportive joyeuse
    chaleureuse rieuse dangereuse nombreuse delicieuse genereuse respectueuse affectueuse epicerie cotisiere
    equilibreuse tresseuse composeuse
    tronconneuse essoreuse secheuse trancheuse friteuse autolaveuse monobrosse fraiseuse repasseuse porteuse
    derniere aventuriere pionniere innovatrice creatrice novatrice formatrice consommatrice utilisatrice
    serieuses amoureuse religieuse juteuse laborieuse minutieuse talentueuse vigoureuse"""
)


def _by_ending(word: str) -> str | None:
    """Return the masculine of a job name the list does not hold, by its ending."""
    if word in _THINGS or len(word) < 7:
        return None
    for feminine, masculine in _ENDINGS:
        if word.endswith(feminine):
            return word.removesuffix(feminine) + masculine
    return None


_ALSO_ADJECTIVES: Final = word_set(
    """commerciale financiere saisonniere forestiere hoteliere laitiere horlogere fromagere maraichere boulangere
    ouvriere policiere soignante infirmiere experte enseignante exploitante remplacante routiere patissiere chargee
    technicienne commercante presidente adjointe charpentiere etudiante volontaire jardiniere cuisiniere directrice
    referente intervenante administratrice correspondante representante salariee employee attachee deleguee fermiere
    artisane marchande financieres commerciales saisonnieres medicale paysanne financiere marine maconne"""
)
_GOVERNED: Final = word_set(
    """de d du des la le les l une un a au aux pour avec chez aupres sous sur en ou et notre nos son sa vers par"""
)


def _apposed(words: tuple[str, ...], head: int, pauses: frozenset[int]) -> int | None:
    """Return the place of a feminine job name beside the first one: « standardiste - hôtesse »."""
    is_governed = False
    for at in range(head + 1, min(len(words), head + 7)):
        is_governed = words[at] in _GOVERNED or (is_governed and at not in pauses)
        if not is_governed and words[at] not in _ALSO_ADJECTIVES and words[at] in _MASCULINE_OF:
            return at
    return None


def is_masculine_job(word: str) -> bool:
    """Say whether a word is the masculine name of a job."""
    single = word[:-1] if word.endswith("s") and word not in _MASCULINES else word
    return single in _MASCULINES


def fault_of(reading: Reading) -> TitleFinding | None:
    """Return the word of a title that speaks to one sex only, None when the title is open."""
    if is_open(reading):
        return None
    words = reading.words
    if _COMPOUND_FEMININE & set(words) and _COMPOUND_MASCULINE & set(words):
        return None
    if any(one in words and other in words for one, other in _PAIRED):
        return None
    if _has_both_forms(words):
        return None
    feminine = next((at for at, word in enumerate(words) if feminine_job(word) is not None), None)
    masculine = next((at for at, word in enumerate(words) if is_masculine_job(word)), None)
    if feminine is not None and masculine is not None and _is_pair(words, feminine, masculine):
        return None
    head = _head(words)
    if head is None:
        return None
    only = _BRACKETED.findall(reading.folded)
    if len(set(only)) == 1 and only[0] in words:
        fault = TitleFault.FEMININE if only[0] == "f" else TitleFault.MASCULINE
        return TitleFinding(fault, words.index(only[0]), "", is_named=True)
    return _named_sex(words, head) or _fault_at(words, head, reading.pauses)


def _has_both_forms(words: tuple[str, ...]) -> bool:
    """Say whether two close words are the forms of one name: « lingère, linger »."""
    return any(
        len(word) > 4
        and word != other
        and word[:4] == other[:4]
        and (word[-1] != other[-1] or other == word + "e")
        and abs(len(word) - len(other)) <= 3
        for at, word in enumerate(words)
        for other in words[at + 1 : at + 4]
        if len(other) > 4
    )


def _is_pair(words: tuple[str, ...], feminine: int, masculine: int) -> bool:
    """Say whether two words are the two forms of one job, or stand side by side as alternatives."""
    return any(
        feminine_job(one) is not None and other in {feminine_job(one), (feminine_job(one) or "") + "s"}
        for one in words
        for other in words
    ) or (
        abs(feminine - masculine) <= 2
        and {"/", "ou"} & set(words[min(feminine, masculine) : max(feminine, masculine)]) != set()
    )


def _head(words: tuple[str, ...]) -> int | None:
    """Return the place of the first word that can be the name of the job."""
    for at, word in enumerate(words[:12]):
        if word not in _SKIPPED and word != "/":
            return at
    return None


def _fault_at(words: tuple[str, ...], head: int, pauses: frozenset[int]) -> TitleFinding | None:
    word = words[head]
    if word == "sage":
        return None
    if word in _COMPOUND_FEMININE:
        return TitleFinding(TitleFault.FEMININE, head, "")
    if word in _COMPOUND_MASCULINE and words[head + 1 : head + 4] != ("de", "l", "art"):
        return TitleFinding(TitleFault.MASCULINE, head, "")
    other = feminine_job(word)
    if other is not None:
        return TitleFinding(TitleFault.FEMININE, head, other)
    beside = _apposed(words, head, pauses) if not is_masculine_job(word) else None
    if beside is not None:
        return TitleFinding(TitleFault.FEMININE, beside, feminine_job(words[beside]) or "")
    if is_masculine_job(word):
        single = word if word in _MASCULINES else word[:-1]
        return TitleFinding(TitleFault.MASCULINE, head, _feminines(single)[0])
    return _adjective_fault(words, head)


_GOODS: Final = word_set(
    """mode rayon pret porter vetement vetements chaussures coupe collection coiffure parfum soin foot football
    rugby handball"""
)
_JOBS_AFTER: Final = {("de",), ("d",), ("toutes",), ("toute",)}
_ONLY: Final = frozenset({"uniquement", "seulement", "exclusivement"})
_COOKS: Final = frozenset({"chef", "aide", "apprenti", "second", "chefs", "aides"})


def _named_sex(words: tuple[str, ...], head: int) -> TitleFinding | None:
    """Look for a sex named in the title: « secrétaire (femme) »."""
    for at, word in enumerate(words):
        if words[max(0, at - 1)] == "sage":
            continue
        single = word.removesuffix("s")
        if word in {"h", "f"} and words[at + 1 : at + 2] and words[at + 1] in _ONLY:
            return TitleFinding(TitleFault.FEMININE if word == "f" else TitleFault.MASCULINE, at, "", is_named=True)
        if single in _COMPOUND_FEMININE | _COMPOUND_MASCULINE and not (
            _GOODS & set(words[max(0, at - 3) : at]) or words[at + 1 : at + 2] in _JOBS_AFTER
        ):
            fault = TitleFault.FEMININE if single in _COMPOUND_FEMININE else TitleFault.MASCULINE
            return TitleFinding(fault, at, "", is_named=True)
    return None


def _adjective_fault(words: tuple[str, ...], head: int) -> TitleFinding | None:
    """Look at the word after a head that does not change: « aide-soignante », « secrétaire médicale »."""
    after = words[head + 1] if head + 1 < len(words) else ""
    known = words[head] in _EPICENE_HEADS
    if words[head] in _COOKS and is_masculine_job(after):
        return TitleFinding(TitleFault.MASCULINE, head + 1, _feminines(after.removesuffix("s"))[0])
    if words[head] in _COOKS and feminine_job(after) is not None:
        return TitleFinding(TitleFault.FEMININE, head + 1, feminine_job(after) or "")
    if known and after in _FEMININE_ADJECTIVES and words[head] not in {"aide"} | {"charge"}:
        return TitleFinding(TitleFault.FEMININE, head + 1, _FEMININE_ADJECTIVES[after])
    if words[head] == "aide" and after in {"soignante", "menagere"}:
        return TitleFinding(TitleFault.FEMININE, head + 1, _FEMININE_ADJECTIVES[after])
    if known and _TRAILING & set(words[head:]):
        return TitleFinding(
            TitleFault.FEMININE, next(at for at in range(head, len(words)) if words[at] in _TRAILING), ""
        )
    if known and after in _ADJECTIVES:
        return TitleFinding(TitleFault.MASCULINE, head + 1, _ADJECTIVES[after])
    return None
