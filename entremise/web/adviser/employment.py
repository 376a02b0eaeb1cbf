"""A certificate of employment written by an adviser, on behalf of an employer, for a person of the territory."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.credentials import actions_documents as actions
from entremise.credentials import queries_documents as queries
from entremise.credentials.models_certificates import EmploymentCertificate
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.workflow import LIVING
from entremise.desk import queries_profile
from entremise.desk.queries_profile import ProfileUnknown
from entremise.kernel.access import AccessDenied
from entremise.passport import queries as passport
from entremise.people import actions as people
from entremise.people.models import Person
from entremise.web.adviser.employment_forms import EmploymentForm
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("credentials.certify_employment")
@once
def employment_write(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write what an employer certifies, and see what was written before."""
    person = _person(request, pk)
    held = passport.shown_skills(person)
    form = EmploymentForm(request.POST if request.method == "POST" else None, actor=request.actor, held=held)
    if form.is_valid():
        chosen = set(form.skill_ids())
        skills = [one.skill for one in held if one.skill_id in chosen]
        try:
            actions.certify_employment(person, actor=request.actor, skills=skills, **form.facts())
        except CredentialRefused as refusal:
            form.refuse(refusal)
        else:
            said = _("Le certificat est écrit. La personne le trouve dans son espace, et peut le refuser.")
            return done(request, said, "employment_write", pk=pk)
    if request.method == "GET":
        people.read_card(person, actor=request.actor)
    context = {"person": person, "form": form, "written": _written(request, person)}
    return respond(request, "web/adviser/employment.html", context, status=422 if form.errors else 200)


@require_POST
@screen("credentials.withdraw_employment")
@once
def employment_withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Withdraw a certificate that was written by mistake."""
    certificate = queries.certificate_for(pk, request.actor)
    if certificate is None:
        raise Http404
    try:
        actions.withdraw_employment(certificate, actor=request.actor)
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, _back(request, certificate))
    return done(request, _("Le certificat est retiré : ses copies ne valent plus rien."), _back(request, certificate))


def _back(request: ActorRequest, certificate: EmploymentCertificate) -> str:
    """Return the page of the person's certificates, or home when she is not to be looked at any more."""
    if certificate.person_id is None:  # taken by nobody yet
        return reverse("home")
    try:
        queries_profile.person_to_show(certificate.person_id, request.actor)
    except (ProfileUnknown, AccessDenied):
        return reverse("home")
    return reverse("employment_write", args=[certificate.person_id])


def _written(request: ActorRequest, person: Person) -> list[tuple[EmploymentCertificate, bool]]:
    rows = queries.certificates(person).filter(written_by=request.actor.user_id)
    return [(one, one.award is not None and one.award.state in LIVING) for one in rows]


def _person(request: ActorRequest, pk: UUID) -> Person:
    try:
        return queries_profile.person_to_show(pk, request.actor)
    except ProfileUnknown:
        raise Http404 from None
