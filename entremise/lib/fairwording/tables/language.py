"""Surname, language, genetic features: L. 1132-1."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.identity import LANGUAGES
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.SURNAME,
        article="L. 1132-1",
        explanation=_("Le nom de famille d’une personne ne peut jouer aucun rôle dans un recrutement."),
        suggestion=_("Retirez cette mention."),
        sensitive="""
            nom|noms|prenom|prenoms ..4 exotique*|rallonge|complique*|imprononcable*|etranger|etrangers|francais|arabe*
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
            accent|accents
            creolophones|arabophones|turcophones|lusophones|hispanophones|russophones
            creolophone|arabophone|turcophone|lusophone|hispanophone|russophone|sinophone|germanophone
            parl* ..1 =arabe|=turc|=creole|=wolof|=berbere|=kurde
            accent
            langue maternelle
            locuteu* natif|native
            accent etranger|regional|africain|marque|prononce|du
        """,
        asked="""
            accent
            langue ..1 maternelle|maison
        """,
        patterns=f"""
            ne|nee|nes|nees ..1 francophone|anglophone|germanophone|hispanophone
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
            {LANGUAGES} maternel|maternelle|natif|native|natifs|natives
            natif|native|natifs|natives {LANGUAGES}
            native|natif speaker
            locuteur|locutrice|locuteurs natif|native|natifs
            anglophone|francophone|hispanophone|germanophone|lusophone|arabophone|italophone|russophone ..1 natif|
                native|naissance|maternel|origine
            de langue maternelle
            {LANGUAGES} de naissance
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
            public|apprenant*|eleve*|adultes ...8 langue maternelle
            mettre ...2 accent
            accent sur
        """,
        unless_sentence="""
            fle; allophone*|alphabetisation
            professeur|professeure|enseignant|formateur|formatrice|apprenant*
        """,
        unless_text=ROLES,
    ),
    Family(
        code=Code.LANGUAGE,
        article="L. 1132-1",
        explanation=_(
            "Demander une « langue maternelle » ou l’absence d’accent vise l’origine des personnes, pas leur niveau. "
            "Ce qui compte est la maîtrise de la langue."
        ),
        suggestion=_("Dites le niveau utile : « anglais courant », « français écrit, niveau B2 »."),
        patterns=f"""
            {LANGUAGES} natif|native|natifs|natives
            natif|native|natifs|natives {LANGUAGES}
            natif|native|natifs|natives ..1 de|du|d|en ..1 {LANGUAGES}
            premiere langue; langue premiere|natale|natal
            langue ..2 enfance|parents|naissance
            {LANGUAGES} ..3 langue ..1 maternelle|premiere|natale
        """,
        allows="""
            public|apprenant*|eleve*|adultes|publics|residents|patients ...8 langue maternelle
        """,
    ),
    Family(
        code=Code.GENETICS,
        article="L. 1132-1",
        explanation=_(
            "Les caractéristiques génétiques et les antécédents de famille ne peuvent jamais être demandés."
        ),
        suggestion=_("Retirez cette mention ; la médecine du travail s’assure de l’aptitude au poste."),
        patterns="""
            analyse|test|bilan ..2 adn|genetique ...2 fournir|joindre|passer|obligatoire|produire
            test|analyse|examen|depistage|prelevement|bilan ..2 adn|genetique ...6 @req|embauche|candidat*|prealable|
                avant
            @req|embauche|candidat*|acceptez|passer ..4 test|analyse|examen|depistage|prelevement ..2 adn|genetique
        """,
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
        asked="""
            hereditaire*|genetique*
            antecedent* familiaux
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
