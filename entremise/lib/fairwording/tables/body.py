"""Physical appearance, health, loss of autonomy, disability: L. 1132-1."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.APPEARANCE,
        article="L. 1132-1",
        explanation=_(
            "L’apparence physique ne peut être un critère : seule une tenue utile au travail peut être demandée."
        ),
        suggestion=_("Écrivez par exemple « tenue soignée » ou « contact agréable avec la clientèle »."),
        sensitive="""
            minceur|sveltesse|embonpoint|laideur|jambes
            personne|personnes|femme|femmes|homme|hommes|candidat* ..1 =forte|=fortes|=fort|=forts|=grosse|=grosses|
                =gros|
                =ronde|=rondes|=petite|=petites|=petit|=petits
            barbus|barbu
            embonpoint|rondeur*|bedonnant|grassouillet|maigre|filiforme|cicatrice*|calvitie|poitrine
            minois|beaute|=look
            piercings|tatouages|barbes|cheveux
            corpulente|corpulentes|obeses|ronde|rondes
            physique ingrat|avantageux
            silhouette
            rides|calvitie|chauve|lunettes|dentition
            dreadlocks
            cheveux colores|longs|crepus|afro|rouges|bleus
            boucles d oreille
            maquillage
            minijupe|decollete|talons
            tatou*|piercing|barbe
            surpoids|obese|corpulent*|corpulence
            mince|svelte|elance|elancee|silhouette|minois|photogenique|seduisant*|sexy
            blonde|blond|brune|rousse
            physique agreable|avantageu*|attrayant*
            apparence physique
            belle|joli|jolie visage|personne|sourire|femme|minois
            apparence
            yeux bleus
            taille mannequin
        """,
        asked="""
            poids|corpulence|mensurations
            taille
            tatou*|piercing*
            photogenique
        """,
        strong="""
            piercing|piercings; tatoue|tatouee|tatoues; silhouette; physique agreable|avenant|attrayant|
                avantageux; surpoids
            photogenique|photogeniques; visage|sourire|look|minois ..1 branche|agreable|avenant
            obese|obeses
            gros|petit|petits|mince|fort|imposant ..1 gabarit|gabarits
        """,
        patterns="""
            mince|minces|svelte|elance|elancee et|ou
            ^ mince|svelte|elance|elancee
            et mince|elance|elancee|svelte
            agreable|plaisant|beau|joli ..1 =a regarder|voir|contempler
            elegante|elegant|souriante|souriant|soignee|distinguee et belle|beau|jolie|joli|charmante|mince
            personne|personnes|fille|femme ..3 =belle|=belles|=jolie|=jolies|gracieuse
            gens|personne|personnes|fille|filles|garcon|garcons|equipe|profil ..1 beau|beaux|belle|belles|joli|jolie|
                jolis|jolies
            physique ..1 soigne|avenant|plaisant|gracieux|charmant
            bonne|belle|jolie|sale tete|bouille|gueule|mine|frimousse
            coiffure|coupe|look ..1 extravagant*|excentrique|punk|gothique|afro
            cheveux ..1 courts|longs|lisses|attaches ..1 pour ..1 les|hommes|femmes|messieurs|dames
            maquillage ..2 discret|leger|soigne|impeccable
            portez|porter|port ..4 jupe|talons|tailleur|decollete|robe
            belle|jolie|bonne|superbe plastique
            dread*|=locks|tresses|rasta*|mulet|crete|iroquois|crane*|boule ..3 ?rase @out|=non|abstenir
            =vous ..3 charmante|charmant|coquette|seduisant*|ravissant*|feminine|distinguee
            ^ charmante|charmant|coquette|elegante|jolie|belle|ravissante et|vous
            gros|petits|grands|forts gabarits @out
            taille|tailles ..3 #32-48 ..2 a|ou|et|/ ..1 #32-48 ...4 @req|porter|maximum|max|defil*|uniforme*|present*
            taille|tailles ..3 #32-48 ...5 porter|entrer|rentrer|defil*|@req
            joli|jolie|beau|charmant ?petit minois|visage|sourire|frimousse
            #1-2 m #40-99
            #40-120 kg|kilos ...2 maximum|max
            grand|grande et mince|elance
            =belle|=beau et ?jeune|elegante|souriante
            taille #32-46 ..2 maximum|max|exigee|minimum|mannequin|requise
            pas plus de #40-120 kg|kilos
            #40-120 kg|kilos ..1 maximum|max ..2 poids
            mignonne|mignon|canon|ravissant|ravissante|coquette
            dents|dentition|sourire ..2 parfait|parfaite|blanches|impeccable|eclatant ...1 @req
            tresses|afro|crepus
            laide|moche|disgracieu*
            mensurations
            silhouette ..1 mince|fine|elancee|#
            uniforme|uniformes|tenue|tenues ...4 taille|tailles|taillees|taillee #
            taille #34-42 a|/ #
            taille #34-42 ..2 @req|maximum
            minceur ..1 @req
            physique ..2 mannequin
            #1-2 m #40-99 ..5 minimum|mini|@req
            minimum ..3 #1-2 m #
            #1-2 m|metre ..1 minimum|mini
            #150-200 cm ..3 minimum|mini|@req
            belle et|jolie
            etes ..1 belle|beau|jolie|mince|grande|grand
            taille de guepe
            belle|bonne|tres|excellente|parfaite|jolie|agreable|superbe presentation|apparence|allure|prestance ?exigee
            tres bonne presentation
            presentation|apparence|physique|silhouette|plastique|allure ..2 agreable|avantageu*|attrayant*|
                irreprochable|impeccable|elegante|sportive|harmonieu*|attractive
            presentation ..1 exigee|physique
            physique ..1 agreable|avenant|avantageux|attrayant|seduisant|gracieux
            atout physique
            taille ..1 mannequin|minimum|minimale|fine|exigee|elancee|requise
            taille #1-2 ..1 minimum|m|metre
            mesur* ..2 #1-2 ?m|metre
            mesur* ..2 #150-210 cm
            mesurer|mesurant ..2 #
            #1-2 m ?# minimum|mini ..2 taille
            minimum #1-2 m # ..1 taille
            taille ..2 #150-210
            taille ..2 #1-2 cm|m|metre
            poids|corpulence ...2 @req|proportion*|maximum|ideal|normal|inferieur|mince
            rapport taille poids
            corpulence ..1 mince|sportive|normale|athletique|fine|moyenne|forte
            imc ..2 inferieur|normal|@req
            mince|svelte|elance|elancee|filiforme ..2 @req
            moins de #40-130 kg|kilos
            peser|pesant ..2 #
            visible* tatouage
            tatou*|piercing|=barbe|dreadlocks|rasta|=locks ..3 @out
            tatou*|piercing|barbe ..2 non|s
            tatou*|piercing|barbe ..1 ne ..4 pas
            ni|sans|pas|aucun|aucune ..2 tatou*|piercing|barbe|dreadlocks|boucle ..1 ?d ?oreille
            cheveux ..1 courts|longs|lisses|blonds|attaches|naturels @req
            cheveux ..1 longs|lisses|blonds|crepus|bruns|roux|afro|frises|colores
            coupe|coiffure afro|africaine ..2 @out
            pas|sans|ni ..2 cheveux
            coloration ..2 @out
            yeux bleus|verts|clairs
            physique de reve|reve
            belle|jolie|charmante|ravissante|sexy|glamour personne|femme|fille|hotesse|serveuse|vendeuse|assistante|
                secretaire|gueule|plante
            beau|joli|belle sourire ..1 ?et physique
            sexy|glamour|seduisant*|photogenique|charmeu* ..3 @req
            sexy|glamour
            talons ..2 @req|hauts
            maquillage|maquillee|maquille ..2 @req
            jupe|minijupe|decollete ..2 @req
            jupe obligatoire
            minijupe|decollete
            look|style vestimentaire|physique ..3 jeune|sexy|moderne @req
            elegance naturelle ..2 @req
            charisme physique
            bien ?de sa|dans son personne|corps
            belle gueule
            beaute ..3 @req
            physiquement ..1 agreable|attirant|attrayant|seduisant
            physique ..1 athletique|imposant|sportif|costaud|muscle
            carrure ..2 imposante|athletique|sportive|rugbyman|@req
            gabarit ..2 imposant|mince|sportif|@req
            dentition|denture ..2 @req|parfaite|saine|impeccable
            teint|peau clair|claire|sans
            acne
            presentant ..1 bien
            bien presente
            presenter bien
            vous ..1 presentez ?tres bien
        """,
        groups="""
            obese|gros|grosse|corpulent
            surpoids
            =petit|=petits|=petite gabarit
            tatoue
            mince|svelte|elancee|longiligne|filiforme
            barbu
            blonde|blond|brune|rousse|roux
            photogenique|seduisant*|sexy
            beau|belle|jolie|ravissante
            muscle|costaud|baraque|athletique
            chauve
        """,
        lacking="""
            tatou*
            piercing
            barbe
            surcharge ponderale
            surpoids
            dreadlocks
        """,
        allows="""
            coiff*|couper|coupe*|lisser|friser ...4 cheveux ..1 frises|crepus|boucles|longs|courts
            =presentations ..1 attrayante|attractive|visuelle|soignee
            presentation impeccable|soignee|attrayante des|du
            jusqu a ce qu elle|il soit belle|beau
            cordon|produit|fil|cable|panier tresse; tresses industrielles; selon ..1 mensurations
            plus belle|beau|belles|beaux ..1 et propre; qu elle soit; que ..5 soi* ..2 belle
            emplacement ...3 piercing; presentation|presentations attractive ..1 pour
            prend|prendre|prise|releve* ...2 mensurations
            machine ...3 canon; tireur*|tireuse|rabatteur*|rabatteuse canon; =se canon; technique ...4 maquillage
            marche en talons
            coiffure afro antillaise; ^ silhouette $
            taille # a|/|au|jusqu ..2 taille #
            plafond|hauteur|tube|ruban|longueur|metres|passerelle ...4 #1-2 m
            charge|charges|colis|sac|sacs|port|carton|palette|soulever ...6 kg|kilos
            # kg ..3 charge
            lunettes ..2 securite|protection|soleil|vue
            vente|rayon|monture* ...3 lunettes
            tatou*|piercing|barbe ?et|ou ?tatouages|piercings|piercing ?sont =acceptes|=acceptees|bienvenus|autorises|
                =accepte|possible
            tailles ..2 # ..2
            rayon|vente|conseil*|client*|stock ...6 taille|tailles
            sante financiere
            presentation|apparence ..2 produit|rayon|vitrine|vitrines|plat|plats|assiette|marchandise|dossier|offre|
                entreprise|poste|resultat|comptes|linge|voiture|projet|orale|ecrite
            activite|education|pratique|preparation|exercice|encadrement ..1 physique
            presentation ..1 visuelle|graphique|typographique
            correction|document|courrier|typographi*|page ...6 presentation
            presentation soignee
            soin|soigner|soigne ..3 presentation
            belle|beau|bon|bonne|tres|jolie|excellente ..1 presentation des|du|de ?la|l
            belle|jolie|beau|beaux|=belles|gros|grosse ..1 entreprise|ville|cadre|projet|equipe|region|marque|maison|
                opportunite|vitrine|cuisine|ambiance|carte|commune|cuves|oeuvre|volume|electromenager|reparations
            gros oeuvre|volume|engin|porteur|clients|oeuvre|chantiers
            cheveux ..1 attaches ..4 hygiene|securite
            cheveux ..4 clients|clientes|client|cliente
            coiffeu*|coupe ..4 cheveux
            tatoueu*|perceu*|pierceu*
            rasage|barbier|barbe ..3 taille|soin
            taille|soin ..2 barbe
            taille ..2 vigne|haies|arbres|pierre|humaine|arbustes|vignes|fruitiers|moyenne|entreprise
            presentation ..3 client|clientele|clients du|des
            salon de tatouage
            visible* ...3
        """,
        unless_sentence="""
            coiffeu*|coiffe|coiffez|manutention|carton|cartons|palette*|charge*
            charlotte
            masque ..3 etancheite|respiratoire|ffp|protection
            appareil respiratoire
            bijoux|agroalimentaire; hygiene alimentaire; salle blanche
            salon de coiffure
            barbier
            tatoueu*
            studio de tatouage
        """,
        unless_text=ROLES,
    ),
)
