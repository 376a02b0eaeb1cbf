"""Working conditions the law does not allow: false self-employment, hours, trial periods."""

from typing import Final

from entremise.lib.fairwording.codes import Code, Severity
from entremise.lib.fairwording.families import Family
from entremise.lib.identifiers import gettext_noop as _

_SELF: Final = (
    "autoentrepreneu*|microentrepreneu*|freelance|independant|autoentreprise|microentreprise"
    "|liberal|siret|kbis|prestataire"
)
FAMILIES: Final = (
    Family(
        code=Code.FALSE_SELF_EMPLOYMENT,
        article="L. 8221-6-1, L. 8221-5",
        explanation=_(
            "Un poste avec des horaires et des consignes est un emploi salarié : "
            "on ne peut y exiger un statut d’indépendant."
        ),
        suggestion=_("Proposez un contrat de travail, ou publiez une mission d’indépendant hors des offres d’emploi."),
        severity=Severity.WARNING,
        patterns=f"""
            vous ...2 factur* ..2 chaque|tous|mois|semaine
            vous nous facturez
            inscription ...3 urssaf
            immatriculation ...3 @req
            statut ...1 independant
            pass* ...2 freelance|autoentrepreneu*|microentrepreneu*|independant
            pass* ...2 auto|micro entrepreneu*|entreprise
            freelance ...6 # h|heures
            auto|micro entrepreneu*|entreprise @req
            auto|micro entrepreneu*|entreprise
            {_SELF} @req
            autoentrepreneu*|microentrepreneu*|autoentreprise|microentreprise
            statut ...2 {_SELF}|auto|micro
            statut ...1 d|en ...1 independant
            numero|=n|no ?de =siret ...4 @req
            =siret ...3 @req|personnel|avoir|actif
            avoir|posseder|disposer|fournir|creer|ayant ...4 =siret|kbis
            factur* ...3 ?vos|votre|ses heures|prestations|missions|jours
            vous ...1 factur* ...3 heures|prestations
            sur facture ...1 ?horaire|mensuelle
            =inscription|inscrit ...3 urssaf
            creer ...2 propre|votre|sa entreprise|structure|societe|micro ...3 embauche|travailler|poste|commencer
            portage salarial @req
            salarie|salariee deguise
            en freelance|independant ...6 horaires|heures|planning|lundi
            remunere|paye|payee ...2 sur|en facture|honoraires
            uber*|deliveroo ...3 statut
        """,
        allows="""
            factur* ...8 client|clients
            accompagn*|conseil*|clients|clientele|aupres|portefeuille|aide|aider|aux|comptabilite|dossiers|tpe|
                formation ...6 independant|freelance|autoentrepreneu*|microentrepreneu*|entrepreneu*|liberal
            accompagn*|conseil*|clients|clientele|aupres|portefeuille|aide|aider|aux|comptabilite|dossiers|des|les|
                formation ...4 auto|micro entrepreneu*|entreprise
            auto|micro entrepreneu*|entreprise s abstenir
            ne|n|pas|sans|aucun ...4 statut|auto|micro|autoentrepreneu*|independant|freelance
            commerce*|libraire|garage|reseau|magasin|cabinet|caviste|libraires independant
            auto|micro entreprise ...4 clients
            numero|=siret ...3 entreprise|employeur|societe|nous|etablissement
        """,
        unless_sentence="""
            comptable|comptables|comptabilite|accompagner|accompagnement|conseiller|clientele|portefeuille
            agent commercial independant
            experience ...6 freelance|independant
            saisie
        """,
    ),
    Family(
        code=Code.EXCESSIVE_HOURS,
        article="L. 3121-18, L. 3121-20, L. 3132-1",
        explanation=_(
            "Ces horaires dépassent ce que la loi permet : 10 heures par jour, 48 heures par semaine "
            "et un repos chaque semaine."
        ),
        suggestion=_("Indiquez la durée hebdomadaire réelle et le jour de repos."),
        severity=Severity.WARNING,
        patterns="""
            sur|/ #6-7 ...2 #49-99 h|heures
            travail* #7 jours|j ...2
            #7 jours|j sur|/ sept ...2
            #11-24 h|heures ..1 par|chaque jour
            six|sept jours sur sept
            un|=une dimanche libre par mois
            #4-9 ?h|heures|du ?matin a #20-24 h|heures
            de #4-9 h|heures ?# a #21-24 h|heures
            pas|sans|aucun ...2 off|repos|conge
            tous les jours ...10 sans|pas|aucun ...2 repos|off|conge
            #49-168 heures|h ...2 semaine|hebdo*
            #49-168 heures|h|heure ...1 / ?semaine|sem|hebdo*
            #49-168 heures|h|heure ...1 par|la|hebdomadaires|hebdo|hebdomadaire|sem|minimum ?semaine
            #49-168 heures|h semaine
            semaine|semaines de #49-168 ?heures|h
            #11-24 heures|h|heure ...1 par|/ jour|jours|journee
            #11-24 heures|h de travail|presence|suite|affilee ...2 jour|quotidien*
            journee|journees|amplitude de #14-24 heures|h
            journee|journees de #11-24 heures|h
            #7 jours|j|jour sur|/ #7 ?jours|j ...3 sans|pas|aucun|ni ...3
            #7 jours|j ...2 semaine
            #7 jours travailles
            sans|aucun|pas ...2 jour|journee|temps|jours ...1 repos|conge|conges
            sans|aucun|pas ...1 repos|conge|conges|vacances|pause ...1 hebdomadaire|possible|prevu|payes|paye
            sans|aucun|pas|ni repos|pause|conge|conges|vacances|rtt
            pas|sans ...1 compter ...1 ses|vos|leurs|les heures
            ne ...1 compt* ...1 pas ...2 heures
            disponible|disponibilite|joignable|dispo #24 h|heures|/
            #24 h|heures|/ ?sur|/ #24 ...3 joignable|disponible|disponibilite|dispo|#
            disponible|joignable|disponibilite jour et nuit
            renonc* ...4 conges|repos|heures
            conges ...2 non|pas ...1 pris|autorise|possible|accorde|payes
        """,
        allows="""
            ouvert|ouverte|ouverture|ouvre|magasin ...6 # ...4
            coupure
            #49-168 heures ...3 formation|mois
            heures|h|# ...3 mois|mensuel*|an|annuel*
            etablissement|service|site|magasin|usine|accueil|ouvert|production|hotel|activite|samu|caserne|atelier|
                standard|assistance|pharmacie ...5 #7 j|jours
            etablissement|service|site|magasin|usine|accueil|ouvert|production|hotel|activite|assistance|standard|
                ehpad ...4 # h|jours|j|heures|/ ?sur|/ ?#
            rotation|roulement|equipe|equipes ...4 # h|jours|j
            sans ...2 temps ...1 mort
            pas ...2 travail
            sans pause dejeuner
            sans|aucun|pas ...2 week
            sauf
        """,
        unless_sentence="""
            roulement|rotation|rotations|equipes|cycle|relais|alternance
            astreinte*
            deux jours de repos
            #2 jours de repos
            jours de repos hebdomadaire*
            mensuel*; par mois
            temps partage
            magasin|etablissement ouvert
        """,
    ),
    Family(
        code=Code.TRIAL_TOO_LONG,
        article="L. 1221-19, L. 1221-21, L. 1242-10",
        explanation=_(
            "La période d’essai d’un CDI dure au plus deux mois (employés), trois mois (maîtrise) "
            "ou quatre mois (cadres), renouvelable une fois si l’accord de branche le prévoit."
        ),
        suggestion=_("Indiquez la durée prévue par la loi et par votre convention collective."),
        patterns="""
            essai ...4 renouvel* ...3 jusqu|tant|satisfaction|gre|volonte
            essai ...4 renouvelable ...3 limite|infini|infiniment|besoin|souhait|illimite
            cdd ...12 essai ...4 #2-12 mois
            cdd ...12 essai ...4 #5-60 semaines
            essai ...4 #18-60 semaines
            essai ...3 renouvelable autant
            essai ...3 #9-60 mois
            essai ...3 # an
            essai ...2 #1-5 ans|an|annee
            essai ...2 un|une an|annee
            essai ...2 deux|trois ans|annees
            essai ...3 neuf|dix|onze|douze|quinze|dix|vingt mois
            #9-60 mois ?maximum|complets|entiers|pleins|renouvelables d|de|en ?periode ?d essai
            =un|une an|annee ...1 d|de ?periode ?d essai
            #1-5 an|annee ...1 d|de ?periode ?d essai
            douze|neuf|dix|dixhuit mois ...1 d|de ?periode ?d essai
            essai ...4 renouvelable ...2 deux|trois|plusieurs|indefiniment|volonte
            essai ...4 renouvelable ...2 #2-9 fois
            essai ...4 indefini*|illimite*
            essai ...4 reconduit*|renouvele* ...3 indefini*|plusieurs|sans|volonte
        """,
        allows="""
            cdi ...3 apres
            laboratoire|vehicule|banc|essais ...4
        """,
        unless_sentence="""
            banc d essai; essais cliniques; essais techniques
        """,
    ),
)
