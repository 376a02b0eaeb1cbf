"""Say whether a sentence only describes the work: « Supervise les opérations… », « Vous réparez des enceintes… ».

What is worked on (materials, tools, animals, the public served) is then no criterion, unless the same sentence
also chooses between people: « Tient la caisse, tatoués s'abstenir ».
"""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.reading import Reading
from entremise.lib.fairwording.words import word_set

# Criteria whose words have another meaning in a task; sex, age and family situation are left to their own tables.
HAS_ANOTHER_MEANING: Final = frozenset(
    {
        Code.HEALTH,
        Code.WHISTLEBLOWER,
        Code.ECONOMIC_VULNERABILITY,
        Code.APPEARANCE,
        Code.RELIGION,
        Code.ORIGIN,
        Code.ETHNICITY,
        Code.POLITICS,
        Code.AUTONOMY_LOSS,
        Code.DISABILITY,
        Code.MORALS,
        Code.PREGNANCY,
        Code.GENETICS,
        Code.RESIDENCE,
        Code.PRIVATE_LIFE,
    }
)
# Verbs of the first group a task begins with; those an employer chooses people with are not here.
_STEMS: Final = word_set(
    """accompagn accroch achemin accueill actualis adapt administr affich affin aiguis align aliment amelior amen
    amenag analys anim anticip appliqu apport apprehend archiv arrang articul assembl assist assur audit autoris
    balis bross calcul capt cartographi centralis chiffr circul class coll collabor collect command communiqu
    compar compil compos concentr condition configur confectionn confi connect conseill conserv consign consolid
    consult contact contrast contribu control coordonn copi corrig cre crois cultiv debarrass debit decap decel
    declin decor decoup deleg demarch demont depann depist deplac deploi depos dessin detect determin develop
    developp diagnosti diagnostiqu diffus dimensionn dirig dispens distribu donn dos dress echantillonn echang
    eclair ecout edit eduqu effectu elabor elev emball emett enclench encadr encaiss encourag enregistr enseign
    entour entrain equilibr estim etudi evalu execut experiment expertis expliqu exploit explor extrud fabriqu
    facilit facon faconn factur fix fusionn formalis formul ger habill harmonis heberg identifi illustr imagin
    impuls incit inform initi insemin inspect install instrument interrog inventori lav livr lubrifi maitris
    manag manipul mobilis model modelis moderni modul mont moul navigu negoci nettoi neutralis nour observ
    optimis orchestr ordonn organis orient outill particip peign perc perfectionn planifi pos positionn prelev
    prepar proced programm propos prospect prodigu proteg publi questionn quantifi raccord ramass rapport
    rassembl realis recens recolt reconditionn rectifi redig redress referenc regl regroup regul relev remont
    remplac rencontr renforc renouvel renseign renov repar reper repertori report represent respect restaur
    restitu retouch reuniss revis sabl saisi scann sculpt secur securis sensibilis signal soign soud soulag
    stabilis stock structur supervis supprim surveill synthetis termin test tourn traduis trait transform
    transport travaill tri tricot usin utilis valoris vaccin verifi vernis vid visualis coconstrui coanim
    cogerer"""
)
# « supervise », « garantit »: what somebody does…
_DOES: Final = frozenset(stem + ending for stem in _STEMS for ending in ("e", "ent")) | word_set(
    """conduit concoit definit etablit fournit remplit met suit tient entretient intervient transmet produit reproduit
    maintient vend accueille construit coconstruit resout instruit defend detruit mene peint recoit rend
    repond restreint reunit sert soutient traduit extrait garantit nourrit veille choisit enquete guerit soude
    obtient decrit approfondit investit convertit approvisionne nettoie deploie prevoit depouille"""
)
# … and « superviser », « supervisez »: what is to be done.
_TO_DO: Final = frozenset(stem + ending for stem in _STEMS for ending in ("er", "ez")) | word_set(
    """conduire conduisez concevoir concevez definir definissez etablir etablissez fournir remplir mettre mettez suivre
    tenir tenez entretenir intervenir intervenez transmettre produire maintenir vendre vendez construire
    resoudre guider aider piloter former garder instruire defendre detruire mener peindre recevoir rendre
    repondre reunir servir soutenir traduire extraire garantir nourrir veiller veillez choisir enqueter lire
    ecrire decrire nettoyer deployer prevoir recueillir valider
    validez cerner comprendre connaitre prendre predire prevenir promouvoir presenter rechercher mesurer
    manoeuvrer integrer documenter apprecier acquerir acheter animer couper signer poursuivre preter servez
    exercer executer livrer interpreter secourir rediger tailler visiter parler deduire ouvrir temoigner"""
)
# « Réalisation de… », « Suivi des… »: a task said with a noun.
_NOUNS: Final = word_set(
    """realisation gestion suivi controle preparation participation organisation animation installation maintenance
    surveillance fabrication elaboration conception coordination supervision verification traitement reception
    conduite pilotage evaluation application utilisation redaction production diagnostic mise reparation pose
    montage assemblage nettoyage tri"""
)
_SUBJECTS: Final = word_set("""le la les l un une il elle ils elles ce cette il/elle son sa ses notre nos""")
_HELPED: Final = word_set("""peut peuvent pouvez vous doit""")
_BETWEEN: Final = word_set(
    """egalement aussi etre appele appelee conduit charge chargee de d l a notamment parfois
    y en serez amenes s se"""
)
_SUBJECT_REACH: Final = 9
# « organisé », « cultivé »: without accents, a trait of somebody is written like a task, which has an object.
_TRAITS: Final = word_set(
    """organise experimente soigne cultive eduque equilibre adapte implique mobilise prepare assure amene classe
    qualifie encadre stabilise accompagne habille reserve"""
)
_OBJECTS: Final = word_set("""le la les l un une des du ses son sa leur leurs aux au ou""")
# Words by which a sentence chooses between people, or speaks to the one who applies.
_CHOOSING: Final = word_set(
    """etes soyez serez ayez avez profil pas jamais ni aucun aucune sans sauf hormis seul seule seuls seules seulement
    uniquement exclusivement exclu exclus exclue exclues exclut exclure inutile plutot priorite tatoues recrue
    salarie embauche cv chemin passez requis requise requises merci nous trop imperatif imperative
    imperativement elimine elimines elimineront eliminatoire eliminons demande demandee evitez ecarte ecartes ecartee
    ecartees ecartons
    evitons"""
)
_CHOOSING_BEGINNINGS: Final = (
    "candidat", "exig", "souhait", "obligatoi", "prefer", "ideal", "privilegi", "reserv", "absten",
    "refus", "postul", "indispens", "recrut", "embauch", "redhib", "rejet", "appreci", "bienvenu",
    "interdi",
)  # fmt: skip


