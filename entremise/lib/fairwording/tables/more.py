"""Further wordings of criteria whose tables are full: same articles and sentences, other lawful contexts."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables import (
    age,
    body,
    civic,
    conditions,
    disability,
    health,
    identity,
    language,
    money,
    pay,
    residence,
    sex,
)
from entremise.lib.fairwording.tables.identity import NATIONS
from entremise.lib.fairwording.tables.sex import ROLES

_FIRST: Final = {
    family.code: family
    for module in (sex, age, identity, language, civic, body, health, disability, residence, money, pay, conditions)
    for family in reversed(module.FAMILIES)
}


def _more(
    code: Code, patterns: str, *, allows: str = "", unless: str = "", text: str = "", is_cleared: bool = True
) -> Family:
    """Return another family of a criterion, which says the same to the reader."""
    first = _FIRST[code]
    return Family(
        code,
        first.article,
        first.explanation,
        first.suggestion,
        first.severity,
        patterns=patterns,
        allows=allows,
        unless_sentence=unless,
        unless_text=text,
        is_cleared=is_cleared,
    )


FAMILIES: Final = (
    _more(
        Code.RESIDENCE,
        """
            preference|priorite|prioritaire|privilegi*|favoris*|faveur|@only|@req ...8 residant|habitant|vivant|
                domicili*|loge|demeurant ..1 ?deja a|dans|sur|en|pres|=ici
            residant|habitant|vivant|demeurant|domicili* deja a|dans|sur|en|=ici|proche|pres|=au
            commune|canton|departement|village limitrophe ...4 @req|@only|prefer*|privilegi*
            @req|@only|preference|priorite|privilegi* ...8 commune|canton|departement|village limitrophe
            idealement|preference|possible|plutot|prioritairement|forcement =du coin|quartier|village|canton|cru
            apprenti*|vendeur*|vendeuse|personne|serveur*|serveuse|employe|candidat*|quelqu|jeune ..3 =du =coin
            =du =coin ...2 car|svp|@only|@req|plutot
        """,
        allows="""
            clientele|client|habitue|commerce|producteur|cafe|bar|habitant|boulangerie|restaurant ..1 =du =coin
        """,
        unless=residence.HELP,
        is_cleared=False,
    ),
    _more(
        Code.ORIGIN,
        """
            personne|gens|candidat*|travailleur|ouvrier|famille ..1 venu|venant|issu|originaire ...1 pays ..2 =est|
                afrique|maghreb|=sud|slave|balkans|europe|orient|asie
            roul* les =r
            parler|accent|voix|intonation ..1 chantant|chantante|trainant|trainante|pointu|pointue|rocailleu*
        """,
        allows="""
            produit|client|clientele|eleve|jeune|mineur ..3 pays
        """,
        unless="""
            accompagn*|accueil*|aupres|residents|usagers|apprenants|fle|interpret*|mediation
        """,
        text=ROLES,
    ),
    _more(
        Code.AGE,
        """
            =un|=les senior|quinqua|quinquagenaire ...3 sentirait|sentiraient|ennuierait|ennuieraient|depareiller*
            profil|candidat*|personne ...2 =trop =murs|=mures|=mur|=mure
            ^ =une|=un mamie|mamy|papy|papi
            @want ..2 mamie|mamy|papy|papi
            =pas plus de #19-75 ans
            candidat* ..1 =de|=entre #16-60 =a|=et #18-75 ans
            etudiant*|jeune|jeunes ..1 plutot =qu|=que ..2 adulte|ancien|vieux|confirme|senior
        """,
        allows="""
            fruit|tomate|legume|raisin|peche|melon ...6 murs|mures|mur; # ans ..2 experience|anciennete
        """,
        unless="""
            apprenti*|alternan*|apprentissage|contrat pro|service civique|loi|legale|legal|residents|public accueilli
        """,
        text=ROLES,
    ),
    _more(
        Code.SURNAME,
        """
            nom|prenom|patronyme ...2 rallonge|exotique|imprononcable* ...4 probleme|gene*|abstenir|evit*
        """,
    ),
    _more(
        Code.POLITICS,
        """
            n avez|ayez|=a pas ..2 engagement|carte|adhesion ...2 parti
        """,
        is_cleared=False,
    ),
    _more(
        Code.TRIAL_TOO_LONG,
        """
            essai ...3 dure|durera|durer ...6 faudra|voudra|faut|souhaite*|jugera
            essai ...2 dure|durera ...3 temps ...4 chef|patron|gerant|direction|responsable
            essai ...5 prolong*|renouvel*|reconduit* ...2 autant
            essai ...8 renouvelable encore
            essai ...2 sans limite|terme
        """,
        unless="""
            laboratoire|vehicule|banc|moteur|materiau*|technique|techniques
        """,
    ),
    _more(
        Code.LANGUAGE,
        """
            native|natif speaker ...4 @only|@req|=seul|=seuls|requis
            @only|@req ..3 native|natif speaker
            francophone|anglophone|hispanophone|germanophone|italophone|lusophone natif|native ...3 @only|@req
            langue maternelle ...3 @only|@req
            bilingue ...5 =non =merci
            bilingue ...5 abstenir|@out
            parl* ...5 =a =la =maison
            langue ...2 =a =la =maison
            autre langue|dialecte|patois ...4 maison|foyer|famille
            accent ...5 redhibitoire|elimin*|derang*|inacceptable|incomprehensible|abstenir|refus*|exclu*
            accent ..1 =du =nord|=sud|=bled|=pays|=midi
            accent ..2 =des =cites|=banlieues|=iles|=antilles
            =cru =du =francais
            parlant ..1 @only ..1 francais ...3 maison|foyer|famille|chez
        """,
        allows="""
            mettre|mets|mettons|met|mettez ..2 accent; client*|clientele|public|patient* ...6 accent
        """,
        unless="""
            apprenants|allophone*|orthophon*; eleve|enfants ...6 maison
        """,
        text=ROLES,
    ),
    _more(
        Code.ETHNICITY,
        f"""
            confie|attribue|reserve|reviendra|revient|destine ..1 =a|=aux|=au ..2 {NATIONS}
            =un|=une {NATIONS} ou|et =un|=une {NATIONS}
            {NATIONS} ...4 authenticite oblige|exige
            authenticite oblige ...5 {NATIONS}
            @want ..3 vrai|veritable|authentique {NATIONS}
            @only|=que =des|=un|=une {NATIONS}
            carnation ..1 claire|foncee|mate|pale|halee
            compatriote {NATIONS}
            ne|n ...6 =que|=qu ...3 compatriote
            equipe|personnel|brigade|staff ..2 =doit|=doivent|=sera|=soit ..3 {NATIONS}
        """,
        allows=f"""
            cuisine|restaurant|specialite|gastronomie|recette|produit|brasserie|epicerie|plat|pizza|vin|client|clientele|
                vehicule|modele|groupe|marche|langue|norme|loi|filiale|siege ..2 {NATIONS}
            salle|atelier|vers|colis|# {NATIONS}
            =du|=en|=l {NATIONS}
        """,
        unless="""
            langue|langues|bilingue|trilingue|parlant|parle|parlez|traduction|traducteur|interprete|cours|lutt*
            touriste|clients|clientele
        """,
        text=ROLES,
    ),
    _more(
        Code.FEES,
        """
            # euros ...3 donner|remettre|verser|regler|payer|apporter ..3 entretien|inscription|rendez|candidature
            inscription|enregistrement|referencement ...4 fichier|vivier|agence|plateforme ...4 # euros
            valider|validation|confirmer|finaliser|activer|reserver|debloquer ..1 votre|=la|=sa ..1 candidature|place|
                dossier|inscription|embauche ...6 # euros
            valider|validation|confirmer|finaliser|activer|reserver|debloquer ..1 votre|=la|=sa ..1 candidature|place|
                dossier|inscription|embauche ...6 virement|cheque|paiement|mandat|versement
            virement|cheque|paiement|versement|reglement|mandat ..1 =de ..1 # euros ...4 @req|demande|attendu
            commission|honoraires|pourcentage ...8 =due|=du|=dus|=dues|payable|versee|preleve* ...2 salarie|candidat*|
                embauche|recrue|travailleur
            commission|honoraires ...8 charge =du|=de ..1 salarie|candidat*|recrue|travailleur
            pourcent ...4 premier|premiere salaire|paie|paye|mois ...6 agence|cabinet|revers*|preleve*|=nous
            premier|premiere salaire|paie|paye ...3 revient|revers*|preleve*|retenu* ..4 agence|cabinet|=nous
        """,
        allows="""
            aucun|sans|jamais|=ni|=pas ..3 commission|honoraires|virement|cheque|# euros
        """,
        unless="""
            client|clients|clientele|adherents|adherent|abonne*|gratuit|gratuite|gratuitement|encaiss*|enfants
            vente|vendeu*|inscription ...4 universite
        """,
    ),
    _more(
        Code.DEPOSIT,
        """
            cheque =de depot|caution|garantie
            cheque|depot|somme ...4 # euros ...8 rendu|restitu*|rembours* ..3 depart|=fin|sortie|retour
            # euros ...8 rendu|restitu* ...2 depart|=fin ..3 contrat|mission|saison
        """,
        unless="""
            client|clients|clientele|locataire*|reservation|reservations|location|gite|camping|encaisser|encaissement
        """,
    ),
    _more(
        Code.UNDECLARED_WORK,
        """
            ne|n declar* ..2 =que|=qu ..2 #
            moitie|partie|reste|solde|complement|difference ..2 black|enveloppe|=cash
            moitie|partie ..1 declare ..2 moitie|partie|reste
            reste|solde|difference|complement|supplement|extra ...6 =en|=dans|=sous ..1 enveloppe
            =en enveloppe
            declare ..1 =a|=pour moitie
            heures ..3 non|=pas|jamais declare
        """,
        allows="""
            mise|mettre ..1 enveloppe; enveloppe budgetaire|globale|thermique
        """,
        unless="""
            courrier|courriers|routage|facturation|douane|plis; inspect*|control*
        """,
        is_cleared=False,
    ),
    _more(
        Code.MISLEADING,
        """
            annonce|affiche|affichee|presente|publie|propose ...6 mais ...6 contrat|realite|signe|signez|reel|reelle
            lieu|salaire|remuneration|poste|horaire|contrat|titre ..1 indique|affiche|annonce ...4 mais ...4 fait|
                realite|signe*|=reel|=reelle|pratique
            offre|annonce ..1 parle|dit|promet|evoque ...6 fait|realite|pratique
            annonce|affiche ..1 =de|=a # euros ...3 =en pratique|realite|fait
            contrat|cdi|poste|salaire ..1 promis ...6 jamais|=pas
            contrat different ...4 annonce|offre
            gagn* ..2 double|triple; cliqu* depuis ..2 lit|canape
            salaire|remuneration|paie|prime ...2 affiche|annonce ...9 personne|jamais|rarement|irrealist*|inatteign*
            doubl*|tripl*|multipli* ..2 votre|vos|ses|leur|leurs ..1 paie|paye|salaire|mise|revenu|argent|gain
            placez|investissez ..1 # euros
            constitu* ..2 reserve|vivier|base ..2 cv ...6 offre|annonce
            recrut* ...6 sous vous|=toi|=eux
            emploi|poste|revenu|travail ..1 =a vie garanti
            =en =realite|=fait|=verite ...4 vente|porte|demarchage|prospection|phoning|telephone
            =mais =le contrat ..1 signe|propose|reel|ecrit|sera
            =en =realite|=fait|=verite ...4 agit|cdd|interim|stage|independant|vrp|vacation|porte|benevolat
            contrat signe sera|est|portera
            vrai|veritable poste|metier|travail|mission ..3 explique*|devoile*|revele*|annonce|precise|decouvr*
            poste|emploi|offre =n existe ..1 pas
            offre|annonce|poste fictif|fictive|bidon
            on verra|voit ensuite|apres
        """,
        allows="""
            =en =fait partie; offre ..3 n existe ..1 pas ..1 encore
        """,
        unless="""
            client|clients|clientele|produit|produits
        """,
    ),
    _more(
        Code.HEALTH,
        """
            depistage|test|serologie|analyse ..3 =vih|hepatite|=sida|=hiv ...4 negatif|fournir|joindre|@req|produire|
                avant
            suivi|suivie|soigne|traite|arrete ..1 pour ..2 depression|burn|cancer|addiction|diabete|maladie|
                alcool* ...8 =pas|abstenir|@out|inutile
            depression|burn|addiction ...6 =pas pour vous|=eux|=elles
        """,
        unless="""
            patients|realiser|realisez|laboratoire|usagers|accompagn*|soins|centre|campagne|campagnes|public
        """,
    ),
    _more(
        Code.ELECTED_OFFICE,
        """
            incompatible|inconciliable|impossible ...3 mandat ..2 conseiller*|maire|adjoint|=elu|municipal*|
                depute|senateur|electif|local
            mandat =de conseiller*|maire|adjoint|depute|senateur ...4 @out|abstenir|impossible|exclu
        """,
    ),
    _more(
        Code.APPEARANCE,
        """
            apparence|beaute|look|silhouette|plastique ..1 ?physique ...4 critere|determinant|selection|=jugee|=juge
            critere|selection|select* ...4 =sur|physique|=d|=de ..1 apparence|=physique|beaute|look|plastique
            =le|=votre =physique ..2 compte|critere|important|determinant
        """,
        unless="""
            produit|produits|vehicule|fruit|fruits|legume|legumes|viande|qualite|defaut*|plat|plats|article|articles
        """,
        text=ROLES,
    ),
    _more(
        Code.SEX,
        """
            toute|=si|typiquement|bien|tres =feminin|=feminine|=feminines|=masculin|=masculine|=masculines
            qualite|douceur|sensibilite|delicatesse|intuition|sourire|charme|grace|finesse|coquetterie|tact|
                patience ..1 =feminin|=feminine|=feminines
            poigne|autorite|vigueur|force|carrure|robustesse ..1 =masculine|=masculines|viril*
        """,
        unless="""
            collection|mode|lingerie|rayon|parfum|parfumerie|vetements
        """,
        text=ROLES,
    ),
    _more(
        Code.DISABILITY,
        """
            signal*|declar*|precis*|mention*|inform*|annonc* ..3 =tout|=toute|=tous|eventuel*|=vos ..1 handicap*|
                rqth|invalidite|deficience*|infirmite*
        """,
        unless="""
            amenag*|adapt*|facilit*|accompagn*|besoin|besoins|souhait*|libre|librement|confidentiel*|compens*|voulez
            patient*|eleve*|enfant*|usager*|resident*|beneficiaire*|mieux
        """,
    ),
)
