"""Bank, economic vulnerability: L. 1132-1."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.residence import HELP
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.BANK,
        article="L. 1132-1",
        explanation=_("La banque où une personne a son compte ne peut être une condition d’embauche."),
        suggestion=_("Retirez cette mention ; le RIB se demande après l’embauche."),
        strong="""
            interdit|interdits|interdite|interdiction|incident|incidents bancaire|bancaires
        """,
        sensitive="""
            compte|banque|iban|rib ..2 en ligne|etranger|etrangere|etrangers
            compte ..3 banque
            domiciliation bancaire
            compte ..1 bancaire ..2 francais|france|domicilie
            interdit bancaire
            neobanque*
        """,
        asked="""
            banque
            interdit bancaire
            compte ..3 banque|bancaire
        """,
        patterns="""
            aucun|sans|pas|ni|jamais ..1 d ?un incident|incidents|interdiction ..1 bancaire|bancaires|paiement
            etre|etes|soyez ..1 client|cliente|clients ..3 banque|credit|caisse|bnp|lcl|poste
            client|cliente|clients ..2 banque|credit ..4 @req
            ouverture ...2 compte ...6 @req
            compte ...3 partenaire
            fiche|fiches banque
            banque de france ...4 refus*|abstenir|exclu*
            relation bancaire ..3 @req
            salaire|paie ..4 compte ..3 banque|credit|caisse|lcl|bnp
            compte ..3 domicilie|ouvert|bancaire|courant ..3 a|au|chez|dans|en ..5 @req|obligatoire
            compte ..1 ?bancaire domicilie|ouvert ..1 a|au|chez|dans|en|aupres
            compte ..1 bancaire|courant ..2 francais|francaise|france|local|etranger|@req|obligatoire
            compte ..2 dans ..2 banque
            compte ..2 a|au ..1 banque|credit|caisse|societe|postale|bnp|lcl
            compte ..2 banque
            domiciliation ..1 bancaire|salaire|compte
            domicili* ...3 salaire|banque|bancaire|compte
            banque ..2 francaise|etrangere|en|ligne ..4 @req|@out|obligatoire
            banque|neobanque en ligne ..3 @out|abstenir|non|pas
            neobanque*
            client ..2 de ..2 banque ..4 @req
            rib ..1 francais|france|d ..4 @req
            rib francais
            iban ..1 francais|fr ..3
            pas|sans|aucun ..2 interdi* ..1 bancaire|bancaires
            interdi* ..1 bancaire
            fiche ..2 banque de france
            ouvrir|ouverture ..3 compte ..3 banque|credit|caisse|postale|notre|agence
            changer ..2 banque
            compte ..2 nickel|revolut
        """,
        groups="""
            interdit bancaire
        """,
        allows="""
            ouverture ..2 compte* ?bancaires ..4 client*|particuliers|professionnels
            compte* des|de|d|du|cle|client|clients|rendu*|epargne|tenu
            conseiller|charge|chargee|guichetier|gestionnaire|commercial ..6 banque
        """,
        unless_sentence="""
            une fois ...4 sign*; apres ..3 signature|embauche; contrat signe
            clientele|portefeuille|clients
            rapprochement*|comptabil*|rapprochements
        """,
    ),
    Family(
        code=Code.BANK,
        article="L. 1132-1",
        explanation=_("La banque où une personne a son compte ne peut être une condition d’embauche."),
        suggestion=_("Retirez cette mention ; le RIB se demande après l’embauche."),
        patterns="""
            vers*|vir*|salaire|paie|paye ...6 @only ...3 compte|banque|iban|rib
            @only ...3 compte|iban|rib ..4 banque|credit|caisse|francais|france
            compte|banque|iban|rib ..2 en ligne|etranger|etrangere|etrangers ...3 @out|non|pas|refus*
        """,
    ),
    Family(
        code=Code.ECONOMIC_VULNERABILITY,
        article="L. 1132-1",
        explanation=_("La situation économique d’une personne ne dit rien de ses compétences et ne peut l’écarter."),
        suggestion=_("Retirez cette mention ; dites les compétences attendues."),
        sensitive="""
            heberge|hebergee|heberges|hebergees ..3 foyer|urgence|social|tiers|association
            credits ..1 en cours
            aah|rsa
            saisie ..2 salaire
            expulse*|expulsion*
            chomage
            endette|endettes|endettees|dettes
            aides sociales
            assiste|assistes
            pauvrete|precarite
            logement social
            foyer social
            =rsa|=rmi|=sdf|rmiste
            surendette*
            allocataire
            chomeu*
            sans domicile
            interdit bancaire
            minima sociaux
            precaires
            en foyer
            hebergement ..1 urgence|social
            longuement au chomage
        """,
        asked="""
            dette|dettes
            =credit|=credits ?en ?cours
            surendett*|endett*
            =rsa|allocation|allocations|minima
            chomage|chomeu*
            aides sociales
        """,
        strong="""
            =sdf|rmiste|cassos; cas sociaux|soc
        """,
        patterns="""
            ni|sans|aucune|aucun|pas dette|dettes|surendettement
            pas de dette|dettes
            pas|sans|ni|hors ..2 hebergement ..1 d ?en urgence|social|foyer|chrs
            logement|domicile|adresse|toit ..1 stable|fixe|perenne ..2 @req
            vivant|heberge ..3 foyer|rue|hotel|caravane|squat
            rsa|=rmi|=sdf ..3 s abstenir
            rsa|=rmi|=sdf ..2 @out
            sans ..2 dette|credit ..3
            surendett*
            endett*
            situation financiere|economique ..1 saine|stable|irreprochable|correcte|solide ?@req
            stabilite financiere
            situation financiere ..2 @req
            pas|aucun ..2 credit ?en cours
            chomeu* ..1 ?de ?longue ?duree ..3 abstenir
            chomage ..1 ?de|depuis ..4 abstenir|exclu|refuse
            chomage ...2 @out|abstenir
            en poste @only
            @only ..3 en poste
            actuellement en poste|activite @req|exclusivement
            sans emploi s abstenir
            pas ..3 chomage|allocations|aides|minima
            sans|non|ni ..2 domicile fixe
            hebergement ..2 urgence|social ..3 abstenir|exclu|refuse
            vivant|dependant ..3 aides|allocations|minima
            assiste* s abstenir
            caf ..3 abstenir
            personnes en difficulte|precarite ..3 abstenir|exclu
        """,
        refused="""
            beneficiaire ..2 rsa|allocation|minima|aide|aah|caf|chomage
            allocataire
            =rsa|rmiste|=sdf|erremiste
            sans ?domicile fixe|abri
            chomeu*
            demandeu* ..1 emploi
            precaire
            personne ..2 precarite|difficulte|chomage
            assiste
            cas sociaux|social|soc|sos
            cassos
            pauvre
            surendette
            chomage
            sans emploi
            hlm
            longuement ?au chomage
        """,
        wanted="""
            en poste actuellement
            proprietaire ?de ..2 logement
        """,
        allows="""
            situation d endettement
            assiste par|a ..1 ordinateur
            aide|conseil|juridique ...4 surendett*
            dossiers de surendettement
            menage|menages|famille|client|particulier ..1 surendett*
            banque de france
            assurance|allocation|indemnisation|cotisation|aide ..1 chomage
            aupres|accompagn*|accueil*|insertion|public|aide ...4 rsa|precarite|sdf|chomage|emploi|surendettement
            beneficiaire ..1 rsa ..3 bienvenu|eligible|prioritaire|accepte|encourage
            rsa ..2 accompagn*|suivi
            commission ..2 surendettement
            demandeu* d emploi ..4 inscrit|eligible|longue|bienvenu|prioritaire
            ne ...2 pas ...4 seul
        """,
        unless_sentence=HELP.replace("    loge|logee|logement|logements\n", "")
        + """
            accompagnement
            accompagner
            aupres
            bienvenu
            eligible*
            conseiller*
            juriste|notaire|clientele
        """,
        not_after="""
            accompagn*|accueil*|aupres|orientation|insertion|public|conseiller
        """,
    ),
)
