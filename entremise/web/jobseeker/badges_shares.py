"""Links by which a person shows badges: made, listed with how often they were looked at, stopped."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from entremise.credentials import actions_sharing, queries_sharing, rules_sharing
from entremise.credentials.models_sharing import Share
from entremise.credentials.rules import SHARE_DAYS, CredentialRefused, public_name
from entremise.people.models import Person
from entremise.web.components.choices import RichLabel
from entremise.web.jobseeker.forms import posted
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit import badge_files
from entremise.web.kit.once import once
from entremise.web.kit.refusable import Refusable
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

USUAL_DAYS = 30
LASTING = {
    7: gettext_lazy("Une semaine"),
    30: gettext_lazy("Un mois"),
    90: gettext_lazy("Trois mois"),
    365: gettext_lazy("Un an"),
}


class ShareForm(Refusable):
    """What a link shows, to whom, until when."""

    badges = forms.MultipleChoiceField(
        label=gettext_lazy("Quels badges montrer ?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choisissez au moins un badge à montrer.")},
    )
    label = forms.CharField(
        label=gettext_lazy("Pour qui est ce lien ?"),
        help_text=gettext_lazy("Pour vous y retrouver : « Entretien chez Garance ». Personne d'autre ne le lit."),
        max_length=120,
        required=False,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Jusqu'à quand s'ouvre-t-il ?"),
        choices=[(days, LASTING[days]) for days in SHARE_DAYS],
        coerce=int,
        widget=forms.RadioSelect,
        initial=USUAL_DAYS,
    )
    max_views = forms.IntegerField(
        label=gettext_lazy("Combien de fois, au plus ?"),
        help_text=gettext_lazy("Laissez vide pour ne pas limiter."),
        required=False,
        min_value=1,
        max_value=rules_sharing.MOST_VIEWS,
    )
    shows_name = forms.BooleanField(
        label=gettext_lazy("Montrer mon nom"),
        help_text=gettext_lazy("Sans cela, la page dit ce que valent les badges, pas à qui ils sont."),
        required=False,
    )

    def __init__(self, person: Person, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.awards = {str(one.pk): one for one in queries_sharing.shareable(person)}
        self.foreign = {str(one.pk): one for one in queries_sharing.shareable_foreign(person)}
        own = [
            (pk, RichLabel(one.badge_class.name, one.origin or one.badge_class.issuer.name))
            for pk, one in self.awards.items()
        ]
        others = [(pk, RichLabel(one.name, one.issuer_name)) for pk, one in self.foreign.items()]
        self.fields["badges"].choices = [*own, *others]  # type: ignore[attr-defined]  # a choice field

    @property
    def has_badges(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.awards or self.foreign)


@screen("credentials.hold")
def my_badge_shares(request: ActorRequest) -> HttpResponse:
    """List the links, with how often each was looked at."""
    rows = [_row(one) for one in queries_sharing.shares(my_person(request))]
    context = {"open": [row for row in rows if row["address"]], "over": [row for row in rows if not row["address"]]}
    return respond(request, "web/jobseeker/badge_shares.html", context)


@screen("credentials.hold")
@once
def my_badge_share_new(request: ActorRequest) -> HttpResponse:
    """Choose what to show, then make the link."""
    person = my_person(request)
    form = ShareForm(person, posted(request), initial={"badges": request.GET.getlist("badge"), "days": USUAL_DAYS})
    if form.is_valid():
        chosen = form.cleaned_data.pop("badges")
        try:
            share = actions_sharing.share(
                person,
                actor=request.actor,
                awards=[form.awards[pk] for pk in chosen if pk in form.awards],
                foreign_badges=[form.foreign[pk] for pk in chosen if pk in form.foreign],
                **form.cleaned_data,
            )
        except CredentialRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, _("Votre lien est prêt."), "my_badge_share", pk=share.pk)
    context = {"form": form}
    return respond(request, "web/jobseeker/badge_share_new.html", context, status=422 if form.errors else 200)


@screen("credentials.hold")
def my_badge_share(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one link: its address, its QR code, how often it was looked at."""
    share = _mine(request, pk)
    looked = queries_sharing.looked_at(share)
    row = _row(share)
    only = looked.worn[0] if len(looked.worn) == 1 and not looked.foreign else None
    context = row | {
        "looked": looked,
        "qr": badge_files.qr_code(row["address"]) if row["address"] else "",
        "linkedin": _linkedin(only, row["address"]) if only and row["address"] else "",
    }
    return respond(request, "web/jobseeker/badge_share.html", context)


@require_POST
@screen("credentials.hold")
def my_badge_share_stop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Close a link at once."""
    share = _mine(request, pk)
    if share.stopped_at:
        return refused(request, _("Ce lien est déjà fermé."), "my_badge_shares")
    actions_sharing.stop(share, actor=request.actor)
    return done(request, _("Le lien est fermé : plus personne ne peut l'ouvrir."), "my_badge_shares")


def _mine(request: ActorRequest, pk: UUID) -> Share:
    share = queries_sharing.own_share(pk, request.actor)
    if share is None:
        raise Http404
    return share


def _row(share: Share) -> dict[str, Any]:
    closed = queries_sharing.why_closed(share)
    return {"share": share, "address": queries_sharing.address(share), "closed": closed.value if closed else ""}


def _linkedin(worn: queries_sharing.Worn, address: str) -> str:
    award = worn.award
    return rules_sharing.linkedin(
        rules_sharing.Certified(
            award.badge_class.name,
            award.badge_class.issuer.name,
            award.awarded_on,
            award.valid_until,
            address,
            public_name(award.public_id),
        )
    )
