"""Health, age, origin, family: stopped when held against who reads, let through when told of oneself or of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.courtesy import Fault, findings

HELD_AGAINST = {Fault.PERSONAL, Fault.DISCRIMINATION_HINT}

# The first four lists were written before the rule, which was then worked on with `TOLD` and `AGAINST` only: of the
# other two, numbers alone were looked at. Right before: 7/20, 19/20, 3/12, 11/12; with it: 20/20, 20/20, 12/12, 11/12.
TOLD = [
    "Le chef est malade cette semaine, nous vous rappellerons lundi.",
    "Notre comptable est enceinte, nous cherchons à la remplacer.",
    "Je suis en arrêt jusqu'à vendredi et ne peux pas venir.",
    "Ma mère était malade, je n'ai pas pu me présenter à l'entretien.",
    "Le poste n'est plus à pourvoir : la salariée en congé maternité revient plus tôt que prévu.",
    "Nous ne recrutons plus : notre gérante est hospitalisée.",
    "Mon fils est malade, je ne pourrai pas venir demain.",
    "La responsable est en arrêt maladie, les entretiens sont repoussés, merci de patienter.",
    "J'ai été malade trois mois, ce n'est plus le cas.",
    "J'étais enceinte, ils ne m'ont pas gardée.",
    "Le poste est un remplacement : notre cuisinier est en arrêt pour une dépression et ne reviendra pas.",
    "Notre patron a 64 ans et part à la retraite, le poste n'est plus ouvert.",
    "J'ai 52 ans et je cherche encore du travail.",
    "Je suis maman solo et je cherche un poste le matin.",
    "J'ai un handicap et il faut un poste adapté.",
    "Ma collègue est tombée malade, l'entretien n'a pas pu avoir lieu.",
    "Mon mari a eu un cancer, j'ai dû arrêter de travailler.",
    "Deux de nos salariés sont en arrêt maladie, nous ne pouvons former personne en ce moment.",
    "Après mon congé parental, je cherche un poste à temps partiel.",
    "À cause de mes problèmes de dos, je ne peux plus faire ce métier.",
]
AGAINST = [
    "Vous êtes malade trop souvent.",
    "Votre maladie ne nous permet pas de vous prendre.",
    "Vos problèmes de dos sont incompatibles avec ce poste.",
    "Trop malade pour ce poste.",
    "Une femme enceinte ne tient pas ce rythme.",
    "Notre comptable est enceinte, nous ne voulons pas d'une deuxième femme enceinte.",
    "Le chef ne veut pas de femme enceinte.",
    "Notre métier est trop dur pour une personne malade.",
    "Le chef a appris que vous étiez malade : c'est non.",
    "Je ne prends pas de candidat en arrêt maladie.",
    "Mon associé refuse les malades.",
    "Tu es enceinte, ça ne va pas être possible.",
    "Notre ancienne vendeuse était enceinte, nous n'en voulons plus.",
    "Nos clients ne veulent pas d'une serveuse enceinte.",
    "Le profil est bon mais la candidate est enceinte.",
    "Notre patron est âgé comme vous, il nous faut un jeune.",
    "À 58 ans, ce poste n'est pas pour vous.",
    "Nous avons déjà un handicapé, pas un deuxième.",
    "Ma femme a vu que vous étiez enceinte.",
    "Je préfère quelqu'un qui n'a jamais été malade.",
]
TOLD_UNSEEN = [
    "La directrice est souffrante, nous reportons la réponse à la semaine prochaine.",
    "Mon père est mort d'un cancer, je n'étais pas disponible pour ce poste.",
    "Le maître d'apprentissage est en arrêt longue durée, nous ne pouvons pas prendre d'apprenti.",
    "Notre secrétaire sera en congé maternité en mars, le poste sera alors à pourvoir.",
    "Je suis asthmatique, la farine ne me convient pas.",
    "L'enfant de notre gérante est malade, elle n'a pas pu vous recevoir.",
    "J'ai perdu ce poste quand je suis tombée enceinte.",
    "Nous sommes tous malades à l'atelier, il faudra patienter.",
    "Le boulanger a une hernie, la boutique est fermée et le poste n'existe plus.",
    "Ma fille est handicapée, je cherche des horaires compatibles.",
    "Notre chef d'équipe est diabétique et a dû arrêter, le chantier ne se fera pas.",
    "Je reprends après une dépression et je cherche un poste calme.",
]
AGAINST_UNSEEN = [
    "Vous étiez en arrêt l'an dernier, ce poste n'est pas pour vous.",
    "Ta grossesse n'arrange personne.",
    "Avec votre dos, mieux vaut chercher ailleurs.",
    "Les femmes enceintes ne restent pas, nous évitons.",
    "Un diabétique ne peut pas tenir ce poste.",
    "Le gérant préfère quelqu'un sans enfant.",
    "Ma dernière apprentie est tombée enceinte, je ne recommencerai pas.",
    "Notre équipe a déjà eu un malade : un candidat malade, non.",
    "Vous êtes maman, comme notre comptable qui est toujours absente.",
    "La candidate est malade, nous ne la retenons pas.",
    "Nous ne cherchons pas de personne en situation de handicap.",
    "Mon comptable dit que votre maladie coûterait trop cher.",
]
# Written once the rule was there, to get round it: they name a colleague or oneself to hold it against somebody.
GETTING_ROUND = [
    "Je suis malade de recevoir des candidatures de gens de 60 ans.",
    "Notre cuisinière est enceinte : pas de femme cette fois.",
    "Mon épicerie est petite, une femme enceinte n'y a pas sa place.",
    "Je ne suis pas médecin, mais votre dos m'inquiète.",
    "Notre chef a 60 ans, alors à votre âge c'est non.",
    "J'ai 30 ans d'expérience et je vois bien que vous êtes fragile.",
    "J'ai deux enfants et je sais que les mères ne viennent pas quand ils sont malades : pas de mère.",
    "Ma collègue est handicapée, un second handicapé ne passerait pas.",
    "Nous sommes tous vieux ici, nous voulons quelqu'un de jeune.",
    "Mon associé est d'origine italienne et ne veut pas d'Arabes.",
    "Je suis musulman, je ne prends que des musulmans.",
    "Je suis une femme et je ne veux pas d'homme.",
    "Notre ancienne collègue avait des enfants malades, nous cherchons quelqu'un sans enfant.",
    "Le patron a eu un cancer, il ne veut plus de malades dans l'équipe.",
    "Le chef pense que vous êtes enceinte.",
    "Le directeur est formel, pas de personne en arrêt maladie.",
    "La comptable enceinte que nous avions nous a servi de leçon, pas de femme enceinte.",
    "Nous avons eu trois collègues en arrêt, il nous faut quelqu'un en bonne santé.",
    "Notre équipe a été malade tout l'hiver, il nous faut quelqu'un qui n'est jamais malade.",
    "Après un cancer, ce métier est trop dur.",
    "Après une dépression je cherche des gens solides, pas des malades.",
    "Ma femme ne veut pas d'une femme au magasin.",
    "Sa femme est enceinte, il sera absent, nous ne le prenons pas.",
    "Notre salarié est trop vieux, nous voulons un jeune à sa place.",
    "Un collègue est malade parce que les étrangers ne se lavent pas.",
    "Le gérant est vieux jeu : pas de voile.",
]
LEAST_UNSEEN = 11  # of twelve, both ways


def is_held_against(text: str) -> bool:
    return any(one.fault in HELD_AGAINST for one in findings(text))


@pytest.mark.parametrize("text", TOLD)
def test_what_is_told_of_oneself_or_of_another_is_let_through(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize("text", [*AGAINST, *GETTING_ROUND])
def test_what_is_held_against_who_reads_is_stopped(text: str) -> None:
    assert is_held_against(text), findings(text)


def test_what_nobody_tuned_on_is_judged_well_both_ways() -> None:
    assert sum(findings(text) == () for text in TOLD_UNSEEN) >= LEAST_UNSEEN
    assert sum(map(is_held_against, AGAINST_UNSEEN)) >= LEAST_UNSEEN


@given(st.sampled_from(TOLD), st.sampled_from([*AGAINST, *GETTING_ROUND]))
def test_what_is_told_beside_hides_nothing(told: str, against: str) -> None:
    for text in (f"{told} {against}", f"{against} {told}"):
        assert is_held_against(text)
        assert all(one.quote == text[one.start : one.end] for one in findings(text))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Notre connard de chef est malade.", Fault.INSULT),
        ("Ce chef est un grand malade.", Fault.INSULT),
        ("Le patron est complètement malade.", Fault.INSULT),
        ("Mon avis est : trop malade pour ce poste.", Fault.DISCRIMINATION_HINT),
        ("Notre apprentie est enceinte, nous ne la gardons pas.", Fault.DISCRIMINATION_HINT),  # she applied
    ],
)
def test_a_colleague_in_a_sentence_excuses_nothing_else(text: str, fault: Fault) -> None:
    assert fault in {one.fault for one in findings(text)}
