"""Origin, ethnic group or nation or alleged race, surname, language, genetic features: L. 1132-1."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.identifiers import gettext_noop as _

_LANGUAGES: Final = (
    "=anglais|=francais|=espagnol|=allemand|=italien|=portugais|=arabe|=chinois|=mandarin|=russe|=neerlandais|=japonais"
    "|=turc|=polonais|=roumain|=ukrainien|=vietnamien|=creole|=coreen|=suedois|=hebreu|=grec"
)
# Public jobs a law keeps for nationals, and the papers everybody needs.
_REGULATED: Final = """
    fonction publique; fonctionnaire
    police|gendarm*|armee|militaire|defense|douane
    magistrat*|notaire|juge
    habilitation
    confidentiel|secret
    ressortissant|ressortissants ..3 europe*|union|eee|espace
"""
FAMILIES: Final = (
    Family(
        code=Code.ORIGIN,
        article="L. 1132-1",
        explanation=_(
            "L’origine d’une personne ne dit rien de ses compétences : elle ne peut être ni demandée ni écartée."
        ),
        suggestion=_("Retirez cette mention et dites la compétence utile au poste."),
        sensitive="""
            origine europeenne|francaise|etrangere|africaine|asiatique|maghrebine|caucasienne|sociale|ethnique
            immigre|migrant|refugie
            immigration
            type europeen|caucasien|africain|asiatique
            vos|votre origine
            maghrebin*
        """,
        patterns="""
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
            issu|issue|issus de l immigration|diversite|immigration
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
        explanation=_(
            "La nationalité, l’appartenance à une ethnie ou à une prétendue race ne peuvent être une condition, "
            "sauf pour quelques emplois publics prévus par la loi."
        ),
        suggestion=_("Retirez cette mention ; au plus, rappelez « autorisation de travail en cours de validité »."),
        sensitive="""
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
        patterns="""
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
            clientele|clients|client|patrons|groupe|siege|filiale|usine|fournisseur|equipe|bureau|restaurant|cuisine|
                boulangerie|epicerie|vin|vins|film|langue ..1 portugais|portugaise|polonais|polonaise|italien|
                italienne|espagnols|chinois|chinoise|vietnamien*|japonais
            mediation|mediateur|avec|aires|aire|accueil ...4 gens du voyage
            =le|=l|=du|=en|=au|=d {_LANGUAGES}
            langue ..1 anglaise|francaise|espagnole|allemande|italienne|portugaise|arabe|chinoise|russe
            parle|parlant|ecrit|oral|bilingue|lu|courant|notion|niveau|pratique|maitrise|cours {_LANGUAGES}
            {_LANGUAGES} ..3 lu|ecrit|parle|courant|oral|niveau|correct|professionnel|technique|@req|fluide|apprecie|
                maitrise
            {_LANGUAGES} / ?et|ou {_LANGUAGES}
            {_LANGUAGES} ou|et|/ {_LANGUAGES}
            cuisine|restaurant|specialite|gastronomie|marche|client|clientele|filiale|marque|epicerie|produit|
                vin ..1 {_LANGUAGES}|africain|asiatique|europeen|indien
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
            {_LANGUAGES} ..2 langue etrangere
            cours|professeur|enseigner|traduction|traducteur|interprete|interpretariat|fle
        """,
        unless_text=_REGULATED + ROLES,
        not_after="""
            cuisine|restaurant|commerce|langue|parler|parlant|parle|maitrisant|maitrise|bilingue
            parlez|lire|ecrire|comprendre|pratiqu*|maitrise*|accompagn*|accueil*|aupres|chaussette|gamme
        """,
    ),
    Family(
        code=Code.SURNAME,
        article="L. 1132-1",
        explanation=_("Le nom de famille d’une personne ne peut jouer aucun rôle dans un recrutement."),
        suggestion=_("Retirez cette mention."),
        sensitive="""
            patronyme
            consonance
            prenom francais|europeen
            nom de famille
        """,
        patterns="""
            nom ..3 prononcer
            noms ..2 etrangers|difficiles|compliques|exotiques
            chang* ..4 nom|prenom ..2 telephone|standard|clients
            nom|prenom ..2 emprunt
            pseudonyme ..3 @req|francais
            nom|noms|prenom|prenoms ...5 chez nous|ici|terroir|prononcer|etranger|exotique|breton|corse
            nom|patronyme|prenom ..4 consonance
            nom|patronyme|prenom ..3 francais|europeen|facile|simple|prononcable|arabe|etranger|africain|maghrebin|
                breton|corse
            patronyme ...3 @req
            consonance ..1 francaise|europeenne|etrangere|arabe|africaine|maghrebine|locale
            changer|changement de|votre|son prenom|nom
            changer ..1 ?votre prenom|nom
            prenom ..2 emprunt|francise
            nom ..3 difficile* prononcer
            patronyme
        """,
        allows="""
            nom|prenom ..3 fichier|domaine|marque|produit|rue|commercial|latin
        """,
    ),
    Family(
        code=Code.LANGUAGE,
        article="L. 1132-1",
        explanation=_(
            "Demander une « langue maternelle » ou l’absence d’accent vise l’origine des personnes, pas leur niveau. "
            "Ce qui compte est la maîtrise de la langue."
        ),
        suggestion=_("Dites le niveau utile : « anglais courant », « français écrit, niveau B2 »."),
        sensitive="""
            creolophone|arabophone|turcophone|lusophone|hispanophone|russophone|sinophone|germanophone
            parl* ..1 =arabe|=turc|=creole|=wolof|=berbere|=kurde
            accent
            langue maternelle
            locuteu* natif|native
            accent etranger|regional|africain|marque|prononce|du
        """,
        patterns=f"""
            aucune autre langue
            pas|aucune|jamais|interdit ...4 autre langue
            parl* ..1 =arabe|=turc|=creole|=roumain|=portugais|=kurde|=berbere|=wolof|=chinois|=russe|
                =polonais ..3 chez|entre|maison
            exclu|interdit|refus*|evit* ...8 parl* ..1 =arabe|=turc|=creole|=roumain|=portugais|=kurde|=berbere|
                =wolof|=chinois
            langue ..1 de la maison|famille
            langue ..3 foyer|parents
            native|natif english|french|german|spanish
            langue maternelle
            {_LANGUAGES} maternel|maternelle|natif|native|natifs|natives
            natif|native|natifs|natives {_LANGUAGES}
            native|natif speaker
            locuteur|locutrice|locuteurs natif|native|natifs
            anglophone|francophone|hispanophone|germanophone|lusophone|arabophone|italophone|russophone ..1 natif|
                native|naissance|maternel|origine
            de langue maternelle
            {_LANGUAGES} de naissance
            mother tongue
            sans ..1 accent
            aucun accent
            pas ..1 d|de accent
            accent ..1 etranger|africain|marque|prononce|regional|parisien|maghrebin|pur|neutre|francais|meridional|
                creole|exclu
            ne ..1 parl* ..1 que|qu ..1 francais
            ne ..2 parl* pas ...2 arabe|langue|creole|breton
            parlant @only francais
            interdi* ...2 parler ...3 langue|arabe|creole|dialecte
            langue d origine
            parl* ...3 arabe|creole|turc|langue s abstenir
            francais|anglais sans faute orale
        """,
        allows="""
            cours|enseign*|atelier|ateliers ..2 langue maternelle
            l accent est|sera
            arabophone|creolophone|lusophone|hispanophone|russophone|germanophone|turcophone ..2 apprecie|bienvenu|
                souhaite|recherche|atout|plus|clientele
            accent ..1 sur|grave|aigu|tonique
            mettre ...2 accent
            clients|clientele|patients|public ...2 arabophone|creolophone|lusophone|hispanophone|russophone
            parl* ..1 =arabe|=turc|=creole|=wolof|=berbere|=kurde ..3 apprecie|atout|plus|souhaite|interprete
            sans ..1 accent sur
            ecole maternelle
            langue maternelle ..3 n est|pas|autre|differente
            mettre ...2 accent
            accent sur
        """,
        unless_text=ROLES,
    ),
    Family(
        code=Code.GENETICS,
        article="L. 1132-1",
        explanation=_(
            "Les caractéristiques génétiques et les antécédents de famille ne peuvent jamais être demandés."
        ),
        suggestion=_("Retirez cette mention ; la médecine du travail s’assure de l’aptitude au poste."),
        sensitive="""
            genetique
            adn
            hereditaire
        """,
        patterns="""
            test|analyse|examen|depistage|profil|prelevement|bilan|carte|fiche ..1 adn|genetique|genetiques
            antecedent ..1 genetique|hereditaire|familiaux|familial
            maladie ..1 genetique|hereditaire
            predisposition ..1 genetique|hereditaire|medicale
            patrimoine|terrain|capital genetique
            =gene|=genes ..2 @req|sain
            groupe sanguin
            hereditaire ...3 @out
            caracteristique genetique
        """,
        unless_sentence="""
            laboratoire|analyse|analyser|realiser|realisation|biologie|biologiste|patients|chercheur|sequenc*
            interpret*|echantillon*|technicien*|hopital|semence*|elevage|selection|vegetal*|animal*|conseiller|
                conseillere
        """,
    ),
)
