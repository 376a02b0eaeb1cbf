"""Abbreviations and common misspellings of offers, read as the word meant: one « written = meant » a line.

Only forms that are no other word belong here. Without accents or capitals.
"""

from typing import Final

# An abbreviation whose dot does not end the sentence, even before a capital.
ABBREVIATIONS: Final = """rech ch mme mlle st ste cand pers resp"""
# … when what follows is not a capital.
SHORTENED: Final = """
    pref souh exig oblig env min max maxi mini exp qq dept dep habit resid indisp poss masc fem h f nat cel
    dispo prof dom sect imp imper impe obl ts tps compl hebdo mens sem tel recom prio
"""
SPELLINGS: Final = """
    rech = recherche; rechch = recherche; rch = recherche; recherchont = recherchons; cherchont = cherchons
    recrutont = recrutons; pref = preference; souh = souhaite; exig = exige; oblig = obligatoire
    obl = obligatoire; impe = imperatif; indisp = indispensable; prio = priorite; dept = departement
    dpt = departement; arrdt = arrondissement; pb = probleme; pbs = problemes; pbm = probleme; probs = problemes
    pblm = probleme; pers = personne; persone = personne; persones = personnes; personn = personne
    persoone = personne; cand = candidat; candidas = candidats; canditat = candidat; canditats = candidats
    candida = candidat; expe = experience; moin = moins; mn = minutes; mns = minutes; mins = minutes; kms = km
    masc = masculin; fem = feminin; femm = femme; homm = homme; hommme = homme; ommes = hommes; resid = residant
    domicillie = domicilie; domicillies = domicilies; abiter = habiter; abite = habite; abitant = habitant
    recidant = residant; recident = resident; proximitee = proximite; proximit = proximite; absenir = abstenir
    abstenire = abstenir; abtenir = abstenir; absetenir = abstenir; abstenirs = abstenir; apstenir = abstenir
    abstener = abstenir; obligatoir = obligatoire; obligatoires = obligatoire; jeun = jeune; jeuns = jeunes
    dinamique = dynamique; senor = senior; celibatere = celibataire; enfent = enfant; enfents = enfants
    emfant = enfant; emfants = enfants; anceinte = enceinte; nationalitee = nationalite; francai = francais
    andicape = handicape; malad = malade; maladi = maladie; sentee = sante; santee = sante; tatouge = tatouage
    tatoo = tatouage; tatoos = tatouages; tattoo = tatouage; tattoos = tatouages; percing = piercing
    presentatio = presentation; fumeure = fumeur; sindique = syndique; sindicat = syndicat; religon = religion
    relligion = religion; catolique = catholique; musulmants = musulmans; muslman = musulman; acent = accent
    accen = accent; quasier = casier; fotos = photos; foto = photo; photographi = photographie; gratui = gratuit
    caussion = caution; cotion = caution; qq = quelque; qqn = quelqu; qqun = quelqu; bcp = beaucoup; ds = dans
    prt = pour; tps = temps; pdt = pendant; jms = jamais; voitur = voiture
"""
