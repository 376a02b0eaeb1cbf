"""What a table says: a family of wordings that break the same rule, and the frames all families share."""

from dataclasses import dataclass
from typing import Final

from entremise.lib.fairwording.codes import Code, Severity


@dataclass(frozen=True, slots=True, eq=False)  # a table is itself: comparing long texts would be slow
class Family:
    """One criterion or one rule, as data. Every table is in the language of `patterns`."""

    code: Code
    article: str  # « L. 1132-1 »
    explanation: str
    suggestion: str
    severity: Severity = Severity.BLOCKING
    patterns: str = ""  # complete wordings: each is a finding by itself
    groups: str = ""  # people or traits: a finding when excluded, or when asked for
    refused: str = ""  # … only when excluded (« pas de X », « X s'abstenir »)
    wanted: str = ""  # … only when asked for (« recherchons X », « X exigé »)
    sensitive: str = ""  # … when the sentence asks, refuses or chooses, in whatever order it says so
    strong: str = ""  # … whenever the sentence does not speak of the people served
    asked: str = ""  # … when the candidate is asked about it (« êtes-vous X ? »), whatever `allows` says
    lacking: str = ""  # … only when it must be absent (« sans X », « aucun X », « ni X »)
    allows: str = ""  # lawful wordings: a finding that touches one is dropped
    unless_sentence: str = ""  # words that make the whole sentence lawful
    unless_text: str = ""  # words that make the whole offer lawful (a regulated job, a role to play)
    not_after: str = ""  # words right before that show the text is not about the candidate
    is_cleared: bool = True  # by a sentence that opens to all (« sans distinction de… »)


