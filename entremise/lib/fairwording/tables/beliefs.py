"""Religion: L. 1132-1."""

from typing import Final

from entremise.lib.fairwording.codes import Code
from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.identifiers import gettext_noop as _

FAMILIES: Final = (
    Family(
        code=Code.RELIGION,
        article="L. 1132-1",
        explanation=_("Les convictions religieuses sont libres : elles ne peuvent être ni demandées ni écartées."),
        suggestion=_("Dites seulement la contrainte du poste, par exemple « tenue de sécurité obligatoire »."),
        sensitive="""
            croyance|croyances|croyant|pratiquants|pratiquante|pratiquantes
            careme|culte|=foi
            sikh|orthodoxe|kippas; voiles islamiques
            messe|mosquee|synagogue
            voile
            croix|crucifix
            musulman*|catholique|juif|juive|chretien*|protestant|evangelique|bouddhiste|hindou*|athee|islam|pratiquant
            ramadan|shabbat|hijab|kippa|foulard|turban
            port du voile
            religion|religieu*
            confession
            femme voilee
            priere|prieres
            voilee|voilees
        """,
        asked="""
            religion|religieu*
            croyant|pratiquant|baptise|confession|croyance
            musulman*|catholique|juif|juive|chretien*|protestant
            voile|foulard
            priere|prieres|ramadan|careme
        """,
        strong="""
            =religion|=religions; shabbat|careme; catholique|juif|juive|protestant|protestante|chretien|
                chretienne ..1 pratiquant*; priere|prieres
            musulman*|islam*|voilee|voilees|hijab|kippa|ramadan
            juifs|juive|juives
            chretien*|catholique ..1 pratiquant*
        """,
        patterns="""
            croyant|croyante et|ou pratiquant|pratiquante
            demand*|exig*|souhait*|pretend* ...5 ramadan|shabbat|careme|priere|prieres
            a la messe
            messe|mosquee|synagogue ..4 @req
            medaille|croix|crucifix|etoile ..2 religieu*|visible|interdite
            voile ..6 maison|vestiaire|retire|enleve|porte
            halal|casher ...4 refus*|pas|non
            barbe religieuse
            communiant|catechisme
            confession|religion|foi|obedience|culture ..1 catholique|chretien*|juive|juif|musulman*|protestant*|
                evangelique|bouddhiste|hindou*|islamique|israelite
            conviction|pratique|appartenance|opinion religieu* ...3 @req|@out|precis*|proche
            conviction|appartenance|croyance religieu*
            pas|sans|aucune|ni ..2 signe|pratique|religion|conviction|appartenance|tenue ..1 religieu*
            sans|pas|aucune religion
            signe ..2 religieu* ..3 @out
            sans|pas|ni|aucun|non|retirer|enlever|oter ..3 voile|foulard|hijab|kippa|turban|burqa|niqab|voilees
            voile|foulard|hijab|kippa|turban|burqa|niqab ..3 @out|non|pas
            ne|n ..3 port* ...3 voile|foulard|hijab|kippa|turban
            port ..2 voile|foulard|hijab|kippa|turban ..3 @out|non|pas
            ne ...3 ramadan|shabbat|sabbat|careme
            pas|sans|ni|jamais ..3 ramadan|shabbat|sabbat
            ramadan|shabbat|sabbat ..3 @out|pas|non|s
            pratiqu* ..3 religion|ramadan|catholicisme|islam
            non pratiquant
            pratiquant ..2 @req
            valeurs|esprit|morale|education chretien* ...3 @req|exig*
            partag* ..3 foi|valeurs ..1 chretien*|evangel*|catholique*|musulman*
            foi ..2 catholique|chretienne|musulmane|juive|evangelique
            baptise
            manger ..2 porc
            precis*|indiqu* ...2 religion
            quelle|votre religion
            pas|aucune|sans priere
            priere|prieres ...4 @out|non
            prier pendant|sur
            vendredi ..2 priere
            religion ...2 @req
            laic|laique ..2 @req
        """,
        groups="""
            musulman*|catholique|juif|juive|chretien*|protestant|evangelique|bouddhiste|hindou*|israelite|coranique|
                mormon|islamiste|salafiste
            athee|athee|athees|agnostique
            temoin de jehovah
            croyant|pratiquant|barbu
            femme voilee|voile
            =voilees|=voilee
        """,
        allows="""
            pour ..1 =pratiquants; =pratiquants ne ..1 presentant
            =mention voile; =aux pratiquants
            science|sciences|histoire|librairie|rayon|livres|musee ...4 religion|religions
            catholique|protestant|juive|chretien|chretienne =recherche|=recrute|=cherche
            voile ...4 regate|mer|moniteur*
            =foi du|de|permis
            bonne =foi
            croix rouge|verte|blanche|bleue
            ecole|lycee|college|enseignement|etablissement|institut|aumonerie|secours|universite|hopital|cimetiere|
                ensemble|scout* ..2 catholique|juive|protestant|prive|chretien
            voile|voiles ..1 bateau|ecole|club|moniteur|planche|char|maitre
            ecole|moniteur|club|centre|base|monitrice ..1 de voile
            monument|art|edifice|patrimoine|tourisme religieu*
            cheval|bateau
            beton|roue ..1 voile
            voile de|en beton
            voiles beton
            pratique religieu* des|de ..1 residents|patients
            quelle que soi* ...2 religion
            respect ...4 laicite
            securite|besoin|niveau|specifiques|etre|profil|encadr* ..2 =des =pratiquants
            =pratiquants ..1 du|de|d ..1 ski|sport|club|activite*|discipline|loisir*
            communaute|autorite|institution religieu*
            restauration|boucherie|viande|produits ..2 halal|casher
            dans le respect ..6
        """,
        unless_sentence="""
            aumonier*|pretre|pasteur|imam|rabbin|organiste; ministre du culte
            voilier|nautique|nautisme|regate
            coffrage|coffreur|maconnerie
            principe ..1 laicite|neutralite
        """,
        unless_text=ROLES,
    ),
)
