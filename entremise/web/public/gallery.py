"""The gallery: every component in every state, on one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from entremise.lib.geo import Point
from entremise.web.components import icons
from entremise.web.components.charts import Bar, Series, bar_chart, heat_chart, line_chart, sparkline
from entremise.web.components.choices import RichLabel
from entremise.web.components.maps import Spot, bubble_map
from entremise.web.kit.screens import PUBLIC, screen

AUDIENCES = {"public", "jobseeker", "adviser", "manager", "bare"}
DIRECTIONS = {"ltr", "rtl"}
SAMPLE_JOB_TITLES = (_("Préparatrice de commandes"), _("Préparateur en pharmacie"), _("Aide-soignante"), _("Cariste"))


@dataclass(frozen=True)
class NavItem:
    """One link of the navigation shown in the gallery."""

    href: str
    label: Any
    icon: str
    count: int = 0
    exact: bool = field(default=True)


class SampleForm(forms.Form):
    """One field of each kind; nothing is ever recorded."""

    job_title = forms.CharField(label=_("Votre métier"), help_text=_("Écrivez les premières lettres puis choisissez."))
    job_title_id = forms.CharField(required=False, widget=forms.HiddenInput)
    started_on = forms.DateField(label=_("Date de début"), widget=forms.DateInput(attrs={"type": "date"}))
    phone = forms.CharField(
        label=_("Téléphone portable"),
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("Nous y envoyons un code à six chiffres."),
    )
    siret = forms.CharField(
        label=_("Numéro SIRET"),
        max_length=17,
        required=False,
        help_text=_("Quatorze chiffres, sur votre fiche de paie."),
    )
    contract = forms.ChoiceField(label=_("Contrat"), choices=[("", "—"), ("cdi", _("CDI")), ("cdd", _("CDD"))])
    message = forms.CharField(label=_("Votre message"), max_length=400, widget=forms.Textarea(attrs={"rows": 4}))
    answer = forms.ChoiceField(
        label=_("Votre réponse"),
        widget=forms.RadioSelect,
        choices=[
            ("meet", RichLabel(_("Je veux la rencontrer"), _("Vous proposez une date ensuite."), "calendar")),
            ("keep", RichLabel(_("Je garde ce profil"), _("Vous pourrez le recontacter."), "heart")),
            ("later", RichLabel(_("Pas en ce moment"), _("Nous pourrons revenir vers vous."), "clock")),
            ("no", RichLabel(_("Non, ce profil ne convient pas"), _("Un motif suffit."), "x-circle")),
        ],
    )
    skills = forms.MultipleChoiceField(
        label=_("Compétences à faire confirmer"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Trois au plus dans cet exemple."),
        choices=[
            (
                _("Savoir-faire"),
                [
                    ("1", RichLabel(_("Préparer une commande avec un terminal portable"))),
                    ("2", RichLabel(_("Conduire un chariot élévateur"), _("Demande un permis en cours de validité."))),
                    ("3", RichLabel(_("Contrôler une livraison"))),
                ],
            ),
            (
                _("Savoir-être"),
                [("4", RichLabel(_("Travailler en équipe"))), ("5", RichLabel(_("Tenir ses horaires")))],
            ),
        ],
    )
    agreed = forms.BooleanField(
        label=_("J'ai lu le texte et je suis d'accord"), help_text=_("Vous pourrez changer d'avis.")
    )
    photo = forms.FileField(label=_("Diplôme ou certificat"), required=False)


@screen(PUBLIC)
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component, for the audience and the reading direction asked."""
    audience = request.GET.get("public", "public")
    context = {
        "layout": f"layouts/{audience if audience in AUDIENCES else 'public'}.html",
        "page_dir": request.GET.get("sens") if request.GET.get("sens") in DIRECTIONS else "",
        "audiences": sorted(AUDIENCES),
        "form": SampleForm(),
        "refused": _refused_form(),
        "icons": sorted(icons.PATHS),
        "nav_items": _navigation(request.path),
        "levels": range(5),
        "reasons": [_("Sait faire 6 des 7 choses demandées, dont 3 confirmées."), _("Habite à 8 km.")],
        **_charts(),
    }
    return render(request, "web/gallery.html", context)


@screen(PUBLIC)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Suggest sample job titles, to try the type-ahead field."""
    words = request.GET.get("q", "").casefold()
    samples = [{"id": str(i), "label": str(label)} for i, label in enumerate(SAMPLE_JOB_TITLES)]
    return JsonResponse([one for one in samples if words in one["label"].casefold()], safe=False)


def _refused_form() -> SampleForm:
    form = SampleForm({"siret": "123", "phone": ""}, auto_id="refused_%s")
    form.fields = {name: form.fields[name] for name in ("phone", "siret", "answer")}
    form.add_error("siret", _("Ce numéro n'a pas quatorze chiffres. Recopiez-le depuis une fiche de paie."))
    return form


def _navigation(path: str) -> list[NavItem]:
    return [
        NavItem(path, _("Accueil"), "home"),
        NavItem("#seal", _("Compétences"), "award"),
        NavItem("#timeline", _("Suivi"), "inbox", count=2),
        NavItem("#person", _("Profil"), "user"),
    ]


def _charts() -> dict[str, Any]:
    months = [_("janv."), _("févr."), _("mars"), _("avr."), _("mai"), _("juin")]
    labels = [str(month) for month in months]
    sent = Series(str(_("Profils proposés")), [12, 18, 25, 31, 40, 52])
    answered = Series(str(_("Réponses reçues")), [4, 7, None, 13, 18, 24])
    funnel = [
        Bar(str(_("Profils proposés")), 113),
        Bar(str(_("Messages ouverts")), 88, str(_("étape d'avant : 78 %"))),
        Bar(str(_("Réponses")), 45, str(_("étape d'avant : 51 %"))),
        Bar(str(_("Embauches")), 8, str(_("étape d'avant : 18 %"))),
        Bar(str(_("Petits effectifs")), None, str(_("moins de onze personnes"))),
    ]
    days = [str(day) for day in (_("lun."), _("mar."), _("mer."), _("jeu."), _("ven."))]
    heat: list[tuple[str, list[float | None]]] = [
        ("9 h", [3, 8, 5, 9, 2]),
        ("11 h", [6, 12, 7, 10, 4]),
        ("14 h", [2, 5, None, 6, 0]),
    ]
    return {
        "bars": bar_chart(funnel),
        "lines": line_chart(labels, [sent, answered], target=45),
        "no_lines": line_chart(labels, [Series(sent.name, [None] * 6)]),
        "heat": heat_chart(days, heat),
        "spark": sparkline([3, 4, 4, 6, 9, 8, 12]),
        **_maps(),
    }


def _maps() -> dict[str, Any]:
    """Draw a map of many places with two overseas, and one of few where one is chosen."""
    ground = [Point(42.4 + row / 2, -4.5 + column) for row in range(18) for column in range(12) if (row + column) % 3]
    many = [_spot(f"{code:02d}", 400 - 23 * code, ground[code * 7]) for code in range(1, 15)]
    apart = [_spot(code, 40, Point(-21, 55), is_apart=True) for code in ("971", "974")]
    few = [
        _spot("Valence", 125, Point(44.9, 4.9)),
        _spot("Die", 31, Point(44.7, 5.4), is_chosen=True),
        _spot("Nyons", 58, Point(44.4, 5.1)),
    ]
    return {"country": bubble_map([*many, *apart], ground=ground), "county": bubble_map(few)}


def _spot(name: str, value: int, at: Point, **state: bool) -> Spot:
    return Spot(name, name, value, str(value), f"{name} : {value}", at, "#charts", **state)