# « pas de X », « X s'abstenir »…: somebody is kept out.
EXCLUDED: Final = """
    {G} ...3 s abstenir|abstiendr*|abstien*
    {G} ...3 vous|de abstenir
    {G} ..1 =non merci
    ^ plus de|d {G}
    inutile ...4 {G}
    aucune candidature ...2 {G}
    assez|trop|marre ..1 de|des|d {G}
    {G} ...8 s abstenir $
    {G} mal ..1 vu|vus|vue|vues|venu|accepte*
    {G} ..3 abstenez vous
    {G} ..2 @out
    {G} ..1 non ..1 @taken
    {G} ..1 ne ..4 pas|plus|point|jamais
    {G} ..1 n est|sont pas
    {G} ..2 pas @taken
    {G} ..2 inutile
    {G} ...2 passe* ..1 chemin|tour
    {G} ...3 on passe|evite|refuse
    {G} ...6 ne ..1 pas candidater|postuler|presenter|contacter|ecrire|insister
    {G} ...3 pas la peine
    {G} ..2 ne postule* pas
    {G} ...6 pas pour vous|eux|elles|toi
    {G} ..3 =non $
    {G} ..3 malvenu*
    {G} ...6 ne|n ...2 perdez|perdre pas
    {G} ...6 ne|n ...3 pas retenu*|contact*|etudi*|convoqu*|recu*|pris*|examin*|lu*|trait*|embauch*|concern*|rappel*
    pas|jamais|point ..2 {G}
    pas|jamais|aucun ..1 candidat* ..2 {G}
    aucun ..2 {G}
    ni ..1 {G}
    hors|sauf|excepte|hormis ..2 {G}
    ne|n ..2 pas|plus|jamais|aucun|ni ...4 {G}
    pas ...3 pour ..2 {G}
    pas ...3 aux ..2 {G}
    pas adapte|accessible|ouvert|destine|convenable|fait|possible|compatible|conciliable ...3 {G}
    pas ..1 place ..1 pour|aux ..2 {G}
    {G} ...6 pas ..1 place|bienvenu*|chez nous|ici
    {G} ...4 corbeille|poubelle
    {G} ...4 ne|n ..1 nous interess* pas
    trop|assez|marre ..1 de ..1 {G}
    evit*|fuy* ..1 {G}
    bref|surtout pas|plus ..3 {G}
    inadapte|impossible|deconseille|inaccessible|ferme|interdit|incompatible ...2 {G}
    non ?adapte|accessible|ouvert|destine|compatible ?aux|a|pour|avec ..1 {G}
    eviter ..2 {G}
    evitons ..2 {G}
    exclut|excluons|exclure|refuse|refusons|ecartons|ecarte|eliminons ..2 {G}
    exclu|exclus|exclue|exclues ..2 {G}
"""
# « recherchons X », « X exigé », « réservé aux X »…: only these people, or rather them.
WANTED: Final = """
    ne|n ..3 que|qu ..3 {G}
    @want ..4 {G}
    {G} ..2 @req
    {G} ..2 est|serait|sera|seraient|etant|reste ..1 =un|=le|=une ..1 plus|atout|mieux|qualite
    {G} ...4 @only
    ouvert ..1 seulement|uniquement aux ..1 {G}
    {G} =svp
    mieux|preferons|prefererions|aimerions|pensons|voudrions|apprecions|apprecierions ..4 {G}
    {G} ..1 de preference
    {G} en priorite
    {G} ?e d abord
    {G} ...2 sinon rien|non|inutile|abstenir
    {G} ..1 avant tout
    @only ..3 {G}
    reserve ..2 {G}
    reserve ..1 pour ..2 {G}
    de|par preference ..3 {G}
    preference ..1 pour|aux|a|donnee ..2 {G}
    preferablement|idealement|obligatoirement|imperativement ..3 {G}
    priorite|avantage|faveur|prime|place|honneur ..1 a|aux|pour ..2 {G}
    profil ..3 {G}
    candidat* ..3 {G}
    @want|veut|veulent|voudrait|voudrions|aimerait|souhaite|souhaitent|demandent|demande ..5 {G}
    il ..1 nous|me|leur|lui ..1 faut|faudrait ..3 {G}
    faudrait|faut ..3 {G}
    donc ..2 {G}
    {G} ..2 sera|serait|seront|seraient|est|sont privilegi*|prefer*|favoris*|priorit*|retenu*|choisi*
    reserv* ..3 {G}
    s adresse|adressee|adresse ..2 {G}
    plutot|surtout ..2 {G}
    seul|seules|seuls|seule ..3 {G}
    =personne ..1 {G}
    vous etes|serez|soyez ..2 {G}
    etre ..2 {G}
    faut ..3 {G}
    besoin ..3 {G}
    @job ..2 pour ..2 {G}
    ideal|parfait|convient|conviendrait|conviendra|adapte|destine ..1 pour|a|aux ..2 {G}
    ideal|parfait|convient|conviendrait|conviendra|adapte|destine ..2 {G}
    place ..1 a ..1 {G}
    avoir|ayant|ayez|avez ..2 {G}
    ^ {G} $
    ^ un|une|jolie {G} $
    {G} ..1 bienvenu* uniquement
"""
# « sans X »…: a trait the person must not have.
LACKED: Final = """
    sans ..2 {G}
    pas ..2 {G}
    aucun ..2 {G}
    ni ..2 {G}
    ne|n ..3 pas|jamais|plus|aucun|ni ...3 {G}
    non {G}
    libre|degage|exempt|indemne|depourvu ..2 {G}
    {G} ..2 @out
    {G} ..1 non ..1 @taken
    {G} ..2 s abstenir
    {G} ..1 ne ..4 pas|plus|jamais
    absence ..2 {G}
    zero {G}
"""
# A word that has no business in an offer but to speak of the people served.
NAMED: Final = """
    {G}
"""
# « avez-vous X ? », « quel est votre X ? », « dites-nous si vous êtes X »: a question to the candidate.
ASKED: Final = """
    @ask vous ..4 {G}
    quel|quelle|quels|quelles ...2 votre|vos ..2 {G}
    quel|quelle|quels|quelles|combien {G}
    combien ..2 {G}
    @tell ..4 votre|vos|=vous ..4 {G}
    @tell ..1 {G} $
    @tell ..3 combien ..2 {G}
    {G} ?a preciser|indiquer|mentionner|renseigner|communiquer|declarer
    ^ votre|vos {G} $
"""
# A sensitive word in a sentence that chooses between people.
CHOSEN: Final = """
    {G} ...10 @cue
    @cue ...10 {G}
"""
# … unless the sentence speaks of the people who are served, taught or cared for.
SERVED: Final = """
    accompagn*|aupres|patient*|=residents|usager*|beneficiaire*|eleve*|lutte|lutter|egalite|violence|rayon|collection
    animation|animer|animez|encadre*|encadrer|educat*|hebergement|heberger|hebergez|insertion|association|clientele|
        clients|atelier|ateliers
    ecout*; soigne*|soins|
        prise en charge; remplace*; vente de; mode; boutique; conseil*; accueillir; accueillez; accueil de|
                des|du
"""
# … and yet nobody is served in a sentence that sends candidates away.
SENT_AWAY: Final = """
    clients|clientele ...3 n|ne ...2 aim*|veu*|souhait*|support*|appreci* pas|plus
    abstenir; postul*; candidater; tour; chemin; on passe; ecart*; exclu*; refus*; evit*; =seul|=seuls|=seule|
                =seules; uniquement; exclusivement
    ne ...3 pas retenu*|embauche*|recu|recus|recues|prise|pris|prises|accepte*|etudie*|recrute*|considere*
    non retenu*|accepte*|admis|etudie*|traite*|examine*|recu*|lu*|retenu*|prises|souhaite*|desire*
    =ni; redhibitoire|eliminatoire; rejet*; elimin*; proscri*; interdi*; bann*; ignor*
    candidat*|candidature*|dossier* ...6 ne|non ...6
"""
# Sentences that open the post to everybody.
OPEN_TO_ALL: Final = """
    quel|quelle|quels|quelles que soi*
    quelque soi*
    sans restriction d|de|aucune
    peu importe*
    peu nous importe*
    sans|aucune ..1 distinction
    sans|aucun|aucune ..1 discrimin*
    sans|aucun|aucune ..1 condition|limite|critere|consideration
    independamment
    indifferent*
    anonyme*|anonymis*|anonymat
    bienvenue ..1 aux|a
    egalite ..2 chances|traitement|professionnelle|femmes|hommes|salariale
    competences egales
    competence egale
    diversite
    mixite
    inclusif|inclusion|inclusive|inclusivite
    engage* contre
    lutt* ...2 contre
    non discrimin*
    chaque ..1 candidature|candidat
    aucune ..1 difference|distinction
    avec ou sans
    comme les plus jeunes|ages
    postuler|candidater aussi|comme; comme tout le monde
    comme|et|ou ..1 juniors
    juniors ..1 comme|et|ou
    ouvert ...3 a|aux ..1 tous|toutes|tou*
    accessible ...2 a|aux ..1 tous|toutes
    tous|toutes ..1 ages|profils|candidatures|genres|candidats|candidates|origines|talents|generations|horizons
    tou tes
    tous et toutes
    toutes et tous
    toute ..1 candidature
    a chacun
    ne ...1 compte|comptent|change|changent ..1 pas|ici|rien
    rien de tout
    seul ...2 competence
    interdit ...2 discrimin*
    respect* ...3 difference*
"""
# « photo non demandée »: what is near is not asked for.
NOT_ASKED: Final = """
    =pas|ni|jamais ..2 exige|requis|obligatoire|necessaire|indispensable|imperatif|demande|attendu
    non exige|requis|obligatoire|necessaire|indispensable|imperatif|demande|attendu
    ni ?de|d joindre|fournir|envoyer|preciser|mettre|indiquer|mentionner
    facultatif|facultative|optionnel
    pas besoin
    sans obligation
    sans importance
    sans incidence
    aucune importance
    inutile d avancer
    ne ...2 sera|seront|serez|est|etes pas|jamais ...1 demande|exige|requis
    pas|jamais|ne|toute|toutes|chaque|aucun|aucune ...5 pris|prise|prises en compte
    jamais ...2 demande|exige|reclame
    aucun|aucune ..5 n|ne est|sera|seront|vous|te|leur ..3 demande|exige|reclame|requis|prelevee|requise
    ne|n ..1 entre* ..1 pas|jamais
    ne ..1 nous|me ..1 regard*|concern*|=interesse pas
    n est|sont ..1 pas ..2 critere|obstacle|frein|condition|probleme|redhibitoire
    ne ...2 pas ..1 obstacle|frein|critere
"""
# « nous ne demandons ni photo, ni date de naissance »: all that follows is not asked for.
NEVER_ASKED: Final = """
    ne|n ..1 etes|est|sont|serez pas ..1 tenu|oblige
    ne|n ...2 demandons|demande|demandera|demanderons|demandent|exige|exigeons|interroge* ..1 pas|jamais|aucun|ni
    ne|n ...1 demandons|demande|demandera|exige|exigeons|exigera|regardons|verifions|joignez|joindre|envoyez|mettez|
                indiquez|mentionnez|precisez|prelevons|reclamons ..1 pas|jamais|aucun|ni
    inutile de|d joindre|fournir|preciser|mettre|indiquer|mentionner|donner|produire|faire|avancer|renseigner
    inutile de|d @give ..2 photo|photographie|copie|piece|rib|justificatif|document
    =pas|point ..1 necessaire|utile|obligatoire|besoin|oblige|tenu|demande de|d|a ..1 @give
    sans avoir a @give
    ne pas|jamais ..1 figurer|apparaitre|joindre|envoyer|mettre|indiquer|mentionner|preciser|fournir|communiquer|
        transmettre
"""
