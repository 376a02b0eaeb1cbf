"""Origin, ethnic group or nation or alleged race, surname, language, genetic features: L. 1132-1."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.identifiers import gettext_noop as _

LANGUAGES: Final = (
    "=anglais|=francais|=espagnol|=allemand|=italien|=portugais|=arabe|=chinois|=mandarin|=russe|=neerlandais"
    "|=japonais|=turc|=polonais|=roumain|=ukrainien|=vietnamien|=creole|=coreen|=suedois|=hebreu|=grec"
)
# Public jobs a law keeps for nationals, and the papers everybody needs.
_REGULATED: Final = """
    fonction publique; fonctionnaire
    police|gendarm*|armee|militaire|defense|douane
    magistrat*|notaire|juge
    habilitation; sejour ..3 #5 ans
    confidentiel|secret
    marine nationale; affaires etrangeres; diplomat*; puissance publique; titularisation
    pompier; cnaps; concours|concourir|statutaire; gardien* ..2 paix
"""
NATIONS: Final = (
    "albanais*|algerien*|allemand*|american*|americain*|anglais|anglaise|antillais*|armenien*|belge"
    "|bengali|bresilien*|bulgare|camerounais*|canadien*|chilien*|chinois*|colombien*|comorien*|congolais*"
    "|coreen*|cubain*|egyptien*|espagnol|espagnole|europeen*|francais|georgien*|grec|grecque|guineen*"
    "|haitien*|hongrois*|indien*|irlandais*|italien|italienne|italiens|ivoirien*|japonais*|kabyle|kosovar"
    "|kurde|libanais*|malgache|malien*|maghrebin*|marocain*|mauricien*|moldave|nepalais*|pakistanais*"
    "|peruvien*|philippin*|polonais*|portugais*|roumain*|russe|senegalais*|serbe|slave|sri|suisse|syrien*"
    "|tchadien*|thai|thailandais*|togolais*|tunisien*|turc|turque|ukrainien*|vietnamien*|african*"
    "|africain*|asiatique|arabe|caucasien*"
)
_WHY_NOT_NATION: Final = _(
    "La nationalité, l’appartenance à une ethnie ou à une prétendue race ne peuvent être une condition, "
    "sauf pour quelques emplois publics prévus par la loi."
)
_NO_NATION: Final = _("Retirez cette mention ; au plus, rappelez « autorisation de travail en cours de validité ».")

FAMILIES: Final = (
    Family(
        code=Code.ORIGIN,
        article="L. 1132-1",
        explanation=_(
            "L’origine d’une personne ne dit rien de ses compétences : elle ne peut être ni demandée ni écartée."
        ),
        suggestion=_("Retirez cette mention et dites la compétence utile au poste."),
        sensitive="""
            exotique|exotiques
            =votre|=vos|=son|=leur|candidat*|personne*|de|quelle|quelles|certaine|autre|meme|mauvaise|
                bonne ..1 =origine|=origines
            =origine|=origines de|des|du ..1 candidat|postulant|personne|salarie|interesse; =origine ?precise $
            outre mer; antilles; antillais*; creoles; bledard*
            etranger|etrangers ..2 origine
            personnes|candidats|candidat|candidature ..2 afrique|maghreb
            basane*|metis|metisse
            origine europeenne|francaise|etrangere|africaine|asiatique|maghrebine|caucasienne|sociale|ethnique
            immigre|migrant|refugie
            immigration
            type europeen|caucasien|africain|asiatique
            vos|votre origine
            maghrebin*
        """,
        asked="""
            origine
            pays ..2 naissance|origine
            ne|nee ..1 en|a|ou
            lieu ..1 naissance
        """,
        unless_sentence="""
            appellation; tracabilite; produit*|viande|importe*|marchandise*|matiere*
        """,
        strong="""
            originaire|originaires
            =votre|=vos|candidat*|personne*|quelle|quelles|certaine|autre|meme|mauvaise|bonne ..1 =origine|=origines
            maghrebin*
            immigration
        """,
        patterns="""
            naissance ..1 en|sur|dans ..1 france|metropole|sol|region|europe
            racines|souche|ascendance|ancetres ..2 drom*|ardech*|provenc*|breton*|corse*|alsac*|francais*|region*|
                locale*
            etre|etes|soyez|ayant ?ete ne|nee|nes ...6 france|metropole|europe|region
            ete|avoir eleve|elevee|scolarise|scolarisee ..1 en|dans france|metropole|region
            physique|visage|trait|apparence|look|tete|facies|allure|peau ..1 europeen*|caucasien*|africain*|asiatique|
                maghrebin*|mediterraneen*|nordique|occidental*|slave|latin|oriental*|arabe|francais*|exotique*|
                etranger*
            type ..1 europeen*|caucasien*|africain*|asiatique|maghrebin*|mediterraneen*|nordique|occidental*|
                antillais*|hispanique|slave|latin|latino|oriental*|arabe|noir|blanc|metis*|eurasien*|indien*|
                scandinave|magrebin*
            vos|votre|=les|=tes parents|ancetres|aieux ...6 ici|france|region|pays|aussi|francais|nes|naissance|
                origine|etranger
            grands parents ...4 francais|nes|ici|region|pays
            ayant|avez|avoir|=es grandi ..2 en|au|a|dans|=ici
            famille|parents ...3 installe*|implante*|etabli*|presente|enracine* ...4 depuis|generation
            issu ...2 famille ...6 region|pays|depuis|coin|generation|terroir
            ne|nee|nes|nees ..2 sur ..2 sol|territoire
            =depuis ..1 quand|combien ...5 france|territoire
            generation|generations ...4 france|francais|immigr*|ici|region|pays
            deuxieme|seconde|troisieme|premiere|plusieurs generation|generations
            gens|personne|personnes|candidat*|originaire ..1 des iles|antilles|dom|tom|outre|comores
            francais|francaise ..1 de|par sang|naissance|pere|mere|papiers
            sang francais|europeen|breton|corse
            quelle|quel ..2 votre|vos ..1 origine|origines|provenance
            pays ..1 d|de ..1 provenance
            racines|ascendance ..2 @req|francais*|region*|local*|ici|terroir
            enfant|fils|fille|filles d|de immigres|immigre|etrangers|harki
            ne|nee|nes|nees ..1 hors|ailleurs ..2 france|europe
            parents ..2 francais|etrangers|immigres|bretons|corses|portugais
            ne|nee|nes|nees dans|a|en|sur ..1 region|commune|pays|departement|ville|coin|village|secteur|canton|vallee
            d ou ..1 vien* ..1 vous|vos|votre
            de famille du|de ..1 pays|coin|village|region
            @tell ..3 vos|votre parents|grands|aieux|ancetres
            arrive*|installe* ..2 france depuis
            venant|venus|venu|originaire ..1 du|de|d|des ?l ?la afrique|maghreb|asie|europe
            de souche
            compatriote|compatriotes
            =bledard
            accent ..2 souche
            arrive ..3 france
            europe ..1 de l est
            bien de chez nous
            de chez nous
            francais|francaise d origine
            ne|nee|nes|nees ..1 dans la region|commune|pays|departement|ville|coin
            vos parents ..2 francais
            parents ..3 nes
            y avoir ..2 racines
            type ..1 europeen|caucasien|africain|asiatique|maghrebin|mediterraneen|nordique|occidental|antillais|
                hispanique|slave
            bleu blanc rouge
            =bbr
            souche francaise|europeenne
            francais|francaise|francais|europeen|gaulois de souche
            pure|pur souche
            ne|nee|nes|nees en|a france|etranger|metropole|europe|afrique|l|=l ?etranger ...1 @req
            ne|nee|nes|nees en france|metropole|europe
            ne|nee a l etranger
            lieu ?et|ou ?date de naissance
            lieu de naissance
            pays ..1 naissance
            origine ..2 europeenne|francaise|africaine|asiatique|maghrebine|occidentale|antillaise|italienne|
                portugaise|etrangere
            origines ..1 europeennes|francaises|africaines|asiatiques|maghrebines|controlees
            origine ethnique|sociale|geographique ...3 @req
            precis*|indiqu* ..3 origine
            issu|issue|issus ...2 immigration|bonne|milieu|milieux ...1 famille|aise|bourgeois|populaire|s
            issu ..3 immigration
            racines|ascendance ..1 francaise|europeenne|locale|bretonne|corse|alsacienne
            parents francais
            famille francaise
            milieu social|bourgeois|aise|modeste
            bonne famille
            #100 pourcent francais|gaulois
            gens|personnes du voyage
            culture ..1 francaise|europeenne ..1 d ?origine|exigee
            d ici
        """,
        groups="""
            immigre|migrant|refugie; primo arrivant
            origine etrangere
            issus ..2 immigration
            =maghrebin*|antillais; nord africain
            occidental|occidentaux|caucasien
            metropolitain
            zoreille|metro
            domien|ultramarin
        """,
        allows="""
            =origine organique|artificielle|naturelle|minerale|synthetique|chimique|fossile
            client*|clientele|groupe|societe|entreprise|patients|marque ..1 d =origine
            produit*|recette*|vin|vins|plante*|race|espece|fruits|cafe|cafes|the|thes|oeuvres|matieres|
                bois ..4 originaire|originaires
            fruits|fruit|produits|plantes|bois|cuisine|animaux|destination|destinations ..2 exotique|exotiques
            groupe|groupes|clients|visiteurs|touristes|produits|etudiants|voyageurs|public ..3 venus|venant
            statut de refugie
            famille d =origine
            generation|generations d|de ..1 vehicule|injection|machine|appareil|logiciel|produit|reseau|materiel*
            =origine ...2 produit*|viande*|matiere*|fil|sinistre|incendie
            toute|toutes|diverses|differentes|differente ..1 origine
            certificat|appellation|indication|garantie|piece|constructeur|emballage|pays|region ..2 origine
            origine controlee|garantie|protegee|animale|vegetale|biologique|france|locale|bio
            =origine du|de|des ..1 dysfonctionnement*|panne|panne*|defaut*|incident*|projet
            =a =l =origine de|du|des ..1 projet|creation
            refugie ..3 aide|aider|soutien|accueil
            produits|recettes|specialites|cuisine|vins ...3 de chez nous
            mediation|mediateur|avec|aires|aire ...4 gens du voyage
            produit|cuisine|boucherie|viande|restaurant|epicerie|charcuterie|vin|fromage|recette ...4 origine|
                origines ...2
            refugie ...2 bienvenu|accompagne|accueilli|statut
            origine des|du|de ?la|l produit|matiere|viande|appel|legume|anomalie|panne
            d ici ..3
            gens du voyage ..2 accompagn*|accueil
            accueil ..4 gens du voyage
            aire|aires ...3 gens du voyage
            territoire|environnement metropolitain
            metropolitain*
        """,
        unless_text=ROLES,
        not_after="""
            accompagn*|accueil*|public|aupres|foyer|insertion|centre|aide
        """,
    ),
    Family(
        code=Code.ETHNICITY,
        article="L. 1132-1",
        explanation=_WHY_NOT_NATION,
        suggestion=_NO_NATION,
        sensitive="""
            hors ..1 union|ue|europe|eee|cee|schengen
            non|extra europeen|europeens|europeenne|communautaire
            union europeenne
            citoyen|citoyens|citoyenne ..1 europeen|europeens|francais|union
            compatriote
            portugais|portugaise|polonais|polonaise|italien|italienne|espagnols|chinois|chinoise|vietnamien*|bulgare*|
                ukrainien*
            maghrebin*|africain|asiatique|arabe|algerien*|marocain|tunisien*|roumain|malien*|senegalais|comorien*|
                turc|turque|gitan|tsigane|manouche
            =roms|=rom
            nationalite
            race
            couleur de peau
            personne|gens|homme|femme de couleur
            personne|homme|femme noir|noire|blanc|blanche
            francais de souche
            citoyens|citoyen francais
            ressortissant*
        """,
        asked="""
            nationalite
            =francais|=francaise|etranger|etrangere|europeen|europeenne
            titre|carte ..1 sejour
            papiers francais
        """,
        strong="""
            =roms|=rom|gitan*|tsigane*|manouche
            couleur de peau
            de souche
            =nationalite
        """,
        patterns="""
            papiers|passeport francais ..2 @req|@only
            citoyen* europeen*|francais|union @req|@only
            passeport|titre|papiers ..3 union|europeen|europeens|francais ..3 @req
            passeport ..4 @req
            titres ..2 sejour ..3 non|pas|refuse
            titres de sejour ne ...3 pas
            personnel|serveur|serveuse|vendeur|employe|equipe|candidat|nounou ..1 asiatique|africain|arabe|noir|blanc|
                antillais|indien|chinois|japonais|italien @req
            nationalite ..1 francaise|europeenne|etrangere|suisse|belge|italienne|portugaise|marocaine
            nationalite ..3 @req|obligatoire|precisee|imperative
            precis*|indiqu*|mention* ..3 nationalite
            carte ..1 electeur|electorale
            citoyen* francais|francaise
            de|race blanche|noire|jaune|arabe
            race ..3 @req
            couleur de peau
            peau blanche|claire|noire|foncee|mate|blanc
            de couleur ..2 s abstenir|@req
            personne de couleur
            ressortissants francais|europeens @only
            ressortissants francais|europeens
            etrangers ?hors ?ue s abstenir
            francais @only
            francaise @only
            type|profil|minorite ethnique
            appartenance|origine ethnique
            blacks|beur|beurette|toubab|gadjo
            ethnie
            passeport francais
        """,
        groups="""
            belge|suisse|luxembourgeois|espagnol|russe|bulgare|grec|hongrois|tcheque|slovaque|ivoirien*|philippin*|
                malgache|japonais|bosniaque|croate|moldave|cambodgien*|laotien*|thailandais*|antillais*|caucasien*|
                hispanique|slave|latino
            albanais|kosovar|georgien|serbe|armenien|kabyle|berbere|nigerian|camerounais|ivoirien|congolais|guineen|
                mauritanien|egyptien|libanais|irakien|iranien|bangladais|tamoul|bresilien|colombien|mahorais|tchetchene
            ressortissant ..3 union ?europeenne
            ressortissant ..3 europeens|francais|ue
            ressortissant
            etranger
            =francais|=francaise|=francaises
            europeen
            arabe|africain|asiatique|chinois|turc|algerien|marocain|tunisien|roumain|polonais
            portugais|italien|espagnol|malien|senegalais|comorien|haitien|afghan|syrien|ukrainien|indien|pakistanais
            rom|roms|tsigane|gitan|manouche|romanichel
            noir|blanc|blanche|black
            race
            personne de couleur
            gens de couleur; gens du voyage
            juif
        """,
        allows=f"""
            race|races de ..1 brebis|vache|chevre|porc|poule|chien|cheval|chevaux|mouton|bovin|lapin
            reglementation|administrative|juridique|norme ..1 francais*|europeen* et|ou europeen*|francais*
            race d|de ..1 animaux|animal|chiens|vaches
            clientele|clients|client|patrons|groupe|siege|filiale|usine|fournisseur|equipe|bureau|restaurant|cuisine|
                boulangerie|epicerie|vin|vins|film|langue ..1 portugais|portugaise|polonais|polonaise|italien|
                italienne|espagnols|chinois|chinoise|vietnamien*|japonais
            mediation|mediateur|avec|aires|aire|accueil ...4 gens du voyage
            =le|=l|=du|=en|=au|=d {LANGUAGES}
            langue ..1 anglaise|francaise|espagnole|allemande|italienne|portugaise|arabe|chinoise|russe
            parle|parlant|ecrit|oral|bilingue|lu|courant|notion|niveau|pratique|maitrise|cours {LANGUAGES}
            {LANGUAGES} ..3 lu|ecrit|parle|courant|oral|niveau|correct|professionnel|technique|@req|fluide|apprecie|
                maitrise
            {LANGUAGES} / ?et|ou {LANGUAGES}
            {LANGUAGES} ou|et|/ {LANGUAGES}
            cuisine|restaurant|specialite|gastronomie|marche|client|clientele|filiale|marque|epicerie|produit|
                vin ..1 {LANGUAGES}|africain|asiatique|europeen|indien
            travail|permis|vin|pain|fromage|carte|page|tableau|linge|marche|espace|salle|chemise|pantalon|blouse|sel|
                beurre|chocolat noir|blanc|noire|blanche
            permis ...3 etranger
            commerce|deplacement|salon|fournisseur|mission|chantier|voyage ..3 etranger
            a l etranger
            langue etrangere
            langue|droit|code|norme|reglement*|entreprise|groupe|societe|marche|territoire|leader|parlement|
                legislation|fabrication francais|europeen
            francais|europeen langue
            langue francais|francaise
            societe|entreprise|groupe|marque ..2 francais|francaise|europeen|europeenne
            produit* ..1 blanc
            arabe litteraire
            norme|reglementation|directive europeen
            ville|voile|zone|travaux|chocolat blanc|noir
            chocolat noir
            autorisation ..2 travail
            titre ..1 sejour
        """,
        unless_sentence=f"""
            autorisation ..2 travail*
            autorise|autorisant|autorises|autorisees|droit ..3 travail*
            permis de travail
            cnaps; bulletin ..2 #2-3; race ..8 animal*|bovin*|ovin*|elevage|reprodu*|chien*; reprodu* ..4 race
            titre ..1 sejour ..3 autoris*|travail*|valide|valable|validite
            reconnaissance|equivalence ..3 diplome*
            fle
            {LANGUAGES} ..2 langue etrangere
            cours|professeur|enseigner|traduction|traducteur|interprete|interpretariat|fle
        """,
        unless_text=_REGULATED + ROLES,
        not_after="""
            cuisine|restaurant|commerce|langue|parler|parlant|parle|maitrisant|maitrise|bilingue
            parlez|lire|ecrire|comprendre|pratiqu*|maitrise*|accompagn*|accueil*|aupres|chaussette|gamme
        """,
    ),
    Family(
        code=Code.ETHNICITY,
        article="L. 1132-1",
        explanation=_WHY_NOT_NATION,
        suggestion=_NO_NATION,
        patterns=f"""
            exclu|exclus|refus*|sauf|hors ...5 titre|carte ..1 sejour
            etre|etes|soyez ..1 citoyen*|ressortissant* ..1 de|du|d|francais*|europeen*|l
            de maison|menage|compagnie {NATIONS}
            francais*|europeen* ?e d abord
            passeport|papiers|diplome ..1 etranger ...4 =non|accept*|refus*
            aucun ..1 passeport|nationalite|etranger
            cuisinier*|serveur*|serveuse|macon|nounou|nourrice|ouvrier*|manoeuvre|chauffeur*|vendeur*|vendeuse|
                personnel|
                employe|coiffeur*|coiffeuse|plaquiste|peintre|saisonnier*|travailleur*|candidat*|personne|commis|
                carreleur*|couvreur*|jardinier*|plongeur*|femme|homme|dame|monsieur|jeune|masseu*|cueilleur*|
                bucheron*|etudiant*|main|collaborat*|gens|salarie {NATIONS}
            main d oeuvre {NATIONS}
            jeune|jeunes fille|femme|homme|garcon {NATIONS}
            =nationalite {NATIONS}
            equipe|personnel|effectif|staff ..2 ?exclusivement pourcent|@only francais*|europeen*|blanc*
            de|=l|=ue|=eee ..1 ue|eee|schengen|union|europe ..2 @only
            @only|seul|reserve ..6 =ue|=eee|schengen|europeens|europeennes
            carte|titre|titulaire*|recepisse ...2 sejour ...6 =non|=pas|refus*|abstenir|exclu*|inutile|rejet*|ecart*
            sans ..2 titre|carte ..1 sejour ...4 abstenir|inutile
            papiers francais|europeens
            francais ou|et europeen*
        """,
        allows="""
            jeune entreprise; regle|loi|texte|exigence|reglementation|norme ..1 francais* et|ou europeen*
        """,
        unless_sentence="""
            langue|langues|bilingue|trilingue|parlant|parle|parlez|clientele|traduction
            specialite; lutt*|discrimination*
        """,
        unless_text=_REGULATED + ROLES,
    ),
    Family(
        code=Code.ORIGIN,
        article="L. 1132-1",
        explanation=_(
            "L’origine d’une personne ne dit rien de ses compétences : elle ne peut être ni demandée ni écartée."
        ),
        suggestion=_("Retirez cette mention et dites la compétence utile au poste."),
        patterns="""
            issu ..3 diversite
            diversite s abstenir
            pas|non|sans ..3 =diversite ..1 @req
        """,
        is_cleared=False,
    ),
)