# « range les rayons »: a verb is known by what follows it…
_DETERMINERS: Final = word_set("""le la les l un une des du ses son leur leurs""")
_ADDED: Final = 3
_LINKS: Final = _DETERMINERS | word_set("""et ou de d en dans par pour avec aux au a etc""")
_VERB_ENDINGS: Final = ("e", "it", "nd", "rt", "et", "er", "ir", "re")
# … unless it is one an employer chooses people with, or no verb.
_NO_TASK: Final = word_set(
    """recherche cherche recrute souhaite prefere privilegie favorise refuse accepte embauche engage exige demande
    evite
    rejette ecarte exclut veut prend selectionne priorise attend est soit sert ouvert interdit inapte malade apte
    toute tout contre entre outre comme autre chaque meme et parce notre votre quatre avoir etre recruter rechercher
    refuser exclure ecarter exiger demander eviter accepter privilegier preferer personne femme homme jeune libre
    pour sur hier sauf hors titulaire habite reside vit vive loge dort possede pratique milite fume"""
)


def is_task(reading: Reading, at: int) -> bool:
    """Say whether the sentence of a token describes the work and chooses between nobody."""
    first, last = reading.bounds(at)
    words = reading.words[first:last]
    return (
        _begins_as_task(words)
        and not any(word in _CHOOSING or word.startswith(_CHOOSING_BEGINNINGS) for word in words)
        and not is_added(reading, at)
    )


def is_added(reading: Reading, at: int) -> bool:
    """Say whether a token is in a few words added after a pause: « tient le vestiaire, jolie silhouette »."""
    last = reading.bounds(at)[1]
    start = next((place for place in range(at, max(at - _ADDED, 0), -1) if place in reading.pauses), None)
    if start is None or last - start > _ADDED or reading.words[start] in _LINKS:
        return False
    return not any(place in reading.pauses for place in range(start + 1, last))


def _begins_as_task(words: tuple[str, ...]) -> bool:
    begun = words[0]
    if begun in _HELPED:
        return next((word for word in words[1:6] if word not in _BETWEEN), "") in _TO_DO
    if begun in _TO_DO or begun in _NOUNS:
        return True
    if begun in _SUBJECTS:
        return "personne" not in words[:4] and any(_is_done(words, at) for at in range(1, _SUBJECT_REACH))
    return _is_done(words, 0) or _governs(words)


def _governs(words: tuple[str, ...]) -> bool:
    """Say whether a sentence begins with any verb and its object."""
    return (
        words[0].endswith(_VERB_ENDINGS) and words[0] not in _NO_TASK and words[1:2] != () and words[1] in _DETERMINERS
    )


def _is_done(words: tuple[str, ...], at: int) -> bool:
    """Say whether the word at a place is a verb, « organise les tournées », and no trait, « organisé et calme »."""
    word, after = (*words[at : at + 2], "", "")[:2]
    return word in _DOES and (word not in _TRAITS or after in _OBJECTS)
