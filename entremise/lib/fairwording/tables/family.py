"""Family situation, pregnancy: L. 1132-1."""

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
            personne|personnes a charge
            union libre
            veuf|veuve|veufs|veuves
            =enfant|=enfants en ..1 bas age
            =bebe|=bebes a|la maison
            parent|parents|mere|pere|maman|papa solo|solos|isole|isoles|seule|seuls
            vie conjugale|maritale|couple
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
            avec =enfants
            =enfants a charge
            attache familiale
            jeune parent|papa|maman|mere
            mere|maman seule
            vos =enfants
        """,
        asked="""
            couple|seul|seule|celibataire|marie|mariee
            personne|personnes a charge
            =enfant|=enfants
            marie|mariee|celibataire|divorce|pacse|concubin*|veuf|veuve
            =conjoint|=conjointe|=couple
            situation ..1 familiale|matrimoniale|maritale|conjugale
            situation ..1 famille
            charge ..1 famille|familiale|familiales
            mode de garde
            parent|=mere|=pere|=maman|=papa
        """,
        strong="""
            statut marital|matrimonial|conjugal|civil; etat matrimonial
            marie|mariee|pacse|pacsee|divorce|divorcee|
                celibat; =enfants en bas age; vie de couple; situation familiale|maritale|
                matrimoniale; obligations familiales|parentales; charge|charges de famille; obligations de|d parent|
                parents|mere|pere
            celibataire
            mere|pere ..1 famille
            divorcee|divorcees
        """,
        patterns="""
            sans|pas|aucune ..1 famille ..1 charge|nombreuse
            famille a charge
            vivez vous ...2 couple|seul|seule|famille|parents
            qui ..1 gard*|recuper*|occup* ..2 =enfants|=enfant
            vos =enfants ...5 malade*|gard*|ecole|ages
            que ferez|feriez vous ...4 =enfant|=enfants
            @want ..2 couple marie|sans|heterosexuel
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
            robe* ..1 mariee*
            visser|serrer|serrage|cle ...4 couple ..1 demande*
            recherche|activite|action|projet|comite|programme|travaux|demarche conjoint|conjointe
            personne|professionnel|assistant|metier ...8 qui s occupe
            maison mere; allocation ..1 de|du parent
            futur*|robe*|jeunes marie|maries|mariee
            concili*|organis*|organiser|selon|equilibre|adapt* ...5 vie familiale|personnelle|privee
            concili*|organis*|equilibre|adapt*|selon ...5 vie de famille
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
        unless_text=ROLES,
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
            projet|projets ..1 =bebe|enfant
            =bebe
            tomber enceinte
            enceinte
            grossesse
            maternite
            conge ..1 maternite|parental
        """,
        asked="""
            enceinte
            =enfant|=enfants|bebe ..1 prochainement|bientot
            avoir ..2 =enfant|=enfants|bebe
            grossesse|maternite
            projet ..2 =enfant|bebe|parentalite|maternite
            =bebe
            tomber enceinte
        """,
        strong="""
            grossesse|grossesses; future|futures maman|mamans|mere
            enceinte
            tomber enceinte
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
            enceinte sportive|acoustique|militaire|fortifiee; micro ...3 enceintes; enceintes ...3 micro|ampli
            nutrition|suivi|alimentation ...3 grossesse; enceinte de|du confinement|site|stade
            ligne|vetements|mode|collection|cours|yoga|produits|lingerie ...4 enceinte|enceintes
            bebes
            =bebe ..1 du|de ..1 client*
            puericult*|creche|maternite|neonat*|garde ...4 =bebe
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
            =remplacement de|d|du|pour|sur|en
            remplacer|remplace|remplacant
            conge ...6 remplac*
            patientes|parturientes|accouchement|consultations|suivi|allaitement
            rayonnement*
            obligation legale
            code du travail
        """,
    ),
    Family(
        code=Code.FAMILY,
        article="L. 1132-1",
        explanation=_(
            "La situation de famille ne regarde pas l’employeur : elle ne dit rien de la capacité à travailler."
        ),
        suggestion=_("Décrivez les horaires et les déplacements : chacun saura s’ils lui conviennent."),
        patterns="""
            etre|etes|soyez ..1 pere|mere|maman|papa|parent|parents|grand|grands ?parents
            pas|peu|difficilement|in compatible|conciliable|compatibles ..1 avec ...3 vie|enfant*|famille|familiale
            incompatible|inconciliable|incompatibles ...4 famille|familiale|enfants
            si vous etes|vivez|avez ...2 couple|marie|celibataire|pacse|seul|enfants|conjoint|famille
            vie de famille|couple ..2 stable|exige*|requis*
        """,
        allows="""
            pere noel
            compatibles avec|et une|votre|la vie
            ne ...4 demand* ...6
        """,
    ),
)
