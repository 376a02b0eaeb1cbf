"""Age: L. 1132-1 and L. 5331-2 (no upper limit in an offer). A legal minimum (18, machines, alcohol) is lawful."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.identifiers import gettext_noop as _

# Contracts and schemes the law itself limits by age.
_SCHEMES: Final = """
    adulte* relais
    concours
    apprenti*
    alternan*
    contrat* ..1 pro
    contrat* de professionnalisation
    professionnalisation
    service civique
    service national
    =vie|v i e
    reserve ...3 loi
    prevu* ..2 loi
    emploi d avenir
    emploi franc
    contrat ..1 aide
    contrat ..2 engagement
    contrat ..1 generation
    parcours emploi competence
    pec|cie|cui|cej|epide|snu|smv
    contrat unique
    mission locale
    garantie jeune
    ecole ..1 deuxieme chance
    reserviste; reserve operationnelle
    sapeur pompier
    gardien* ..1 paix
    gendarm*
    armee|militaire|legion
    job d ete
    cdd senior
    contrat ..2 senior|experience
    valorisation ..2 experience
    stage ..2 troisieme
"""
FAMILIES: Final = (
    Family(
        code=Code.AGE,
        article="L. 1132-1, L. 5331-2",
        explanation=_(
            "Cette formulation écarte des personnes à cause de leur âge. Une offre ne fixe pas de limite d’âge, "
            "sauf quand une loi la prévoit."
        ),
        suggestion=_("Dites plutôt l’expérience ou l’énergie attendue : « débutants acceptés », « poste physique »."),
        strong="""
            #19-75 ans
        """,
        sensitive="""
            vingtenaire|trentenaire|quadragenaire|quinquagenaire|sexagenaire|septuagenaire|preretraite|papy|mamie|
                jeunot
            cheveux gris|blancs
            age de la retraite
            proche de la retraite
            =jh|=jf
            de moins de #19-75 ans
            junior|juniors de moins
            debut de carriere|vie
            fin de carriere
            senior|seniore
            =jeunesse
            moins de #19-75 ans
            plus de #36-75 ans
            quinqua*|sexagenaire|quadra*
            =jeune|=jeunes
            retraitee|retraitees|retraites
        """,
        asked="""
            =age
            #18-75 ans
            date|annee ..1 naissance
            annee ..2 naissance
        """,
        patterns="""
            f|h retraite|retraitee|etudiant|etudiante $
            retraite|retraitee|retraites $
            etudiant ou|et retraite*
            ^ =jeune|=jeunes
            =jeune|=jeunes dynamique|motive|ambitieux|mobile|sportif|disponible
            pas ..1 encore #19-75 ans
            meme generation|age; meme tranche d age
            =tu =es ne|nee
            ne|nee|nes ..1 dans ..1 annees #
            moins|plus #19-75 ans
            correspond*|convien* pas ..4 senior|junior|jeune
            etudiant*|personne* de moins|plus ?de #19-75 ans
            public vise ...4 # ?ans a|/ # ans
            =jh|=jf dynamique|motive|motivee|serieux|serieuse|presentant|souriante|pour|recherche|recherchee
            @want ..1 =jh|=jf
            #16-60 a|/ #18-75 ans
            #16-60 ans a|/ #18-75 ans
            au dela|dessus de #19-75 ans
            passe|passes ?les|la ?cap|ages ?des #30-75 ans
            =avant|=apres #30-75 ans $
            jeune ..2 jusqu ..1 # ans
            quel age
            quelle est votre date de naissance
            # a|/ # ans max|maxi|mini
            temperament|caractere|mentalite|visage|sang|public =jeune|=jeunes ...3 @req
            un|une visage =jeune
            sang neuf
            #17-60 ans a|/|et #20-75 ans ..1 @req|maximum
            tranche ..1 #17-60 a|/ #20-75
            vous etes ne|nee
            quinquagenaire
            jeunesse ...3 atout|plus|exige|qualite
            votre jeunesse
            candidat* ..3 de #17-60 ?ans a|/ #20-75 ans
            personne|personnes|candidat*|profil* ..3 #19-75 ans
            de #30-75 ans ..2 moins|plus|minimum|maximum
            limite ..3 #20-75 ans
            mure ..3 #
            age ...3 #19-75 ans
            date|annee de naissance
            age ..2 de #17-75 ?ans a|et|/ #17-75
            age ..1 entre #17-75 ?ans a|et|/ #17-75
            entre #17-70 ?ans et|a|/ #18-75 ans
            de #17-70 ?ans a|/ #20-75 ans
            ^ #18-60 a|/ #20-75 ans
            #18-60 a|/ #20-75 ans $
            homme|femme|personne|profil|candidat|collaborateur|vendeur|commercial|h|f|vendeuse|serveuse #18-60 a|
                / #18-75 ans
            ideal* #18-60 a|/ #20-75 ans
            #18-60 a|/ #20-75 ans ..1 @req|ideal|maximum|maxi|environ
            moins de #19-75 ans
            =pas plus de|d #19-75 ans
            plus de #19-75 ans ?d ?age @req
            plus de #30-75 ans ..3 abstenir
            plus de #20-75 ans ..1 @only
            plus|depasse de #30-75 ans inutile
            plus de #30-75 ans ..3 @out
            plus de #30-75 ans ..1 non|pas
            @want ..3 plus de #30-75 ans $
            age ..2 #19-75 ?ans
            age ..1 minimum|minimale|maximum|maximal|limite|max|maxi|ideal|idealement|moyen souhaite|souhaite|requis|
                inferieur
            age minimum|minimale|maximum|maximal|limite|max|maxi|ideal|souhaite|requis|inferieur|recherche|imperatif|
                plafond
            limite d age
            tranche ..1 d age ...4 @req
            tranche ..1 d age ...2 #17-75
            #19-75 ans ..1 max|maximum|maxi|minimum|minimale|mini|revolus|plus
            maximum|maxi|max|minimum|mini #19-75 ans
            au|=a plus #19-75 ans
            avoir #19-75 ans
            avez #19-75 ans
            avez ?entre|moins|plus ?de #19-75 ans
            avoir ?entre|moins|plus ?de #19-75 ans
            jusqu a #20-75 ans
            depass* ?pas ..1 #19-75 ans
            nes|ne|nee ?entre|avant|apres|en|depuis #1930-2012
            trentaine|quarantaine|vingtaine|cinquantaine @req
            ^ trentaine|quarantaine|vingtaine|cinquantaine
            votre|=la|=sa trentaine|quarantaine|cinquantaine
            =la|votre petite|jeune|belle|bonne trentaine|quarantaine|vingtaine|cinquantaine
            =la trentaine|quarantaine|vingtaine|cinquantaine
            =jeune|=jeunes homme|femme|fille|garcon|hommes @req
            =jeune|=jeunes et dynamique|motive|ambitieux|ambitieuse|energique|volontaire|sportif|enthousiaste|
                souriant|joli
            =jeune|=jeunes dynamique|motive|ambitieux|ambitieuse|energique|volontaire|talent|loup|pousse recherche
            dynamique et =jeune|=jeunes @req
            dynamique et =jeune $
            =jeune|=jeunes homme|femme|fille|garcon|vendeu*|commercia*|collaborat*|employe|serveu*|assistant|cadre|
                ingenieur
            =jeune|=jeunes retraite|manager|cuisinier|chauffeur|conducteur|mecanicien|technicien|secretaire|macon|
                coiffeu*
            =jeune|=jeunes ouvrier|salarie|hotesse|comptable|developpeur|stagiaire|manutentionnaire|recrue|barman|
                boulanger
            =jeune|=jeunes candidat|profil|personne|talent|actif|salarie|travailleur @req
            @want ..3 =jeunes diplomes
            =jeune|=jeunes diplome
            profil|esprit|equipier|collaborateur|candidat|candidature|personne|vendeur =jeune|=jeunes
            equipe ..1 =jeune|=jeunes ..3 =recherchee|=recherchees|=souhaitee|=exigee|=demandee|=requise|=voulue|
                =appreciee
            equipe ..1 =jeune|=jeunes ..3 =cherche|=recrute ..2 =jeune|=jeunes|semblable
            @want|constituer|composer|former|monter|creer ..3 equipe ..1 =jeune|=jeunes
            =jeune|=jeunes ..2 equipe @req
            =jeune|=jeunes d esprit
            etes|etre|soyez|serez ..1 =jeune|=jeunes
            place aux =jeunes
            rajeunir ..3 equipe|effectif|pyramide
            generation z|y|alpha
            digital|digitaux natif|native|natives
            millenia*|millennia*
            fleur|force de l age
            trop age|vieux|vieille|jeune
            age|date de naissance ...3 precis*|indiqu*|mention*|obligatoire
            precis*|indiqu*|mention* ..4 date de naissance
            precis*|indiqu*|mention* ..3 votre age
            fin|debut de carriere @out
            fin de carriere s abstenir
            fin|debut de carriere @only
            proche ..2 retraite ..3 abstenir|exclu|refuse
            pas ..2 fin de carriere
            pas ..3 proche de la retraite
            complement ..1 retraite @only
            fraichement|recemment|tout|juste sorti d ecole|etudes|ecole
            tout juste diplome
            age ..1 mur
            =jeune ou ?jeune senior
            cheveux blancs|gris
        """,
        refused="""
            senior|seniore|quinqua*
            trentenaire|quadragenaire|quinquagenaire|sexagenaire|vingtenaire|jeunot|ancien
            senior|seniore
            quinqua*|sexagenaire|quadra*
            plus de #25-75 ans
            =vieux|=vieille|=vieilles
            personne|candidat|profil age
            anciens
            personnes agees
            retraite
            =jeune|=jeunes
            moins de #19-75 ans
        """,
        wanted="""
            quadragenaire|quinquagenaire|sexagenaire|vingtenaire
            =vieux|=vieille|=vieilles
            anciens $
            retraite
            a|en la|=pre retraite
            en retraite
            =jeune|=jeunes
            plus de #30-75 ans d age
            =jeunesse
            retraites actif|dynamique
            =retraitee|=retraitees
            =jeune|=jeunes retraite
            quinqua*|sexagenaire|quadra*|trentenaire
            un retraite
            retraites
        """,
        allows="""
            besoin ...6 des =jeunes; etre de la jeunesse
            besoin|integration|insertion|sante|education|accueil ..2 des =jeunes; =jeunes sourds|aveugles
            regime|liquidation|caisse|pension|dossier ..1 retraite
            prend*|prenant|prise ...4 retraite
            sa|leur|votre retraite
            carte|tarif|offre|forfait|abonnement|reduction|residence ..1 senior|jeune|seniors|jeunes
            parti|partie|partis|parties|partira ...3 retraite
            retraite progressive|complementaire
            maison|caisse|foyer|residence|depart|club|association|mutuelle|epargne|prevoyance|gestion|dossiers|droit|
                droits|pole|service ..5 retraite
            fetons|fete|fetera|feter|celebr*|anniversaire ...3 # ans
            =jeune ..1 accompagne*|accueilli*|suivi*|protege*
            bail|emprunt|pret|fut|fret|cuve|chene|vieilli ...4 # ans
            ans ..1 de|d maison|recul|succes|presence|service|engagement|passion
            il y a ..3 # ans; tous les # ans; en # ans; dans # ans; # ans apres; depuis plus de # ans
            cree*|fonde*|existe* ...6 # ans
            age de|des|d nos|notre|l ...5 # ans
            musique|groupe|film|maison|immeuble|murs|arbres|vignes ..3 # ans
            benjamin|doyen|doyenne|benjamine|ancien|ancienne ...4 # ans
            equipe ..1 plutot =jeune
            residents|beneficiaires|usagers|patients ...6 ages de #
            depart|departs|cause|suite|prepar*|partant|part|partir|caisse|maison|complement* ..4 retraite
            insertion ...4 #
            bienvenue ..1 aux ..2 senior|jeune|retraites|etudiants
            adulte* relais
            eleve|apprenant|stagiaire|beneficiaire|volontaire|mineurs|ados|adolescents|sportifs|
                enfants ...3 #
            salaries|equipe ..3 ont|a ..3 #
            equipe|salaries|collegues|effectif|effectifs|equipes ...6 # a|et # ans
            # ans ..3 =bienvenus|=bienvenues|=acceptes|=acceptees
            senior|jeune|retraites ?sont ?les =acceptes|=acceptees|bienvenus|bienvenues|=encourages
            client|clients|clientele|public|enfants|participants|residents|adherents|eleves|visiteurs|lecteurs|
                patients ...3 #17-75 ?ans ?a|et|/ ?#
            gardiens de la paix
            # ans ..1 d|de experience|anciennete|pratique|metier|existence|histoire|savoir|carriere|activite|terrain|
                permis
            # ans experience|anciennete|revolus
            #17-18 ans
            experience ...5 # ans
            # ans ..2 dans|en|chez|sur|au|minimum ..2 poste|metier|domaine|fonction|secteur|similaire
            depuis ...3 # ans
            entreprise|societe|groupe|maison|structure|association|garantie|garage|cabinet|agence ...4 # ans
            parc|vehicule|machine|batiment|contrat|bail|pret|credit|garantie ...4 # ans
            existe|existence|fondee|creee|leader|fort|forte|experte|cumul* ...3 # ans
            # ans ..2 que nous
            =jeunes de|ages|entre|des ..2 #
            public|publics|enfant|enfants|adolescent|adultes|usagers|adherents|clients|clientele|
                residents ..3 # ?ans ?a|et|/ #
            public|publics|enfant|enfants|adolescent|usagers|adherents|clients|clientele|residents|eleves|
                licencies ..4 # ans
            personnes|adultes|jeunes|etudiants|apprentis accompagnes|accueillis|suivis|heberges ..3 #
            =jeune|=jeunes entreprise|societe|structure|pousse|marque|startup|start|association|agence|groupe|maison|
                equipe
            =jeune|=jeunes public|enfant|plant|vigne|bovin|animal|animaux|arbre|chien|cheval|chevaux|poulain|sportif|
                fille|mere
            =jeune|=jeunes lecteur|patient|client|eleve|joueu*|usager|locataire|resident|parent|adulte|accompagne|
                licencie
            =jeune|=jeunes en ...1 difficulte|insertion|situation|decrochage|formation|recherche|fragilite|danger|
                errance
            =jeune|=jeunes travailleurs|majeurs|mineurs|conducteurs|accueillis|suivis|places|deficients|handicapes
            neanmoins|egalement|aussi|reste ..2 ouvert|accessible aux =jeunes diplomes
            =jeune|=jeunes diplome ..4 accepte|bienvenu|admis|comme|ou confirme|experimente
            =jeune|=jeunes diplome ..2 comme|ou ..3 experimente|senior|confirme
            debutant ...3 =jeune|=jeunes diplome ...3 accepte|bienvenu
            =jeune|=jeunes ..1 ou|et|comme ..2 moins =jeune|=jeunes
            =jeune|=jeunes ?et|ou|comme ..2 senior
            senior ?et|ou|comme ..2 =jeune|=jeunes
            conseiller|educateur|animateur|animatrice|educatrice|conseillere ..3 =jeune|=jeunes
            maison de|des retraite
            caisse de retraite
            mutuelle ...3 retraite
            maison|foyer|espace|point|pole|service|secteur|accueil|club|bureau ..1 jeune|jeunes|jeunesse|senior
            niveau|poste|equipes senior
            developpe*|manager|consultant*|ingenieur*|analyste|architecte|chef|data ..2 senior
            senior manager|developer|consultant
            ancien|anciens combattants|eleves|salaries|bureaux
            =vieux metiers|meubles|vehicules|batiments|murs|papiers|centre|port|ville
            =anciens
            une|=un vingtaine|trentaine|quarantaine|cinquantaine ?de|d
            vingtaine|trentaine|quarantaine|cinquantaine de|d
            recule de l age
            depuis moins de # ans
            moins de # ans d|de anciennete|experience|existence
            permis ...3 # ans
            obtenu ...4 # ans
        """,
        unless_sentence=_SCHEMES
        + """
            demandeurs d emploi
            gardien* ..2 paix
            emploi tremplin
            age legal
            majorite
            obligation legale
            limite ?d ?age legale|reglementaire|statutaire
            conformement ..3 legislation|reglementation|loi|code
            prevu ..2 loi|reglement|decret
            garde ..2 enfant
            titulaire ...4 depuis
            iae|siae|insertion
        """,
        unless_text=ROLES + "\n    v i e\n    volontariat international\n",
        not_after="""
            accompagn*|encadr*|anim*|accueil*|form*|aid*|soutien|suivi|suivre|aide|aider|aupres|insertion|conseiller|
                orientation|publics
            educateur|educatrice|animateur|animatrice|groupe|groupes|clientele|protection|mineurs|equipe|attention
        """,
    ),
    Family(
        code=Code.AGE,
        article="L. 1132-1, L. 5331-2",
        explanation=_(
            "Cette formulation écarte des personnes à cause de leur âge. Une offre ne fixe pas de limite d’âge, "
            "sauf quand une loi la prévoit."
        ),
        suggestion=_("Dites plutôt l’expérience ou l’énergie attendue : « débutants acceptés », « poste physique »."),
        patterns="""
            etudiant|etudiante|retraite|retraitee|jeune|senior ...3 @only
            @only ..3 etudiant|etudiante|retraite|retraitee|jeune|senior
            trentaine|quarantaine|cinquantaine|vingtaine d annees
            retraites|retraite|jeunes|seniors|etudiants|etudiantes|jeune|senior ...3 @only
            @only ..3 retraites|jeunes|seniors|etudiants|etudiantes|jeune|senior
            etudiant|etudiante ou jeune|jeunes
        """,
        allows="""
            jeune|jeunes public|enfants|entreprise|majeurs
            @only ...3 aupres|pour|avec ...3
        """,
        unless_sentence="""
            apprenti*|alternance|stage|job d ete; service civique
            contrat etudiant|etudiants; cdi etudiant; aupres|accueil|residence|logement
        """,
    ),
)
