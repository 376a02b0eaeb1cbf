"""Residence, bank, economic vulnerability: L. 1132-1; help for some districts is lawful (L. 1133-5, L. 1133-6)."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.identifiers import gettext_noop as _

_HELP: Final = """
    emploi* franc*
    adulte* relais
    qpv
    quartier* prioritaire*
    quartier* ..3 politique de la ville
    politique de la ville
    insertion par l activite
    insertion
    =iae|=siae|=aci|=etti
    pass iae
    contrat aide
    parcours emploi
    =pec
    clause ..2 insertion
    clause sociale
    zone franche
    zone de revitalisation
    astreinte|astreintes
    permanence telephonique
    pompier*
    logement ..3 fonction|fourni|service|propose
    loge|logee|logement|logements
    demenag*
    aide* ..3 mobilite
    mobili pass
    covoiturage|navette
"""
FAMILIES: Final = (
    Family(
        code=Code.RESIDENCE,
        article="L. 1132-1",
        explanation=_("L’adresse d’une personne ne peut être une condition : chacun choisit son trajet."),
        suggestion=_("Indiquez le lieu et les horaires du travail, et les transports : la personne s’organise."),
        sensitive="""
            eloignement|eloigne|eloignee|eloignes
            personne|personnes|candidat|candidats|candidature|candidatures|gens|profil|profils ..1 =du coin|secteur|
                village|
                quartier|departement|canton|pays
            personne|personnes|candidat|candidats|candidature|candidatures|gens|profil|profils ..1 =de|=des la|l|
                =environs|
                alentours ?commune|ville|region|agglomeration|vallee
            vous etes ..1 =du|de|d coin|secteur|ici|quartier|village|departement|commune
            domicilie ..1 hors|loin
            cite|cites|banlieue|banlieues
            quartiers nord|sensibles|difficiles|populaires
            hors ..1 departement|region
            lieu d habitation
            logement ..3 proximite|proche|commune
            habitant ..2 quartier|cite|banlieue|commune|village|ville|departement|region
            lieu ..1 de residence|habitation|domicile
            resid* ..1 a|dans|sur|pres|proche|en
            domicilie|domiciliee ..1 a|dans|sur|pres|proche|en
            habit* ..1 a|dans|sur|pres|proche|moins
            banlieue|cite|cites|hlm
        """,
        asked="""
            commune|quartier|departement ..2 habit*|residence|residez
            lieu ..1 habitation|residence|domicile
            domicile
        """,
        patterns="""
            gens|personnes d ici
            recrut*|embauch*|candidat*|cherch*|recherch*|prenons ...6 rayon de # km|kilometre|minute
            @only ..4 rayon de #
            quelle distance ...10
            au dela|plus de # km|kilometre|minute|min ...4 non|refus*|abstenir|inutile|exclu*
            distance|trajet ...4 # km|minute|min ..2 maximum|max|maxi
            gens|personne|personnes|candidat*|quelqu ..1 d ici
            gens|personne|personnes|candidat*|quelqu|habitant* ..1 =du coin|pays|secteur|cru|village|canton|terroir
            natif|natifs|enfant|enfants =du pays|coin|village
            ou habitez|residez|logez vous
            ou etes vous domicilie
            @only ...4 =du coin|secteur|quartier|village|departement
            lieu ..1 habitation|residence|domicile ..2 proche|pres|loin
            eloignement ...4 domicile|geographique ..3 @out
            trop loin ...4 @out|abstenir
            domicile ...4 trop loin|eloigne
            personne =du #1-99
            =du #9 a #1-4
            ne ..2 prend|prenons|recrutons|voulons pas|personne|jamais ..2 du #1-976
            du #9 trois
            condition de|d loger|habiter|resider
            bonne adresse
            votre|vos|=le code postal ..4 @req|determin*|elimin*
            @tell ..3 code postal
            code postal|postaux ...6 @out|@only
            moins de # minutes|minute|km|kilometres ..3 a pied|magasin|restaurant|atelier|site|depot|
                entreprise ..2 @req
            ne ...4 que si ...2 habitez|residez|vivez|logez
            uniquement|seulement si ...2 habitez|residez|vivez|logez
            habitez|residez|logez ..4 @req
            si vous habitez|residez|vivez ...4
            habitant ...7 @only
            proche|pres ..1 domicile ...2 @req
            #1-976 s abstenir
            departement|code postal ...4 s abstenir|exige|obligatoire
            imperatif d habiter|resider|loger
            habiter|resider|vivre|loger ..1 sur|dans|a|en ..4
            vivre|vivez ..1 a|dans ..2 proximite|commune|ville|village|quartier
            ^ domicilie ..1 a|en|dans|sur|pres|proche
            etes domicilie
            habit*|=reside|residant|=resident|resider|residez|vivant|vivre|logeant|demeurant|loger|residence|
                resident ..3 a|sur|dans|en|pres|proche|proximite|moins|=le|la ..6 @req
            imperatif|obligatoirement|imperativement ..2 habit*|residant|resider|domicilie|residence
            habitant ..1 imperativement|obligatoirement|deja|exclusivement|a|dans|sur|le|la|moins|pres|proche|
                proximite|uniquement|en
            vous habitez|residez|vivez|logez ..1 a|dans|sur|le|la|les|moins|pres|proche|proximite|en|imperativement
            habiter|resider|loger|vivre ..1 a|dans|sur|le|la|les|moins|pres|proche|proximite|imperativement|
                obligatoirement
            habiter|resider ..2 @req
            residant|demeurant ..1 a|dans|sur|moins|pres|proche|proximite|en|imperativement
            etre domicilie|residant|resident
            domicilie ..1 a|dans|sur|pres|proche ..4 commune|ville|departement|secteur|km|minute|region|agglomeration|
                quartier|moins
            domicile ..2 moins de # km|kilometre|minute|mn|min
            domicile ..3 proche|proximite|pres ...4 @req
            domicile a moins|pres
            residence|domicile|domiciliation|adresse|lieu ..2 habitation|residence|domicile|commune|departement|ville|
                secteur|proximite ..3 @req|exige
            residence|domiciliation ..3 @req
            lieu de residence|habitation ...3 @req|proche|maximum|moins
            pas|aucun|aucune|sans ..2 candidat* ..2 ?du|de|des|hors ..2 #1-976
            =du #75-95 ..2 s abstenir
            candidat* ..1 =du #1-976 ..3
            pas ..2 gens|personne|habitant|candidat* ..1 cite|banlieue|quartier|campagne|zup|hlm
            banlieue|cite|cites|zup|hlm|quartiers ..3 s abstenir
            candidat|candidature|candidatures ..2 locale|locaux|local|locales|proximite @only
            candidature|candidatures ..2 locale|locales|local|hors
            candidat|candidats|profil|profils|personne|personnel local|locaux|locale|locales ..2 @req|@only
            @only ..2 candidats|profils|personnes ..2 local|locaux|locales|secteur|commune|region|departement
            @only ..2 habitants
            hors ..1 departement|secteur|region|commune|agglomeration ..3 abstenir|exclu|refuse|non|inutile
            habitants ..4 @only
            reserve ..2 habitants|residents|riverains
            eloigne*|loin|lointain ..5 abstenir
            habit* ..4 abstenir
            hors ..1 region|departement|secteur s abstenir
            moins de # km|minute|kilometre|mn ..4 domicile|chez ..3 @req
            #1-100 km|kilometre|minute|mn|min maximum|max|maxi ..3 domicile|habitation|residence|lieu
            priorite ..2 habitants|riverains|residents|locaux
            preference ..4 habitant|locale|locaux|secteur|commune|residant
            bon|bons|beaux|mauvais quartier
            quartier ..2 @out
            pas|ni|aucun ..4 quartier|cite|banlieue
            proximite geographique @req
            etre du coin|secteur|quartier|village|departement|cru|pays
            natif|originaire ..1 de|du|d ..3 @req
            originaire ..1 de|du|d ?la|l region|departement|secteur|coin|ville|commune|village|pays
            candidat* ..2 region parisienne ..3 abstenir
            adresse ..3 secteur|commune ..2 @req
            justificatif ..1 domicile
        """,
        groups="""
            habitant ..2 cite|banlieue|quartier|hlm|campagne
            banlieusard|provincial|provinciaux|parisien
            rural
            gens du coin|voyage
            residents ..1 departement|commune|ville
        """,
        allows="""
            livr*|client*|chantier*|tournee*|intervention* ...6 rayon de
            habitation* ..1 individuelle*|collective*|neuve*
            immeuble*|local|locaux|usage ..2 habitation
            pas ..2 tenu|oblige ...6 habiter|resider
            ou que vous habitiez
            peu importe ...4
            aide|aider|accompagn*|intervention|travail|maintien|service|livraison|soins|deplacement|visite ..3 domicile
            a domicile
            au domicile
            =domicile des|du|de|d
            =habitat|=habitations
            residents
            residence|residences ..1 senior|autonomie|service|sociale|etudiant*|hoteliere|principale|services
            resident|residente ?en|de|du ..2 ehpad|maison|foyer
            profil ..2 locale
            produits|tissu|acteurs|elus|partenaires|entreprises|commerces|associations|marche|circuits ..2 locaux|
                local|locales
            vivre ..1 une|ensemble|de|votre|cette|son
            habitant a|en ..3 situation
            mobilite ..3 departement|region|secteur
            domicile travail|bureau|lieu
            trajet ..3 domicile
            frais ...4 domicile
            voyage|deplacement
            quartier ..2 restaurant|epicerie|boulangerie|commerce|centre|maison|mairie|regie
            boulangerie|epicerie|commerce|restaurant|bistrot|maison|regie|bibliotheque|mediateur*|centre|vie|
                conseil ..2 quartier|quartiers
        """,
        unless_sentence=_HELP,
        unless_text="""
            emplois francs
            adulte* relais
            fonctionnaire
        """,
    ),
    Family(
        code=Code.BANK,
        article="L. 1132-1",
        explanation=_("La banque où une personne a son compte ne peut être une condition d’embauche."),
        suggestion=_("Retirez cette mention ; le RIB se demande après l’embauche."),
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
        unless_sentence=_HELP.replace("    loge|logee|logement|logements\n", "")
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
