"""Sex, pregnancy aside: L. 1142-1; the roles and models of R. 1142-1 may name one."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.identifiers import gettext_noop as _

ROLES: Final = """
    comedien*|acteur|actrice|figurant*|casting|doublage
    ^ mannequin
    mannequin homme|femme|cabine|pour|h|f
    agence de mannequin
    un|comme mannequin
    modele vivant|masculin|feminin|photo|homme|femme|pour
    ^ modele
    danseu*|chanteu*|choriste|soprano|tenor|baryton
    voix off
    role de|d|principal|feminin|masculin|secondaire|du
    tournage; court metrage; long metrage
    piece de theatre; serie televisee; film publicitaire
"""
FAMILIES: Final = (
    Family(
        code=Code.SEX,
        article="L. 1142-1",
        explanation=_(
            "Cette formulation réserve le poste à un sexe. Une offre s’adresse aux femmes comme aux hommes, "
            "sauf pour les rôles d’artistes, les mannequins et les modèles."
        ),
        suggestion=_("Décrivez la tâche à faire et écrivez « une personne », ou ajoutez « H/F »."),
        strong="""
            =homme|=femme; =messieurs|=mesdames|=demoiselle|=mademoiselle|=mesdemoiselles; =garcon|=garcons|=fille|
                =filles
            =sexe
            masculin|masculins|masculine|masculines|feminin|feminins|feminine|feminines
        """,
        sensitive="""
            =jh|=jf
            homme
            femme
            garcon|monsieur|messieurs|=gars|=mec|=mecs
            dame|demoiselle|mesdemoiselles|mademoiselle|mesdames|maman|=nana|=nanas
            fille
            sexe masculin|feminin|fort|faible
            masculin|feminin|masculine|feminine
        """,
        asked="""
            =sexe
        """,
        patterns="""
            =candidates ..2 @only|@req|abstenir
            @only ..2 =candidates
            =bonhomme|=bonhommes; gros bras; armoire a glace; =gonzesse|=gonzesses; =minette|=minettes
            donc|alors ..2 =homme|=hommes|=femme|=femmes|=garcon|=fille
            =un =homme $; =une =femme $; =des =hommes $; =des =femmes $
            sera|seront|soit|serait ..1 =une|=un|=des =femme|=femmes|=homme|=hommes|=dame|=fille|=garcon
            =sexe ..2 @req|=m|=f|=h
            =gaillard|=gaillards|malabar|=male|=males|=males
            mais|surtout|plutot|idealement ..6 =une vendeuse|serveuse|assistante|caissiere|cuisiniere|coiffeuse|hotesse
            en|=la|=une|portez|porter|port ...2 =jupe|=jupes|=talons|=decollete
            tenu|tenus|occupe|occupes|exerce|exerces|assure|fait|confie|confies par|a|aux ?des|un|une|les =homme|
                =hommes|=femme|=femmes|=garcons|=filles|=dames
            @want|profil|candidat ..1 =h|=f pour|de|avec
            =h|=f $
            =h|=f exclusivement|seulement|oblig*|imperat*
            =h|=f ..1 @req
            sommes|sont ..2 # =hommes|=femmes|=garcons|=filles
            entre =hommes|=femmes|=filles|=garcons
            =dames|=messieurs|=filles|=garcons ..3 bienvenu*|abstenir|perdez|passez
            =mesdames|=mesdemoiselles|=messieurs $
            charmante|elegante|jolie|belle|coquette|douce et feminine
            feminine et charmante|elegante|jolie|belle|coquette|douce|souriante
            =une vraie|bonne =maman|=mere|=menagere|=femme|=fille
            ^ =homme|=femme|=garcon|=fille|=monsieur|=dame ayant|avec|sachant|bricoleu*|manuel*|fort|forte|capable|
                polyvalent*|
                experiment*|seul|seule|ponctuel*|discret*|gentil*|qui|sans|libre|patient*|soigneu*|habitu*|aimant|
                muscle|
                robuste|propre|organise*|vehicule*
            accueillir|avoir|compter ..1 un|une =garcon|=fille|=homme|=femme ..3 equipe
            equipe ...3 filles|garcons
            =une|=un fille|garcon @req
            =gars|=mec|=nana|=nanas|meuf
            trop ..1 rude|dur|dure|lourd|physique|penible|salissant ...1 pour une|des|les femme|dame|fille|femmes|
                filles
            assez|trop|deja ..1 de =filles|=femmes|=garcons|=hommes
            un|=une =garcon|=homme|=femme|=fille serait|sera|conviendra*
            h|f de #18-70 ans
            ^ h|f #18-70
            @want|attend* ...1 =hotesse|=hotesses
            metier|travail|tache|poste ..1 de ?bonne femme|=femmes|=homme|=hommes
            =hommes|=femmes @only
            clients|clientele|patron|direction|chef ...2 prefer* ...5 homme|femme|=hommes|=femmes
            en jupe|robe|tailleur
            rech|ch|cherch ..2 gars|mec|homme|femme|fille|garcon|nana
            @want ..2 gars|mec|nana|meuf
            =h|=f @only
            homme|femme|fille|garcon|dame ..1 de confiance
            s adresse ..3 =hommes|=femmes|=homme|=femme
            recrutement|embauche|equipe ..1 @only feminin|masculin
            ^ mesdemoiselles|mesdames|messieurs
            seul|seules ..1 =hommes|=femmes
            sexe ..1 masculin|feminin|fort|faible|exige|impose
            personnel ..1 feminin|masculin @req
            personnel ..1 feminin|masculin @only
            @want ..2 personnel|profil|candidature|collaborateur|equipe feminin|masculin
            profil|candidature|presence|touche|sensibilite|main feminin|masculin
            touche|sensibilite|presence|douceur|grace feminine ..2 @req
            main d oeuvre feminine|masculine
            force masculine
            au feminin|masculin @only
            poste|emploi|metier|travail|job ?strictement|exclusivement feminin|masculin
            poste|emploi|metier|travail|job|boulot d =homme|=hommes|=garcon
            poste|emploi|metier|travail|job|boulot de =femme|=femmes|=fille|=filles
            trop|tres physique pour une|des femme|dame|fille
            douceur|sensibilite|intuition|instinct feminine|maternel
            vous etes un homme|femme|garcon|fille
            =jeune|=jeunes|belle|jolie|charmante homme|femme|fille|dame|demoiselle|garcon|monsieur
            ^ homme|femme|fille|garcon|dame|monsieur ..2 pour|motive|serieux|serieuse|dynamique|disponible|courageux|
                robuste|souriante|costaud
            ^ homme|femme|fille|garcon|h|f # a|/ #
            homme|femme # a|/ # ans
            homme|femme ?de|d|age # ans
            candidat|candidature|profil homme|femme|hommes|femmes $
            que|qu ?des|aux|les|un|une|de|d =hommes|=femmes|=homme|=femme|filles|garcons
            la =candidate ...2 devra|sera|aura|doit|assurera|retenue|ideale|possede|maitrise|justifie|saura
            virilite|viril
            homme a poigne
            poigne masculine
            parite|equilibre ...4 embauch* ..3 femme|homme
            ma future =assistante|=secretaire|=vendeuse
        """,
        groups="""
            homme
            femme
            monsieur|messieurs|=mec|=mecs|=gars|garcon
            madame|mesdames|=nana|=nanas|demoiselle
            dame
            fille|mademoiselle
            gent feminine|masculine
            sexe masculin|feminin
        """,
        allows="""
            en robe* ..1 mariee*
            homme et l animal|machine; age et|ou ..1 =sexe
            garcon ..2 / serveuse; homme sage femme; monsieur / dame
            homme|=hommes animal|animaux|machine|robot|nature|environnement
            age|ages et|par|ou =sexe; structure*|repartition* ...6 =sexe; homme machine; sciences ..2 =homme
            =male reproducteur; morphologi* feminin*|masculin*; helicoptere ...3
            homme de pont|barre; bien etre ..3 femme|homme|fille|garcon
            garcon|garcons ou|et|/ des|les|aux|de fille|filles; fille|filles ou|et|/ des|les|aux|de garcon|garcons
            chemis*|costume*|mesure|taille*|vetement*|montre*|bijou*|sac|sacs|parfum*|soin*|coupe|
                coiff* ..3 pour ..1 homme|femme|hommes|femmes|garcons|filles
            internat|dortoir|ecole|lycee|pensionnat|foyer|club|equipe ..2 garcons|filles|hommes|femmes|jeunes
            =femme|=femmes ou|/|et valet
            garcon|garcons ou|et|/ fille|filles; fille|filles ou|et|/ garcon|garcons
            porter|vetement|vetements|chaussures|rayon|mode =femme|=homme|=fille|=garcon
            autant ..2 =femmes|=hommes ...3 =hommes|=femmes
            =sexe des|du ..1 animaux|poussins|bovins|veaux
            male|males et|ou|/ femelle|femelles
            talon|talons minute
            conjugu* ..2 au feminin|masculin
            equipe|equipes|dominante|public|publics|clientele|section|football|rugby|basket|handball|volley|sport|
                sports|pret|mode|mixte|effectif|effectifs|majorite|majoritairement|metiers|metier|hygiene|lingerie|
                gynecologie|genre|pole|club|championnat|coiffure|coupe|coupes|vestiaire|vestiaires|foyer|prison|
                detention|quartier|forme|formes|mots|noms|ecriture|entrepreneuriat|leadership|dames|sante|accueil|
                maison ..4 feminin|feminins|feminine|feminines|masculin|masculins|masculine|masculines
            masculin ?et|ou|comme|/ ?au feminin
            feminin ?et|ou|comme|/ ?au masculin
            masculine ou|et|comme|/ feminine
            feminine ou|et|comme|/ masculine
            h / f; f / h; h f; f h; m / f; f / m; # =h; h ou|et f; f ou|et h; m / w; h x; f x; / =f; / =h
            candidat ou|/|et ?la candidate
            candidate ou|/|et ?le candidat
            vetement|chaussure|mode|coupe|parfum|rayon|article|collection|coiffure ...5 homme|femme|dame|fille|garcon
            chorale|choeur|club|equipe ..1 homme|femme
            homme ?et|ou|comme|/|ou ?une|un|les|que|aux|des|de|d|qu femme
            femme ?et|ou|comme|/|ou ?un|une|les|que|aux|des|de|d|qu homme
            homme|=hommes et|ou|comme ..2 =femmes|femme
            femme|=femmes et|ou|comme ..2 =hommes|homme
            monsieur ?et|ou|/ madame
            madame ?et|ou|/ monsieur
            mesdames ?et messieurs
            messieurs ?et mesdames
            homme de l art
            hommes de l art
            ressource humaine
            sage femme
            homme|femme grenouille|sandwich|orchestre
            droits ..2 homme|femme
            fille au pair
            garcon ?de cafe|manquee
            dame de charite
            petite|jeunes filles
            notre dame
            journee ..3 femme
            femme de menage|chambre|service
            homme de menage|chambre|service|toute|pied|entretien
            madame|monsieur =de|le|la|l
            contact* ...3 madame|monsieur
            adress* ...3 madame|monsieur
            madame|monsieur ..3 directeur|directrice|responsable|gerant|tel|telephone
            egalite ..2 =femmes|=hommes ...2 =hommes|=femmes
            h / f
            f / h
        """,
        unless_text=ROLES,
        not_after="""
            mode|rayon|=vetement|pret|collection|coupe|coiffure|coiffeur|coiffeuse|vestiaire|chaussure|costume
            soin|parfum|univers|ligne|lingerie|football|foot|rugby|handball|basket|section|foyer|hebergement
            maison|centre|accueil|public|sante|violence|droit|couture|tailleur|lunettes|magazine|presse|equipe
            barbier|articles|accessoires|prison|quartier|accompagn*|accueill*|encadr*|anim*|heberg*|aupres|suivi|
                toilettes|vestiaires|sanitaires|clientele|jeunes
        """,
    ),
    Family(
        code=Code.SEX,
        article="L. 1142-1",
        explanation=_("« Elle » laisse croire que le poste est réservé à une femme."),
        suggestion=_("Écrivez « vous » : « vous assurerez… »."),
        patterns="""
            =elle ?devra|aura devra|aura|sera|saura|assurera|accueillera|gerera|participera|preparera|effectuera|
                realisera
            =elle veillera|s|repondra|prendra|tiendra|maitrisera|possedera|organisera|travaillera|servira|encaissera|
                conseillera
        """,
        allows="""
            il / =elle ...3
            il ou =elle ...3
            =elle ou|/ il ...3
        """,
        unless_text="""
            =personne|entreprise|societe|structure|association|equipe|agence|maison|commune|direction|mission|formation
            candidature|collectivite|ecole|recrue|mairie|boutique|enseigne|marque|cooperative|remuneration|date|duree
        """,
    ),
    Family(
        code=Code.GENDERED_TITLE,
        article="L. 1142-1",
        explanation=_("Ce nom de métier ne s’adresse qu’à un sexe : des personnes compétentes passeront leur chemin."),
        suggestion=_("Écrivez les deux formes, par exemple « vendeuse ou vendeur », ou ajoutez « H/F »."),
        patterns="""
            =serez|=etes|=devenez|=deviendrez ..1 =la|=une secretaire|comptable|receptionniste|standardiste|
                gestionnaire|fleuriste|
                libraire|auxiliaire|cadre
            =serez|=etes|=devenez ..1 =notre|=sa ..1 secretaire|comptable|receptionniste|standardiste ...6 =discrete|
                =elegante|
                =douce|=souriante|=experimentee|=diplomee|=devouee
            @want ?notre =une auxiliaire|cadre|bibliothecaire|juriste|interprete|styliste|guide
            @want ..2 aide soignante|menagere
            @want ..2 auxiliaire|aide|secretaire|comptable|garde ...6 =douce|=patiente|=discrete|=gentille|=soigneuse|
                =attentive|
                =maternelle|=ponctuelle|=soignee|=elegante|=polie|=courageuse|=travailleuse|=vehiculee
            @want ..1 secretaire|comptable|receptionniste|standardiste|gestionnaire|fleuriste|auxiliaire|
                libraire ..4 =experimentee|=confirmee|=diplomee|=qualifiee|=motivee|=serieuse|=debutante|=habituee|
                =souriante
            @want ..1 =une secretaire|comptable|receptionniste|standardiste|gestionnaire|fleuriste|libraire
            nourrice|nounou ..5 @want
            @want nourrice|nounou|lavandiere|bonne
            femme de menage|chambre|service
            dame de compagnie
            homme toute main
            homme d entretien
            homme de menage|pied|chambre
            garcon de cafe|salle|course|laboratoire|ecurie
            lingere|nounou|=nourrice @req
            @want ..1 nounou|lingere|hotesse|barmaid|bonne|soubrette
        """,
        allows="""
            monsieur / dame
            femme ou|et|/ homme|valet
            femme ?de chambre ou|et|/ ?un valet
            femme ?de menage ou|et|/ ?un homme|agent
            femme de chambre valet
            valet ?de chambre ou|et|/ ?une femme
            valet ou|/ femme
            homme ou|et|/ femme
            homme femme
            femme homme
        """,
        unless_sentence="""
            h / f
            f / h
            h f
            f h
            homme / femme
            femme / homme
            valet
        """,
        unless_text=ROLES,
    ),
    Family(
        code=Code.SEX,
        article="L. 1142-1",
        explanation=_(
            "Cette formulation réserve le poste à un sexe. Une offre s’adresse aux femmes comme aux hommes, "
            "sauf pour les rôles d’artistes, les mannequins et les modèles."
        ),
        suggestion=_("Décrivez la tâche à faire et écrivez « une personne », ou ajoutez « H/F »."),
        patterns="""
            #50-100 pourcent feminin*|masculin*|=femmes|=hommes
            homme|femme ..1 ou|voire|sinon ..1 eventuellement|exceptionnellement|defaut
            =une hotesse|serveuse|vendeuse|caissiere|secretaire|assistante|collegue|infirmiere ..1 serait|sera|
                conviendrait|de preference
            clientele ..1 etant|exclusivement masculin*|feminin*
            equipe|service|atelier|chantier ..1 exclusivement|entierement|uniquement masculin*|feminin*
            reserve ..1 aux|a ..1 la gent
            =les =hommes|=femmes ..2 d abord
        """,
        unless_text="""
            h / f ; f / h ; casting
        """,
    ),
)
