"""What the person receives, and by which way."""

from itertools import groupby

from django.http import HttpResponse
from django.utils.translation import gettext as _

from entremise.people import actions_letters, queries_letters
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("people.edit")
@once
def my_letters(request: ActorRequest) -> HttpResponse:
    """Show the choices, and keep new ones."""
    person = my_person(request)
    if request.method == "POST":
        actions_letters.choose_news(person, actor=request.actor, wanted=request.POST.getlist("wanted"))
        return done(request, _("Vos choix sont enregistrés."), "my_letters")
    choices = queries_letters.choices(person, request.actor)
    groups = [(family, list(ways)) for family, ways in groupby(choices, key=lambda choice: choice.family)]
    return respond(request, "web/jobseeker/letters.html", {"groups": groups, "person": person})
