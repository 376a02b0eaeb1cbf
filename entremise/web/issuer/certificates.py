"""Certificates of employment that an employer writes and signs itself; whoever takes them is not seen here."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.credentials import actions_employers, queries_employers, queries_issuing
from entremise.credentials.rules import CredentialRefused
from entremise.web.issuer.awards import PAGE
from entremise.web.issuer.certificate_forms import EmployerForm
from entremise.web.issuer.desk import my_issuer, page
from entremise.web.kit.once import once
from entremise.web.kit.responses import done
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.typed import whole_number


@screen("credentials.write_certificate")
@require_GET
def certificates(request: ActorRequest) -> HttpResponse:
    """List the certificates that were written: for whom while they wait, by their reference once taken."""
    issuer = my_issuer(request)
    rows = queries_employers.certificates_of(issuer)
    shown = Paginator(rows, PAGE).get_page(whole_number(request.GET.get("page", "")) or 1)
    context = {
        "issuer": issuer,
        "rows": list(queries_issuing.given(list(shown.object_list))),
        "shown": shown,
        "reason": queries_employers.not_to_write(issuer),
    }
    return page(request, "certificates.html", "certificates", context)


@screen("credentials.write_certificate")
@once
def certificate_new(request: ActorRequest) -> HttpResponse:
    """Write a certificate; the answer is the same whoever the address belongs to."""
    issuer = my_issuer(request)
    reason = queries_employers.not_to_write(issuer)
    form = EmployerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions_employers.write(issuer, actor=request.actor, **form.facts())
        except CredentialRefused as refusal:
            form.refuse(refusal)
        else:
            said = _("Le certificat est proposé à %(email)s : la personne reçoit un lien pour le prendre.")
            return done(request, said % form.cleaned_data, "issuer_certificates")
    context = {"issuer": issuer, "form": form, "reason": reason}
    return page(request, "certificate_new.html", "certificates", context, status=422 if form.errors else 200)
