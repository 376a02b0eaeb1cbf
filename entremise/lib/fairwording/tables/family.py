"""Family situation, pregnancy, sexual orientation, gender identity, morals: L. 1132-1."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.FAMILY,
        article="L. 1132-1",
        explanation=_(
            "La situation de famille ne regarde pas l’employeur : elle ne dit rien de la capacité à travailler."
        ),
        suggestion=_("Décrivez les horaires et les déplacements : chacun saura s’ils lui conviennent."),
        sensitive="""
            parents de jeunes
            vie familiale
            marie|mariee|maries|pacsee
            celibat
            mode de garde
            famille nombreuse
            concubin*
            celibataire
            charge de famille
            vie de famille
            situation ..1 familiale|maritale|matrimoniale
            situation de famille
            mere|pere|maman|papa ?de|d ?famille
            parent isole
            monoparental*
            divorce|pacse
            conjoint|conjointe
            =enfants en bas age
            =enfants a charge
            attache familiale
            jeune parent|papa|maman|mere
            mere|maman seule
            vos =enfants
        """,
        patterns="""
            combien d =enfants
            parents ..3 =enfants ...8 abstenir|postuler
            parents de jeunes =enfants
            avec qui vivez vous
            probleme ..2 garde
            garde d =enfants ..3 assuree|resolue|organisee|fiable
            vie ..1 familiale ...4 incompatible|abstenir|compatible
            disponible ...4 sans famille
            mode de garde
            mode de garde ...4 =enfant|=enfants|fiable
            ^ celibataire
            celibataire $
            h / f celibataire
            h f celibataire
            avez vous ..2 =enfants
            avez vous ..1 famille|conjoint
            projets ..2 couple|famille|mariage|enfant
            etes vous marie|celibataire
            =enfants ..3 grands|autonomes|scolarises|eleves
            sans|pas|ni d =enfant|=enfants
            sans =enfant|=enfants
            si vous avez ..2 =enfants
            celibataires ..1 bienvenu*|apprecie*|prefere*
            celibat* ..2 @req|accepte|apprecie|sans|geographique
            celibat* et|ou sans
            libre de toute|tout|toutes ..1 charge|attache|contrainte|obligation|engagement ?familial*|famille|de
            degage de ..2 obligation|contrainte ..1 familial*
            sans|aucune|pas|degage|libre|exempt|peu ..2 charge|attache|contrainte|obligation|responsabilite ?de|
                d famil*
            sans ..1 attache
            sans charges
            =enfants a charge
            situation ..1 famille|familiale|maritale|matrimoniale stable|@req|a|precisee
            situation ..1 famille|familiale|maritale|matrimoniale ..2 @req|stable|compatible
            precis*|indiqu*|mention*|communiqu* ..4 situation ..1 famil*|maritale|matrimoniale
            situation maritale|matrimoniale
            nombre d =enfants ...3 @req
            nombre d =enfants
            enfants ?tous|deja|en ?bas|eleves|grands|autonomes ..1 eleve|grands|autonomes
            enfants ..1 en bas age
            pere|mere|papa|maman de ..1 famille|enfants
            vie de famille|couple ...3 incompatible|impossible|s
            incompatible ...3 vie de|familiale ?famille
            incompatible avec ..2 enfants
            =couple|couples ?marie|sans|avec ..1 @req
            =couple|couples marie|sans|exige
            non|pas ..1 marie|pacse|divorce
            personne seule
            divorce ..2 abstenir
            nom|profession ..1 du|de ..1 conjoint|conjointe|mari|epouse
        """,
        groups="""
            celibataire
            marie|pacse|divorce|veuf|veuve
            peres|meres ?de ?famille
            mere|pere|maman|papa ?de|d ?famille
            famille monoparentale
            parent isole|solo|seul|celibataire
            monoparental*
            parents
            jeune parent|papa|maman|mere
        """,
        lacking="""
            =enfant|=enfants
            conjoint|conjointe
            charge ?de famille
            attache ?familiale
            vie de famille
            contrainte familiale|familiales
            obligation familiale|familiales
        """,
        allows="""
            concili*|organis*|equilibre|adapt* ...5 vie familiale|de famille|personnelle
            mode de garde collectif|propose|creche
            aide|devoirs|garder|gardez|atelier|ateliers|animation|animations|accueil|activites|sorties|soins|
                jeux ...4 =enfant|=enfants ?en ?bas ?age
            =enfants ..1 gard*|accueil*|accompagn*|malade|handicap*
            contact ...3 =enfants
            celibat* geographique ..3 logement
            parents|parent|enfant|enfants d eleves|eleve
            relation ..3 parents
            parents|familles accueillis|accompagnes|employeurs|particuliers
            particulier employeur
            lit|lits d enfant
            contact|surveillance ...4 enfants
            charge de famille ..2 prise
            enfants du personnel
            supplement familial
            conge ...3 parental|enfant
            creche|mutuelle|prime|chequess ...4 enfants|famille|conjoint
            ni|sans|pas ..2 =enfants ..1 dans|sur|a ..3 piece|salle|vehicule
        """,
        unless_sentence="""
            laiss* ...4 enfant
            surveillance
            aire de jeux
            creche|periscolaire; halte garderie; assistante maternelle
            mediation familiale
            allocataire|allocations
        """,
        not_after="""
            accompagn*|accueil*|aupres|soutien|suivi|aid*|gard*|foyer|relation|avec|conseiller
        """,
    ),
    Family(
        code=Code.PREGNANCY,
        article="L. 1132-1, L. 1225-1",
        explanation=_("La grossesse, passée, présente ou souhaitée, ne peut être ni une condition ni une question."),
        suggestion=_("Retirez cette mention ; dites seulement si le poste comporte des risques particuliers."),
        sensitive="""
            enceinte
            grossesse
            maternite
            conge ..1 maternite|parental
        """,
        patterns="""
            ne|n|pas ...4 faire d =enfant|=enfants
            faire ..1 d =enfant|=enfants|bebe
            ne ...3 tomber|pas enceinte
            projet ..2 grossesse|maternite|enfant|bebe|parentalite
            enceinte|grossesse ..2 @out
            grossesse ...2 incompatible|pas|exclue
            test ..1 grossesse
            conge ..1 maternite ..3 pas|prevu|exclu|eviter|envisage|programme
            pas ..2 conge ..1 maternite
            ne|n|pas|sans|aucun|eviter|exclu* ...8 conge ..1 maternite|parental
            pas|sans|ni ...5 avoir ..1 =enfant|=enfants|bebe
            pas|sans|ni ...3 envie|intention|desir|souhait ...3 =enfant|=enfants|bebe|maternite|grossesse
            sans ..2 conge ..1 maternite
            vouloir|envie|desir|desirant ..1 d =enfant|=enfants
            ne ..1 souhait* pas ...3 =enfant|=enfants|maternite
            tomber enceinte
            pas|non|sans ..3 enceinte|grossesse|maternite
            prevoy* ..2 pas ...3 =enfant|=enfants|maternite|grossesse
            prevu ...2 avoir d =enfant|enfants
            maternite ...4 planifie|prevue|envisage
        """,
        groups="""
            femme enceinte
            enceinte
            future mere|maman
            grossesse|maternite
        """,
        allows="""
            remplac* ...4 conge ..1 maternite
            remplac* ...4 maternite
            service|sage|centre|hopital|clinique|suivi|unite|bloc|pole|consultation|echographie ..2 maternite|grossesse
            aupres ..2 femme enceinte
            accompagn* ...3 enceinte|grossesse|maternite
            aux femme enceinte
            conge ..1 maternite ..2 remplac*|paye|maintien|indemnise|ameliore
            suivi ..3 grossesse
            femmes enceintes ?et ..2 nouveau
            vetements ?de grossesse|maternite
            garde ...2 maternite
        """,
        unless_sentence="""
            remplacement|remplacer|remplace|remplacant
            patientes|parturientes|accouchement|consultations|suivi|allaitement
            rayonnement*
            obligation legale
            code du travail
        """,
    ),
    Family(
        code=Code.SEXUAL_ORIENTATION,
        article="L. 1132-1",
        explanation=_("L’orientation sexuelle relève de la vie privée : elle ne peut apparaître dans une offre."),
        suggestion=_("Retirez cette mention."),
        sensitive="""
            homosexuel*|heterosexuel*|bisexuel*|lesbienne|=gay|=gays|=homo|=homos|=hetero|=heteros|lgbt*
            orientation ..1 sexuelle
        """,
        patterns="""
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
        patterns="""
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
        sensitive="""
            moeurs
            moralite
            fumeur|fumeuse|fumeurs
        """,
        patterns="""
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
            chambre|chambres|salle|espace|terrasse|zone ..2 fumeur ?et ?non ?fumeur
            locaux|batiment|vehicule|environnement|etablissement|espace|lieu|chambre|site|restaurant|entreprise|
                zone ..1 non fumeu*
            ne ..1 fum* pas ...3 dans|sur|pendant
            interdi* ..2 fumer
        """,
        unless_text=ROLES,
    ),
)
