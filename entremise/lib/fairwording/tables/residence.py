"""Residence: L. 1132-1; help for some districts is lawful (L. 1133-5, L. 1133-6)."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.identifiers import gettext_noop as _

_PLACE: Final = (
    "commune|village|quartier|secteur|departement|region|vallee|canton|agglomeration|agglo|alentours|environs"
    "|proximite"
    "|bassin|plateau|coin|=ville|=villes|=pays|intercommunalite|bourg|arrondissement|metropole|=ile|localite"
    "|limitrophe"
)
_PEOPLE: Final = (
    "personne|candidat*|gens|salarie|employe|travailleur*|profil|=cv|dossier|quelqu|postulant*"
    "|collaborateur|=celui|=celle|=ceux|=celles|recrue"
)
_DEMONYM: Final = (
    "valentinois|valentinoise|dromois|dromoise|ardechois|ardechoise|romanais|romanaise|montilien|montilienne|crestois"
    "|parisien|parisienne|banlieusard|banlieusarde|lyonnais|lyonnaise|marseillais|marseillaise|grenoblois|stephanois"
    "|iserois|lillois|toulousain|bordelais|nantais|rennais|nicois|nimois|avignonnais|breton|bretonne|alsacien|corse"
    "|auvergnat|savoyard|picard|normand|provencal|vendeen|basque|catalan|citadin|provincial|campagnard|rural"
)
HELP: Final = """
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
    zero chomeur*; but ..1 d emploi; privees durablement d emploi
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
            spectacle|arts|etre|organisme|materiel vivant|vivants; dans le secteur de|d|du|des
            vivre en immersion
            logez|loger|loge sur place
            vivre dans ..1 leur|leurs; =habits
            logez les|des|nos|vos|leurs
            habitez|residez ...5 ou ..2 souhait*|voulez|venez|decouvrir
            visite*|rendez|rencontr*|recueill*|ecout*|invit* ...4 habitants ...3
            habitants ..6 invite*
            personnes agees|isolees|handicapees|fragiles|accueillies
            hors ..1 union|europe|ue|schengen
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
        unless_sentence=HELP,
        unless_text="""
            emplois francs
            adulte* relais
            fonctionnaire
        """,
    ),
    Family(
        code=Code.RESIDENCE,
        article="L. 1132-1",
        explanation=_("L’adresse d’une personne ne peut être une condition : chacun choisit son trajet."),
        suggestion=_("Indiquez le lieu et les horaires du travail, et les transports : la personne s’organise."),
        strong=f"""
            =habiter|=habitez|=habite|=habitera|=habitiez|=habitions
            =residez|=resider|=residera|=residant|=residante|=residants|=residerez
            =domicilie|=domiciliee|=domicilies|=domiciliees
            domiciliation ?sur|dans|a|au|en ..3 {_PLACE}|%|#1-976
            habitant|habitants %
            habitant|habitants ..1 a|en|dans|sur|proche|pres|moins|imperativement|deja
            logeant|demeurant|demeurer
        """,
        sensitive=f"""
            # km|kilometre|min|minute ..2 autour|alentour
            administre|administres|villageois|concitoyen*
            vivre|vivez|vivant|vive|vivra|=vit|vivent|loger|logez ..1 a|dans|sur|pres|proche|en|=au|aux|moins|
                obligatoirement|imperativement ..2 {_PLACE}|moins|%
            voisin|riverain
            {_PEOPLE} ..1 =de|=du|=d|=des ?la|l|ici {_PLACE}|ici
            {_PEOPLE} ..2 =de|=du|=d|=des|sur|dans ..2 {_PLACE} %
            heberge* loin|hors
        """,
        patterns=f"""
            seuls|seules|seul ..1 habitants|residents|riverains|voisins|habitant
            en dehors ..1 de|du|d|des ?la|l {_PLACE}|%|#1-976 ...6 @only|abstenir|=ne|=non|=pas|inutile|refus*
            # km|kilometre|minute|min ...4 chez =vous|soi
            @only|plus|moins ...4 chez =vous ..1 au|jusqu
            # km|kilometre|minute|min ..2 entre ...5 domicile|habitation|logement|chez
            proche|proches|proximite ..1 geographique|geographiquement|geographiques
            geographiquement ..1 proche|proches
            =moins|rayon ..1 de # km|kilometre|minute|min ...5 domicile|habitation|chez ...2 vous|magasin|travail|
                site|et|entreprise
            refus*|exclu*|elimin*|ecart* ...4 # km|kilometre|minute|min
            au dela|plus ..2 # km|kilometre|minute|min ...5 refus*|non|inutile|exclu*|abstenir
            domicile|logement|habitation|residence ..1 proche|a|pres|proximite|sur ..2 sinon|plus|atout|ideal*|
                prefer*|abstenir
            idealement|imperativement ..1 domicile|logement|habitation|residence proche|a|pres|sur
            qui|ceux|celles|si|n habitent|resident|vivent|logent ..1 pas|a|dans|sur|en|loin|ici|pres|%
            qui n habite* pas
            qui ..1 habite*|vit|loge ..1 loin|a|pas|hors
            loge|logee|loges|heberge|hebergee ..2 #|loin|plus|moins|pres|proche ...2 km|minute|minutes|kilometre|
                heure|du|de
            obligatoirement|imperativement|exclusivement|uniquement|forcement|seulement =de|=du|=d|=des ?la|
                l {_PLACE}|%
            adresse ..1 {_DEMONYM}
            emmenager|emmenage|emmenagera ...4 {_PLACE}|%
            etes|est|soyez|serez|sont|etre ?pas|deja ..1 =de|=du|=d|=des ?la|l pays|terroir|bourg|cru
            {_PEOPLE} ..1 =de proximite
            {_PEOPLE} ..1 venant|venus ..2 l autre
            etre|etes|soyez|@want|candidat*|personne ..2 {_DEMONYM}
            {_DEMONYM} ..1 @only|abstenir|@req|de preference
            pas|aucun ..1 {_DEMONYM}
            si vous ..1 etes|residez|habitez|vivez|venez ?pas =de|=du|=d|=des|a %|{_PLACE}|ici
            @only|que ...2 etes =de|=du|=d %|ici
            {_PEOPLE} ..1 =d|=de|=du|=des % ...3 =non|refus*|abstenir|inutile|exclu*|pas
            une|un personne|candidat|habitant|jeune|collegue|voisin =de|=d %
            {_PEOPLE} ..1 d|de|des autre|autres region|departement|commune|ville|secteur|quartier
            justifi* ..2 adresse|domicile|residence|domiciliation
            adresse ..1 dans|a|sur ..2 {_PLACE}|communaute|%
            ^ trop loin|eloigne|eloignee|eloignes
            domicile|logement|habitation|residence|adresse ..1 doit|doive|devra|est|sera|soit|situe|situee|trouve|
                se ...6 #|moins|situ*|distance|rayon|proche|pres|{_PLACE}
            pas|aucun|sans|plus ..1 candidat*|gens|personne|personnes|monde ..1 =de|=du|=des|=d %
            etre|etes|soyez|sera|vivre ..1 ?deja installe|installee|implante|ancre|enracine ..1 a|dans|sur|en|pres|
                au ..2 %|{_PLACE}
            lieu|adresse|domicile|residence|distance|eloignement|domiciliation|habitation ...6 critere|determin*|
                select*|elimin*|prioritaire|preference|redhibitoire|prise|pris
            recrut*|embauch*|recherch*|cherch* ..1 =local|localement
            code postal ..1 #1-99
            # km|kilometre|min|minute ..2 autour ..2 du|de|d ...6 @only|@req|=ne|pas|abstenir
            ne|n ...3 que ..1 # km|kilometre|minute|min
            @want ..3 administre|habitant|riverain|villageois|voisin
            voisin|riverain|administre|villageois|concitoyen* ..3 @req|@only|privileg*|prefer*|priorit*
            reserve|reserves|priorite ..2 administre|habitant|riverain|villageois|voisin|concitoyen*
            {_PEOPLE} ..2 hors ..2 {_PLACE}|%|#1-976
            hors ..1 {_PLACE}|%|#1-976 ...6 @out|abstenir|=ne|=non|=pas|inutile
            {_PEOPLE} ...3 venant|vient|viennent|venir|provenant|venues|venus ..1 d|de|du|des ..1 loin|autre|exterieur|
                ailleurs|banlieue|{_PLACE}
            vient|viennent|venir|venant|habite* ..1 de|trop loin|ailleurs
            etes|est|soyez|serez|sont|etre ?pas|deja ..1 =de|=du|=d|=des ?la|l region|coin|ici|quartier|village|canton|
                vallee|cru|environs|alentours|departement
            {_PEOPLE} ..2 =de|=du|=d|=des ..2 {_PLACE}|% ...6 @only|abstenir|@req
            residence ..1 a moins|proximite|pres
            residents|habitants ...3 bienvenu* ...4 non|autres
            =cp|postal ..2 #1000-97999
            cv|candidat*|candidature ...3 adresse ..1 a|sur|dans|en|proche|hors
            votre|vos adresse ...4 rayon|moins|{_PLACE}|%
            lieu ..1 habitation|residence|domicile|vie ...6 moins|proche|pres|rayon|#|%|verifi*|{_PLACE}
            domicile|logement|habitation|adresse|residence|domiciliation ..2 a|sur|dans|en|proche|pres|=au|proximite|
                % ...6 @req|@only
            domicile ..1 est|sera|soit|situe ...3 a|sur|dans|proche|pres|moins|%
            logement|habitation|residence|domicile|foyer ..1 proche|pres|proximite ...3 @req|du|de
            gens|personne|quelqu|voisin* ...2 d a cote
            {_PEOPLE} ...3 =a =cote de|du|d
            =local|locaux|locale|locales ..1 de preference|@only
            {_PEOPLE}|embauche|recrutement|personnel|main|oeuvre local|locale|locaux|locales
            reserve|reserves|reservee|priorite|preference ..1 aux %
            reserve|reserves|reservee|priorite|preference|uniquement ..2 {_DEMONYM}
            #50-100 pourcent {_DEMONYM}|local|locale
            quartier|cite|zup|residence|banlieue ..3 s abstenir
            trajet|trajets ..3 court|courts|moins|inferieur|exced*|depass* ..4 @req|#|quart|demi
            distance ...3 domicile|habitation|residence
            @only ..6 =a pied
            =a pied|velo ..3 @req|@only
            @req ..2 d etre ..2 secteur|coin|quartier|commune
            @req d|de ..1 habit*|resid*|loge*|logis|vivre
            {_PEOPLE} ...2 vivant|habit*|resid*|loge*|domicili* ..1 a|en|dans|sur|pres|proche|moins|loin|hors|ailleurs|
                deja|%
            ne ...4 que ...2 {_PLACE}
            priorite|preference|prioritaire* ...4 {_PLACE}|voisin*|riverain*|habitant*|local|locaux
            proximite ..2 @req
            temps|duree de trajet ...4 # min|minute|heure|h
        """,
        allows="""
            diagnostic* ..2 obligatoire* ...3 logement*
            administre|administrent le|la|les|des|un|une|l; dans le secteur de|d|du|des
            logez|loger|loge sur place
            vivre dans ..1 leur|leurs; =habits
            logez les|des|nos|vos|leurs
            habitez|residez ...5 ou ..2 souhait*|voulez|venez|decouvrir
            visite*|rendez|rencontr*|recueill*|ecout*|invit* ...4 habitants ...3
            invit* ...3; habitants ..6 invite*
            envoy*|adress*|ecri*|contact* ...6 adresse
            domicile ...4 lieu de travail
            =habitez|=residez loin $
            hors ..1 union|europe|ue|schengen
            habitant ..4 livr*|conseil*|client*
            a domicile; au domicile; =domicile des|du|de|d
            ou|quelle que ..1 vous habitez|residez|viviez|habitiez
            ou|lieu que ..1 vous
            ou vous voulez|souhaitez
            =residez|=habitez ou vous
            produits|tissu|acteurs|elus|partenaires|entreprises|commerces|associations|marche|circuits|clientele|
                economie|producteurs|emploi|vie|autorites|institutions|collectivite|collectivites|presse|marches|
                agriculteurs|artisans|equipe|agence ..2 locaux|local|locales|locale
            mission locale; missions locales
            =local technique|commercial|poubelle|poubelles|frais
            locaux ..1 de|du|des|d|sont|neufs|modernes|techniques|lumineux|professionnels|industriels|commerciaux
            personnes agees|isolees|handicapees|fragiles|accueillies
            profil ..3 adapte
            proximite ..3 client*|clientele|gare|bus|tram|metro|autoroute|transport*|commerces|equipes
            service|services|commerce|police|agence|relation|management|manageur|sens ..1 de proximite
            lieu de vie
            vie de quartier; sens ..1 proximite
            charges locatives
            =ville de|d; region de; =pays de
        """,
        unless_sentence=HELP.replace("    loge|logee|logement|logements\n", "")
        + """
            logement ..4 fonction|fourni|propose|possible|service|disponible|mis|offert|place|fournie|assure|compris
            loge|logee|loges|hebergement|heberge ..3 place|nourri|possible|fourni|assure|compris|propose|offert
            possibilite|possible ..3 hebergement|logement
            peuvent|pourront|seront|etre ..2 loges|heberges
            se rendre|deplacer|vehicule|teletravail|tournee|tournees|clients|client|patients|livrez|livrer|livraison|
                livraisons|beneficiaires|residents|residence|usagers|locataires|locataire|visiteurs|adherents|
                eleves|chez|fournisseurs|interventions|intervention|chantiers
            accompagnez|accompagner|accompagnement|aupres|accueillir|accueillez|accueil ..1 du|des|de
        """,
        unless_text="""
            emplois francs
            adulte* relais
            fonctionnaire
            sapeur* pompier*
            gardien* ..1 immeuble
        """,
    ),
)
