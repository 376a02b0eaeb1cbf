"""Sexual orientation, gender identity, morals: L. 1132-1."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.SEXUAL_ORIENTATION,
        article="L. 1132-1",
        explanation=_("L’orientation sexuelle relève de la vie privée : elle ne peut apparaître dans une offre."),
        suggestion=_("Retirez cette mention."),
        sensitive="""
            homosexuel*|heterosexuel*|bisexuel*|lesbienne|=gay|=gays|=homo|=homos|=hetero|=heteros|lgbt*
            orientation ..1 sexuelle
        """,
        asked="""
            orientation ..1 sexuelle
            homosexuel*|heterosexuel*|bisexuel*|lesbienne|=gay|hetero
        """,
        strong="""
            homosexuel*|heterosexuel*|bisexuel*|lesbienne
        """,
        patterns="""
            marie|mariee|couple ..1 a|avec une|un femme|homme
            tapette|pede|pd|tantouze|gouine|efemine
            couple ..2 meme sexe
            meme sexe ...6 @out
            pas|non|ne ...6 couple ..1 homo*|gay|lesbien*
            marie a une|un homme|femme
            orientation sexuelle|sexuel|sexuelles ...3 @req
            orientation sexuelle ..1 precis*|classique|normale|traditionnelle|conforme
            precis*|indiqu* ...3 orientation sexuelle
            moeurs ..1 hetero*
            preference sexuelle
            vie sexuelle
            couple traditionnel|heterosexuel
            sexualite ...2 normale|classique|conforme|traditionnelle
        """,
        groups="""
            hetero|heteros|heterosexuel*
            homo|homos|homosexuel*
            =gay|gays|gai|lesbienne|lgbt*|bisexuel*
            orientation sexuelle
            efemine
        """,
        allows="""
            bar|club|etablissement|association|communaute|presse|magazine|centre ..2 gay|lgbt*|lesbien*
            gay|lgbt friendly
            droits ..2 lgbt*
            personnes|jeunes lgbt*
        """,
    ),
    Family(
        code=Code.GENDER_IDENTITY,
        article="L. 1132-1",
        explanation=_("L’identité de genre ne peut écarter personne d’un emploi."),
        suggestion=_("Retirez cette mention ; « H/F » ou « tous genres » suffit."),
        sensitive="""
            transgenre|transsexuel*|travesti*|cisgenre|cis|queer
            non binaire
            identite ..1 de genre
            transition ..1 de genre
            =trans
        """,
        asked="""
            identite ..1 genre
            =trans|transgenre*|transsexuel*
            sexe ..1 naissance
        """,
        strong="""
            transgenre*|transsexuel*|travesti*
        """,
        patterns="""
            genre|sexe|prenom ...6 etat civil
            genre|sexe|prenom ...4 papiers|naissance
            prenom ..1 de naissance
            prenom ..2 usage ...4 naissance|officiel|etat
            sexe|genre ..2 etat civil
            apparence ..3 feminine|masculine ...3 @req
            correspond* ..2 sexe
            sexe ..2 inscrit|civil|indique|biologique|assigne
            genre|sexe de naissance
            nee|ne ?biologiquement homme|femme
            homme|femme biologique|cisgenre|cis
            hommes|femmes biologiques|cisgenres|cis
            vrai|vraie|vrais|vraies homme|femme
            identite de genre ...3 @req|conforme|stable|claire|definie|precisee
            sexe ..2 conforme ..3 papiers|identite|etat
            genre ..2 conforme ..3 papiers|identite|etat|civil
        """,
        groups="""
            trans|transgenre|transsexuel*|travesti*
            non binaire
            cisgenre|cis
            androgyne
            transidentit*
            queer
            transition de genre
        """,
        allows="""
            violence*|egalite|etudes|statistiques ...4 genre
            trans atlantique|manche|alpin|europeen|mission
            association|accompagn* ..4 trans|transgenre
            personnes trans accompagnees|suivies
        """,
    ),
    Family(
        code=Code.MORALS,
        article="L. 1132-1",
        explanation=_("Les mœurs et la vie privée ne regardent pas l’employeur tant que le travail est bien fait."),
        suggestion=_("Dites la règle de travail utile : « locaux non-fumeurs », « ponctualité attendue »."),
        unless_sentence="""
            cnaps|prefector*|agrement
        """,
        strong="""
            moeurs; moralite
        """,
        sensitive="""
            moeurs
            moralite
            fumeur|fumeuse|fumeurs
        """,
        asked="""
            fumeu*
            alcool|drogue
            casino|tabac
        """,
        patterns="""
            vie ..2 dissolue|debridee|agitee|decousue|desordonnee
            bonne|bonnes|saine vie|moeurs et ?bonnes|bonne moeurs|moralite|vie
            pas|sans|aucun|ni|jamais|zero ..2 alcool|cannabis|fete|fetes|drogue ...4 meme|week|soir|vie|dehors|dehors|
                weekend
            ni|sans|pas ..1 alcool ni|ou|et tabac|cigarette|drogue
            ni|sans|pas ..1 tabac|cigarette ni|ou|et alcool
            fumez|buvez vous
            si vous fumez|buvez
            fumer|boire ...4 meme en dehors
            boi* ..2 verre|alcool
            concubin*
            sort* ..2 boite|soir|nuit ...4 abstenir
            sans vice|vices
            frequent* ...3 bars|boites|casinos
            bonne ..1 moeurs
            moeurs irreprochable|saines|exemplaires|legeres|correctes
            moralite ..2 irreprochable|exemplaire|exige|exigee|requise|parfaite|impeccable|sans
            bonne ?vie ?et moralite
            bonne moralite
            haute moralite
            vie ..1 privee|personnelle ?et ?familiale irreprochable|saine|stable|rangee|equilibree|sans|exemplaire
            vie rangee|dissolue|saine|stable @req
            vie ..1 saine
            mode|hygiene de vie sain|saine|irreprochable|stable|equilibree
            vie ..2 stable @req
            non fumeu*
            ne fumant pas
            ne fum* pas
            ni fumeu* ni
            pas ..1 fumeu*
            sans ..1 alcool|tabac ..2 vie
            ne buvant|buvez|boit pas
            ne consomm* ..2 alcool
            abstinent
            pas ..2 fetard|sorteur|noctambule
            libertin*|echangist*
            polygam*
        """,
        refused="""
            fumeu*
            fetard
            libertin*
            buveu*
            concubin*
        """,
        allows="""
            eduqu*|encourag*|promouv*|promeut|avantage*|education|sensibilis* ...4 mode de vie
            pratique* de vie
            habitude* de vie
            =site|espace|salle|terrasse|vehicule|locaux|local|batiment|zone|abri|coin|atelier|bureau|bureaux|
                aire ..3 ?non fumeu*
            fumeu* / non fumeu*
            chambre|chambres|salle|espace|terrasse|zone ..2 fumeur ?et ?non ?fumeur
            locaux|batiment|vehicule|environnement|etablissement|espace|lieu|chambre|site|restaurant|entreprise|
                zone ..1 non fumeu*
            ne ..1 fum* pas ...3 dans|sur|pendant
            interdi* ..2 fumer
            norme|tradition|coutume|etude|histoire|=us ...4 moeurs
        """,
        unless_text=ROLES,
    ),
)
